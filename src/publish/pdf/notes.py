"""Notes at the foot of the page: which do not fit there, which were moved away, which stand far from their calls.

The engine never divides a note. One that is taller than the page covers the text above it or runs off the paper.
"""

from publish.book.model import Book, Note, Section
from publish.pdf.boxes import Notes, Pages
from publish.pdf.findings import note_elsewhere, note_moved
from publish.pdf.place import Placing
from publish.problems import Problems

CROWDED = 0.8
"""The share of a page that its notes may take; beyond it, the text above them would be a line or two."""


def overflowing(pages: Pages) -> frozenset[str]:
    """The ids of the notes that must be set elsewhere.

    They are the tallest on a page, until the others leave room for text, those that a reader would have to look for
    beyond the next page, and those for which no page with text was left: they would run into the next chapter.
    """
    found: set[str] = set()
    where = {ident: index for ident, (index, _) in pages.anchors().items()}
    for index in range(len(pages)):
        if notes := pages.notes(index):
            found.update(_too_tall(notes))
            late = pages.kind(index).blank
            found.update(i for i, _ in notes.heights if late or index - where.get(f"fnref-{i}", index) > 1)
    return frozenset(found)


def report_notes(book: Book, placing: Placing, problems: Problems) -> None:
    """Warn of notes that stand at the end of their chapter, and of those on another page than their call."""
    where = placing.anchors
    at_foot = {ident for page in placing.pages if page.record for ident in page.record.notes}
    for section, note in _notes(book):
        if note.id not in at_foot:
            if book.metadata.notes == "foot" and note.id in where:
                problems.add(note_moved(note.span, note.number, section.title))
            continue
        call, own = where.get(f"fnref-{note.id}"), where.get(note.id)
        if call is not None and own is not None and call[0] != own[0]:
            labels = placing.pages[call[0]].label, placing.pages[own[0]].label
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
