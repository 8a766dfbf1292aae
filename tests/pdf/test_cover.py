"""A cover made from the metadata: a picture of the size that shops ask for, the same every time."""

import io
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from publish.layout import html
from publish.layout.model import Picture
from publish.pdf import engine
from publish.pdf.cover import paint_cover
from publish.problems import Problems

from .paper import book, rendition, section


def painted(**metadata: object) -> tuple[Picture | None, list[str]]:
    """The cover of a book with these metadata, and the codes of what is said of it."""
    problems = Problems()
    picture = paint_cover(rendition(book(section("<h1>One</h1>"), **metadata)), problems)
    return picture, [problem.code for problem in problems]


def test_a_cover_is_a_picture_of_1600_by_2560_pixels_with_something_on_it() -> None:
    picture, codes = painted(title="The Keeper of Small Lights")
    assert codes == []
    assert picture is not None
    assert (picture.name, picture.media_type) == ("cover.jpg", "image/jpeg")
    assert len(picture.data) < 1_000_000
    image = Image.open(io.BytesIO(picture.data))
    assert image.size == (picture.width, picture.height) == (1600, 2560)
    assert image.mode == "RGB"
    assert len(image.getcolors(1 << 24) or ()) > 10


def test_the_same_book_has_the_same_cover_and_another_has_another() -> None:
    assert painted(title="A") == painted(title="A")
    assert painted(title="A") != painted(title="B")


def test_a_title_that_needs_two_pages_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "cover", lambda _: _page("<p style='break-after: page'>A</p><p>B</p>"))
    picture, codes = painted()
    assert picture is not None
    assert codes == ["P009"]


def test_a_template_over_which_the_engine_breaks_down_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    gradient = "background: linear-gradient(device-cmyk(0 0 0 1), device-cmyk(0 0 0 0))"
    monkeypatch.setattr(html, "cover", lambda _: _page(f"<p style='{gradient}'>A</p>"))
    assert painted() == (None, ["P008"])


def test_what_was_painted_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    first = painted(title="漢")
    monkeypatch.setattr(engine, "paint", _never)
    assert painted(title="漢") == first
    assert first[1] == ["P002"]
    with pytest.raises(AssertionError):
        painted(title="B")


def _never(*_: object) -> bytes:
    raise AssertionError("painted anew")


@pytest.mark.parametrize(
    ("width", "height", "size"), [(400, 640, (1600, 2560)), (300, 600, (1280, 2560)), (9000, 3000, (1600, 533))]
)
def test_a_drawing_of_the_authors_becomes_a_picture_in_its_own_proportion(
    width: int, height: int, size: tuple[int, int]
) -> None:
    picture, codes = painted_drawing(
        f'<circle cx="50%" cy="50%" r="{min(width, height) / 4}" fill="#ff0000"/>', width, height
    )
    assert codes == []
    assert picture is not None
    image = Image.open(io.BytesIO(picture.data))
    assert (picture.width, picture.height) == image.size == size
    assert _near(image.getpixel((size[0] // 2, size[1] // 2)), (255, 0, 0))
    assert _near(image.getpixel((2, 2)), (255, 255, 255))
    assert _near(image.getpixel((size[0] - 3, size[1] - 3)), (255, 255, 255))


def test_words_in_a_drawing_are_set_in_the_faces_of_the_book() -> None:
    picture, _ = painted_drawing('<text x="20" y="300" font-size="90">Lamp</text>', 400, 640)
    assert picture is not None
    dark = Image.open(io.BytesIO(picture.data)).convert("L").point(lambda tone: 255 if tone < 90 else 0).getbbox()
    assert dark is not None
    assert dark[2] - dark[0] > 400


def painted_drawing(shapes: str, width: int, height: int) -> tuple[Picture | None, list[str]]:
    """A drawing as a cover."""
    problems = Problems()
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{shapes}</svg>'.encode()
    drawing = Picture("lamp.svg", "image/svg+xml", data, sha256(data).hexdigest(), width, height)
    whole = replace(rendition(book(section("<h1>One</h1>"))), cover=drawing)
    return paint_cover(whole, problems), [problem.code for problem in problems]


def _near(found: object, expected: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) < 8 for a, b in zip(found, expected, strict=True))


def test_a_character_that_no_face_has_is_said_for_covers_too() -> None:
    _, codes = painted(title="漢")
    assert codes == ["P002"]


def _page(body: str) -> str:
    return f"<html lang='en'><style>@page {{ size: 400px 640px }}</style><body>{body}</body></html>"
