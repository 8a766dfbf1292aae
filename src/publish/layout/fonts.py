"""The faces of a book: static, without overlapping contours, from the font packages that are installed.

The packages hold variable fonts. An engine would instance them anew for each PDF, and contours that overlap can print
as nicks, so each face is cut once and kept in the cache. The families reserve no font name, so they may be cut (the
SIL Open Font License, section 3). No font of the system is ever looked at.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import fontpkg
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from publish import cache
from publish.layout.model import FontFace, Theme

RECIPE = "1"
"""Raised when faces come out otherwise from the same packages."""
OVERLAP = 0x40
"""The flag by which a glyph says that its contours may overlap; ours no longer do."""
STYLES = ("normal", "italic")


@dataclass(frozen=True, order=True)
class Cut:
    """A face that is wanted: family, weight (100 to 900), style (normal or italic)."""

    family: str
    weight: int
    style: str


def families() -> tuple[str, ...]:
    """The font families that are installed with Octavo."""
    return tuple(fontpkg.family(slug).name for slug in sorted(fontpkg.families()))


def cuts(theme: Theme) -> list[Cut]:
    """The faces that a theme asks for: each family in its weights, upright and italic."""
    wanted = zip((theme.body, theme.sans, theme.mono), theme.weights, strict=True)
    found = [Cut(family, weight, style) for family, weights in wanted for weight in weights for style in STYLES]
    return list(dict.fromkeys(found))


def blocks_of(lacking: Iterable[str]) -> frozenset[int]:
    """The blocks of 256 characters in which these stand. A face cut by blocks stays the same while a text grows."""
    return frozenset(ord(character) >> 8 for character in lacking)


def fallback_cuts(family: str) -> list[Cut]:
    """The faces of a fallback family, the upright one first."""
    return [Cut(family, 400, "normal"), Cut(family, 400, "italic"), Cut(family, 700, "normal")]


def face(cut: Cut, blocks: frozenset[int] = frozenset()) -> FontFace:
    """A face, cut from its package or taken from the cache: the same bytes on every machine with the same packages.

    A family without an italic, or without this weight, gives its nearest. With `blocks`, the face holds the
    characters of these blocks of 256 and no others, which takes a fraction of the time.

    Raises:
        fontpkg.FontpkgError: no package of this family is installed.
    """
    package = fontpkg.family(cut.family)
    try:
        source = fontpkg.path(cut.family, cut.weight, cut.style, nearest=True)
    except fontpkg.StyleNotAvailable:
        source = fontpkg.path(cut.family, cut.weight, "normal", nearest=True)
    data = _cut(source, cut.weight, tuple(sorted(blocks)))
    return FontFace(package.name, cut.weight, cut.style, data, sha256(data).hexdigest(), _licence(source))


def characters(found: FontFace) -> frozenset[int]:
    """The code points that a face can show."""
    return _characters(found.digest, found.data)


def missing(text: Iterable[str], faces: Iterable[FontFace]) -> set[str]:
    """The characters of a text that none of these faces can show. Spaces and signs that are never painted count not."""
    known: set[int] = set().union(*(characters(found) for found in faces))
    return {c for c in set(text) if ord(c) not in known and not _unpainted(c)}


def held(family: str, text: set[str]) -> set[str]:
    """Those characters of a text that a family's upright face has, before any is cut."""
    source = fontpkg.path(family, 400, "normal", nearest=True)
    known = _characters(str(source), source.read_bytes())
    return {character for character in text if ord(character) in known}


@lru_cache(maxsize=64)
def _characters(_name: str, data: bytes) -> frozenset[int]:
    return frozenset(TTFont(io.BytesIO(data), lazy=True).getBestCmap() or ())


def _unpainted(character: str) -> bool:
    """Line ends, tabs, joiners, soft hyphens, marks of direction, variation selectors, spaces."""
    code = ord(character)
    return (
        code < 0x20
        or character in "\u00ad\ufeff\u00a0"
        or 0x2000 <= code <= 0x200F
        or (0x2028 <= code <= 0x202F or 0x205F <= code <= 0x206F or 0xFE00 <= code <= 0xFE0F)
    )


@lru_cache(maxsize=32)
def _cut(source: Path, weight: int, blocks: tuple[int, ...]) -> bytes:
    original = source.read_bytes()
    engines = version("fonttools"), version("skia-pathops")
    name = cache.key("face", RECIPE, *engines, str(weight), str(blocks), original)
    if (known := cache.load(name)) is not None:
        return known
    data = _instance(original, weight, blocks)
    cache.store(name, data)
    return data


def _instance(original: bytes, weight: int, blocks: tuple[int, ...]) -> bytes:
    """A static instance of a variable font, of some of its characters or all; a static font as it is."""
    font = TTFont(io.BytesIO(original), recalcTimestamp=False)
    if "fvar" not in font:
        return original
    if blocks:
        options = Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, recalc_timestamp=False)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[code for code in font.getBestCmap() if code >> 8 in blocks])
        subsetter.subset(font)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    axes |= {
        axis.axisTag: min(max(weight, axis.minValue), axis.maxValue)
        for axis in font["fvar"].axes
        if axis.axisTag == "wght"
    }
    remove = instancer.OverlapMode.REMOVE_AND_IGNORE_ERRORS
    font = instancer.instantiateVariableFont(font, axes, updateFontNames="STAT" in font, overlap=remove)
    for glyph in (font["glyf"][name] for name in font.getGlyphOrder()):
        if glyph.numberOfContours > 0:
            glyph.flags[0] &= ~OVERLAP
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@lru_cache(maxsize=32)
def _licence(source: Path) -> str:
    """The licence text that lies in the font's package."""
    return (source.parent.parent / "LICENSE").read_text(encoding="utf-8")
