"""Sections on their way to a book: trees that the steps of assembly still change."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from publish.book.model import Heading, Matter
from publish.book.parsed import Parsed
from publish.manuscript.model import Metadata
from publish.places import Span
from publish.problems import Problems

MISTAKES, NAMES = 200, 10_000
"""Problems of a book, and names in it, beyond which nobody waits for guesses."""


@dataclass(eq=False)
class DraftNote:
    """A note: its text with its id, its number, where its definition begins, the section that calls it first."""

    id: str
    number: str
    element: etree._Element
    span: Span
    parsed: Parsed
    home: "Draft"
    calls: int = 0


@dataclass(eq=False)
class Draft:
    """A section as it is being put together. `root` is its `<section>`; `parsed` the file that it begins in."""

    id: str
    role: str
    matter: Matter
    title: str
    root: etree._Element
    parsed: Parsed | None = None
    span: Span | None = None
    short: str = ""
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    lang: str = "en"
    classes: tuple[str, ...] = ()
    part: str | None = None
    made: bool = False
    label: str | None = None
    number: str | None = None
    notes: list[DraftNote] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The file that the section begins in."""
        return self.parsed.source.path if self.parsed else ""


@dataclass
class DraftBook:
    """All sections in the order of the book, and what the steps need to know of the whole."""

    metadata: Metadata
    problems: Problems
    sections: list[Draft]
    piece: bool
    ids: dict[str, tuple[Draft, etree._Element | None]] = field(default_factory=dict)
    """The section and the element of each id; None for the section itself."""

    def guess(self, typed: str, known: Iterable[str]) -> str | None:
        """The known name that was likely meant, if there is one; None for all once the mistakes are very many."""
        names = [] if len(self.problems) > MISTAKES else list(islice(known, NAMES + 1))
        return next(iter(difflib.get_close_matches(typed, names, 1, 0.6)), None) if len(names) <= NAMES else None


def span_of(element: etree._Element, path: str) -> Span:
    """The place that the reader of Markdown noted on an element, or on the nearest one around it."""
    holder: etree._Element | None = element
    while holder is not None and holder.get("data-line") is None:
        holder = holder.getparent()
    if holder is None:
        return Span(path, 1)
    length = int(holder.get("data-length", "1"))
    return Span(
        holder.get("data-file", path), int(holder.get("data-line", "1")), int(holder.get("data-column", "1")), length
    )


def plain(element: etree._Element) -> str:
    """The text of an element without what we made."""
    pieces: list[str] = []
    steps: list[etree._Element | str] = [element]
    while steps:
        step = steps.pop()
        if isinstance(step, str):
            pieces.append(step)
            continue
        pieces.append(" " if step.tag == "br" else step.text or "")
        for child in reversed(step):
            steps.append(child.tail or "")
            if isinstance(child.tag, str) and child.get("data-made") is None:
                steps.append(child)
    return "".join(pieces)


def made(tag: str, name: str, text: str = "") -> etree._Element:
    """An element of ours, whose text does not count among the author's."""
    element = etree.Element(tag, {"class": name, "data-made": ""})
    element.text = text or None
    return element


def mark(element: etree._Element) -> None:
    """Mark in the page that an error stands here, which a draft shows."""
    element.set("class", f"{element.get('class', '')} draft-mark".strip())


def missing(element: etree._Element) -> None:
    """Mark in the page that what an element should say is missing."""
    mark(element)
    element.set("data-made", "")
    element.text = "?"


def take(element: etree._Element, key: str, default: str = "") -> str:
    """Take an attribute off an element and give its value."""
    value = element.get(key, default)
    if key in element.attrib:
        del element.attrib[key]
    return value


def attributes_in(root: etree._Element, key: str) -> list[str]:
    """The values of an attribute on an element and all below it, in order."""
    return [value for element in root.iter() if (value := element.get(key)) is not None]


def prepend(parent: etree._Element, child: etree._Element) -> None:
    """Put a child before all that an element holds, its text too."""
    child.tail = (child.tail or "") + (parent.text or "") or None
    parent.text = None
    parent.insert(0, child)
