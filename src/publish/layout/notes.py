"""Where notes go: to the foot of their page, or to the end of their section or of the book.

At the foot a note stands in the line of its call, as spans, so that it stays valid inside a paragraph when the HTML
is parsed again; the engine floats it down. Text never changes on the way, and keeps its serials.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy

from lxml import etree

from publish.book.model import Note
from publish.layout.markup import classes, insert_after, insert_first, keep_own, made, parse, take
from publish.layout.model import Medium

SIMPLE_BLOCKS = frozenset(("aside", "p", "div", "blockquote", "ul", "ol", "li"))
"""Blocks that can be spans at the foot of a page; a note with others (a table, a figure) goes to the section's end."""
HARD = frozenset(("table", "figure", "pre", "dl", "hr", "header", "section", "h2", "h3", "h4", "h5", "h6"))


def texts(notes: Iterable[Note], root: etree._Element, medium: Medium) -> dict[str, etree._Element]:
    """The notes that this edition calls, by id, in their order, as trees without the other edition's passages."""
    all_notes = {note.id: parse(note.xhtml) for note in notes}
    for element in all_notes.values():
        keep_own(element, medium)
    called: set[str] = set()
    open_ends = [root]
    while open_ends:
        for ident in sorted(set(calls(open_ends.pop())) & all_notes.keys() - called):
            called.add(ident)
            open_ends.append(all_notes[ident])
    return {ident: element for ident, element in all_notes.items() if ident in called}


def calls(root: etree._Element) -> dict[str, etree._Element]:
    """The first call of each note in a tree, by the note's id."""
    found: dict[str, etree._Element] = {}
    for call in root.iter("a"):
        if "note-call" in classes(call):
            found.setdefault(call.get("href", "").removeprefix("#"), call)
    return found


def set_at_foot(
    root: etree._Element, notes: Mapping[str, etree._Element], numbers: Mapping[str, str], moved: frozenset[str]
) -> dict[str, etree._Element]:
    """Put each note after its first call as a footnote; return those that go to the section's end.

    These are the notes in `moved`, notes that spans cannot hold, and notes called only from within notes.
    """
    places = calls(root)
    rest = {}
    for ident, element in notes.items():
        if ident not in places or ident in moved or any(map(_is_hard, element.iter(etree.Element))):
            rest[ident] = element
        else:
            insert_after(places[ident], footnote(element, numbers[ident]))
    return rest


def footnote(note: etree._Element, number: str) -> etree._Element:
    """A note as `<span class="footnote">`, its number first, its blocks as spans named after what they were."""
    span = deepcopy(note)
    span.tail = None
    for element in list(span.iter(etree.Element)):
        if element.tag in SIMPLE_BLOCKS:
            _mark_item(element)
            names = ["footnote"] if element is span else [str(element.tag), *_again(element)]
            element.set("class", " ".join((*names, *(c for c in classes(element) if c != "note"))))
    for element in span.iter(etree.Element):
        if element.tag in SIMPLE_BLOCKS:
            element.tag = "span"
            take(element, "start")
            take(element, "type")
    first = next((e for e in span.iter("span") if "p" in classes(e)), span)
    insert_first(first, made("span", f"{number}. ", class_="note-number"))
    return span


def endnotes(
    notes: Mapping[str, etree._Element],
    numbers: Mapping[str, str],
    text: etree._Element,
    title: str,
    back: str,
) -> etree._Element:
    """The notes of a section in a row, each with its number as a link back to its first call, in `text` or a note.

    `title` stands over them, if there is one; `back` is what the link says to those who do not see it.
    """
    places: dict[str, etree._Element] = {}
    for root in (text, *notes.values()):
        places = {**calls(root), **places}
    section = etree.Element("section", {"class": "endnotes"})
    if title:
        section.append(made("h2", title, class_="endnotes-title"))
    for ident, note in notes.items():
        element = deepcopy(note)
        element.tail = None
        link = made("a", f"{numbers[ident]}. ", class_="note-back", href=f"#{places[ident].get('id')}", title=back)
        first = next(element.iter("p"), element)
        insert_first(first, link)
        section.append(element)
    return section


def _is_hard(element: etree._Element) -> bool:
    """Whether spans cannot stand for an element: it has a shape of its own, or is a list lettered by the author."""
    return element.tag in HARD or (element.tag == "ol" and element.get("type", "1") != "1")


def _again(element: etree._Element) -> list[str]:
    """The class of blocks that follow another."""
    return ["again"] if element.getprevious() is not None else []


def _mark_item(element: etree._Element) -> None:
    """Write the sign or number of a list's item as text, since a span has none of its own."""
    parent = element.getparent()
    if element.tag != "li" or parent is None:
        return
    position = sum(1 for _ in element.itersiblings("li", preceding=True))
    first = parent.get("start", "1")
    sign = f"{int(first) + position}. " if parent.tag == "ol" and first.lstrip("-").isdecimal() else "• "
    insert_first(element, made("span", sign, class_="marker"))
