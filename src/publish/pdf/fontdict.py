"""Font dictionaries as the engine writes them (ISO 32000-2, 9.7): what they hold, and one for more glyphs."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from publish.pdf.truetype import Program

VARIED = frozenset({"/FontBBox", "/Ascent", "/Descent", "/CapHeight", "/FontFile2"})
"""What a descriptor says by the glyphs that were painted, and by the size of the first of them."""
FIXED_PITCH = 1
"""The flag of fonts whose glyphs have one width."""
TEXT = re.compile(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$", re.MULTILINE)
BATCH = 100
"""Lines that a `beginbfchar` may hold (Adobe Technical Note 5014)."""
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@dataclass(frozen=True)
class Face:
    """What one font of a part holds; glyphs by number.

    `identity` is a digest of all that its glyphs have in common, `outlines` are digests of what each looks like and of
    its characters, `widths` are in thousandths of the em, `texts` what each stands for. `ascent` and `descent`, in
    thousandths of the em too, can differ by rounding between parts. There may be no glyph at all, as where only a soft
    hyphen is set in a font; the engine then embeds the whole of it.
    """

    identity: str
    ascent: int
    descent: int
    outlines: Mapping[int, str]
    widths: Mapping[int, int]
    texts: Mapping[int, str]


def face(font: Any) -> Face | None:
    """What a font holds; None where it is no TrueType font whose codes are the numbers of its glyphs.

    It is none if it is made of bitmaps or PostScript outlines, and if characters are missing: the engine then makes up
    numbers for them, and a table of its own in place of Identity-H.
    """
    if font.get("/Subtype") != Name.Type0 or font.get("/Encoding") != Name("/Identity-H"):
        return None
    held = descriptor(font)
    if "/FontFile2" not in held:
        return None
    widths = dict(_widths(font.DescendantFonts[0].W))
    texts = dict(_texts(font.ToUnicode.read_bytes()))
    if widths.keys() != texts.keys() or not all(isinstance(width, int) for width in widths.values()):
        return None
    embedded = program(font)
    common = json.dumps(said(font), sort_keys=True).encode() + embedded.frame
    return Face(
        sha256(common).hexdigest(),
        int(held.Ascent),
        int(held.Descent),
        {glyph: embedded.print(glyph) for glyph in widths},
        widths,
        {glyph: texts[glyph] for glyph in widths},
    )


def descriptor(font: Any) -> Any:
    """The font descriptor of a composite font."""
    return font.DescendantFonts[0].FontDescriptor


def program(font: Any) -> Program:
    """The TrueType program of a font."""
    return Program(descriptor(font).FontFile2.read_bytes())


def said(font: Any) -> dict[str, str]:
    """What a descriptor says of the font whatever its glyphs, each value as PDF writes it."""
    held = {key: value for key, value in descriptor(font).items() if key not in VARIED}
    held["/Flags"] &= ~FIXED_PITCH
    return {key: value.unparse().decode() if isinstance(value, Object) else str(value) for key, value in held.items()}


def written(pdf: pikepdf.Pdf, said: Mapping[str, str], holds: Face, program: pikepdf.Stream) -> Object:
    """The font of a PDF that holds its program, as the engine would write it for all these glyphs."""
    pitches = set(holds.widths.values())
    about: dict[str, Any] = {key: Object.parse(value.encode()) for key, value in said.items()}
    about |= {
        "/Flags": about["/Flags"] | (FIXED_PITCH if len(pitches) == 1 < len(holds.widths) else 0),
        "/FontBBox": Array([0, holds.descent, max(pitches, default=0), holds.ascent]),
        "/Ascent": holds.ascent,
        "/Descent": holds.descent,
        "/CapHeight": holds.ascent,
        "/FontFile2": program,
    }
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=about["/FontName"],
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity,
        W=_runs(holds.widths),
        FontDescriptor=pdf.make_indirect(Dictionary(about)),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=about["/FontName"],
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(_cmap(holds.texts)),
    )
    return pdf.make_indirect(font)


def _widths(array: Any) -> Iterator[tuple[int, Any]]:
    """The widths of glyphs in W (9.7.4.3); the engine writes each run of them as its first number and a list."""
    items = list(array)
    for first, row in zip(items[::2], items[1::2], strict=True):
        yield from enumerate(row, first)


def _runs(widths: Mapping[int, int]) -> Array:
    runs: list[Any] = []
    for glyph in sorted(widths):
        if glyph - 1 not in widths:
            runs += [glyph, []]
        runs[-1].append(widths[glyph])
    return Array(runs)


def _texts(cmap: bytes) -> Iterator[tuple[int, str]]:
    """What glyphs stand for in ToUnicode (9.10.3); the engine writes one line a glyph."""
    for glyph, text in TEXT.findall(cmap.partition(b"beginbfchar")[2]):
        yield int(glyph, 16), bytes.fromhex(text.decode()).decode("utf-16-be")


def _cmap(texts: Mapping[int, str]) -> bytes:
    lines = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in sorted(texts.items())]
    batches = [lines[place : place + BATCH] for place in range(0, len(lines), BATCH)]
    body = [line for batch in batches for line in (f"{len(batch)} beginbfchar", *batch, "endbfchar")]
    return CMAP.format("\n".join(body)).encode()
