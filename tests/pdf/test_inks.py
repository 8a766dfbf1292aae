"""What inks the colours of a printer's file become, and what is laid on white."""

import io
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from publish.pdf.printing import printer_file
from publish.problems import Problems

from .press import BLACK, COLOUR, bound, colours, drawing, images, keys, look, made, png, shown


def test_black_text_stays_as_it_is() -> None:
    data = bound()
    pdf, codes = made(data)
    assert codes == []
    assert colours(pdf) == {(0, 0, 0, 1)}
    with pikepdf.open(io.BytesIO(data)) as before:
        assert pdf.pages[0].Contents.read_bytes() == before.pages[0].Contents.read_bytes()


@pytest.mark.parametrize(
    ("css", "black"),
    [
        ("#808080", 0.498),
        ("rgb(255 0 0)", 0.701),
        ("lab(0 0 0)", 1),
        ("lab(100 0 0)", 0),
        ("oklch(0.6 0 0)", 0.5),
        ("device-cmyk(1 0 0 0)", 0.3),
        ("device-cmyk(1 1 1 1)", 1),
    ],
)
def test_in_a_book_printed_in_black_each_colour_is_a_share_of_black(css: str, black: float) -> None:
    pdf, codes = made(bound(css=f"h1 {{ color: {css}; border-bottom: 1pt solid {css} }}"))
    assert codes == []
    (other,) = colours(pdf) - {(0, 0, 0, 1)} or {(0, 0, 0, 1)}
    assert other == pytest.approx((0, 0, 0, black), abs=0.01)


def test_in_a_book_printed_in_colour_greys_are_black_ink_and_colours_go_by_the_profile() -> None:
    css = "h1 { color: #ff0000 } p { color: #444 } a { color: device-cmyk(0.1 0.2 0 0) }"
    pdf, codes = made(bound(css=css), COLOUR)
    assert codes == []
    found = colours(pdf)
    assert (0, 0, 0, 0.7333) in found
    assert (0.1, 0.2, 0, 0) in found
    (red,) = found - {(0, 0, 0, 0.7333), (0.1, 0.2, 0, 0), (0, 0, 0, 1)}
    assert red[0] < 0.1
    assert min(red[1:3]) > 0.8


def test_a_colour_without_a_profile_is_an_error_that_names_the_pages() -> None:
    target = replace(COLOUR, profile=None)
    problems = Problems()
    printer_file(bound(css="h1 { color: red }"), target, (), problems)
    (problem,) = problems
    assert problem.code == "X001"
    assert "page 1" in problem.message


def test_no_more_ink_than_the_limit_in_colours_and_pictures() -> None:
    picture = Image.merge(
        "RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256), 9)]
    )
    pdf, codes = made(bound(shown("a.png"), "h1 { color: #300 }", png(picture)), COLOUR)
    assert codes == []
    (image,) = images(pdf)
    assert Name.DeviceCMYK == image.ColorSpace
    data = image.read_bytes()
    weights = [sum(data[at : at + 4]) / 2.55 for at in range(0, len(data), 4)]
    assert 220 < max(weights) <= 240
    assert all(sum(colour) <= 2.4 for colour in colours(pdf))


def test_inks_asked_for_by_name_that_are_too_much_are_an_error() -> None:
    heavy = "h1 { color: device-cmyk(1 1 0.6 1) } p { color: device-cmyk(0.6 0.4 0.4 1) }"
    problems = Problems()
    printer_file(bound(css=heavy), COLOUR, (), problems)
    (problem,) = problems
    assert problem.code == "X009"
    assert "360 %" in problem.message


def test_a_picture_is_grey_in_a_book_printed_in_black() -> None:
    red = Image.new("RGB", (40, 30), (255, 0, 0))
    for name in ("a.png", "a.jpg"):
        pdf, codes = made(bound(shown(name), pictures=png(red, name)), BLACK, name)
        assert codes == []
        (image,) = images(pdf)
        assert Name.DeviceGray == image.ColorSpace
        assert pikepdf.PdfImage(image).as_pil_image().getpixel((5, 5)) == pytest.approx(76, abs=1)
        assert ("/DCTDecode" in pikepdf.PdfImage(image).filters) == (name == "a.jpg")


def test_a_picture_without_colour_is_black_ink_alone_in_a_colour_book_too() -> None:
    grey = Image.linear_gradient("L").convert("RGB")
    pdf, codes = made(bound(shown("a.png"), pictures=png(grey)), replace(COLOUR, profile=None))
    assert codes == []
    assert Name.DeviceGray == images(pdf)[0].ColorSpace


def test_a_photograph_in_inks_looks_as_before() -> None:
    """PDFium mixes inks in its own way: white stays white, black black, and the dark corner is where it was."""
    picture = Image.merge("RGB", [Image.linear_gradient("L")] * 2 + [Image.new("L", (256, 256), 0)])
    pdf, codes = made(bound(shown("a.jpg"), pictures=png(picture, "a.jpg")), COLOUR)
    assert codes == []
    (image,) = images(pdf)
    assert (Name.DeviceCMYK, "/DCTDecode") == (image.ColorSpace, pikepdf.PdfImage(image).filters[0])
    page = look(pdf, 2)
    column = list(page.convert("L").crop((110, 130, 111, 220)).tobytes())[::20]
    assert column == sorted(column)
    assert column[0] < 60
    assert 120 < column[-1] < 250


def test_a_see_through_picture_is_laid_on_white_and_named() -> None:
    ring = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    ring.paste((0, 0, 0, 255), (10, 10, 30, 30))
    data = bound(shown("ring.png"), pictures=png(ring, "ring.png"))
    problems = Problems()
    pdf = pikepdf.open(io.BytesIO(printer_file(data, BLACK, ["other.png", "ring.png"], problems)))
    (problem,) = problems
    assert (problem.code, "ring.png" in problem.message) == ("X008", True)
    (image,) = images(pdf)
    assert "/SMask" not in image
    pixels = pikepdf.PdfImage(image).as_pil_image()
    assert (pixels.getpixel((2, 2)), pixels.getpixel((20, 20))) == (255, 0)


def test_a_picture_with_nothing_to_see_through_loses_its_mask_without_a_word() -> None:
    solid = Image.new("RGBA", (40, 40), (10, 10, 10, 255))
    pdf, codes = made(bound(shown("a.png"), pictures=png(solid)))
    assert codes == []
    assert all("/SMask" not in image for image in images(pdf))


def test_pdfx4_keeps_what_is_see_through() -> None:
    ring = Image.new("RGBA", (40, 40), (200, 0, 0, 90))
    target = replace(COLOUR, flavour="x4")
    pdf, codes = made(bound(shown("a.png"), "h1 { opacity: 0.5 }", png(ring)), target)
    assert codes == []
    assert any("/SMask" in image for image in images(pdf))
    groups = [thing.Group for thing in pdf.objects if "/Group" in keys(thing)]
    assert groups
    assert all(Name.DeviceCMYK == group.CS for group in groups)


@pytest.mark.parametrize("css", ["h1 { opacity: 0.5 }", "h1 { color: rgb(0 0 0 / 50%) }"])
def test_what_is_see_through_elsewhere_is_an_error_for_every_other_flavour(css: str) -> None:
    data = bound(css=css)
    assert made(data)[1] == ["X007"]
    assert made(data, replace(BLACK, flavour="pdf"))[1] == ["X007"]


def test_drawings_lose_the_groups_that_change_nothing() -> None:
    markup, pictures = drawing('<text x="2" y="20" fill="#f00">Hi</text><circle r="9" cx="20" cy="20" fill="#00f"/>')
    pdf, codes = made(bound(markup, pictures=pictures))
    assert codes == []
    assert all("/Group" not in keys(thing) for thing in pdf.objects)
    assert (0, 0, 0, 0.701) in colours(pdf)
    assert (0, 0, 0, 0.886) in colours(pdf)


def test_gradients_become_gradients_of_inks() -> None:
    stops = '<stop offset="0" stop-color="#ff0000"/><stop offset="1" stop-color="#ffffff"/>'
    inside = (
        f'<defs><linearGradient id="g">{stops}</linearGradient></defs><rect width="40" height="40" fill="url(#g)"/>'
    )
    markup, pictures = drawing(inside)
    pdf, codes = made(bound(markup, "h1 { background: linear-gradient(blue, white) }", pictures))
    assert codes == []
    shadings = [thing for thing in pdf.objects if "/ShadingType" in keys(thing)]
    shadings += [
        s for t in pdf.objects if "/Shading" in keys(t) for s in t.Shading.values() if isinstance(t.Shading, Dictionary)
    ]
    assert shadings
    assert all(Name.DeviceCMYK == shading.ColorSpace for shading in shadings)
    assert len(set(look(pdf, 2).convert("L").crop((104, 180, 272, 181)).tobytes())) > 100


def test_a_colour_of_an_unknown_space_is_an_error() -> None:
    with pikepdf.open(io.BytesIO(bound())) as pdf:
        page = pdf.pages[0]
        page.Resources.ColorSpace = Dictionary(Own=pikepdf.Array([Name.ICCBased, pdf.make_stream(b"", N=3)]))
        page.contents_add(b"/Own cs 1 0 0 scn 0 0 9 9 re f")
        out = io.BytesIO()
        pdf.save(out)
    assert made(out.getvalue())[1] == ["X006"]
