"""A cover made from the metadata: a picture of the size that shops ask for, the same every time."""

import io

import pytest
from PIL import Image

from publish.layout import html
from publish.layout.model import Picture
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
    assert (picture.name, picture.media_type) == ("cover.png", "image/png")
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


def test_a_character_that_no_face_has_is_said_for_covers_too() -> None:
    _, codes = painted(title="漢")
    assert codes == ["P002"]


def _page(body: str) -> str:
    return f"<html lang='en'><style>@page {{ size: 400px 640px }}</style><body>{body}</body></html>"
