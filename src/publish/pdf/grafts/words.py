"""Text drawn word by word: what a PDF shows of a word is written once for each font, and used wherever the word stands.

The engine shapes each line once more to draw it, and walks through its glyphs one by one. But where the spaces of a
line are stretched, Pango shapes the words between them each by itself, so that the same word is the same string
everywhere. Lines as they fall, without stretched spaces, are shaped whole. All that is not plain (letter-spacing,
decorations, other scripts than Latin, several fonts in a word) is left to the engine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

PLAIN = re.compile(
    "[ -~\u00a1-\u00a8\u00ab\u00ac\u00af-\u0241\u1e00-\u1eff"
    "\u2010\u2012-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ac]+"
).fullmatch
"""Latin letters, and signs that take their script from the letters beside them. No sign that may be an emoji, no other
space, nothing that breaks or joins."""
LETTER = re.compile(r"[^\W\d_]")
FONT = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings"),
    *("font_language_override", "lang", "direction", "overflow_wrap"),
)
"""All properties that decide how a word is shaped."""
EMPTY, UNKNOWN = 0x0FFFFFFF, 0x10000000
"""Pango's glyph that shows nothing, and its mark on characters that no font has."""
GLYPH = ffi.sizeof("PangoGlyphInfo")
WIDE = 1024
"""Pango's units in a pixel: spacing of whole pixels is kept on pixels."""
TRIED = (1537, -803, 3 * WIDE)
"""Spacings for which our arithmetic is compared with Pango's."""
SHAPES = 20_000
"""Words and lines of which it is remembered how they are shaped, at most."""
SPACINGS = 5000
"""Spaces of different widths that are remembered at most."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A text as Pango shapes it: its face, its glyphs, and which part of the text each of them shows."""

    face: Any
    glyphs: list[tuple[int, int, int, int]]
    parts: tuple[str, ...]


class Words:
    """The strings of words in one font, at one size, for the PDF that is being written."""

    def __init__(self, style: Any) -> None:
        self._style = style
        self._layout, self._beside = _layouts(style)
        self._holders: dict[Any, tuple[Layout, Layout]] = {}
        self._space: tuple[int, int] | None = None
        self._fonts: Any = None
        self._face: Any = None
        self._shapes: dict[tuple[str, bool], _Shape | None] = {}
        self._strings: dict[tuple[str, bool], str | None] = {}
        self._spaces: dict[tuple[int, str], str | None] = {}
        self.font: Any = None
        self.size = 0.0

    def begin(self, stream: Any) -> None:
        """Begin anew where it is another PDF: strings depend on what stands in its fonts."""
        if self._fonts is not stream._fonts:
            self._fonts, self.font, self._face = stream._fonts, None, None
            self._strings.clear()
            self._spaces.clear()

    def line(self, stream: Any, text: str, spacing: int) -> str | None:
        """What shows a line of text whose spaces are so many units wider; nothing where it is not plain."""
        if not spacing:
            return self._word(stream, text, whole=True)
        if not LETTER.search(text):
            return None
        shown: list[str] = []
        for piece in self._pieces(stream, text.split(" "), spacing):
            if not piece:
                return None
            shown.append(piece)
        return "".join(shown)

    def _pieces(self, stream: Any, tokens: list[str], spacing: int) -> Iterator[str | None]:
        """What shows each word and each space of a line; nothing where it is not plain."""
        last = len(tokens) - 1
        for place, token in enumerate(tokens):
            if token:
                yield self._word(stream, token)
            elif 0 < place < last or self.font is None:
                yield None
            if place < last:
                side = "start" if not token else "end" if place + 1 == last and not tokens[last] else ""
                yield self._spaced(stream, spacing, side)

    def _word(self, stream: Any, text: str, *, whole: bool = False) -> str | None:
        """What shows a text that is shaped as one: a word among others, or a `whole` line."""
        key = text, whole
        if key not in self._strings:
            shape = self._shapes.get(key) or self._shaped(text, whole=whole)
            self._keep(key, shape)
            plain = shape is not None and self._known(stream, shape.face)
            self._strings[key] = _closed(self._string(stream, shape)) if shape and plain else None
        return self._strings[key]

    def _keep(self, key: tuple[str, bool], shape: "_Shape | None") -> None:
        """Remember the shape of a word for the next PDF.

        A layout that shows its face is kept, for nothing else might hold that.
        """
        if len(self._shapes) >= SHAPES:
            self._shapes.clear()
        if " " not in key[0]:
            self._shapes[key] = shape
        if shape is not None and shape.face not in self._holders:
            self._holders[shape.face] = self._layout, self._beside
            self._layout, self._beside = _layouts(self._style)

    def _shaped(self, text: str, *, whole: bool) -> "_Shape | None":
        """A text shaped from left to right as the one item that it is, None where it is more.

        Signs without a letter get one before them, from which they take their script, as they do in a line.
        """
        if whole or LETTER.search(text):
            data = text.encode()
            pango.pango_layout_set_text(self._layout.layout, data, len(data))
            run = pango.pango_layout_get_line_readonly(self._layout.layout, 0).runs[0]
        else:
            self._beside.set_text(f"n {text}", justify=True)
            run = pango.pango_layout_get_line_readonly(self._beside.layout, 0).runs[0].next.next
        if run == ffi.NULL or run.next != ffi.NULL or run.data.item.analysis.level % 2:
            return None
        glyphs, data = _glyphs(run.data), text.encode()
        starts = list(run.data.glyphs.log_clusters[0 : len(glyphs)])
        parts = tuple(data[start:end].decode() for start, end in pairwise((*starts, len(data))))
        return _Shape(run.data.item.analysis.font, glyphs, parts)

    def _known(self, stream: Any, face: Any) -> bool:
        """Whether it is the one face of these words, and one that the engine draws without ado."""
        if self._face is None:
            self._face = face
            self.font, self.size = stream.add_font(face)
            font = self.font
            if pango.pango_version() < 14802 or font.bitmap or font.svg or font.png or font.colr:
                self._face = ffi.NULL
        return bool(face == self._face)

    def _string(self, stream: Any, shape: "_Shape") -> str | None:
        """What shows some glyphs, as the engine writes it, without the signs around; nothing where one is unusual."""
        font, size = self.font, self.size
        string = ""
        for (glyph, width, shift, rise), part in zip(shape.glyphs, shape.parts, strict=True):
            if glyph == EMPTY:
                string += f">{-width / size}<"
                continue
            if glyph & UNKNOWN or rise:
                return None
            if glyph not in font.to_unicode:
                font.to_unicode[glyph] = part
            offset = shift / size
            if offset:
                string += f">{-offset}<"
            string += f"{glyph:04x}"
            natural = font.widths.get(glyph)
            if natural is None:
                pango.pango_font_get_glyph_extents(self._face, glyph, stream.ink_rect, stream.logical_rect)
                natural = font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
            kerning = natural + offset - width * 1000 * FROM_UNITS / size
            if kerning:
                string += f">{int(kerning)}<"
        return string

    def _spaced(self, stream: Any, spacing: int, side: str) -> str | None:
        """What shows a space that is so much wider; `side` is the end of the text at which it stands, if it does."""
        key = spacing, side
        if key not in self._spaces:
            if len(self._spaces) >= SPACINGS:
                self._spaces.clear()
            self._spaces[key] = self._space_string(stream, spacing, side)
        return self._spaces[key]

    def _space_string(self, stream: Any, spacing: int, side: str) -> str | None:
        if self._space is None:
            self._space = self._natural_space()
        glyph, natural = self._space
        width, shift = _stretched(natural, spacing, side)
        if width < 0 or not glyph:
            return None
        return _closed(self._string(stream, _Shape(self._face, [(glyph, width, shift, 0)], (" ",))))

    def _natural_space(self) -> tuple[int, int]:
        """The glyph of a space and its width; no glyph where Pango stretches it in another way than ours."""
        glyph, width, _ = self._probed(TRIED[0], "")
        natural = width - TRIED[0]
        for spacing in TRIED:
            for side in ("", "start", "end"):
                if self._probed(spacing, side) != (glyph, *_stretched(natural, spacing, side)):
                    return 0, 0
        return glyph, natural

    def _probed(self, spacing: int, side: str) -> tuple[int, int, int]:
        """A stretched space between two letters, or before or after one, as Pango makes it: glyph, width, offset."""
        layout = Layout(self._style, spacing / TO_UNITS - self._style["word_spacing"])
        layout.set_text({"": "n n", "start": " n", "end": "n "}[side], justify=True)
        run = pango.pango_layout_get_line_readonly(layout.layout, 0).runs[0]
        glyphs = _glyphs(run.data if side == "start" else run.next.data)
        return glyphs[0][:3] if len(glyphs) == 1 else (0, 0, 0)


def _layouts(style: Any) -> tuple[Layout, Layout]:
    """A layout for texts as they are, and one whose spaces are stretched."""
    return Layout(style), Layout(style, 1 - style["word_spacing"])


def _closed(string: str | None) -> str | None:
    """A string with the signs around it; nothing where it is empty."""
    if not string:
        return None
    return f"<{string[:-1]}" if string[-1] == "<" else f"<{string}>"


def _glyphs(item: Any) -> list[tuple[int, int, int, int]]:
    """The glyphs of an item: number, width, and how far each is moved to the right and up."""
    count = item.glyphs.num_glyphs
    if not count:
        return []
    data = memoryview(ffi.buffer(item.glyphs.glyphs, count * GLYPH)).cast("i")
    step = len(data) // count
    return list(zip(data[::step], data[1::step], data[2::step], data[3::step], strict=True))


def _stretched(natural: int, spacing: int, side: str) -> tuple[int, int]:
    """Width and offset of a stretched space: half of the spacing stands before it, and none at an end of the text.

    The engine doubles the spacing there.
    """
    whole = 2 * spacing if side else spacing
    before = int(whole / 2)
    if whole % WIDE == 0:
        before = (before + WIDE // 2) & -WIDE
    if side == "start":
        return natural + whole - before, 0
    return natural + (before if side else whole), before


def draw_by_words(original: Any) -> Any:
    """Draw plain text by the strings of its words, and all else as before."""

    def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any) -> Any:
        style, layout = textbox.style, textbox.pango_layout
        if (
            style["text_decoration_line"] == "none"
            and style["letter_spacing"] == "normal"
            and style["visibility"] == "visible"
            and text_overflow != "ellipsis"
            and block_ellipsis == "none"
            and style["font_size"] >= 1e-6
            and PLAIN(layout.text)
            and not layout.text.isspace()
        ):
            extra = style["word_spacing"] + layout.justification_spacing
            spacing = int(extra * TO_UNITS)
            words = _words_of(style)
            words.begin(stream)
            string = words.line(stream, layout.text, spacing) if spacing or not extra else None
            if string:
                stream.set_color(style["color"])
                stream.begin_text()
                x, y = textbox.position_x, textbox.position_y + textbox.baseline
                stream.set_text_matrix(1, 0, 0, -1, x, y)
                stream.set_font_size(words.font.hash, words.size)
                stream.show_text(string)
                stream.end_text()
                return None
        return original(stream, textbox, offset_x, text_overflow, block_ellipsis)

    return draw_text


def _words_of(style: Any) -> Words:
    """The words of a style's font; styles that differ in nothing that shapes words share them."""
    words: Words | None = style.__dict__.get("octavo_words")
    if words is None:
        shared: dict[str, Words] = style.font_config.__dict__.setdefault("octavo_words", {})
        key = str([style[name] for name in FONT])
        words = style.octavo_words = shared.get(key) or shared.setdefault(key, Words(style))
    return words
