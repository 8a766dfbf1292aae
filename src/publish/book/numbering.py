"""Numbers of chapters, parts, headings, figures, tables: all as text, so that every edition agrees."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from publish.book.draft import Draft, DraftBook, made, prepend
from publish.book.words import words


def number_sections(book: DraftBook) -> None:
    """Number parts in roman, chapters in arabic, appendices by letters, where the metadata ask for it."""
    if book.metadata.numbering == "none":
        return
    counts: Counter[str] = Counter()
    for section in book.sections:
        kind = section.role if section.role in ("part", "chapter", "appendix") else None
        if kind is None or book.piece or "unnumbered" in section.classes:
            continue
        counts[kind] += 1
        n = counts[kind]
        section.number = roman(n) if kind == "part" else letter(n) if kind == "appendix" else str(n)
        section.label = f"{words(section.lang)[kind]} {section.number}"
        opening = section.root.find("header")
        if opening is not None:
            prepend(opening, made("p", "label", section.label))


def number_objects(book: DraftBook) -> dict[str, tuple[str, str]]:
    """Number captioned figures, tables and listings of each kind that the text refers to: {id: ("figure", "2")}.

    A book that never says "Figure 2" needs no numbers under its pictures. Through the book, or by chapter (2.1) where
    sections are numbered.
    """
    wanted = _kinds_referred_to(book)
    labels: dict[str, tuple[str, str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for section in book.sections:
        by_chapter = section.number if book.metadata.numbering == "sections" and section.number else ""
        for kind, element, caption in _objects(section):
            if kind not in wanted or (caption is None and not element.get("id")):
                continue
            counts[kind, by_chapter] += 1
            number = f"{by_chapter}.{counts[kind, by_chapter]}" if by_chapter else str(counts[kind, by_chapter])
            label = f"{words(section.lang)[kind]} {number}"
            if element.get("id"):
                labels[element.get("id", "")] = (kind, number)
            holder, stop = (_caption(kind, element), ".") if caption is None else (caption, ". ")
            prepend(holder, made("span", "label", label + stop))
    return labels


def _kinds_referred_to(book: DraftBook) -> set[str]:
    """The kinds of objects at least one of which is named by a cross reference."""
    kinds = {
        element.get("id"): kind
        for section in book.sections
        for kind, element, _ in _objects(section)
        if element.get("id")
    }
    targets = {
        reference.get("href", "")[1:]
        for section in book.sections
        for root in (section.root, *(note.element for note in section.notes))
        for reference in root.iter("a")
        if reference.get("class") == "ref"
    }
    return {kind for ident, kind in kinds.items() if ident in targets}


def _objects(section: Draft) -> Iterator[tuple[str, etree._Element, etree._Element | None]]:
    """Figures, listings and tables of a section in order, each with its caption."""
    for element in section.root.iter("figure", "div"):
        classes = element.get("class", "").split()
        if element.tag == "figure":
            yield "listing" if "listing" in classes else "figure", element, element.find("figcaption")
        elif "table" in classes:
            yield "table", element, element.find("p[@class='caption']")


def _caption(kind: str, element: etree._Element) -> etree._Element:
    """A caption for an object that has none, to hold its number."""
    if kind == "table":
        caption = made("p", "caption")
        element.insert(0, caption)
        return caption
    return etree.SubElement(element, "figcaption", {"data-made": ""})


def roman(number: int) -> str:
    """A number in roman numerals."""
    text = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            text, number = text + sign, number - value
    return text


def letter(number: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
