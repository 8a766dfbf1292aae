"""The faces of a book: static, without overlapping contours, from the font packages that are installed.

The packages hold variable fonts. An engine would instance them anew for each PDF, and contours that overlap can print
as nicks, so each face is cut once and kept in the cache. The families reserve no font name, so they may be cut (the
SIL Open Font License, section 3). No font of the system is ever looked at.

What cuts them and reads them (`cutting.py`) takes longer to load than faces from the cache, and is loaded at need.
"""

import sys
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache as cached
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import fontpkg

from publish import cache
from publish.layout.model import FontFace, Theme

RECIPE = "2"
"""Raised when faces come out otherwise from the same packages."""
STYLES = ("normal", "italic")
_known: dict[str, frozenset[int]] = {}
"""The characters of fonts that were asked for in this run."""


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
    data = _cut(package, source, cut.weight, tuple(sorted(blocks)))
    return FontFace(package.name, cut.weight, cut.style, data, sha256(data).hexdigest(), _licence(source))


def characters(found: FontFace) -> frozenset[int]:
    """The code points that a face can show."""
    return _characters(found.digest, lambda: found.data)


def missing(text: Iterable[str], faces: Iterable[FontFace]) -> set[str]:
    """The characters of a text that none of these faces can show. Spaces and signs that are never painted count not."""
    known: set[int] = set().union(*(characters(found) for found in faces))
    return {c for c in set(text) if ord(c) not in known and not _unpainted(c)}


def held(family: str, text: set[str]) -> set[str]:
    """Those characters of a text that a family's upright face has, before any is cut."""
    source = fontpkg.path(family, 400, "normal", nearest=True)
    known = _characters(_name(fontpkg.family(family), source), source.read_bytes)
    return {character for character in text if ord(character) in known}


def _characters(font: str, data: Callable[[], bytes]) -> frozenset[int]:
    """The code points of a font, by a name that no other font has."""
    name = cache.key("characters", RECIPE, *_engines(), font)
    if name not in _known:
        stored = cache.load(name)
        if stored is None:
            from publish.layout import cutting  # noqa: PLC0415  only where the cache lacks it

            stored = array("I", sorted(cutting.characters(data()))).tobytes()
            cache.store(name, stored)
        _known[name] = frozenset(array("I", stored))
    return _known[name]


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
def _cut(package: fontpkg.Family, source: Path, weight: int, blocks: tuple[int, ...]) -> bytes:
    name = cache.key("face", RECIPE, *_engines(), str(weight), str(blocks), _name(package, source))
    if (known := cache.load(name)) is not None:
        return known
    from publish.layout import cutting  # noqa: PLC0415  only where the cache lacks it

    data = cutting.instance(source.read_bytes(), weight, blocks)
    cache.store(name, data)
    return data


def _name(package: fontpkg.Family, source: Path) -> str:
    """What tells a package's font from all others: a version of a package is published once."""
    return f"{package.slug} {package.version} {source.name} {source.stat().st_size}"


@cached
def _engines() -> tuple[str, ...]:
    return version("fonttools"), version("skia-pathops"), sys.byteorder


@lru_cache(maxsize=32)
def _licence(source: Path) -> str:
    """The licence text that lies in the font's package."""
    return (source.parent.parent / "LICENSE").read_text(encoding="utf-8")
