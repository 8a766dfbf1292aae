"""Fonts in the EPUB: the characters that the book uses, all that they can do, and the licence."""

import io
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from epub.reader import Reader, dressed
from publish.epub import package
from publish.epub.fonts import subset
from publish.layout import fonts
from publish.layout.fonts import Cut
from publish.layout.model import FontFace, Stylesheet

SANS = Cut("Alegreya Sans", 400, "normal")


@pytest.fixture(scope="module")
def face() -> FontFace:
    return fonts.face(SANS)


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def with_fonts(text: str, *faces: FontFace) -> Reader:
    """The EPUB of a manuscript with these faces, under a style that sets all of it in them."""
    book = dressed(text)
    style = Stylesheet("all", "body * { font-family: 'Alegreya Sans' !important }")
    return Reader(package(replace(book, fonts=faces, stylesheets=(*book.stylesheets, style))))


def test_a_face_holds_the_characters_that_are_used_and_no_others(face: FontFace) -> None:
    held = set(map(chr, opened(subset(face, "Əşığ")).getBestCmap()))
    assert set("Əşığ") <= held
    assert not held & set("abcXYZ€ж")


def test_and_what_a_reading_system_puts_in_by_itself(face: FontFace) -> None:
    assert set("\u00a0\u00ad\u2010") <= set(map(chr, opened(subset(face, "a")).getBestCmap()))


def test_small_capitals_and_figures_stay(face: FontFace) -> None:
    features = {
        record.FeatureTag for record in opened(subset(face, "abc123")).get("GSUB").table.FeatureList.FeatureRecord
    }
    assert {"smcp", "c2sc", "onum", "lnum", "tnum"} & features >= {"smcp", "onum"}


def test_copyright_and_licence_stay_in_the_face(face: FontFace) -> None:
    names = opened(subset(face, "a"))["name"]
    assert "Copyright" in names.getDebugName(0)
    assert "Open Font License" in names.getDebugName(13)


def test_the_same_characters_make_the_same_bytes(face: FontFace) -> None:
    assert subset(face, "abc") == subset(face, ["c", "b", "a"])


def test_the_package_holds_face_licence_and_rule(face: FontFace) -> None:
    epub = with_fonts("# One\n\nWords.", face)
    assert epub.text("fonts/alegreya-sans-licence.txt") == face.licence
    assert "SIL OPEN FONT LICENSE" in face.licence.upper()
    assert "src: url(../fonts/alegreya-sans-400.ttf)" in epub.text("css/fonts.css")
    assert epub.values("content.opf", "//opf:item[@href='fonts/alegreya-sans-400.ttf']/@media-type") == ["font/ttf"]
    assert "css/fonts.css" in epub.values("chapter-01.xhtml", "//h:link/@href")


def test_styles_of_a_family_are_told_apart(face: FontFace) -> None:
    epub = with_fonts("# One\n\nTwo *and* three.", face, fonts.face(Cut("Alegreya Sans", 400, "italic")))
    css = epub.text("css/fonts.css")
    assert (
        'font-family: "Alegreya Sans"; font-weight: 400; font-style: italic; src: url(../fonts/alegreya-sans-400i.ttf)'
        in css
    )
    assert [name for name in epub.zip.namelist() if name.endswith("licence.txt")] == [
        "EPUB/fonts/alegreya-sans-licence.txt"
    ]


def test_capitals_of_the_text_can_be_made_by_the_style(face: FontFace) -> None:
    held = opened(with_fonts("# One\n\nşəhər, istanbul", face).bytes("fonts/alegreya-sans-400.ttf")).getBestCmap()
    assert set("ŞƏHƏRİI") <= set(map(chr, held))


def test_the_words_of_the_navigation_can_be_shown(face: FontFace) -> None:
    held = opened(with_fonts("# x", face).bytes("fonts/alegreya-sans-400.ttf")).getBestCmap()
    assert set("Contents") <= set(map(chr, held))


def test_without_faces_nothing_speaks_of_them() -> None:
    assert "fonts" not in Reader(package(dressed("# One"))).text("content.opf")
