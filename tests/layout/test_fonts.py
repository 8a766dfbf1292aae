"""Faces hold the letters of our languages and the features of good setting; what no face has is said with its place."""

import io
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from publish.book.model import Places, Word
from publish.layout import fonts
from publish.layout.fonts import Cut, characters, cuts, face, missing
from publish.layout.model import FontFace, Theme
from publish.places import Span

from .helpers import EPUB, book, chapter, codes, dressed

LETTERS = "ƏəĞğİıŞşÇçÖöÜü ÄäßŒœ « » „ “ ” ’ – — … ΑΩαω ЖЩыя"
FACES = [face(cut) for cut in cuts(Theme("classic"))]


@pytest.mark.parametrize(
    "found", [f for f in FACES if f.family == "EB Garamond"], ids=lambda f: f"{f.weight} {f.style}"
)
def test_the_text_face_has_our_letters_and_features(found: FontFace) -> None:
    assert missing(LETTERS, [found]) == set()
    font = TTFont(io.BytesIO(found.data))
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"smcp", "c2sc", "onum", "lnum", "liga", "sups", "locl", "case"} <= features
    assert {"fvar", "gvar"}.isdisjoint(font.keys())
    assert font["OS/2"].usWeightClass == found.weight
    assert "Open Font License" in found.licence
    assert "Reserved Font Name" not in found.licence.partition("\n\n")[0]


def test_no_contours_overlap_by_the_fonts_own_word() -> None:
    font = TTFont(io.BytesIO(FACES[0].data))
    glyphs = [font["glyf"][name] for name in ("A", "Q", "ae", "uni0259")]
    assert not any(glyph.flags[0] & 0x40 for glyph in glyphs if glyph.numberOfContours > 0)


def test_a_face_is_cut_the_same_way_each_time(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    fonts._cut.cache_clear()
    anew = face(Cut("JetBrains Mono", 400, "normal"))
    fonts._cut.cache_clear()
    kept = face(Cut("JetBrains Mono", 400, "normal"))
    assert anew == kept == next(f for f in FACES if (f.family, f.weight, f.style) == ("JetBrains Mono", 400, "normal"))


def test_a_character_that_the_theme_lacks_brings_a_face_that_has_it() -> None:
    plain, _ = dressed(book(chapter('<p data-p="2">plain</p>')))
    assert {f.family for f in plain.fonts} == {"EB Garamond", "Alegreya Sans", "JetBrains Mono"}
    rare, problems = dressed(book(chapter('<p data-p="2">A rare letter: Ꙗ</p>')))
    assert not problems
    assert {f.family for f in rare.fonts} > {"EB Garamond", "Alegreya Sans", "JetBrains Mono"}
    assert any(ord("Ꙗ") in characters(f) for f in rare.fonts)


def test_a_character_that_no_face_has_is_told_with_its_place() -> None:
    there = Span("manuscript/book.md", 7, 4)
    text = chapter('<p data-p="2">Two 中中 signs</p>')
    placed = replace(text, places=Places.of_words([Word(2, 4, there)]))
    _, problems = dressed(book(placed))
    assert codes(problems) == ["L041"]
    assert problems[0].span == there
    assert "“中” (U+4E2D) (2 times in the book)" in problems[0].message
    assert codes(dressed(book(placed), EPUB)[1]) == ["L042"]


def test_signs_that_are_never_painted_are_not_missed() -> None:
    assert missing("a\u00a0\u202f\u2009\u00ad\u200b\u200d\ufe0f\t\nb", FACES[:1]) == set()
