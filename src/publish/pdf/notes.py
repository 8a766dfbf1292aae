"""Notes at the foot of the page: which do not fit there, which were moved away, which stand far from their calls.

The engine never divides a note. One that is taller than the page covers the text above it or runs off the paper.
"""

from publish.book.model import Book, Note, Section
from publish.pages import PageMap
from publish.pdf.boxes import Notes, Pages
from publish.pdf.findings import note_elsewhere, note_moved
from publish.pdf.pagemap import first_pages
from publish.problems import Problems

CROWDED = 0.8
"""The share of a page that its notes may take; beyond it, the text above them would be a line or two."""


def overflowing(pages: Pages) -> frozenset[str]:
    """The ids of the notes that must be set elsewhere.

    They are the tallest on a page, until the others leave room for text, and those that a reader would have to look
    for beyond the next page.
    """
    found: set[str] = set()
    where = first_pages(pages)
    for index in range(len(pages)):
        if notes := pages.notes(index):
            found.update(_too_tall(notes))
            found.update(ident for ident, _ in notes.heights if index - where.get(f"fnref-{ident}", index) > 1)
    return frozenset(found)


def report_notes(book: Book, pages: Pages, page_map: PageMap, problems: Problems) -> None:
    """Warn of notes that stand at the end of their chapter, and of those on another page than their call."""
    where = first_pages(pages)
    at_foot = {ident for index in range(len(pages)) if (notes := pages.notes(index)) for ident, _ in notes.heights}
    for section, note in _notes(book):
        if note.id not in at_foot:
            if book.metadata.notes == "foot" and note.id in where:
                problems.add(note_moved(note.span, note.number, section.title))
            continue
        call, own = where.get(f"fnref-{note.id}"), where.get(note.id)
        if call is not None and own is not None and call != own:
            labels = page_map.pages[call].label, page_map.pages[own].label
            problems.add(note_elsewhere(note.span, note.number, *labels))


def _too_tall(notes: Notes) -> list[str]:
    height, moved = sum(height for _, height in notes.heights), []
    for ident, own in sorted(notes.heights, key=lambda note: -note[1]):
        if height <= notes.room * CROWDED:
            break
        height -= own
        moved.append(ident)
    return moved


def _notes(book: Book) -> list[tuple[Section, Note]]:
    return [(section, note) for section in book.sections for note in section.notes]
