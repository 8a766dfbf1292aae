"""What is gathered while one file is read, and how elements get their places and attributes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from publish.book.dialect import findings
from publish.book.dialect.attributes import Attributes, read_attributes
from publish.book.dialect.lines import Line
from publish.book.dialect.targets import Target
from publish.places import Span
from publish.problems import Problems


@dataclass
class Reading:
    """What reading one file gathers besides the tree."""

    path: str
    problems: Problems
    references: dict[str, Target] = field(default_factory=dict)
    defined: dict[str, Span] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    abbreviations: dict[str, str] = field(default_factory=dict)
    notes: dict[str, tuple[Element, Span]] = field(default_factory=dict)
    leaves: list[tuple[Line, ...]] = field(default_factory=list)
    inline_notes: int = 0
    hinted: bool = False

    def span(self, line: Line, length: int | None = None) -> Span:
        """The place of a line's text."""
        text = line.text.strip()
        lead = len(line.text) - len(line.text.lstrip())
        return Span(self.path, line.number, line.column + lead, max(1, len(text) if length is None else length))

    def leaf(self, element: Element, lines: Sequence[Line]) -> Element:
        """Give an element its raw inline text, and remember where it stood."""
        element.text = "\n".join(line.text for line in lines)
        element.set("data-leaf", str(len(self.leaves)))
        self.leaves.append(tuple(lines))
        return mark(element, lines)

    def attributes(self, inner: str, line: Line) -> Attributes:
        """Read attributes and report what cannot be read of them."""
        found = read_attributes(inner)
        if found.error:
            at = max(0, line.text.find("{" + inner))
            span = Span(self.path, line.number, line.column + at, len(inner) + 2)
            self.problems.add(findings.bad_attributes(span, "{" + inner + "}", found.error))
        return found


def mark(element: Element, lines: Sequence[Line]) -> Element:
    """Note an element's first and last line on it; blank lines at the end are none of its own."""
    last = next((line for line in reversed(lines) if not line.blank), lines[0])
    element.set("data-line", str(lines[0].number))
    element.set("data-end", str(last.number))
    return element


def dress(element: Element, attributes: Attributes) -> None:
    """Put id, classes, language and the other pairs on an element (the latter as `data-KEY`, but for alt and lang)."""
    if attributes.id:
        element.set("id", attributes.id)
    if attributes.classes:
        present = element.get("class", "").split()
        element.set("class", " ".join([*present, *(c for c in attributes.classes if c not in present)]))
    for key, value in attributes.pairs.items():
        element.set(key if key in ("lang", "alt", "title", "start") else f"data-{key.lower()}", value)
