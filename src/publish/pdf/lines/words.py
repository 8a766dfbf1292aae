"""Words measured: each one once for a font, and the places within it at which a line may end.

All is measured on one kept Pango layout. Where a word is cut, its parts are as wide as its glyphs were in the whole
word; the parts that a plan chooses are measured anew when the line is made.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pyphen

from publish.pdf.lines.fit import DASH, HYPHEN, SYLLABLE
from publish.pdf.lines.inner import UNIT, Layout, Style, ffi, log_attributes, pango

TOKENS = re.compile("[ \u00a0]|[^ \u00a0]+")
WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
HYPHENS = "-‐"
SOFT_HYPHEN = "\u00ad"
SPACES = " \u00a0"
"""Spaces that give; the second one ends no line."""
NOT_BEFORE = "—―…"
"""What Unicode lets begin a line, but no typesetter would."""
LINE_BREAK = 1
"""The bit of Pango's attributes of a character that says that a line may end before it."""
GLYPH, INT = ffi.sizeof("PangoGlyphInfo"), ffi.sizeof("int")
ATTRIBUTES = ffi.sizeof("PangoLogAttr")


@dataclass(frozen=True, slots=True)
class Cut:
    """A place within a word at which a line may end: up to which character, how wide what stands before it is, and the
    same with the hyphen that may have to be added.
    """

    index: int
    kind: int
    width: float
    with_hyphen: float


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of text without spaces: its width, and its cuts."""

    width: float
    cuts: tuple[Cut, ...] = ()


class Measures:
    """Widths and heights of texts in one font, size, set of features and language."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._layout = Layout(style)
        spacing = style["letter_spacing"]
        self._letter_spacing = 0 if spacing == "normal" else spacing
        self._plain = not self._letter_spacing and not style["word_spacing"]
        self._rectangle = ffi.new("PangoRectangle *")
        self._widths: dict[str, float] = {}
        self._words: dict[str, Word] = {}
        self._tall: dict[str, tuple[int, int]] = {}
        self._metrics = self._measured("n")[1]
        letter = self.width("n")
        self.space = self.width("n n") - 2 * letter
        """The width of a space."""
        self.fixed_space = self.width("n\u00a0n") - 2 * letter
        """The width of a no-break space."""
        self.hyphen = str(style["hyphenate_character"])
        """What is added where a word is divided."""
        self._divides = style["hyphens"] != "none"
        self._hyphenator = _hyphenator_of(style)

    def width(self, text: str) -> float:
        """The width of a text as it is."""
        width = self._widths.get(text)
        if width is None:
            width, metrics = self._measured(text)
            self._widths[text] = width
            if metrics != self._metrics:
                self._tall[text] = metrics
        return width

    def line(self, text: str) -> tuple[float, int]:
        """The width of a text, word by word, and how many spaces that give are in it."""
        if "\u00a0" not in text:
            words, width = text.split(" "), (text.count(" ")) * self.space
            return width + sum(self.width(word) for word in words if word), len(words) - 1
        tokens = TOKENS.findall(text)
        fixed = {" ": self.space, "\u00a0": self.fixed_space}
        widths = (fixed[token] if token in fixed else self.width(token) for token in tokens)
        return sum(widths), sum(token in fixed for token in tokens)

    def vertical(self, text: str) -> tuple[float, float]:
        """Height and baseline of a text; letters that other fonts lend may make it higher."""
        ascent, descent = self._metrics
        if self._tall:
            for token in TOKENS.findall(text):
                if token in self._tall:
                    ascent, descent = max(ascent, self._tall[token][0]), max(descent, self._tall[token][1])
        return (ascent + descent) * UNIT, ascent * UNIT

    def word(self, token: str, allowed: bytes) -> Word:
        """A word and its cuts; `allowed` tells of each of its characters whether a line may end before it."""
        word = self._words.get(token)
        if word is None:
            cuts = dict(sorted(self._cuts(token, allowed)))
            xs, hyphen = self._advances(token) if cuts else [], self.width(self.hyphen)
            word = self._words[token] = Word(
                self.width(token),
                tuple(Cut(at, kind, xs[at], xs[at] + (hyphen if kind == SYLLABLE else 0)) for at, kind in cuts.items()),
            )
        return word

    def _cuts(self, token: str, allowed: bytes) -> Iterator[tuple[int, int]]:
        """Places and kinds: those that patterns give first, so that those of Unicode's rules stand against them."""
        soft = SOFT_HYPHEN in token
        if self._hyphenator is not None and not soft and not any(map(unicodedata.combining, token)):
            for match in WORDS.finditer(token):
                yield from ((match.start() + at, SYLLABLE) for at in self._hyphenator.places(match.group()))
        for at in range(1, len(token)):
            if not allowed[at] & LINE_BREAK:
                continue
            before = token[at - 1]
            if before == SOFT_HYPHEN:
                if self._divides:
                    yield at, SYLLABLE
            elif token[at] not in NOT_BEFORE:
                yield at, HYPHEN if before in HYPHENS else DASH

    def _shaped(self, text: str) -> object:
        if self._plain:
            data = text.encode()
            pango.pango_layout_set_text(self._layout.layout, data, len(data))
        else:
            self._layout = Layout(self._style)
            self._layout.set_text(text)
        return pango.pango_layout_get_line_readonly(self._layout.layout, 0)

    def _measured(self, text: str) -> tuple[float, tuple[int, int]]:
        """Width, and the heights above and below the baseline in Pango's units."""
        box = self._rectangle
        pango.pango_layout_line_get_extents(self._shaped(text), ffi.NULL, box)
        return box.width * UNIT + self._letter_spacing, (-box.y, box.y + box.height)

    def _advances(self, token: str) -> list[float]:
        """Where each character of a word begins. The glyphs of a cluster stand with its first byte."""
        data = token.encode()
        widths = [0] * len(data)
        run = self._shaped(token).runs[0]  # type: ignore[attr-defined]  # Pango's line
        while run != ffi.NULL:
            item, run = run.data, run.next
            glyphs, offset, count = item.glyphs, item.item.offset, item.glyphs.num_glyphs
            infos = memoryview(ffi.buffer(glyphs.glyphs, count * GLYPH)).cast("i")
            clusters = memoryview(ffi.buffer(glyphs.log_clusters, count * INT)).cast("i")
            for cluster, width in zip(clusters, infos[1 :: GLYPH // INT].tolist(), strict=True):
                widths[offset + cluster] += width
        xs, x, at = [], 0.0, 0
        for character in token:
            xs.append(x)
            size = len(character.encode())
            x += sum(widths[at : at + size]) * UNIT + self._letter_spacing
            at += size
        return xs


class _Hyphenator:
    """Places to divide a word, by the patterns of a language; no part is shorter than the style allows."""

    def __init__(self, lang: str, least: int, left: int, right: int) -> None:
        self._least = least
        self._patterns = pyphen.Pyphen(lang=lang, left=left, right=right)

    def places(self, word: str) -> list[int]:
        """Where a hyphen alone has to be added; where letters would change, a word is not divided."""
        if len(word) < self._least:
            return []
        return [int(at) for at in self._patterns.positions(word) if not getattr(at, "data", None)]


def _hyphenator_of(style: Style) -> _Hyphenator | None:
    lang = pyphen.language_fallback(style["lang"]) if style["hyphens"] == "auto" and style["lang"] else None
    return _Hyphenator(lang, *style["hyphenate_limit_chars"]) if lang else None


def breaks_allowed(text: str, lang: str | None) -> bytes:
    """Of each character of a text, and of its end, whether a line may end before it (Unicode Annex 14, by Pango)."""
    attributes = log_attributes(text, lang)
    return bytes(ffi.buffer(attributes))[::ATTRIBUTES]


FONT = (
    "font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning", "font_variant_ligatures",
    "font_variant_position", "font_variant_caps", "font_variant_numeric", "font_variant_alternates",
    "font_variant_east_asian", "font_feature_settings", "font_variation_settings", "font_language_override", "lang",
    "letter_spacing", "word_spacing", "hyphens", "hyphenate_character", "hyphenate_limit_chars",
)  # fmt: skip
"""The properties that decide how wide a text is, and where it may be divided."""


def measures_of(style: Style) -> Measures:
    """The measures of a style, made once for all styles that look alike, and kept with the document's fonts."""
    kept: dict[str, Measures] = vars(style.font_config).setdefault("octavo_measures", {})
    key = str([style[name] for name in FONT])
    measures = kept.get(key)
    if measures is None:
        measures = kept[key] = Measures(style)
    return measures
