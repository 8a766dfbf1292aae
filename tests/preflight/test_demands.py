"""What printers ask, from their data files."""

import pytest

from publish.checks.preflight import CoverDemands, Demands, Margins
from publish.manuscript.model import Metadata, Trim
from publish.printers.profiles import INCH, printer

NOVEL = Metadata("The Lamp", trim=Trim(152.4, 228.6), isbn={"print": "978-3-16-148410-0", "lulu": "979-8-88645-174-0"})


@pytest.mark.parametrize(("pages", "inches"), [(150, 0.375), (151, 0.5), (446, 0.625)])
def test_the_inner_margin_follows_from_the_count_of_pages(pages: int, inches: float) -> None:
    asked = Demands.of(printer("kdp"), NOVEL, pages)
    assert asked.margins == Margins(round(inches * INCH, 3), 6.35, 6.35, 6.35, with_bleed=9.525)
    assert {"outline", "annotations", "metadata"} <= asked.strip


def test_a_printers_own_isbn_goes_before_that_of_print() -> None:
    assert [Demands.of(printer(key), NOVEL, 200).isbn for key in ("kdp", "lulu")] == [*NOVEL.isbn.values()]


@pytest.mark.parametrize(("pages", "text"), [(79, False), (80, True)])
def test_a_cover_follows_from_pages_and_paper(pages: int, text: bool) -> None:
    asked = CoverDemands.of(printer("kdp"), NOVEL, pages, 4.58)
    assert (asked.trim, asked.spine, asked.bleed) == ((152.4, 228.6), 4.58, 3.175)
    assert asked.tolerance == pytest.approx(INCH / 16, abs=0.001)
    assert asked.spine_text is text
