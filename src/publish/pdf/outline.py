"""Places in the PDF, by name and by title. The outline is the book's: chapters in parts, headings in chapters."""

from collections.abc import Iterator, Mapping

from publish.book.model import Book, Section
from publish.pdf.finish import Destination, Mark
from publish.pdf.place import Placing

DEEPEST = 3
"""The last level of heading (h3) that the outline shows."""
UNLISTED = frozenset(("half-title", "title-page", "copyright", "dedication", "epigraph"))
"""Roles of sections that nobody looks up."""


def outline(book: Book, places: Mapping[str, Destination]) -> list[Mark]:
    """The entries of the outline, in the order of the book. A section that has no title, or no page here, has none."""
    return [Mark(level, words, places[ident]) for level, words, ident in _entries(book) if ident in places]


def destinations(placing: Placing) -> dict[str, Destination]:
    """Where each id stands."""
    return {ident: Destination(index, top) for ident, (index, top) in placing.anchors.items()}


def _entries(book: Book) -> Iterator[tuple[int, str, str]]:
    for section in book.sections:
        level = 0 if section.part is None else 1
        words = title(section)
        if words and section.role not in UNLISTED:
            yield level, words, section.id
        for heading in section.headings:
            if heading.level <= DEEPEST:
                words = f"{heading.number} {heading.title}" if heading.number else heading.title
                yield level + heading.level - 1, words, heading.id


def title(section: Section) -> str:
    """What the outline calls a section: its label and its title, as far as it has them."""
    parts = [part for part in (section.label, section.title) if part]
    return ": ".join(dict.fromkeys(parts))
