"""Books that hold every element, and odd ones: whole, and nothing that our own rules could say of them."""

from pathlib import Path

import pytest

from epub.odd import build_epub, claimed_book, harbour, odd_books
from epub.reader import heard
from publish.checks import access_rules, completeness
from publish.checks.opened import open_epub
from publish.epub.claim import STANDARD
from publish.problems import Problem, Problems


def said(data: bytes) -> list[Problem]:
    """What our own rules say, those for accessibility too."""
    problems = Problems()
    epub = open_epub(data, Problems())
    assert epub is not None
    access_rules.check(epub, problems)
    return [*heard(data), *problems]


def test_our_rules_have_nothing_to_say_of_odd_books(tmp_path: Path) -> None:
    assert {name: said(data) for name, data in odd_books(tmp_path).items() if said(data)} == {}


def test_the_claimed_book_makes_its_claim() -> None:
    epub = open_epub(claimed_book(), Problems())
    assert epub is not None
    assert epub.values("dcterms:conformsTo") == (STANDARD,)


@pytest.mark.proof
@pytest.mark.parametrize("notes", ["chapter", "book"])
def test_a_book_that_holds_every_element_is_whole(notes: str, tmp_path: Path) -> None:
    book, path = build_epub(harbour(tmp_path / "harbour", notes))
    data, problems = path.read_bytes(), Problems()
    epub = open_epub(data, problems)
    assert epub is not None
    completeness.compare_epub(book, epub, problems)
    assert [*problems, *said(data)] == []
