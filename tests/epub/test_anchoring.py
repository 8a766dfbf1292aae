"""The pages of a book in print are found again in a text that has changed since; what cannot be found is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.reading import read_book
from publish.book.flow import CONTEXT, Source, digest, texts_of
from publish.book.model import Book
from publish.epub.anchoring import Anchored, anchored
from publish.pages import PageMap, PageStart
from publish.places import Address
from publish.problems import Problems

PARAGRAPHS = [
    f"Paragraph {name} speaks of the harbour, of {name} lamps, and of the keeper who lit {name} of them each night."
    for name in "one two three four five six seven eight nine ten eleven twelve".split()
]


def book_of(*paragraphs: str, before: str = "") -> Book:
    text = "\n\n".join(paragraphs)
    book, _ = read_book(f"{before}# The Harbour {{#harbour}}\n\n{text}\n")
    return book


def printed(book: Book, *positions: int) -> PageMap:
    """A page map in which a page begins at each of these positions of the text's image."""
    source = Source(texts_of(book))
    pages = []
    for index, at in enumerate(positions):
        begin, end = source.block(at)
        block = digest(source.flow[begin:end]), at - begin
        before, after = source.flow[max(at - CONTEXT, 0) : at], source.flow[at : at + CONTEXT]
        pages.append(PageStart(index, str(index + 1), source.at(at), before=before, after=after, block=block))
    return PageMap(tuple(pages))


def found(pages: PageMap, book: Book) -> tuple[Anchored, Problems]:
    problems = Problems()
    return anchored(pages, book, problems), problems


def words(book: Book, address: Address | None) -> str:
    """The beginning of what stands at an address."""
    assert address is not None
    source = Source(texts_of(book))
    piece = source.pieces[address.section, address.serial]
    at = piece.start if address.offset is None else piece.at(address.offset)
    return source.flow[at : at + 30]


OLD = book_of(*PARAGRAPHS)
EVERY = range(0, len(Source(texts_of(OLD)).flow) - CONTEXT, 90)
PAGES = printed(OLD, *EVERY)


def test_in_the_same_text_all_pages_stand() -> None:
    result, problems = found(PAGES, OLD)
    assert (result.stood, result.moved, result.lost) == (len(PAGES.pages), 0, 0)
    assert result.pages == PAGES
    assert list(problems) == []


CHANGES = {
    "a new chapter before": book_of(*PARAGRAPHS, before="# Before\n\nIt was long ago.\n\n"),
    "a new paragraph": book_of(*PARAGRAPHS[:3], "It rained.", *PARAGRAPHS[3:]),
    "a paragraph split": book_of(*PARAGRAPHS[:2], *PARAGRAPHS[2].split(", of", 1), *PARAGRAPHS[3:]),
    "emphasis": book_of(*(text.replace("keeper", "*keeper*") for text in PARAGRAPHS)),
    "paragraphs in another order": book_of(*PARAGRAPHS[6:], *PARAGRAPHS[:6]),
    "capitals and accents": book_of(*(text.replace("harbour", "HARBOUR") for text in PARAGRAPHS)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_pages_move_with_their_text(change: str) -> None:
    new = CHANGES[change]
    result, problems = found(PAGES, new)
    missing = [page.label for page in result.pages.pages if page.start is None]
    assert len(missing) <= 1, "one page may begin right where text was put in"
    assert [problem.code for problem in problems] == ["E019"] * len(missing)
    for page in result.pages.pages:
        if page.start is not None:
            assert words(new, page.start)[:12] == page.after[:12]
    assert result.stood + result.moved + result.lost == len(PAGES.pages)


def test_a_page_whose_words_are_gone_is_lost_and_said_with_its_neighbours_place() -> None:
    flow = Source(texts_of(OLD)).flow
    pages = printed(OLD, flow.index("paragraphtwo"), flow.index("paragraphfive") + 20, flow.index("paragraphnine"))
    result, problems = found(pages, book_of(*PARAGRAPHS[:3], *PARAGRAPHS[6:]))
    assert [page.start is None for page in result.pages.pages] == [False, True, False]
    (problem,) = problems
    assert problem.code == "E019"
    assert "page 2 " in problem.message
    assert pages.pages[1].after in problem.message
    assert problem.span is not None
    assert problem.span.line == 5, "where the last page before it begins that was found"


def test_a_place_that_two_could_be_is_told_by_its_neighbours_or_not_at_all() -> None:
    twins = [*PARAGRAPHS[:3], "The same words, again and again, of lamps.", *PARAGRAPHS[3:6]] * 2
    old = book_of(*(f"{text} ({number})" for number, text in enumerate(twins)))
    length = len(Source(texts_of(old)).flow)
    pages = printed(old, *range(0, length - CONTEXT, 60))
    new = book_of("It rained.", *(f"{text} ({number})" for number, text in enumerate(twins)))
    result, _ = found(pages, new)
    shift = len("itrained.")
    source = Source(texts_of(new))
    for was, now in zip(pages.pages, result.pages.pages, strict=True):
        if now.start is not None and was.index:
            piece = source.pieces[now.start.section, now.start.serial]
            at = piece.start if now.start.offset is None else piece.at(now.start.offset)
            assert at == was.index * 60 + shift
    assert result.lost <= 1


def test_made_sections_begin_as_a_whole_as_long_as_there_are_some() -> None:
    book, _ = read_book("# One\n\nText.\n\n# Two\n\nText.\n")
    title = PageStart(0, "iii", Address("title-page", 0))
    assert found(PageMap((title,)), book)[0].stood == 1
    assert found(PageMap((replace(title, start=Address("gone", 0)),)), book)[0].lost == 1


def test_blank_pages_are_not_looked_for() -> None:
    result, problems = found(PageMap((PageStart(0, "ii", None, blank=True),)), OLD)
    assert (result.stood, result.moved, result.lost) == (0, 0, 0)
    assert list(problems) == []


@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=14), st.lists(st.integers(0, 900), max_size=8, unique=True))
def test_a_page_is_found_at_its_words_or_not_at_all(paragraphs: list[str], positions: list[int]) -> None:
    new = book_of(*paragraphs)
    result, problems = found(printed(OLD, *sorted(positions)), new)
    for page in result.pages.pages:
        if page.start is not None:
            at = words(new, page.start)
            assert at.startswith(page.after[:12]) or page.after.startswith(at) or _follows(new, page)
    assert len([problem for problem in problems if problem.code == "E019"]) == result.lost


def _follows(book: Book, page: PageStart) -> bool:
    """Whether the words before the page's beginning stand before its place."""
    assert page.start is not None
    source = Source(texts_of(book))
    piece = source.pieces[page.start.section, page.start.serial]
    at = piece.start if page.start.offset is None else piece.at(page.start.offset)
    return source.flow[:at].endswith(page.before)
