"""One subset a face: pages look and read the same with the fonts of the whole book as with their part's own."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from publish.layout import fonts
from publish.layout.fonts import Cut
from publish.layout.model import FontFace, Stylesheet
from publish.pdf import engine, fontdict, subsets
from publish.pdf.subsets import Subsets, Table
from publish.pdf.truetype import Program, unite

STYLE = """
@page { size: 90mm 110mm; margin: 8mm }
html { font: 11pt/1.3 "EB Garamond" } p { margin: 0 0 2mm }
h1 { font: 17.3pt "Alegreya Sans"; margin: 0 } code { font-family: "JetBrains Mono" }
.caps { font-variant-caps: small-caps } .old { font-variant-numeric: oldstyle-nums } .faint { opacity: .5 }
"""
LATIN = (
    "<h1>The First Office</h1><p>Fluffy, <em>efficient</em> and quick Œuvres: “fjord”.</p>"
    '<p class="caps">Small Capitals</p>'
)
AZERBAIJANI = '<p lang="az">Şəhər çox gözəldir, <em>ağ ışıq</em>: İldırım, Ürək, Öküz.</p><p class="caps">Əliyev</p>'
GREEK = "<h1>Ἀρχή</h1><p>Ἐν ἀρχῇ ἦν ὁ λόγος, <em>καὶ ὁ λόγος</em>.</p>"
CYRILLIC = "<h1>Ещё</h1><p>Съешь же ещё этих <em>мягких</em> французских булок.</p>"
FIGURES = '<p class="old">In 1789, <em>in 1848</em>: 23,456.</p><p>0123456789</p><p><code>121</code></p>'
TEXT = (LATIN, AZERBAIJANI, GREEK, CYRILLIC, FIGURES)
FACES = (
    ("EB Garamond", "normal", "EB-Garamond"),
    ("EB Garamond", "italic", "EB-Garamond-Italic"),
    ("Alegreya Sans", "normal", "Alegreya-Sans"),
    ("JetBrains Mono", "normal", "JetBrains-Mono"),
)
"""Family, style, and how the engine calls it."""


@cache
def faces() -> tuple[FontFace, ...]:
    """The faces of the books here."""
    return tuple(fonts.face(Cut(family, 400, style)) for family, style, _ in FACES)


@cache
def part(markup: str, css: str = "", own: tuple[FontFace, ...] | None = None) -> bytes:
    """A part of a book as the engine paints it."""
    sheets = (Stylesheet("plain.css", STYLE), Stylesheet("more.css", css))
    html = f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{markup}</body></html>'

    def nothing(url: str) -> tuple[bytes, str]:
        raise ValueError(url)

    with engine.listening(lambda _: None):
        press = engine.Press(sheets, faces() if own is None else own, nothing)
        return engine.paint(press.lay_out(html, nothing))


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def table(pdf: bytes) -> Table:
    """What subsets.table says of a PDF."""
    with opened(pdf) as read:
        return subsets.table(read)


def unite_parts(*parts: bytes) -> Subsets:
    """The parts' fonts united."""
    return subsets.united([table(one) for one in parts], lambda number: opened(parts[number]))


def shown(own: bytes, united: Subsets, number: int) -> bytes:
    """A part with the fonts of the book in place of its own."""
    out = io.BytesIO()
    with opened(own) as pdf, opened(united.pdf) as book:
        held = book.pages[0].obj.Resources.Font
        for found in subsets.resources(pdf):
            for name, there in united.names[number].items():
                found.Font[f"/{name}"] = pdf.copy_foreign(held[f"/{there}"])
        pdf.remove_unreferenced_resources()
        pdf.save(out)
    return out.getvalue()


def texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def pixels(pdf: bytes) -> list[bytes]:
    """Each page at 100 dots an inch."""
    return [page.render(scale=100 / 72).to_pil().tobytes() for page in pypdfium2.PdfDocument(pdf)]


def assert_looks_and_reads_the_same(parts: Sequence[bytes], united: Subsets) -> None:
    for number, own in enumerate(parts):
        now = shown(own, united, number)
        assert now != own
        assert texts(now) == texts(own)
        assert pixels(now) == pixels(own)


def held(pdf: bytes) -> dict[str, Any]:
    """The fonts of a PDF's first page by family and style, each with what its dictionary holds."""
    with opened(pdf) as read:
        found = {}
        for font in read.pages[0].obj.Resources.Font.values():
            face, descriptor = fontdict.face(font), fontdict.descriptor(font)
            assert face
            file = descriptor.FontFile2.read_bytes()
            said = {key: str(value) for key, value in descriptor.items() if key != "/FontFile2"}
            found[str(font.BaseFont)] = (face, str(font.DescendantFonts[0].CIDToGIDMap), said, file)
        return found


def drawn(font: TTFont, glyph: int) -> list[Any]:
    """How a glyph is drawn, its components in place."""
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(glyph)].draw(pen)
    return list(pen.value)


def whole(family: str, style: str = "normal") -> TTFont:
    """A face, all of it."""
    return TTFont(io.BytesIO(next(face.data for face in faces() if (face.family, face.style) == (family, style))))


def program(pdf: bytes, name: str) -> TTFont:
    """The embedded program of the font whose name ends so."""
    return TTFont(io.BytesIO(next(file for base, (_, _, _, file) in held(pdf).items() if base.endswith("+" + name))))


def characters(font: TTFont) -> dict[str, int]:
    """The glyphs that a font finds by character."""
    return {chr(character): font.getGlyphID(glyph) for character, glyph in font.getBestCmap().items()}


def changed(face: FontFace, change: Callable[[TTFont], None]) -> FontFace:
    """Another release of a face, under the same name."""
    font, out = TTFont(io.BytesIO(face.data), recalcTimestamp=False, recalcBBoxes=False), io.BytesIO()
    change(font)
    font.save(out)
    return replace(face, data=out.getvalue(), digest=sha256(out.getvalue()).hexdigest())


def size(pdf: bytes) -> int:
    """Bytes of the fonts in a PDF, compressed: programs, widths, texts."""
    with opened(pdf) as read, pikepdf.new() as alone:
        alone.add_blank_page().obj.Resources = Dictionary(Font=alone.copy_foreign(read.pages[0].obj.Resources.Font))
        out = io.BytesIO()
        alone.save(out, compress_streams=True)
    return len(out.getvalue())


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces()  # those of the machine's own cache, or cutting them would take seconds
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))


# The same pages.


def test_each_part_looks_and_reads_the_same_with_the_fonts_of_the_book() -> None:
    parts = [part(markup) for markup in TEXT]
    united = unite_parts(*parts)
    assert_looks_and_reads_the_same(parts, united)
    assert "ﬀ" not in texts(shown(parts[0], united, 0))[0]
    assert "Fluffy, efficient" in texts(shown(parts[0], united, 0))[0]
    assert "Şəhər çox gözəldir, ağ ışıq" in texts(shown(parts[1], united, 1))[0]
    assert "Ἐν ἀρχῇ ἦν ὁ λόγος" in texts(shown(parts[2], united, 2))[0]


def test_the_fonts_are_those_of_one_run_over_the_whole_text() -> None:
    united, once = held(unite_parts(*(part(markup) for markup in TEXT)).pdf), held(part("".join(TEXT)))
    assert united.keys() == once.keys()
    assert len(united) == 4
    for name, (face, numbers, said, _) in united.items():
        assert (face, numbers, said) == once[name][:3]
    assert max(len(face.widths) for face, *_ in united.values()) > 100


def test_the_fonts_are_not_larger_than_those_of_one_run() -> None:
    assert size(unite_parts(*(part(markup) for markup in TEXT)).pdf) <= 1.05 * size(part("".join(TEXT)))


def test_every_glyph_is_drawn_as_in_the_face_it_is_of() -> None:
    united = unite_parts(*(part(markup) for markup in TEXT))
    for family, style, name in FACES:
        face = next(face for base, (face, *_) in held(united.pdf).items() if base.endswith("+" + name))
        embedded, original = program(united.pdf, name), whole(family, style)
        assert face.widths
        for glyph in face.widths:
            assert drawn(embedded, glyph) == drawn(original, glyph)
            advance, bearing = original["hmtx"][original.getGlyphName(glyph)]
            assert embedded["hmtx"][embedded.getGlyphName(glyph)] == (advance, bearing)
            assert face.widths[glyph] == advance


def test_characters_find_the_glyphs_that_they_find_in_the_face() -> None:
    united = unite_parts(*(part(markup) for markup in TEXT))
    for family, style, name in FACES:
        painted = next(face.widths for base, (face, *_) in held(united.pdf).items() if base.endswith("+" + name))
        found = {character: glyph for character, glyph in characters(whole(family, style)).items() if glyph in painted}
        assert found
        assert characters(program(united.pdf, name)) == found


def test_characters_find_the_plain_form_of_a_letter_or_none() -> None:
    forms, plain = part('<p class="caps">a</p><p class="old">7</p><p>fi</p>'), part("<p>a</p><p>7</p>")
    garamond = whole("EB Garamond")
    for parts in ([forms, plain], [plain, forms]):
        pdf = unite_parts(*parts).pdf
        ((face, *_),) = held(pdf).values()
        assert sorted(face.texts.values()) == ["7", "7", "a", "a", "fi"]
        found = {"a": garamond.getGlyphID("a"), "7": garamond.getGlyphID("seven")}
        assert characters(program(pdf, "EB-Garamond")) == found
    assert characters(program(unite_parts(forms).pdf, "EB-Garamond")) == {}
    assert_looks_and_reads_the_same([forms], unite_parts(forms))


def test_characters_beyond_the_first_65536_find_their_glyphs_too() -> None:
    parts = [part("<p>🇬b</p>"), part("<p>a</p>")]
    united = unite_parts(*parts)
    subtables = program(united.pdf, "EB-Garamond")["cmap"].tables
    found = [(one.platformID, one.platEncID, one.format, [*map(chr, sorted(one.cmap))]) for one in subtables]
    assert found == [(3, 1, 4, ["a", "b"]), (3, 10, 12, ["a", "b", "🇬"])]
    assert_looks_and_reads_the_same(parts, united)


def test_a_glyph_that_the_first_part_lacks_is_there() -> None:
    first, second = part("<p>aaa</p>"), part("<p>bbb</p>")
    ((face, *_),) = held(first).values()
    assert set(face.texts.values()) == {"a"}
    ((face, *_),) = held(unite_parts(first, second).pdf).values()
    assert set(face.texts.values()) == {"a", "b"}


def test_upright_and_italic_are_never_mixed() -> None:
    parts = [part("<p>abc</p>"), part("<p><em>abc</em></p>"), part("<p>d<em>d</em></p>")]
    united = unite_parts(*parts)
    assert len(held(united.pdf)) == 2
    assert set(united.names[0]).isdisjoint(united.names[1])
    assert set(united.names[2]) == {*united.names[0], *united.names[1]}
    assert_looks_and_reads_the_same(parts, united)


def test_accents_that_the_engine_moved_to_other_numbers_are_found_again() -> None:
    accented, plain = part("<h1>ÀÉÑ</h1>"), part("<h1>abcdefghijklmnopqrstuvwxyz0123456789</h1>")
    numbers = [program(one, "Alegreya-Sans")["maxp"].numGlyphs for one in (accented, plain)]
    assert numbers[0] < numbers[1] < whole("Alegreya Sans")["maxp"].numGlyphs
    for parts in ([accented, plain], [plain, accented]):
        assert_looks_and_reads_the_same(parts, unite_parts(*parts))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.sampled_from("aáàǻbBfilÅĄçƏğİışΩώЯй0½ﬁ—“ "), min_size=1, max_size=12), min_size=2, max_size=4)
)
def test_however_a_text_is_divided_its_pages_stay_the_same(runs: list[str]) -> None:
    parts = [part(f"<p>x{run}</p><h1>x{run}</h1>") for run in runs]
    united = unite_parts(*parts)
    for number, own in enumerate(parts):
        assert pixels(shown(own, united, number)) == pixels(own)


def test_a_glyph_with_two_texts_has_that_of_its_first_part_as_in_one_run() -> None:
    def show_o_as_a(font: TTFont) -> None:
        for cmap in font["cmap"].tables:
            cmap.cmap[ord("o")] = cmap.cmap[ord("a")]

    own = (changed(faces()[3], show_o_as_a),)
    for first, second in ("a", "o"), ("o", "a"):
        parts = [part(f"<p>{letter}</p>", own=own) for letter in (first, second)]
        ((face, *_),) = held(unite_parts(*parts).pdf).values()
        ((once, *_),) = held(part(f"<p>{first}</p><p>{second}</p>", own=own)).values()
        assert list(face.texts.values()) == [first]
        assert face == once


# What the names of fonts do not say.


def test_the_engine_names_a_font_by_its_description_alone_and_keeps_glyph_numbers() -> None:
    upright = next(iter(table(part("<p>ab</p>"))))
    other = changed(faces()[0], lambda font: font["glyf"].__setitem__("a", font["glyf"]["b"]))
    assert [*table(part("<p>b</p>", own=(other,)))] == [upright]
    assert [*table(part("<p><em>ab</em></p>"))] != [upright]
    face = table(part("<p>ab</p>"))[upright]
    assert face
    original = whole("EB Garamond")
    assert face.texts == {original.getGlyphID("a"): "a", original.getGlyphID("b"): "b"}


def test_two_releases_of_a_face_share_neither_a_font_nor_an_entry_of_the_cache() -> None:
    def give_a_the_shape_of_b(font: TTFont) -> None:
        font["glyf"]["a"] = font["glyf"]["b"]

    old = part("<p>abc</p>")
    new = part("<p>abc</p>", own=(changed(faces()[0], give_a_the_shape_of_b),))
    ((name, before),), ((same, after),) = table(old).items(), table(new).items()
    assert name == same
    assert before
    assert after
    assert (before.widths, before.texts) == (after.widths, after.texts)
    assert unite_parts(old).pdf != unite_parts(new).pdf
    assert_looks_and_reads_the_same([old], unite_parts(old))
    assert_looks_and_reads_the_same([new], unite_parts(new))
    both = unite_parts(old, new, part("<p>abcd</p>"))
    assert [dict(names) for names in both.names] == [{name: name}, {name: f"{name}.2"}, {name: name}]
    assert_looks_and_reads_the_same([old, new], both)


def test_a_release_that_differs_in_no_glyph_here_but_in_its_measures_is_another_font() -> None:
    old, new = part("<p>abc</p>"), part("<p>abc</p>", own=(changed(faces()[0], _raise_line),))
    assert len(unite_parts(old, new).names[1]) == 1
    assert unite_parts(old, new).names[0] != unite_parts(old, new).names[1]


def test_a_release_with_other_characters_is_another_font() -> None:
    alpha = "\N{GREEK CAPITAL LETTER ALPHA}"

    def show_latin_for_greek(font: TTFont) -> None:
        for cmap in font["cmap"].tables:
            cmap.cmap[ord(alpha)] = "A"

    old, new = part("<p>Abc</p>"), part("<p>Abc</p>", own=(changed(faces()[0], show_latin_for_greek),))
    assert alpha not in characters(program(unite_parts(old).pdf, "EB-Garamond"))
    assert alpha in characters(program(unite_parts(new).pdf, "EB-Garamond"))
    assert unite_parts(old, new).names[0] != unite_parts(old, new).names[1]


def test_a_release_with_another_accent_is_another_font_where_only_accented_letters_show_it() -> None:
    def change_the_acute(font: TTFont) -> None:
        glyphs = font["glyf"]
        _, accent = glyphs["Aacute"].getComponentNames(glyphs)
        glyphs[accent].coordinates.translate((0, 200))

    old, new = part("<p>Á</p>"), part("<p>Á</p>", own=(changed(faces()[0], change_the_acute),))
    assert pixels(old) != pixels(new)
    united = unite_parts(old, new)
    assert united.names[0] != united.names[1]
    assert_looks_and_reads_the_same([old, new], united)


def _raise_line(font: TTFont) -> None:
    font["hhea"].lineGap += 100


def test_widths_that_the_engine_rounded_in_two_ways_stay_so_and_share_one_program() -> None:
    def halve_thousandths(font: TTFont) -> None:
        scale_upem(font, 2048)
        metrics = font["hmtx"].metrics
        metrics.update({name: ((width // 256 * 2 + 1) * 128, left) for name, (width, left) in metrics.items()})

    own = (changed(faces()[3], halve_thousandths),)
    parts = [
        part(f"<p>ABCabc{more}</p>", f"p {{ font-size: {height}pt }}", own) for height, more in ((8, "d"), (9, "e"))
    ]
    one, other = (next(iter(table(pdf).values())) for pdf in parts)
    assert one
    assert other
    assert any(one.widths[glyph] != other.widths[glyph] for glyph in one.widths.keys() & other.widths.keys())
    united = unite_parts(*parts)
    with opened(united.pdf) as pdf:
        files = [fontdict.descriptor(font).FontFile2.objgen for font in pdf.pages[0].obj.Resources.Font.values()]
    assert len(files) == 2
    assert len(set(files)) == 1
    assert_looks_and_reads_the_same(parts, united)


# Fonts that stay alone, and where fonts are named.


def test_a_font_in_which_characters_are_missing_stays_alone() -> None:
    lacking, whole_ = part("<p>It means 漢 <em>here</em>.</p>"), part("<p>It <em>means</em></p>")
    named = table(lacking)
    assert sorted(face is None for face in named.values()) == [False, True]
    united = unite_parts(lacking, whole_)
    (alone,) = (name for name, face in named.items() if face is None)
    assert alone not in united.names[0]
    assert alone in united.names[1]
    assert_looks_and_reads_the_same([lacking, whole_], united)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda font: font.__setattr__("Subtype", Name.Type3),
        lambda font: font.__setattr__("Encoding", Name("/Identity-V")),
        lambda font: fontdict.descriptor(font).__delattr__("FontFile2"),
        lambda font: font.DescendantFonts[0].W[1].__setitem__(0, 400.5),
        lambda font: font.DescendantFonts[0].W.extend([9000, Array([500])]),
    ],
    ids=["bitmaps", "vertical", "PostScript outlines", "broken width", "glyph without text"],
)
def test_a_font_that_is_not_as_expected_stays_alone(spoil: Callable[[Any], None]) -> None:
    with opened(part("<p>abc</p>")) as pdf:
        assert None not in subsets.table(pdf).values()
        spoil(next(iter(pdf.pages[0].obj.Resources.Font.values())))
        assert list(subsets.table(pdf).values()) == [None]


def test_fonts_are_found_in_groups_patterns_and_masks_too() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60" viewBox="0 0 200 60"><defs>'
        '<pattern id="p" width="40" height="40" patternUnits="userSpaceOnUse"><text y="20" font-size="20">pq</text>'
        '</pattern><mask id="m"><text x="5" y="50" font-size="30" fill="white">mask</text></mask></defs>'
        '<rect width="200" height="30" fill="url(#p)"/><rect width="200" height="60" mask="url(#m)"/></svg>'
    )
    parts = [part(f'<p class="faint">group</p>{svg}'), part("<p>xyz</p>")]
    with opened(parts[0]) as pdf:
        found = list(subsets.resources(pdf))
        assert len(found) > 3
        assert all("/Font" in one for one in found)
    assert_looks_and_reads_the_same(parts, unite_parts(*parts))


def test_pages_need_not_share_their_resources_but_a_name_means_one_font() -> None:
    with opened(part("<p>abc</p><p style='break-before: page'>d</p>")) as pdf:
        once = subsets.table(pdf)
        first, second = (page.obj for page in pdf.pages)
        second.Resources = Dictionary(Font=Dictionary(dict(first.Resources.Font.items())))
        assert subsets.table(pdf) == once
        (name,) = second.Resources.Font
        second.Resources.Font[name] = pdf.make_indirect(Dictionary(second.Resources.Font[name]))
        assert list(subsets.table(pdf).values()) == [None]


def test_a_font_that_shows_nothing_is_not_kept_though_the_engine_embeds_the_whole_of_it() -> None:
    idle, italic, upright = part("<p>a<em>&#173;</em>b</p>"), part("<p><em>c</em></p>"), part("<p>d</p>")
    assert len(idle) > 20 * len(upright)
    for others in ([italic, upright], [upright]):
        united = unite_parts(idle, *others)
        assert united.names[0].keys() == table(idle).keys()
        assert len(united.pdf) < 2 * len(upright)
        assert_looks_and_reads_the_same([idle, *others], united)
        assert len(shown(idle, united, 0)) < len(idle) / 20
    nothing = part("<p>&#173;</p>")
    assert dict(unite_parts(nothing).names[0]) == {}


# The same bytes, and the cache.


def test_the_bytes_depend_on_the_fonts_and_not_on_the_parts_they_came_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [part(markup) for markup in TEXT]
    made = []
    for number, order in enumerate(
        (parts, [*parts, parts[0]], [part("".join(TEXT))], [*parts[:2], part("".join(TEXT))])
    ):
        monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / str(number)))
        made.append(unite_parts(*order).pdf)
    assert len(set(made)) == 1


def test_parts_are_opened_only_for_glyphs_that_others_have_not_and_not_at_all_from_the_cache() -> None:
    parts = [part("<p>abc</p>"), part("<p>abcdef</p>"), part("<p>g</p>"), part("<p>fed</p>")]
    tables = [table(one) for one in parts]
    calls = []

    def open_part(number: int) -> pikepdf.Pdf:
        calls.append(number)
        return opened(parts[number])

    once = subsets.united(tables, open_part)
    assert calls == [1, 2]
    assert subsets.united(tables, open_part) == once
    assert subsets.united([tables[1], tables[2]], open_part).pdf == once.pdf
    assert calls == [1, 2]


def test_a_table_is_the_same_after_json() -> None:
    named = table(part(f"{LATIN}<p>漢</p>"))
    assert None in named.values()
    assert subsets.load(json.loads(json.dumps(subsets.dump(named)))) == named


def test_a_book_without_fonts_has_none() -> None:
    united = unite_parts(part("<p></p>"))
    assert dict(united.names[0]) == {}
    with opened(united.pdf) as pdf:
        assert not pdf.pages[0].obj.Resources.Font.keys()


# Programs.


def hinted(file: bytes, prep: bytes) -> bytes:
    """A program with hinting."""
    font, out = TTFont(io.BytesIO(file), recalcTimestamp=False), io.BytesIO()
    for tag, data in (("prep", prep), ("fpgm", b"\xb0\x00"), ("cvt ", b"\0\1")):
        font[tag] = DefaultTable(tag)
        font[tag].data = data
    font.save(out)
    return out.getvalue()


def test_hinting_stays_and_programs_with_other_hinting_are_other_fonts() -> None:
    ((*_, file),) = held(part("<p>abc</p>")).values()
    one, other = Program(hinted(file, b"\xb0\x01")), Program(hinted(file, b"\xb0\x02"))
    assert one.frame != other.frame
    assert Program(hinted(file, b"\xb0\x01")).frame == one.frame
    glyph = whole("EB Garamond").getGlyphID("a")
    assert one.print(glyph) == other.print(glyph)
    assert Program(unite({glyph: one})).tables["prep"] == b"\xb0\x01"


def test_a_glyph_has_one_print_in_small_programs_and_in_large_ones_whose_glyphs_may_end_unevenly() -> None:
    ((*_, file),) = held(part("<p>aÅxyz</p>")).values()
    small, large = Program(file), Program(faces()[0].data)
    assert {len(large.outline(glyph)) % 2 for glyph in range(3000)} == {0}
    rewritten = Program(unite(dict.fromkeys(range(3000), large)))
    assert [program.tables["head"][50:52] for program in (small, large, rewritten)] == [b"\0\0", b"\0\1", b"\0\1"]
    for letter in "aÅxyz":
        glyph = whole("EB Garamond").getBestCmap()[ord(letter)]
        number = whole("EB Garamond").getGlyphID(glyph)
        assert small.print(number) == large.print(number) == rewritten.print(number)


def test_a_program_may_lack_characters() -> None:
    ((*_, file),) = held(part("<p>a</p>")).values()
    font, out = TTFont(io.BytesIO(file), recalcTimestamp=False), io.BytesIO()
    del font["cmap"]
    font.save(out)
    glyph = whole("EB Garamond").getGlyphID("a")
    mute, plain = Program(out.getvalue()), Program(file)
    assert (mute.characters, plain.characters) == ({}, {glyph: [ord("a")]})
    assert mute.shape(glyph) == plain.shape(glyph)
    assert mute.print(glyph) != plain.print(glyph)
    assert characters(TTFont(io.BytesIO(unite({glyph: mute})))) == {}


def test_a_part_of_spaces_alone_is_a_part_like_any_other() -> None:
    parts = [part("<p>&#160;</p>"), part("<p>a</p>")]
    assert_looks_and_reads_the_same(parts, unite_parts(*parts))
    assert_looks_and_reads_the_same(parts[:1], unite_parts(parts[0]))
