"""The words of an EPUB as a reading system finds them: the XHTML of its spine."""

from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from publish.checks.navigation import EPUB_TYPE
from publish.checks.opened import Opened
from publish.checks.script import INLINE

NOTE_TYPES = frozenset(("footnote", "endnote"))
MADE = "made"
"""The class of what is not the author's: numbers, labels, note signs, references, ways back."""


@dataclass(frozen=True)
class ScreenText:
    """The author's text in the order of the spine, with a space wherever one block ends; and each note."""

    flow: str
    notes: tuple[str, ...]


def read_epub(epub: Opened, sections: Collection[str]) -> ScreenText | None:
    """Read the text of these sections, found by their ids, and all notes. Documents of ours have no such id.

    Returns None where a document of the spine cannot be read, of which all has been told.
    """
    flow: list[str] = []
    notes: list[list[str]] = []
    for place in epub.spine:
        if "nav" in place.item.properties:
            continue
        tree = epub.documents.get(place.item.name)
        if tree is None:
            return None
        body = tree.find("{*}body")
        if body is not None:
            _read(body, sections, flow, notes)
    return ScreenText("".join(flow), tuple("".join(note) for note in notes))


def _read(body: etree._Element, sections: Collection[str], flow: list[str], notes: list[list[str]]) -> None:
    """Add the text of a document. `held` says for each open element where its direct text goes."""
    held: list[list[str] | None] = [None]
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        block = etree.QName(element).localname not in INLINE or "line" in element.get("class", "").split()
        if event == "end":
            held.pop()
            _say(held[-1], element.tail, block)
            continue
        target = held[-1]
        if MADE in element.get("class", "").split():
            held.append(None)
            walk.skip_subtree()
            continue
        if NOTE_TYPES & set(element.get(EPUB_TYPE, "").split()):
            target = []
            notes.append(target)
        elif target is None and element.get("id") in sections:
            target = flow
        held.append(target)
        _say(target, element.text, block)


def _say(target: list[str] | None, text: str | None, block: bool) -> None:
    if target is not None:
        target.append((" " if block else "") + (text or ""))
