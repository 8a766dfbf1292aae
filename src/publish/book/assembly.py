"""From files to a book: read, divide, order, number, resolve, set the signs, and note the place of every word."""

from collections.abc import Sequence

from publish.book import findings
from publish.book.alignment import SourceWords, place_words
from publish.book.draft import DraftBook, attributes_in
from publish.book.finishing import Finisher
from publish.book.headings import level_headings, number_headings, set_titles
from publish.book.model import Book
from publish.book.notes import call_notes
from publish.book.numbering import number_objects, number_sections
from publish.book.parsed import Parsed
from publish.book.reading import read_file
from publish.book.references import check_section_ids, collect_ids, resolve, roots_of
from publish.book.structure import Divider, Ids, arrange, hold_in_parts, is_piece, name_sections
from publish.book.wording import name_images
from publish.manuscript.model import Manuscript
from publish.places import Span
from publish.problems import Problems
from publish.steps import Steps


def assemble(manuscript: Manuscript, problems: Problems, steps: Steps | None = None) -> Book:
    """Make the book that a manuscript means.

    All that is wrong goes to `problems`; the book stands all the same, with a mark (`draft-mark`) for what is missing.
    `steps` are those of earlier builds, which save time and change nothing.
    """
    steps = steps or Steps()
    files = [read_file(source, problems, steps) for source in manuscript.sources]
    parsed = [file.parsed for file in files]
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
    images = name_images(book, manuscript.root)
    languages = _languages(book)
    sources = {file.parsed.source.path: file.words for file in files}
    finisher = Finisher(manuscript.metadata.quotes, sources, steps, problems)
    sections = tuple(finisher.finish(section) for section in book.sections)
    for text in uncalled:  # They are reported already, as a whole.
        list(place_words(text, sources))
    _report_lost(sources, problems)
    steps.keep()
    ids = {ident: section.id for ident, (section, _) in book.ids.items()}
    return Book(manuscript.metadata, sections, book.piece, images, languages, ids)


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


def _report_lost(sources: dict[str, SourceWords], problems: Problems) -> None:
    """The first half of the proof that nothing is lost: every word typed is in the book, or is markup."""
    for words in sources.values():
        for text, span in words.lost():
            problems.add(findings.words_lost(span, text))
