"""Pictures: found in the project only, turned upright, without what cameras write into them, the same every time."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageOps

from publish.layout import raster, screens
from publish.layout.model import Picture
from publish.layout.screens import Bounds
from publish.places import Span
from publish.problems import Problem

from .helpers import EPUB, HERE, PROOF, book, chapter, codes, dressed, photo, xhtml


def show(project: Path, path: str = "a.jpg", **how: object) -> tuple[Picture | None, list[Problem], str]:
    """A book with one picture: the picture that it got, the problems, and the chapter's text."""
    whole = book(chapter(f'<figure data-p="2"><img src="{path}" alt="x" data-p="3"/></figure>'), images=(path,))
    rendition, problems = dressed(whole, how.get("edition", PROOF), project)  # type: ignore[arg-type]
    return next(iter(rendition.pictures.values()), None), problems, xhtml(rendition)


def opened(picture: Picture | None) -> Image.Image:
    assert picture is not None
    return Image.open(io.BytesIO(picture.data))


def test_a_picture_is_named_and_measured(tmp_path: Path) -> None:
    (tmp_path / "Der Wal – 2.jpg").write_bytes(photo())
    picture, problems, text = show(tmp_path, "Der Wal – 2.jpg")
    assert not problems
    assert picture
    assert (picture.name, picture.width, picture.height) == ("der-wal-2.jpg", 40, 20)
    assert 'src="octavo:der-wal-2.jpg"' in text


def test_two_pictures_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.png").write_bytes(photo("PNG", (10 + len(folder), 10 if folder == "a" else 12)))
    whole = book(chapter('<p data-p="2"><img src="a/x.png" alt=""/><img src="b/x.png" alt=""/></p>'))
    assert set(dressed(whole, project=tmp_path)[0].pictures) == {"x.png", "x-2.png"}


def test_the_cover_is_the_authors_picture(tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(photo("PNG"))
    rendition, _ = dressed(book(chapter(""), cover_image="cover.png"), EPUB, tmp_path)
    assert rendition.cover
    assert not rendition.pictures
    assert codes(dressed(book(chapter(""), cover_image="no.png"), EPUB, tmp_path)[1]) == ["L030"]


def test_a_jpeg_that_needs_no_change_keeps_its_pixels_and_loses_its_metadata(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera Maker"
    exif.get_ifd(0x8825)[1] = "N"
    data = photo(exif=exif, comment=b"private words") + b"a film after the picture"
    (tmp_path / "a.jpg").write_bytes(data)
    picture, _, _ = show(tmp_path)
    assert opened(picture).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    assert not dict(opened(picture).getexif())
    assert picture
    assert not any(word in picture.data for word in (b"Camera", b"private", b"film", b"Exif"))


def test_a_photograph_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "a.jpg").write_bytes(photo(exif=exif))
    picture, _, _ = show(tmp_path)
    assert picture
    assert (picture.width, picture.height) == (20, 40)
    light, dark = opened(picture).getpixel((10, 2)), opened(picture).getpixel((10, 37))
    assert isinstance(light, tuple)
    assert isinstance(dark, tuple)
    assert light[0] > 150
    assert dark[0] < 50
    assert not dict(opened(picture).getexif())


MADE: dict[str, Callable[[], bytes]] = {
    "CMYK": lambda: photo("JPEG", mode="CMYK"),
    "CMYK in TIFF": lambda: photo("TIFF", mode="CMYK"),
    "grey": lambda: photo("JPEG", mode="L"),
    "palette": lambda: _converted("P", "GIF"),
    "one bit": lambda: _converted("1", "PNG"),
    "sixteen bits": lambda: _converted("I;16", "PNG"),
    "grey with alpha": lambda: photo("PNG", mode="LA"),
    "WebP": lambda: photo("WEBP"),
    "BMP": lambda: photo("BMP"),
    "another profile": lambda: photo("PNG", icc_profile=_profile("XYZ")),
    "a profile that is none": lambda: photo("PNG", icc_profile=b"not a profile"),
}


def _converted(mode: str, kind: str) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(photo("PNG", mode="L"))).convert(mode).save(out, kind)
    return out.getvalue()


def _profile(space: str) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("bounds", [None, screens.picture(), screens.cover()], ids=["paper", "screen", "cover"])
def test_every_kind_comes_out_as_grey_or_rgb_without_a_profile(name: str, bounds: Bounds | None) -> None:
    ready = raster.prepare(MADE[name](), bounds)
    image = Image.open(io.BytesIO(ready.data))
    assert image.mode in ("L", "RGB", "LA", "RGBA")
    assert image.size == (40, 20)
    assert "icc_profile" not in image.info
    assert ready == raster.prepare(MADE[name](), bounds)


def test_sixteen_bits_keep_their_tones() -> None:
    out = io.BytesIO()
    Image.new("I;16", (4, 4), 32768).save(out, "PNG")
    ready = raster.prepare(out.getvalue())
    assert Image.open(io.BytesIO(ready.data)).getpixel((0, 0)) == 128


def test_a_screen_gets_no_more_pixels_than_shops_take() -> None:
    big = photo("PNG", (3000, 2400), "L")
    ready = raster.prepare(big, screens.picture())
    assert 5_000_000 < ready.width * ready.height <= screens.picture().pixels
    assert ready.was == (3000, 2400)
    assert raster.prepare(big).width == 3000


def test_a_screen_gets_no_more_bytes_than_shops_take() -> None:
    grain = encoded(Image.effect_noise((300, 300), 90))
    ready = raster.prepare(grain, Bounds(100_000, 20_000))
    assert len(ready.data) <= 20_000
    assert ready.was == (300, 300)


def test_a_picture_made_smaller_is_said_once_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(photo("PNG", (3000, 2400), "L"))
    twice = '<img src="a.png" alt="x" data-p="3"/>' * 2
    whole = book(chapter(f'<figure data-p="2">{twice}</figure>'), images=("a.png",))
    _, problems = dressed(whole, EPUB, tmp_path)
    (problem,) = problems
    assert (problem.code, problem.severity, problem.span) == ("L037", "hint", HERE)
    assert "2645 × 2116 pixels in the e-book (it has 3000 × 2400)" in problem.message
    assert dressed(whole, PROOF, tmp_path)[1] == []


def test_what_a_cache_gives_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.png").write_bytes(photo("PNG", (3000, 2400), "L"))
    first, again = (show(tmp_path, "a.png", edition=EPUB) for _ in range(2))
    assert first == again
    assert codes(first[1]) == ["L037"]


def shaded(size: tuple[int, int] = (200, 150)) -> Image.Image:
    """Shades and grain, as in a photograph."""
    shades = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", [Image.blend(shades, Image.effect_noise(size, 20), 0.3) for _ in range(3)])


def drawn(size: tuple[int, int] = (200, 150), mode: str = "RGB") -> Image.Image:
    """Sloping lines with soft edges on a plain ground, as in a diagram."""
    large = Image.new(mode, (size[0] * 4, size[1] * 4), "white")
    pen = ImageDraw.Draw(large)
    for at in range(0, size[0] * 4, 90):
        pen.line((at, 0, at + 300, size[1] * 4), fill=(at % 256, 80, 160), width=9)
    return large.resize(size, Image.Resampling.LANCZOS)


def encoded(image: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


KINDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a photograph as PNG": (lambda: encoded(shaded()), "jpeg"),
    "a photograph as TIFF": (lambda: encoded(shaded(), "TIFF"), "jpeg"),
    "a photograph in grey": (lambda: encoded(shaded().convert("L")), "png"),
    "a photograph with a white rim": (lambda: encoded(ImageOps.expand(shaded(), 60, "white")), "jpeg"),
    "a photograph with transparent parts": (lambda: encoded(cut_out(shaded())), "png"),
    "a diagram": (lambda: encoded(drawn()), "png"),
    "a diagram as WebP": (lambda: encoded(drawn(), "WEBP", lossless=True), "png"),
    "few colours": (lambda: encoded(shaded().quantize(64)), "png"),
    "a drawing in one colour": (lambda: photo("PNG", mode="1"), "png"),
    "a diagram that is a JPEG already": (lambda: encoded(drawn(), "JPEG"), "jpeg"),
}


def cut_out(image: Image.Image) -> Image.Image:
    """An image whose left half cannot be seen."""
    image.putalpha(Image.new("L", (image.width, image.height), 255))
    image.paste((0, 0, 0, 0), (0, 0, image.width // 2, image.height))
    return image


@pytest.mark.parametrize("case", KINDS.values(), ids=KINDS.keys())
def test_a_screen_gets_jpeg_or_png_as_suits_what_is_shown(case: tuple[Callable[[], bytes], str]) -> None:
    make, kind = case
    assert raster.prepare(make(), screens.picture()).media_type == f"image/{kind}"


def test_paper_gets_what_loses_nothing() -> None:
    assert raster.prepare(encoded(shaded())).media_type == "image/png"


@pytest.mark.parametrize(
    ("size", "expected"), [((3000, 4800), (1600, 2560)), ((2700, 900), (2560, 853)), ((1200, 1600), (1200, 1600))]
)
def test_a_cover_is_no_larger_than_shops_want_it(
    tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    (tmp_path / "cover.png").write_bytes(photo("PNG", size))
    rendition, problems = dressed(book(chapter(""), cover_image="cover.png"), EPUB, tmp_path)
    assert rendition.cover
    assert (rendition.cover.width, rendition.cover.height) == opened(rendition.cover).size == expected
    assert rendition.cover.media_type == "image/jpeg"
    assert codes(problems) == (["L037"] if size != expected else [])


@pytest.mark.parametrize(("size", "said"), [((639, 900), ["L038"]), ((900, 639), ["L038"]), ((640, 640), [])])
def test_a_cover_that_is_too_small_is_kept_and_said(tmp_path: Path, size: tuple[int, int], said: list[str]) -> None:
    (tmp_path / "cover.jpg").write_bytes(photo("JPEG", size))
    place = Span("manuscript/book.md", 4, 14)
    whole = book(chapter(""), cover_image="cover.jpg", where={"cover-image": place})
    rendition, problems = dressed(whole, EPUB, tmp_path)
    assert rendition.cover
    assert rendition.cover.width == size[0]
    assert [(problem.code, problem.span) for problem in problems] == [(code, place) for code in said]


def test_what_a_cover_leaves_open_is_white(tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(encoded(cut_out(shaded((1200, 1600)))))
    rendition, _ = dressed(book(chapter(""), cover_image="cover.png"), EPUB, tmp_path)
    assert opened(rendition.cover).getpixel((10, 10)) == (255, 255, 255)


def test_a_cover_that_stands_in_the_text_too_is_fitted_there_for_itself(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(photo("PNG", (1000, 4000)))
    whole = book(chapter('<p data-p="2"><img src="a.png" alt=""/></p>'), cover_image="a.png")
    rendition, _ = dressed(whole, EPUB, tmp_path)
    assert rendition.cover
    assert rendition.cover.height == 2560
    assert [picture.height for picture in rendition.pictures.values()] == [4000]


def outside(tmp_path: Path) -> Path:
    """A project beside a file that is none of its business."""
    (tmp_path / "secret.png").write_bytes(photo("PNG"))
    project = tmp_path / "project"
    project.mkdir()
    (project / "link.png").symlink_to(tmp_path / "secret.png")
    (project / "folder").symlink_to(tmp_path)
    return project


@pytest.mark.parametrize(
    "path", ["../secret.png", "link.png", "folder/secret.png", "%2e%2e/secret.png", "/etc/hostname"]
)
def test_nothing_outside_the_project_is_read(tmp_path: Path, path: str) -> None:
    picture, problems, text = show(outside(tmp_path), path)
    assert codes(problems) == ["L031"]
    assert problems[0].span == HERE
    assert picture is None
    assert "missing-image" in text


@pytest.mark.parametrize(
    "path",
    [
        "http://example.org/a.png",
        "https://e.org/a.png",
        "//e.org/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AA",
    ],
)
def test_addresses_are_not_files(tmp_path: Path, path: str) -> None:
    picture, problems, _ = show(tmp_path, path)
    assert (picture, codes(problems)) == (None, ["L032"])


def test_a_missing_picture_has_its_place_and_a_guess(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "Whale.jpg").write_bytes(photo())
    _, problems, _ = show(tmp_path, "images/wale.jpg")
    assert codes(problems) == ["L030"]
    assert problems[0].span == HERE
    assert problems[0].hint == "did you mean images/Whale.jpg?"


BROKEN = {
    "no image": b"these are words",
    "nothing": b"",
    "cut off": photo("PNG", (400, 400))[:200],
    "a cut JPEG": photo(size=(400, 400))[:700],
    "words after a signature": b"\x89PNG\r\n\x1a\n" + b"x" * 100,
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "unclosed SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><g>",
    "HTML": b"<html><script>1</script></html>",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_picture_has_its_place(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    picture, problems, _ = show(tmp_path)
    assert (picture, codes(problems)) == (None, ["L033"])
    assert problems[0].span == HERE
    assert "object at" not in problems[0].message


def test_a_huge_picture_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = bytearray(photo("PNG", mode="1"))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib

    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    (tmp_path / "a.jpg").write_bytes(bytes(bomb))
    (problem,) = show(tmp_path)[1]
    assert (problem.code, "80 million pixels" in problem.message) == ("L034", True)


def test_a_telephones_picture_needs_its_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "_heic_reader", lambda: False)
    (tmp_path / "a.heic").write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 40)
    _, problems, _ = show(tmp_path, "a.heic")
    assert codes(problems) == ["L035"]
    assert "pillow-heif" in (problems[0].hint or "")


def test_a_width_in_the_text_becomes_a_style(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(photo())
    whole = book(chapter('<p data-p="2"><img src="a.jpg" alt="" data-width="80%"/></p>'))
    assert 'style="width: 80%; height: auto"' in xhtml(dressed(whole, project=tmp_path)[0])
    whole = book(chapter('<p data-p="2"><img src="a.jpg" alt="" data-width="9px; background: url(x)"/></p>'))
    assert "style" not in xhtml(dressed(whole, project=tmp_path)[0])


SEEN_THROUGH: dict[str, tuple[Callable[[], bytes], bool]] = {
    "a.png": (lambda: encoded(cut_out(drawn())), True),
    "b.png": (lambda: encoded(drawn()), False),
    "c.png": (lambda: encoded(drawn().convert("RGBA")), False),
    "d.jpg": (photo, False),
    "e.svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9"/></svg>', True),
}


@pytest.mark.parametrize("name", SEEN_THROUGH)
def test_a_picture_that_the_page_shines_through_is_marked_on_screens(tmp_path: Path, name: str) -> None:
    make, marked = SEEN_THROUGH[name]
    (tmp_path / name).write_bytes(make())
    assert ("see-through" in show(tmp_path, name, edition=EPUB)[2]) == marked
    assert "see-through" not in show(tmp_path, name)[2]
