"""A paragraph of the engine's boxes as the numbers that lines are planned with.

The tree of inline boxes is flattened: texts, widths that do not give (padding, pictures), forced breaks. Between two
forced breaks all is one stretch, whose breaks know the box and the character that they stand at.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from publish.pdf.lines.fit import DASH, HYPHEN, SPACE, Breaks
from publish.pdf.lines.inner import Box, Context, Style, boxes, inline, resolve_percentages
from publish.pdf.lines.reasons import Reason, UnplannedError
from publish.pdf.lines.words import HYPHENS, LINE_BREAK, NOT_BEFORE, SOFT_HYPHEN, SPACES, Measures, breaks_allowed

OTHER_SCRIPTS = re.compile(
    "[\u0590-\u109f\u1100-\u11ff\u1780-\u18af\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u2e80-\ua4cf\ua800-\udfff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc\uff00-\uffef"
    "\U00010000-\U0010ffff\t\n\r\f\u0085\u2028\u2029]"
)
"""What cannot be measured word by word, or gives elsewhere than at spaces: Hebrew to Myanmar, Hangul, Khmer, Mongolian,
controls of direction, Chinese and Japanese, presentation forms, pictographs; and control characters."""
LEAST_CHARACTERS = 4
"""Characters that a last line must have, closing quotation marks not counted."""
QUOTES = "”’“‘»«›‹\"' \u00a0"
CALL = "note-call"
"""The class of the signs that call notes. They stay with what they stand after, whatever sign that is."""
OBJECT = "\ufffc"
"""What Unicode has for a picture within a text; a line may end beside it."""
TOKENS = re.compile("[ \u00a0]|[^ \u00a0]+")
SIDES = ("left", "right")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A text box: where its text starts in that of the paragraph, and the way to it from the line box."""

    box: Box
    start: int
    path: tuple[int, ...]
    measures: Measures

    @property
    def text(self) -> str:
        """Its text."""
        return str(self.box.text)

    @property
    def calls(self) -> bool:
        """Whether it is the sign that calls a note."""
        element = self.box.element
        return element is not None and CALL in element.get("class", "").split()

    def bytes_to(self, index: int) -> int:
        """How the engine counts characters."""
        return len(self.text[:index].encode())


class Place(NamedTuple):
    """Where a break stands: in which piece, at which character the line ends, and at which the next one starts."""

    piece: Piece
    end: int
    resume: int

    @property
    def path(self) -> tuple[int, ...]:
        """The way to the next line's start, as the engine says it."""
        return (*self.piece.path, self.piece.bytes_to(self.resume))


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """What stands between two forced breaks. `path` leads to its start, `places` has none for the forced break."""

    path: tuple[int, ...]
    breaks: Breaks
    places: tuple[Place | None, ...]


@dataclass(frozen=True, eq=False)
class Paragraph:
    """All stretches; whether something floats before the text; and the text box whose last space nobody sees."""

    stretches: tuple[Stretch, ...]
    floats_first: bool
    trimmed: Box | None


def read_paragraph(
    line_box: Box, containing_block: Box, context: Context, measures_of: Callable[[Style], Measures]
) -> Paragraph:
    """The paragraph of a line box that is not laid out yet.

    Raises:
        UnplannedError: it holds something that is not understood here.
    """
    reader = _Reader(containing_block, context, measures_of)
    reader.read(line_box, ())
    return reader.paragraph(line_box.style["lang"])


@dataclass(eq=False)
class _Reader:
    """Flattens the boxes of a paragraph: numbers are widths that do not give, paths are forced breaks."""

    containing_block: Box
    context: Context
    measures_of: Callable[[Style], Measures]
    floats_first: bool = False
    _flat: list["float | Piece | tuple[int, ...]"] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _length: int = 0

    def read(self, box: Box, path: tuple[int, ...]) -> None:
        """Flatten what is in a box."""
        for index, child in enumerate(box.children):
            own = (*path, index)
            if isinstance(child, boxes.TextBox):
                self._text(child, own)
            elif not child.is_in_normal_flow():
                if child.is_floated():
                    if self._length or path:
                        raise UnplannedError(Reason.FLOAT)
                    self.floats_first = True
            elif isinstance(child, boxes.InlineBox):
                left, right = self._sides(child)
                self._flat.append(left)
                self.read(child, own)
                self._flat.append(right)
            else:
                self._flat.append(self._object(child))
                self._add(OBJECT)

    def paragraph(self, lang: str | None) -> Paragraph:
        """All that was read."""
        text = "".join(self._texts)
        allowed = breaks_allowed(text, lang)
        stretches, builder = [], _Builder(text, allowed, ())
        for one in self._flat:
            if isinstance(one, Piece):
                builder.add(one)
            elif isinstance(one, tuple):
                stretches.append(builder.stretch())
                builder = _Builder(text, allowed, (*one, 1))
            else:
                builder.skip(one)
        trimmed = builder.trim()
        return Paragraph((*stretches, builder.stretch()), self.floats_first, trimmed)

    def _add(self, text: str) -> None:
        self._texts.append(text)
        self._length += len(text)

    def _text(self, box: Box, path: tuple[int, ...]) -> None:
        text, style = box.text, box.style
        if style["white_space"] == "pre-line" and text == "\n":
            self._flat.append(path)
            self._add(text)
            return
        if style["white_space"] not in ("normal", "nowrap") or style["word_break"] != "normal":
            raise UnplannedError(Reason.WHITE_SPACE)
        if style["direction"] != "ltr":
            raise UnplannedError(Reason.DIRECTION)
        if not text.isascii() and OTHER_SCRIPTS.search(text):
            raise UnplannedError(Reason.SCRIPT)
        if text and style["font_size"] > 0:
            self._flat.append(Piece(box, self._length, path, self.measures_of(style)))
            self._add(text)

    def _sides(self, box: Box) -> tuple[float, float]:
        """What stands to the left and to the right of an inline box's contents."""
        if box.is_leader:
            raise UnplannedError(Reason.LEADER)
        if box.style["direction"] != "ltr":
            raise UnplannedError(Reason.DIRECTION)
        resolve_percentages(box, self.containing_block)
        left, right = (
            sum(
                0 if width == "auto" else width
                for width in (
                    getattr(box, f"margin_{side}"),
                    getattr(box, f"padding_{side}"),
                    getattr(box, f"border_{side}_width"),
                )
            )
            for side in SIDES
        )
        if (left or right) and box.style["box_decoration_break"] == "clone":
            raise UnplannedError(Reason.DECORATION)
        return left, right

    def _object(self, box: Box) -> float:
        """The width of a picture, or of a block within the line."""
        if isinstance(box, boxes.InlineReplacedBox):
            resolve_percentages(box, self.containing_block)
        elif not isinstance(box, boxes.InlineBlockBox) or box.is_table_wrapper:
            raise UnplannedError(Reason.INLINE_BOX)
        elif any(inner.footnote or not inner.is_in_normal_flow() for inner in box.descendants()):
            raise UnplannedError(Reason.FLOAT)
        made = inline.atomic_box(self.context, box.copy(), 0, None, self.containing_block, [], [])
        return float(made.margin_width())


class _Row(NamedTuple):
    """One break, with the sums that `Breaks` holds in columns."""

    end: float
    bare: float
    start: float
    end_space: float
    start_space: float
    kind: int


class _Builder:
    """Adds up a stretch, piece by piece."""

    def __init__(self, text: str, allowed: bytes, path: tuple[int, ...]) -> None:
        self._text, self._allowed, self._path = text, allowed, path
        self._rows: list[_Row] = []
        self._places: list[Place] = []
        self._x = self._space = 0.0
        self._before: Piece | None = None
        self._seen = 0

    def skip(self, width: float) -> None:
        """Go on by a width that does not give."""
        self._x += width

    def add(self, piece: Piece) -> None:
        """Go on by a text."""
        text, measures = piece.text, piece.measures
        self._seen = piece.start + len(text.rstrip(SPACES)) if text.strip(SPACES) else self._seen
        if piece.box.style["white_space"] == "nowrap":
            width, spaces = measures.line(text)
            self._x += width
            self._space += spaces * measures.space
            self._before = None
            return
        self._between(piece)
        at = 0
        for part in TOKENS.findall(text):
            if part in SPACES:
                self._add_space(piece, at, fixed=part != " ")
            else:
                self._add_word(piece, part, at)
            at += len(part)
        self._before = piece

    def trim(self) -> Box | None:
        """Drop the space at the paragraph's end; the text box that it was in."""
        if not self._rows or self._rows[-1].kind != SPACE:
            return None
        place = self._places[-1]
        if place.piece.start + place.resume != len(self._text):
            return None
        row = self._rows.pop()
        self._places.pop()
        self._x -= row.start - row.end
        self._space -= row.start_space - row.end_space
        return place.piece.box

    def stretch(self) -> Stretch:
        """What was added up, ended by a break."""
        rows = [*self._rows, _Row(self._x, self._x, self._x, self._space, self._space, SPACE)]
        columns = list(zip(*rows, strict=True))
        kinds = [int(kind) for kind in columns[5]]
        breaks = Breaks(columns[0], columns[1], columns[2], columns[3], columns[4], kinds, self._stubs())
        return Stretch(self._path, breaks, (*self._places, None))

    def _stubs(self) -> frozenset[int]:
        """The breaks after which only the end of a word is left, or a few characters."""
        stubs = set()
        for at in range(len(self._rows) - 1, -1, -1):
            row, place = self._rows[at], self._places[at]
            rest = self._text[place.piece.start + place.resume : self._seen].rstrip(QUOTES)
            if len(rest) < LEAST_CHARACTERS or (row.kind >= HYPHEN and row.start_space >= self._space):
                stubs.add(at)
            elif row.kind == SPACE:
                break
        return frozenset(stubs)

    def _between(self, piece: Piece) -> None:
        """The break between two texts without a space, where there may be one."""
        before, first = self._before, piece.text[0]
        if before is None or before.start + len(before.text) != piece.start or piece.calls:
            return
        last = before.text[-1]
        allowed = self._allowed[piece.start] & LINE_BREAK
        if allowed and first not in SPACES + NOT_BEFORE and last not in SPACES + SOFT_HYPHEN:
            end = len(before.text)
            kind = HYPHEN if last in HYPHENS else DASH
            self._rows.append(_Row(self._x, self._x, self._x, self._space, self._space, kind))
            self._places.append(Place(before, end, end))

    def _add_space(self, piece: Piece, at: int, *, fixed: bool) -> None:
        x, space = self._x, self._space
        self._x += piece.measures.fixed_space if fixed else piece.measures.space
        self._space += self._x - x
        if not fixed and self._allowed[piece.start + at + 1] & LINE_BREAK:
            self._rows.append(_Row(x, x, self._x, space, self._space, SPACE))
            self._places.append(Place(piece, at, at + 1))

    def _add_word(self, piece: Piece, text: str, at: int) -> None:
        start = piece.start + at
        word = piece.measures.word(text, self._allowed[start : start + len(text)])
        x, space = self._x, self._space
        for cut in word.cuts:
            bare = x + cut.width
            self._rows.append(_Row(x + cut.with_hyphen, bare, bare, space, space, cut.kind))
            self._places.append(Place(piece, at + cut.index, at + cut.index))
        self._x += word.width
