"""Notes on the finished pages: which were moved away from the foot, and which stand far from their calls."""

from publish.book.model import Book, Note, Section
from publish.pdf.findings import note_elsewhere, note_moved
from publish.pdf.place import Placing
from publish.problems import Problems


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


def _notes(book: Book) -> list[tuple[Section, Note]]:
    return [(section, note) for section in book.sections for note in section.notes]
