"""From files to a book: read, divide, order, number, resolve, set the signs, and note the place of every word."""

from collections.abc import Sequence

from lxml import etree

from publish.book import findings
from publish.book.alignment import SourceWords, place_words
from publish.book.draft import Draft, DraftBook, attributes_in, take
from publish.book.headings import level_headings, number_headings, set_titles
from publish.book.highlight import set_code
from publish.book.markdown import parse
from publish.book.model import Book, Note, Places, Section, Word
from publish.book.notes import call_notes
from publish.book.numbering import number_objects, number_sections
from publish.book.parsed import Parsed
from publish.book.references import check_section_ids, collect_ids, resolve, roots_of
from publish.book.structure import Divider, Ids, arrange, hold_in_parts, is_piece, name_sections
from publish.book.typography import set_signs
from publish.book.wording import dress_sections
from publish.manuscript.model import Manuscript, Source
from publish.places import Span
from publish.problems import Problems

WORKING = (
    "data-line",
    "data-end",
    "data-column",
    "data-length",
    "data-file",
    "data-subtitle",
    "data-short",
    "data-author",
)
"""Marks that the steps leave for each other, and that the finished book does not hold."""


def assemble(manuscript: Manuscript, problems: Problems) -> Book:
    """Make the book that a manuscript means.

    All that is wrong goes to `problems`; the book stands all the same, with a mark (`draft-mark`) for what is missing.
    """
    parsed = [_read(source, problems) for source in manuscript.sources]
    book = _divide(manuscript, parsed, problems)
    given = Ids(_author_ids(book, parsed))
    check_section_ids(book)
    name_sections(book.sections, given)
    hold_in_parts(book.sections)
    uncalled = call_notes(book, parsed, given)
    number_sections(book)
    level_headings(book)
    number_headings(book, given)
    set_titles(book)
    collect_ids(book)
    labels = number_objects(book)
    resolve(book, labels, parsed)
    for section in book.sections:
        for root in roots_of(section):
            set_signs(root, section.lang, manuscript.metadata.quotes, section.path, problems)
    images = dress_sections(book, manuscript.root)
    sources = {file.source.path: SourceWords(file.source) for file in parsed}
    sections = tuple(_finish(section, sources) for section in book.sections)
    for text in uncalled:  # They are reported already, as a whole.
        place_words(text, sources)
    _report_lost(sources, problems)
    ids = {ident: section.id for ident, (section, _) in book.ids.items()}
    return Book(manuscript.metadata, sections, book.piece, images, _languages(book), ids)


def _read(source: Source, problems: Problems) -> Parsed:
    """One file's tree and notes: code classed, every block with the name of its file beside its lines."""
    file = parse(source, problems)
    for tree in (file.root, *(note.element for note in file.notes.values())):
        set_code(tree)
        for element in tree.iter():
            if element.get("data-line") is not None:
                element.set("data-file", source.path)
    return file


def _divide(manuscript: Manuscript, parsed: Sequence[Parsed], problems: Problems) -> DraftBook:
    piece = is_piece(parsed)
    divider = Divider(manuscript.metadata, problems, piece)
    for file in parsed:
        divider.divide(file)
    if not divider.sections and manuscript.sources:
        first = manuscript.sources[0]
        problems.add(findings.nothing_to_set(Span(first.path, first.first_line)))
    sections = arrange(divider.sections, manuscript.metadata, piece)
    return DraftBook(manuscript.metadata, problems, sections, piece)


def _author_ids(book: DraftBook, parsed: Sequence[Parsed]) -> set[str]:
    """All ids that the author gave, so that none of ours is like one of them."""
    trees = [section.root for section in book.sections]
    trees += [note.element for file in parsed for note in file.notes.values()]
    given = {ident for tree in trees for ident in attributes_in(tree, "id")}
    return given | {section.id for section in book.sections if section.id}


def _languages(book: DraftBook) -> tuple[str, ...]:
    """All languages that the book is written in, the main one first."""
    found = {lang for section in book.sections for root in roots_of(section) for lang in attributes_in(root, "lang")}
    found |= {section.lang for section in book.sections} | set(book.metadata.languages)
    return (book.metadata.lang, *sorted(found - {book.metadata.lang}))


def _finish(section: Draft, sources: dict[str, SourceWords]) -> Section:
    """The finished section: places of its words, serials on its elements, canonical bytes."""
    placed = [
        word
        for root in roots_of(section)
        for word in place_words(root, sources)
        if word.span is not None
    ]  # fmt: skip
    root = section.root
    root.set("id", section.id)
    root.set("class", " ".join([section.role, section.matter.value, *section.classes]))
    root.set("lang", section.lang)
    serials: dict[etree._Element, int] = {}
    for tree in roots_of(section):
        _number_elements(tree, serials)
    words = tuple(Word(serials[word.element], word.offset, word.span) for word in placed if word.span)
    notes = tuple(Note(note.id, note.number, _bytes(note.element), note.span) for note in section.notes)
    return Section(
        id=section.id, role=section.role, matter=section.matter, title=section.title, short=section.short,
        made=section.made, label=section.label, number=section.number, subtitle=section.subtitle,
        authors=section.authors, lang=section.lang, part=section.part,
        xhtml=b"" if section.made else _bytes(root), notes=notes, headings=tuple(section.headings),
        places=Places(words, section.span),
    )  # fmt: skip


def _number_elements(element: etree._Element, serials: dict[etree._Element, int]) -> None:
    """Number the elements of the author's text in document order; ours, and all inside them, have no number."""
    stack = [element]
    while stack:
        current = stack.pop()
        _strip(current)
        if current.get("data-made") is None:
            serials[current] = len(serials)
            current.set("data-p", str(serials[current]))
            stack.extend(reversed(current))
        else:
            for inner in current.iterdescendants():
                _strip(inner)


def _strip(element: etree._Element) -> None:
    for key in WORKING:
        take(element, key)


def _bytes(element: etree._Element) -> bytes:
    element.tail = None
    return etree.tostring(element, encoding="utf-8")


def _report_lost(sources: dict[str, SourceWords], problems: Problems) -> None:
    """The first half of the proof that nothing is lost: every word typed is in the book, or is markup."""
    for words in sources.values():
        for text, span in words.lost():
            problems.add(findings.words_lost(span, text))
