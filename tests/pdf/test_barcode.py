"""An ISBN as bars: the symbol that the standards describe, in their sizes, in the black ink alone."""

import re

import pytest

from publish.pdf import barcode

ISBN = "978-3-16-148410-0"
RECT = re.compile(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"/>')


def bars(symbol: barcode.Symbol) -> list[tuple[float, float, float]]:
    """Left edge, width and height of each bar, in mm at the nominal size."""
    return [tuple(map(float, found)) for found in RECT.findall(symbol.svg.decode())]  # type: ignore[misc]


def test_the_modules_are_those_of_the_example_in_the_standards_literature() -> None:
    left = "000101101001110110011001001101111010011101"
    right = "110011011011001000010101110010011101000100"
    assert barcode.modules("5901234123457") == f"101{left}01010{right}101"


@pytest.mark.parametrize("first", range(10))
def test_every_first_figure_gives_95_modules_and_its_own_pattern(first: int) -> None:
    pattern = barcode.modules(f"{first}123456789012")
    assert len(pattern) == 95
    others = {barcode.modules(f"{other}123456789012") for other in range(10) if other != first}
    assert pattern not in others


def test_bars_are_of_whole_modules_and_leave_the_light_margins_free() -> None:
    drawn = bars(barcode.draw(ISBN))
    assert len(drawn) == 30
    for left, width, _ in drawn:
        assert round(left / 0.33, 3) == round(left / 0.33)
        assert round(width / 0.33, 3) in (1, 2, 3, 4)
    first, last = drawn[0], drawn[-1]
    assert first[0] == pytest.approx(11 * 0.33)
    assert barcode.WIDTH - last[0] - last[1] == pytest.approx(7 * 0.33, abs=0.001)


def test_the_guards_are_five_modules_longer() -> None:
    heights = [height for _, _, height in bars(barcode.draw(ISBN))]
    long = [number for number, height in enumerate(heights) if height == pytest.approx(22.85 + 5 * 0.33)]
    assert long == [0, 1, 14, 15, 28, 29]
    assert {heights[number] for number in range(30) if number not in long} == {22.85}


def test_all_ink_is_black_and_all_figures_are_there() -> None:
    svg = barcode.draw(ISBN).svg.decode()
    assert re.findall(r'fill="([^"]+)"', svg) == ["device-cmyk(0 0 0 1)"]
    assert re.findall(r">([^<]+)</text>", svg) == [*"9783161484100", "ISBN 978-3-16-148410-0"]


def test_the_symbol_is_as_large_as_the_box_allows_and_never_larger_than_nominal() -> None:
    assert barcode.largest(50.8, 30.48) == 1
    assert barcode.largest(50.8, 27) == pytest.approx(27 / barcode.WHOLE)
    assert barcode.largest(33, 100) == pytest.approx(33 / barcode.WIDTH)
    symbol = barcode.draw(ISBN, 0.9)
    assert (symbol.width, symbol.height) == pytest.approx((0.9 * 113 * 0.33, 0.9 * barcode.WHOLE))


@pytest.mark.parametrize("magnification", [0.79, 2.01])
def test_a_size_that_scanners_do_not_read_is_not_drawn(magnification: float) -> None:
    with pytest.raises(ValueError, match="80% to 200%"):
        barcode.draw(ISBN, magnification)


@pytest.mark.parametrize("wrong", ["978-3-16-148410-1", "lamp", "5901234123457"])
def test_what_is_no_isbn_gets_no_bars(wrong: str) -> None:
    with pytest.raises(ValueError, match="is no ISBN"):
        barcode.draw(wrong)
