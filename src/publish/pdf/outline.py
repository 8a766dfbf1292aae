"""The PDF's outline, made from the book: sections in reading order, chapters in their parts, headings in chapters."""

from collections.abc import Iterator

from publish.book.model import Book, Section
from publish.pdf.boxes import Pages
from publish.pdf.finish import POINTS, Mark

DEEPEST = 3
"""The last level of heading (h3) that the outline shows."""


def outline(book: Book, pages: Pages) -> list[Mark]:
    """The entries of the outline, in the order of the book. A section that has no title, or no page here, has none."""
    places: dict[str, tuple[int, float]] = {}
    for index, page in enumerate(pages.document.pages):
        for ident, (_, top, *_) in page.anchors.items():
            places.setdefault(ident, (index, (page.height - top) * POINTS))
    return [Mark(level, words, *places[ident]) for level, words, ident in _entries(book) if ident in places]


def _entries(book: Book) -> Iterator[tuple[int, str, str]]:
    for section in book.sections:
        level = 0 if section.part is None else 1
        if words := title(section):
            yield level, words, section.id
        for heading in section.headings:
            if heading.level <= DEEPEST:
                words = f"{heading.number} {heading.title}" if heading.number else heading.title
                yield level + heading.level - 1, words, heading.id


def title(section: Section) -> str:
    """What the outline calls a section: its label and its title, as far as it has them."""
    parts = [part for part in (section.label, section.title) if part]
    return ". ".join(dict.fromkeys(parts))
