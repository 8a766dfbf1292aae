"""For every page of three books: the words after its mark in the e-book are the first words of the printed page."""

import pytest

from publish.pages import load

from .shelf import THREE, Shelf
from .words import Marked, letters, marked, printed

pytestmark = pytest.mark.proof

MADE = frozenset(("half-title", "contents"))
"""Sections of the printed book that are not in the text of the e-book."""
EXCUSED = {"handbook": 8, "essay": 1, "novel": 0}
"""Pages of each book, at most, that begin with something else: the head of a table again, or the title over a piece."""


def agrees(mark: Marked, page: str) -> bool:
    """Whether a page begins with the letters after its mark. The rest of a word that the turn cuts may go before."""
    return bool(mark.letters) and any(
        page[cut:].startswith(mark.letters) and mark.word.endswith(page[:cut]) for cut in range(max(1, len(mark.word)))
    )


@pytest.mark.parametrize("name", THREE)
def test_the_words_after_each_mark_are_the_first_of_the_printed_page(name: str, shelf: Shelf) -> None:
    book = shelf.take(name)
    epub, pages = book.opened(), printed(book.pdf)
    title = letters("".join(epub.values("dc:title")))
    marks, excused, wrong = marked(epub), {}, {}
    for mark in marks:
        page = pages[mark.label]
        before = {"the head of a table, again": mark.head, "the title over a piece": title}
        reasons = [why for why, first in before.items() if first and page.startswith(first)]
        if agrees(mark, page):
            continue
        if reasons and agrees(mark, page.removeprefix(before[reasons[0]])):
            excused[mark.label] = reasons[0]
        else:
            wrong[mark.label] = mark, page[:80]
    assert wrong == {}
    assert len(excused) <= EXCUSED[name], excused


@pytest.mark.parametrize("name", THREE)
def test_every_printed_page_that_the_book_shows_is_marked_in_order(name: str, shelf: Shelf) -> None:
    book = shelf.take(name)
    pages = printed(book.pdf)
    marks = [mark.label for mark in marked(book.opened())]
    assert marks == [label for label in pages if label in frozenset(marks)]
    unmarked = [label for label, text in pages.items() if text and label not in marks]
    begins = load(book.pages.read_bytes()).pages.pages
    ours = [page.label for page in begins if page.start is None or page.start.section in MADE]
    assert unmarked == [label for label in ours if pages[label]], "their words are none of the author's"
