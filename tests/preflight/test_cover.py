"""What is found in the finished cover: it goes around this very book, and agrees with it."""

from dataclasses import replace

import pytest
from pikepdf import Name

from publish.checks.preflight import CoverDemands, preflight_cover
from publish.problems import Problem, Problems

from .sheet import ISBN, MM, Page, image, interior, letters, story

SPINE = 14.0
ASKED = CoverDemands("Press", (100.0, 150.0), SPINE, bleed=3.0, pages=120, tolerance=1.5, isbn=ISBN)
WORDS = letters("The Lamp, Ada Brandt", 120, 100) + letters(f"ISBN {ISBN}", 20, 30)


def cover(spine: float = SPINE, words: str = WORDS, bleed: float = 3.0) -> bytes:
    """A cover with a spine so wide."""
    return interior(Page(words, trim=(200 + spine, 150), bleed=bleed))


def said(data: bytes, asked: CoverDemands = ASKED) -> list[Problem]:
    """What is said of a cover."""
    problems = Problems()
    preflight_cover(data, asked, story(), problems)
    return list(problems)


def codes(data: bytes, asked: CoverDemands = ASKED) -> list[str]:
    return [problem.code for problem in said(data, asked)]


def test_a_good_cover_passes() -> None:
    assert codes(cover()) == []


@pytest.mark.parametrize(("spine", "found"), [(14.1, []), (15.4, []), (16, ["R019"]), (10, ["R019"])])
def test_the_spine_must_fit_the_pages(spine: float, found: list[str]) -> None:
    assert codes(cover(spine)) == found


def test_the_size_that_fits_is_said() -> None:
    (problem,) = said(cover(20))
    assert problem.message == (
        "the cover is 220.0 × 150.0 (226.0 × 156.0 with bleed) mm; "
        "for 120 pages Press expects 214.0 × 150.0 (220.0 × 156.0 with bleed) mm"
    )


def test_bleed_is_part_of_the_size() -> None:
    assert codes(cover(bleed=0)) == ["R019"]


def test_a_cover_is_one_page() -> None:
    twice = interior(*(Page(WORDS, trim=(200 + SPINE, 150), bleed=3) for _ in range(2)))
    assert codes(twice) == ["R019"]


@pytest.mark.parametrize(("x", "allowed", "found"), [(103, False, ["R020"]), (103, True, []), (120, False, [])])
def test_text_on_the_spine(x: float, allowed: bool, found: list[str]) -> None:
    thin = replace(ASKED, spine_text=allowed)
    assert codes(cover(words=WORDS + letters("Lamp", x, 50)), thin) == found


def test_the_cover_shows_title_author_and_isbn() -> None:
    assert [problem.message for problem in said(cover(words=letters("The Lantern", 120, 100)))] == [
        "the cover does not show the title “The Lamp”",
        "the cover does not show the author “Ada Brandt”",
        f"the cover does not show the ISBN {ISBN}",
    ]


def test_a_cover_with_the_number_of_another_book() -> None:
    other = WORDS + letters("978-0-306-40615-7", 20, 60)
    assert codes(cover(words=other)) == ["R017"]


@pytest.mark.parametrize(("wide", "share", "found"), [(20, 100, []), (60, 100, ["R007"]), (20, 255, ["R023"])])
def test_a_picture_on_the_cover_has_pixels_enough_and_not_too_much_ink(wide: int, share: int, found: list[str]) -> None:
    paint = f"{WORDS} q {wide * MM} 0 0 {wide * MM} {130 * MM} {40 * MM} cm /I Do Q"
    resources = {"XObject": image(300, 300, Name.DeviceCMYK, share)}
    data = interior(Page(paint, resources, trim=(200 + SPINE, 150), bleed=3))
    assert codes(data, replace(ASKED, most_ink=300)) == found


def test_an_isbn_whose_figures_are_read_line_by_line() -> None:
    column = "".join(letters(figure, 20, 90 - 6 * row) for row, figure in enumerate(ISBN))
    assert codes(cover(words=letters("The Lamp, Ada Brandt", 120, 100) + column)) == []
