"""The cover before all other pages, in the edition for screens."""

from dataclasses import replace

from publish.layout.coverpage import with_cover_page
from publish.layout.model import SCREEN, Picture

from .helpers import book, chapter, dressed, photo, xhtml

COVER = Picture("cover.jpg", "image/jpeg", photo(), "d", 40, 20)


def test_the_cover_comes_first_and_says_the_books_title_to_whoever_does_not_see_it() -> None:
    plain, _ = dressed(book(chapter("<p>Words.</p>")), SCREEN)
    covered = with_cover_page(replace(plain, cover=COVER))
    assert [section.role for section in covered.book.sections] == ["cover", "chapter"]
    assert [document.section.id for document in covered.documents] == ["cover", "one"]
    assert '<img src="octavo:cover.jpg" alt="The Lamp"/>' in xhtml(covered, "cover")
    assert covered.pictures["cover.jpg"] is COVER


def test_a_section_that_is_called_cover_keeps_its_name() -> None:
    plain, _ = dressed(book(chapter("<p>Words.</p>", "cover")), SCREEN)
    covered = with_cover_page(replace(plain, cover=COVER))
    assert [document.section.id for document in covered.documents] == ["cover-of-the-book", "cover"]


def test_a_book_without_a_cover_has_no_page_for_it() -> None:
    plain, _ = dressed(book(chapter("<p>Words.</p>")), SCREEN)
    assert with_cover_page(plain) is plain
