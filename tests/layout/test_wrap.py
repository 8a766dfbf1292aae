"""What a printed cover says and how it is measured, before it is painted."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from publish.book.model import Book
from publish.layout.wrap import Interior, WrapFormat, dress_wrap, format_for, paragraphs, price, turn, wrap_for
from publish.manuscript.model import Contributor, Metadata, Trim
from publish.printers.profiles import printer
from publish.problems import Problems

FORM = WrapFormat(152.4, 228.6, 20, 3.175, 6.35, True, 1.5875, (50.8, 30.48), 7)


def test_the_sheet_is_twice_the_trim_and_the_spine() -> None:
    assert FORM.sheet == (324.8, 228.6)


@pytest.mark.parametrize(("pages", "words"), [(79, False), (80, True)])
def test_a_printer_says_what_it_asks_of_covers(pages: int, words: bool) -> None:
    form = format_for(printer("kdp"), Trim(152.4, 228.6), pages, 4.6)
    assert form == replace(FORM, spine=4.6, spine_text=words, spine_clear=1.587)


@pytest.mark.parametrize(
    ("spine", "allowed", "points"),
    [(60, True, 20.7), (10, True, 17.0), (6, True, 8.0), (5.6, True, 0), (3, True, 0), (20, False, 0)],
)
def test_letters_on_a_spine_are_as_large_as_it_bears(spine: float, allowed: bool, points: float) -> None:
    assert replace(FORM, spine=spine, spine_text=allowed).spine_size == pytest.approx(points, abs=0.05)


@pytest.mark.parametrize(
    ("lang", "degrees"), [("en", 90), ("da", 90), ("de-AT", -90), ("fr", -90), ("he", -90), ("ru", 90)]
)
def test_spines_are_turned_as_the_language_has_it(lang: str, degrees: int) -> None:
    assert turn(lang) == degrees


@pytest.mark.parametrize(
    ("amount", "currency", "lang", "written"),
    [
        ("9.99", "GBP", "en-GB", "£9.99"),
        ("12", "EUR", "de", "12,00\u00a0€"),
        ("18", "CHF", "fr-CH", "18,00\u00a0CHF"),
        ("18.5", "CAD", "en", "CAD\u00a018.50"),
    ],
)
def test_prices_are_written_as_the_language_does(amount: str, currency: str, lang: str, written: str) -> None:
    assert price(Decimal(amount), currency, lang) == written


def test_a_blank_line_parts_paragraphs() -> None:
    assert paragraphs("One\ntwo\n \nthree\n") == ("One\ntwo", "three")
    assert paragraphs(None) == ()


def test_a_printers_edition_has_its_own_isbn_and_price_or_those_of_print() -> None:
    prices = {"print": {"EUR": Decimal(12)}, "kdp": {"USD": Decimal(14)}}
    about = Metadata("The Lamp", isbn={"print": "978-3-16-148410-0", "lulu": "979-8-88645-174-0"}, price=prices)
    wraps = {key: wrap_for(about, key, FORM, Interior(200, "")) for key in ("kdp", "lulu")}
    assert (wraps["kdp"].isbn, wraps["lulu"].isbn) == ("978-3-16-148410-0", "979-8-88645-174-0")
    assert (wraps["kdp"].prices, wraps["lulu"].prices) == (prices["kdp"], prices["print"])


def test_the_back_has_the_blurb_or_else_the_description_its_signs_set() -> None:
    problems = Problems()
    about = Metadata("The Lamp", contributors=(Contributor("Ada", about="It's her."),), description='A "light".')
    dressed = dress_wrap(Book(about, ()), Path("/nonexistent"), {}, problems).book.metadata
    assert (dressed.blurb, dressed.authors[0].about) == ("A “light”.", "It’s her.")
    both = dress_wrap(Book(replace(about, blurb="B."), ()), Path("/nonexistent"), {}, problems)
    assert both.book.metadata.blurb == "B."
    assert not list(problems)


def test_a_missing_picture_of_the_author_is_told_and_left_out() -> None:
    problems = Problems()
    about = Metadata("The Lamp", contributors=(Contributor("Ada", about="She.", picture="ada.png"),))
    dressed = dress_wrap(Book(about, ()), Path("/nonexistent"), {}, problems)
    assert [problem.code for problem in problems] == ["L030"]
    assert dressed.book.metadata.authors[0].picture is None
