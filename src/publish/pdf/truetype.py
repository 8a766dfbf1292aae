"""TrueType programs as a PDF holds them, glyph by glyph: outlines are copied and compared, never drawn.

Of a program embedded with `CIDToGIDMap /Identity` a reader needs these tables and no others: glyf, head, hhea, hmtx,
loca, maxp, and the hinting in cvt, fpgm, prep (ISO 32000-2, 9.9.1). They are described in ISO/IEC 14496-22, 5. A cmap
is there all the same: a program without hinting is hinted by FreeType, as in Ghostscript, and that looks up letters of
each script in cmap to see how high they are.
"""

import io
import struct
import sys
from array import array
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from itertools import count
from typing import Any

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

HINTING = ("cvt ", "fpgm", "prep")
LAID_ASIDE = {"head": ((8, 12), (50, 52)), "hhea": ((34, 36),), "maxp": ((4, 6),)}
"""Bytes that follow from which glyphs a program holds: its checksum, the form of loca, two counts of glyphs."""
PRINT = 8
"""Bytes in the print of a glyph. It tells a few hundred glyphs apart, each beside its own number only."""

WORDS, MORE, SCALE, SCALES, MATRIX = 0x0001, 0x0020, 0x0008, 0x0040, 0x0080
"""Flags of a component: long arguments, another follows, and three kinds of a transformation behind it."""
NAMELESS = TTFont()
"""A font whose glyphs have no names: to this library glyph 12 is `glyph00012` then, and back."""
NAMELESS.setGlyphOrder([])


class Program:
    """A font program, read; glyphs go by their numbers."""

    def __init__(self, data: bytes) -> None:
        """Raises fontTools.ttLib.TTLibError or KeyError where this is no TrueType program."""
        reader = SFNTReader(io.BytesIO(data), checkChecksums=0)
        self.tables: dict[str, bytes] = {tag: reader[tag] for tag in ("head", "hhea", "maxp")}
        self.tables |= {tag: reader[tag] for tag in HINTING if tag in reader}
        self._glyf: bytes = reader["glyf"]
        self._hmtx: bytes = reader["hmtx"]
        self._cmap: bytes = reader["cmap"] if "cmap" in reader else b""  # noqa: SIM401  a reader has no get
        long = self.tables["head"][50:52] != b"\0\0"
        self._loca = _big_endian("I" if long else "H", reader["loca"])
        self._unit = 1 if long else 2
        self._measured = int.from_bytes(self.tables["hhea"][34:36], "big")
        self._shapes: dict[int, str] = {}

    @cached_property
    def frame(self) -> bytes:
        """All that does not depend on which glyphs are here: two programs of one font have it in common."""
        parts = []
        for tag, data in sorted(self.tables.items()):
            kept = bytearray(data)
            for start, end in LAID_ASIDE.get(tag, ()):
                kept[start:end] = bytes(end - start)
            parts += [tag.encode(), len(kept).to_bytes(4, "big"), bytes(kept)]
        return b"".join(parts)

    def outline(self, glyph: int) -> bytes:
        """The description of a glyph in glyf, empty for a space. It ends evenly, as the short form of loca needs it."""
        start, end = self._loca[glyph : glyph + 2]
        outline = self._glyf[start * self._unit : end * self._unit]
        return outline + bytes(len(outline) % 2)

    def metrics(self, glyph: int) -> bytes:
        """Advance and left side bearing of a glyph, as in hmtx; the last advance counts for all that follow."""
        last = self._measured - 1
        if glyph <= last:
            return self._hmtx[glyph * 4 : glyph * 4 + 4]
        bearing = self._measured * 4 + (glyph - self._measured) * 2
        return self._hmtx[last * 4 : last * 4 + 2] + self._hmtx[bearing : bearing + 2]

    @cached_property
    def characters(self) -> dict[int, list[int]]:
        """The characters of each glyph in cmap, in order. Ligatures and second forms of letters have none."""
        found: dict[int, list[int]] = {}
        if self._cmap:
            table = newTable("cmap")
            table.decompile(self._cmap, NAMELESS)
            for character, name in sorted((table.getBestCmap() or {}).items()):
                found.setdefault(NAMELESS.getGlyphID(name), []).append(character)
        return found

    def shape(self, glyph: int) -> str:
        """A digest of all that a glyph looks like, its components among it, by whatever number they go."""
        if glyph not in self._shapes:
            outline = bytearray(self.outline(glyph))
            digest = blake2b(self.metrics(glyph), digest_size=PRINT)
            for place, component in components(outline):
                outline[place : place + 2] = b"\0\0"
                digest.update(bytes.fromhex(self.shape(component)))
            digest.update(outline)
            self._shapes[glyph] = digest.hexdigest()
        return self._shapes[glyph]

    def print(self, glyph: int) -> str:
        """A digest of all that a painted glyph is: what it looks like, and its characters.

        The engine keeps the characters of the glyphs that are painted, all of them, and those of no others.
        """
        characters = "".join(map(chr, self.characters.get(glyph, ())))
        said = self.shape(glyph) + characters
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=PRINT).hexdigest()


def components(outline: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """The glyphs that an outline is composed of: where in it each number stands, and the number."""
    if not outline or outline[0] < 0x80:
        return
    place, flags = 10, MORE
    while flags & MORE:
        flags, glyph = struct.unpack_from(">HH", outline, place)
        yield place + 2, glyph
        place += 8 if flags & WORDS else 6
        place += 2 if flags & SCALE else 4 if flags & SCALES else 8 if flags & MATRIX else 0


def unite(sources: Mapping[int, Program]) -> bytes:
    """One program that holds each of these glyphs under its number, taken from the program beside it.

    All programs have one frame. The engine keeps the numbers of the glyphs that are painted, but moves components
    that lie above the highest of them. So components are found again by their shapes, among the glyphs that are
    painted or else under a number that none of these has. The bytes depend on the glyphs alone, not on their source.
    """
    numbers = {sources[glyph].shape(glyph): glyph for glyph in sorted(sources, reverse=True)}
    free = (number for number in count(1) if number not in sources)
    outlines: dict[int, bytes] = {}
    metrics: dict[int, bytes] = {}

    def take(program: Program, glyph: int, number: int) -> None:
        outline = bytearray(program.outline(glyph))
        metrics[number] = program.metrics(glyph)
        for place, component in components(outline):
            shape = program.shape(component)
            if shape not in numbers:
                numbers[shape] = next(free)
                take(program, component, numbers[shape])
            struct.pack_into(">H", outline, place, numbers[shape])
        outlines[number] = bytes(outline)

    for glyph in sorted(sources):
        take(sources[glyph], glyph, glyph)
    found = {character: glyph for glyph in sorted(sources) for character in sources[glyph].characters.get(glyph, ())}
    tables = {**next(iter(sources.values())).tables, "cmap": _cmap(found)}
    return _written(tables, outlines, metrics)


def _cmap(found: Mapping[int, int]) -> bytes:
    """The table that finds glyphs by character: in format 4, and in 12 if there are characters above U+FFFF."""
    names = {character: NAMELESS.getGlyphName(glyph) for character, glyph in sorted(found.items())}
    basic = {character: name for character, name in names.items() if character <= 0xFFFF}
    table = newTable("cmap")
    table.tableVersion = 0
    table.tables = [_subtable(4, 1, basic)]
    if len(basic) < len(names):
        table.tables.append(_subtable(12, 10, names))
    data: bytes = table.compile(NAMELESS)
    return data


def _subtable(form: int, encoding: int, names: Mapping[int, str]) -> Any:
    subtable = CmapSubtable.newSubtable(form)
    subtable.platformID, subtable.platEncID, subtable.language, subtable.cmap = 3, encoding, 0, names
    return subtable


def _written(tables: Mapping[str, bytes], outlines: Mapping[int, bytes], metrics: Mapping[int, bytes]) -> bytes:
    total = max(outlines) + 1
    glyf, loca = bytearray(), array("I")
    for glyph in range(total):
        loca.append(len(glyf))
        glyf += outlines.get(glyph, b"")
    loca.append(len(glyf))
    short = len(glyf) < 2 * 0x10000
    if short:
        loca = array("H", (offset // 2 for offset in loca))
    if sys.byteorder == "little":
        loca.byteswap()
    made = {
        "glyf": bytes(glyf),
        "loca": loca.tobytes(),
        "hmtx": b"".join(metrics.get(glyph, bytes(4)) for glyph in range(total)),
        "head": tables["head"][:50] + (b"\0\0" if short else b"\0\1") + tables["head"][52:],
        "hhea": tables["hhea"][:34] + total.to_bytes(2, "big"),
        "maxp": tables["maxp"][:4] + total.to_bytes(2, "big") + tables["maxp"][6:],
    }
    out = io.BytesIO()
    writer = SFNTWriter(out, len({*tables, *made}))
    for tag, data in sorted({**tables, **made}.items()):
        writer[tag] = data
    writer.close()
    return out.getvalue()


def _big_endian(kind: str, data: bytes) -> "array[int]":
    numbers = array(kind, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
