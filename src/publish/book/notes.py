"""Notes: each call finds its text, and gets its number, which begins anew in every section."""

from collections.abc import Mapping, Sequence

from lxml import etree

from publish.book import findings
from publish.book.draft import Draft, DraftBook, DraftNote, missing, span_of, take
from publish.book.parsed import NoteText, Parsed
from publish.book.structure import Ids
from publish.places import Span

Called = dict[tuple[str, str], DraftNote]
"""The notes that were called so far, by file and label."""


def call_notes(book: DraftBook, parsed: Sequence[Parsed], ids: Ids) -> list[etree._Element]:
    """Number the notes of every section in the order of their calls, and put their signs into the text.

    Gives the texts that nothing calls, which are reported.
    """
    files = {file.source.path: file for file in parsed}
    called: Called = {}
    for section in book.sections:
        roots = [section.root]
        for root in roots:  # A note may call another: its text joins the end of the line.
            for call in [a for a in root.iter("a") if a.get("class") == "note-call"]:
                note = _call(book, section, call, files, called)
                if note is not None and note.calls == 0:
                    note.id = ids.unused(f"{section.id}-note-{note.number}")
                    note.element.set("id", note.id)
                    section.notes.append(note)
                    roots.append(note.element)
                if note is not None:
                    _sign(call, note, here=note.home is section)
    uncalled = []
    for file in parsed:
        for label, text in file.notes.items():
            if (file.source.path, label) not in called:
                book.problems.add(findings.note_never_called(text.span, label))
                uncalled.append(text.element)
    return uncalled


def _call(
    book: DraftBook, section: Draft, call: etree._Element, files: Mapping[str, Parsed], called: Called
) -> DraftNote | None:
    """The note that a call means, a new one at its first call; None where its text is nowhere."""
    span = span_of(call, section.path)
    label = take(call, "data-note")
    found = _text_of(label, span.file, files)
    if found is None:
        missing(call)
        _report_missing(book, span, label, files)
        return None
    key, text = found
    if key not in called:
        called[key] = DraftNote("", str(len(section.notes) + 1), text.element, text.span, files[key[0]], section)
    elif called[key].home is not section:
        book.problems.add(findings.note_in_two_chapters(span, label))
    return called[key]


def _sign(call: etree._Element, note: DraftNote, *, here: bool) -> None:
    """Make a call the sign of its note; a call from another section has no id, since the note leads back to its own."""
    note.calls += 1
    if here:
        call.set("id", f"fnref-{note.id}" + (f"-{note.calls}" if note.calls > 1 else ""))
    call.set("href", f"#{note.id}")
    call.set("data-made", "")
    call.text = note.number


def _text_of(label: str, path: str, files: Mapping[str, Parsed]) -> tuple[tuple[str, str], NoteText] | None:
    """The text of a note: in the file of its call, else in the only other file that has one of this name."""
    if path in files and label in files[path].notes:
        return (path, label), files[path].notes[label]
    others = [other for other, file in files.items() if label in file.notes and not label.startswith("^")]
    if len(others) == 1:
        return (others[0], label), files[others[0]].notes[label]
    return None


def _report_missing(book: DraftBook, span: Span, label: str, files: Mapping[str, Parsed]) -> None:
    near = book.guess(label, (name for file in files.values() for name in file.notes if not name.startswith("^")))
    line = next((file.notes[near].span.line for file in files.values() if near in file.notes), None) if near else None
    book.problems.add(findings.note_without_text(span, label, near, line))
