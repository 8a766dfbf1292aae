"""A scanner reads the ISBN off a finished cover, as it is and as a printer gets it."""

from typing import Any

import pytest

from pdf.covers import cover, opened
from publish.pdf.printing import Target, printer_file
from publish.problems import Problems

pytestmark = pytest.mark.proof

KDP = Target("pdf", frozenset(("outline", "annotations", "metadata", "layers")), black=False)
INGRAM = Target("x1a", frozenset(), black=False, ink=240, most_ink=300, condition="FOGRA39")


def scanned(pdf: bytes, dpi: int = 300) -> list[tuple[str, str]]:
    """Kind and figures of every barcode on the first page."""
    import zxingcpp

    with opened(pdf) as document:
        image = document[0].render(scale=dpi / 72).to_pil().convert("L")
    found: list[Any] = zxingcpp.read_barcodes(image)
    return [(str(code.format), code.text) for code in found]


@pytest.mark.parametrize("theme", ["classic", "manual"])
@pytest.mark.parametrize("isbn", ["978-3-16-148410-0", "979-8-88645-174-0", "978-0-306-40615-7"])
def test_the_isbn_is_read_off_the_cover(theme: str, isbn: str) -> None:
    made = cover(theme=theme, isbn={"print": isbn})
    assert made.codes == []
    assert scanned(made.pdf) == [("EAN-13", isbn.replace("-", ""))]


def test_the_smallest_symbol_is_read_too() -> None:
    small = cover(form={"barcode": (32, 26)})
    assert small.codes == []
    assert scanned(small.pdf) == [("EAN-13", "9783161484100")]


def test_a_cover_without_isbn_has_nothing_to_read() -> None:
    assert scanned(cover(isbn={}).pdf) == []


@pytest.mark.parametrize("target", [KDP, INGRAM], ids=["kdp", "ingram"])
def test_printers_get_it_as_it_was(target: Target) -> None:
    problems = Problems()
    sent = printer_file(cover(date="2026-05-01").pdf, target, (), problems)
    assert list(problems) == []
    assert scanned(sent) == [("EAN-13", "9783161484100")]
