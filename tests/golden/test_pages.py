"""Small pictures of pages that we signed: a page that changes is seen, and looked at, before it is a page of a book.

`pytest tests/golden --rewrite-goldens` paints them anew.
"""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from conftest import HOUSE, Built

PICTURES = Path(__file__).parent / "pages"
SCALE = 0.5
"""Pixels a point: letters are grey specks, blocks and lines are where they are."""
DIFFERENT = 1.0
"""Mean difference, in levels of 255, above which two pages are not the same."""

PAGES = [
    ("letter", 0), ("lighthouse", 2), ("lighthouse", 3), ("lighthouse", 6), ("lighthouse", 8), ("lighthouse", 14),
    ("lighthouse", 16), ("lighthouse", 20), ("knots", 4), ("knots", 6), ("knots", 7),
]  # fmt: skip


def painted(pdf: Path, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[number].render(scale=SCALE).to_pil().convert("L")
    document.close()
    return image


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pages after a slight blur, which forgives another machine's smoothing of letters."""
    if one.size != other.size:
        return 255.0
    soft = [image.filter(ImageFilter.GaussianBlur(1.5)) for image in (one, other)]
    return ImageStat.Stat(ImageChops.difference(*soft)).mean[0]


@pytest.mark.parametrize(("book", "number"), PAGES)
def test_page_looks_as_signed(
    book: str, number: int, build: Callable[[Path], Built], request: pytest.FixtureRequest
) -> None:
    page = painted(build(HOUSE / "tests" / "books" / book).pdf, number)
    picture = PICTURES / f"{book}-{number + 1:02}.png"
    if request.config.getoption("--rewrite-goldens"):
        PICTURES.mkdir(exist_ok=True)
        page.save(picture, optimize=True)
    assert difference(page, Image.open(picture)) < DIFFERENT


def test_a_line_that_moves_is_noticed() -> None:
    page = Image.open(PICTURES / "letter-01.png")
    assert difference(page, ImageChops.offset(page, 0, 6)) > DIFFERENT
