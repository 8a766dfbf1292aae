"""The subsetter: what it keeps is what another one keeps, and what stands in its way is said."""

import hashlib
import io
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from cli.helpers import book, run, write
from publish.epub import subsetting
from publish.epub.subsetting import SubsetError, cut
from publish.layout import fonts
from publish.layout.fonts import Cut
from publish.layout.model import FontFace

SIGNS = "Quick brown fjords, 1234 ½ — “Œuvre” fi ffl ß Ə"
FACES = (Cut("EB Garamond", 400, "italic"), Cut("Alegreya Sans", 400, "normal"))


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def by_another(face: FontFace) -> TTFont:
    """The face as the subsetter of fontTools cuts it."""
    font = opened(face.data)
    subsetter = Subsetter(Options(layout_features=["*"], notdef_outline=True))
    subsetter.populate(text=SIGNS)
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return opened(out.getvalue())


def outlines(font: TTFont) -> list[tuple[int, bytes]]:
    """What every glyph looks like and how wide it is; those that are composed count by their parts."""
    glyphs = [(font["hmtx"][name][0], font["glyf"][name].getCoordinates(font["glyf"])) for name in font.getGlyphOrder()]
    return sorted((advance, bytes(str((list(points), list(ends))), "ascii")) for advance, (points, ends, _) in glyphs)


def features(font: TTFont) -> set[str]:
    return {record.FeatureTag for tag in ("GSUB", "GPOS") for record in font[tag].table.FeatureList.FeatureRecord}


@pytest.mark.parametrize("wanted", FACES, ids=lambda wanted: wanted.family)
def test_a_face_has_the_glyphs_and_features_that_another_subsetter_finds(wanted: Cut) -> None:
    face = fonts.face(wanted)
    ours, theirs = opened(cut(face.data, SIGNS)), by_another(face)
    assert set(ours.getBestCmap()) == set(theirs.getBestCmap()) == set(map(ord, SIGNS)) & fonts.characters(face)
    assert outlines(ours) == outlines(theirs)
    assert features(ours) == features(theirs)


def test_names_of_a_font_for_its_own_features_stay() -> None:
    names = opened(cut(fonts.face(FACES[1]).data, SIGNS))["name"]
    assert {"Roman numerals"} <= {str(record) for record in names.names if record.nameID >= 256}


def test_another_process_cuts_the_same_bytes() -> None:
    program = (
        "import hashlib\n"
        "from publish.epub.subsetting import cut\n"
        "from publish.layout import fonts\n"
        f"data = fonts.face(fonts.{FACES[0]!r}).data\n"
        f"print(hashlib.sha256(cut(data, set({SIGNS!r}))).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    made = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert made.stdout.decode().strip() == hashlib.sha256(cut(fonts.face(FACES[0]).data, SIGNS)).hexdigest()


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" + bytes(50)], ids=["nothing", "words", "no table"])
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(SubsetError, match="no font"):
        cut(data, "a")


def test_a_font_cut_short_is_refused() -> None:
    with pytest.raises(SubsetError):
        cut(fonts.face(FACES[1]).data[:100_000], SIGNS)


def test_a_damaged_font_does_no_harm() -> None:
    whole, chance = fonts.face(FACES[1]).data, random.Random(70)
    for _ in range(50):
        damaged = bytearray(whole)
        for _ in range(20):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            assert len(cut(bytes(damaged), SIGNS)) <= len(whole)
        except SubsetError as refused:
            assert str(refused)


def test_where_the_library_is_missing_the_author_hears_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(library: str) -> None:
        raise SubsetError(f"the library {library} is not installed")

    project = write(tmp_path, {**book("# One\n\nText.\n"), "build/the-whale.epub": b"PK the last good one"})
    subsetting._functions.cache_clear()
    monkeypatch.setattr(subsetting, "_loaded", absent)
    ran = run("build", "epub", "--project", project)
    assert ran.status == 1
    assert "E017" in ran.said
    assert "libharfbuzz-subset0" in ran.said
    assert (project / "build" / "the-whale.epub").read_bytes() == b"PK the last good one"
