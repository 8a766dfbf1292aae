"""Static faces cut from variable fonts, and what characters a font has."""

import io

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OVERLAP = 0x40
"""The flag by which a glyph says that its contours may overlap; ours no longer do."""


def characters(data: bytes) -> frozenset[int]:
    """The code points that a font can show."""
    return frozenset(TTFont(io.BytesIO(data), lazy=True).getBestCmap() or ())


def instance(original: bytes, weight: int, blocks: tuple[int, ...]) -> bytes:
    """A static instance of a variable font, of some blocks of 256 characters or of all; a static font as it is."""
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
