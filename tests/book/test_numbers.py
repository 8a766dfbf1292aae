"""Numbers and levels: chapters, parts, appendices, headings."""

import pytest

from book.reading import codes, read_book
from publish.book.model import Book
from publish.book.numbering import letter, roman

PARTS = "# P {.part}\n\n# One\n\n## Sub\n\nx\n\n# Q {.part}\n\n# Two\n\nx\n\n# Data {.appendix}\n\nx"


def labels(book: Book) -> list[tuple[str, str | None]]:
    return [(part.title, part.label) for part in book.sections if not part.made]


def headings(book: Book) -> list[tuple[str, int, str | None]]:
    return [(heading.title, heading.level, heading.number) for part in book.sections for heading in part.headings]


def test_nothing_is_numbered_unless_asked_for() -> None:
    assert {label for _, label in labels(read_book(PARTS)[0])} == {None}


def test_chapters_count_through_the_parts_of_a_book() -> None:
    book, _ = read_book(PARTS, numbering="chapters")
    assert labels(book) == [
        ("P", "Part I"), ("One", "Chapter 1"), ("Q", "Part II"), ("Two", "Chapter 2"), ("Data", "Appendix A"),
    ]  # fmt: skip
    assert headings(book) == [("Sub", 2, None)]


def test_labels_are_in_the_language_of_the_chapter() -> None:
    book, _ = read_book("# Bir\n\nx\n\n# Un {lang=fr}\n\nx", numbering="chapters", lang="az")
    assert labels(book) == [("Bir", "Fəsil 1"), ("Un", "Chapitre 2")]


def test_what_is_marked_unnumbered_does_not_count() -> None:
    book, _ = read_book("# One {-}\n\nx\n\n# Two\n\nx", numbering="chapters")
    assert labels(book) == [("One", None), ("Two", "Chapter 1")]


def test_prefaces_prologues_and_pieces_have_no_numbers() -> None:
    book, _ = read_book("# P {.preface}\n\nx\n\n# Q {.prologue}\n\nx\n\n# One\n\nx", numbering="chapters")
    assert labels(book) == [("P", None), ("Q", None), ("One", "Chapter 1")]
    assert labels(read_book("A piece.", numbering="chapters")[0]) == [("A Book", None)]


def test_sections_are_numbered_below_their_chapter() -> None:
    text = "# A\n\n## B\n\n### C\n\n## D {-}\n\n### E\n\n## F\n\n> ## Quoted"
    book, problems = read_book(text, numbering="sections")
    assert problems == []
    assert headings(book) == [("B", 2, "1.1"), ("C", 3, "1.1.1"), ("D", 2, None), ("E", 3, None), ("F", 2, "1.2")]


def test_a_chapter_without_a_title_shows_its_label_alone() -> None:
    book, _ = read_book("#\n\nx\n\n#\n\ny", numbering="chapters")
    assert labels(book) == [("", "Chapter 1"), ("", "Chapter 2")]
    assert b"<h1" not in book.sections[-1].xhtml


def test_levels_close_up_where_the_author_skips_one() -> None:
    book, problems = read_book("# A\n\n### B\n\n### C\n\n## D\n\n#### E\n\nx")
    assert codes(problems) == ["B008", "B008"]
    assert [(title, level) for title, level, _ in headings(book)] == [("B", 2), ("C", 2), ("D", 2), ("E", 3)]


@pytest.mark.parametrize(("number", "text"), [(1, "I"), (4, "IV"), (49, "XLIX"), (94, "XCIV"), (101, "CI")])
def test_roman_numerals(number: int, text: str) -> None:
    assert roman(number) == text


@pytest.mark.parametrize(("number", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ")])
def test_letters(number: int, text: str) -> None:
    assert letter(number) == text
