"""Drawings in a book printed in black."""

from publish.layout.black import in_black

SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def black(inner: str) -> str:
    return in_black(SVG.format(inner).encode()).decode()


def test_every_colour_becomes_a_share_of_black_ink() -> None:
    assert 'stroke="device-cmyk(0 0 0 1)"' in black('<path stroke="#000"/>')
    assert 'fill="device-cmyk(0 0 0 0)"' in black('<rect fill="white"/>')
    assert "fill: device-cmyk(0 0 0 0.787)" in black('<rect style="fill: red"/>')


def test_what_is_not_painted_stays_unpainted() -> None:
    assert 'fill="none"' in black('<rect fill="none"/>')
    assert 'fill="currentColor"' in black('<rect fill="currentColor"/>')


def test_text_without_a_colour_is_black_ink_too() -> None:
    assert black("<text>a</text>").startswith('<svg xmlns="http://www.w3.org/2000/svg" fill="device-cmyk(0 0 0 1)"')


def test_a_drawing_with_gradients_stays_as_it_is() -> None:
    drawing = SVG.format('<linearGradient id="g"><stop stop-color="red"/></linearGradient>').encode()
    assert in_black(drawing) == drawing
