"""What shops ask of pictures and covers: each rule with a book that breaks it and one that does not."""

import struct
import zlib

import pytest

from publish.places import Span
from publish.shops import SHOPS

from .shelf import COVER, COVER_PAGE, File, chapter, codes, cover, epub, picture, said


def image(data: bytes, name: str = "lamp.jpeg", media_type: str = "image/jpeg") -> File:
    """A picture in the manifest."""
    return File(name, media_type, data)


def huge(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels, and holds none."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_apple_refuses_a_picture_of_too_many_pixels_and_says_which_size_fits() -> None:
    (problem,) = said(epub(image(picture(size=(2801, 2000)))), "apple")
    assert (problem.code, problem.severity) == ("E060", "error")
    assert "Apple Books refuses" in problem.message
    assert "EPUB/lamp.jpeg has 5.602 million (2801 × 2000)" in problem.message
    assert problem.hint == "save it smaller: 2800 × 1999 fits"


@pytest.mark.parametrize("sides", [(10_000, 10_000), (60_000, 60_000)])
def test_a_picture_made_to_fill_the_memory_is_refused_unread(sides: tuple[int, int]) -> None:
    assert codes(epub(image(huge(*sides), "bomb.png", "image/png")), "apple") == ["E060"]


def test_a_picture_of_just_so_many_pixels_is_taken() -> None:
    assert codes(epub(image(picture(size=(2800, 2000)))), "apple") == []


def test_the_cover_is_no_picture_of_the_interior() -> None:
    assert codes(epub(front=(COVER_PAGE, cover((2801, 2000)))), "apple") == []


def test_what_is_no_picture_is_left_to_the_validator() -> None:
    assert codes(epub(image(b"no picture"), image(b"\x89PNG\r\n\x1a\nx", "b.png", "image/png")), *SHOPS) == []


def test_kobo_advises_against_a_picture_of_too_many_bytes() -> None:
    heavy = picture() + bytes(5_000_001 - len(picture()))
    (problem,) = said(epub(image(heavy)), "kobo")
    assert (problem.code, problem.severity) == ("E061", "warning")
    assert codes(epub(image(heavy[:-1])), "kobo") == []


@pytest.mark.parametrize(("mode", "found"), [("CMYK", ["E063"]), ("RGB", []), ("L", [])])
def test_kobo_wants_no_picture_in_inks(mode: str, found: list[str]) -> None:
    assert codes(epub(image(picture(size=(40, 20), mode=mode))), "kobo") == found


@pytest.mark.parametrize(
    "body",
    ['<img src="cover.jpeg" alt="T"/><p>By Ada</p>', '<img src="cover.jpeg" alt="T"/><img src="lamp.jpeg" alt="L"/>'],
)
def test_kobo_wants_the_cover_alone(body: str) -> None:
    (problem,) = said(epub(front=(chapter(body, "cover.xhtml"), COVER)), "kobo")
    assert (problem.code, problem.severity) == ("E064", "warning")
    assert "EPUB/cover.xhtml" in problem.message


@pytest.mark.parametrize(
    "body",
    [
        '<section>\n<img src="cover.jpeg" alt="The Title"/>\n</section>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="cover.jpeg"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><image x:href="cover.jpeg"/>'
        "</svg>",
        '<p>Words</p><img src="lamp.jpeg" alt="L"/>',
    ],
    ids=["in XHTML", "in SVG", "in SVG of old", "another picture"],
)
def test_a_cover_alone(body: str) -> None:
    assert codes(epub(front=(chapter(body, "cover.xhtml"), COVER)), "kobo") == []


def test_google_wants_a_cover_in_the_file() -> None:
    place = Span("manuscript/a.md", 4)
    (problem,) = said(epub(front=()), "google", places={"cover-image": place})
    assert (problem.code, problem.severity, problem.span) == ("E069", "error", place)


def test_a_cover_may_be_named_in_the_way_of_epub_2() -> None:
    plain = File("cover.jpeg", "image/jpeg", picture())
    assert codes(epub(front=(plain,), metadata='<meta name="cover" content="cover.jpeg"/>'), *SHOPS) == []


@pytest.mark.parametrize(
    ("size", "found"),
    [((639, 1000), ["E068"]), ((640, 640), []), ((7200, 640), []), ((640, 7201), ["E068"]), ((1600, 2560), [])],
)
def test_google_takes_covers_within_limits(size: tuple[int, int], found: list[str]) -> None:
    assert codes(epub(front=(COVER_PAGE, cover(size))), "google") == found


def test_a_cover_beyond_all_limits_is_refused_unread() -> None:
    bomb = File("cover.png", "image/png", huge(60_000, 60_000), "cover-image")
    assert codes(epub(front=(bomb,)), "google") == ["E068"]


@pytest.mark.parametrize(
    ("size", "found"), [((1599, 2560), ["E070"]), ((2560, 1600), ["E070"]), ((1600, 2560), []), ((2000, 3200), [])]
)
def test_kindle_wants_a_large_cover_that_stands(size: tuple[int, int], found: list[str]) -> None:
    assert codes(epub(front=(COVER_PAGE, cover(size))), "kindle") == found


def test_kindle_wants_the_cover_as_jpeg() -> None:
    place = Span("manuscript/a.md", 4)
    (problem,) = said(epub(front=(cover(kind="PNG"),)), "kindle", places={"cover-image": place})
    assert (problem.code, problem.severity, problem.span) == ("E071", "warning", place)
    assert "cover.png is PNG" in problem.message
