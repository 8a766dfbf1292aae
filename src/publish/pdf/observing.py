"""Looking at pages as a typesetter does, while they are read: their lines are collected, and judged once all are there.

The rules are those of the trade (Bringhurst, *The Elements of Typographic Style*, 2.1 and 2.4; Chicago Manual of Style,
2.112 to 2.117 of the 17th edition); the numbers are ours, chosen on whole novels so that what is said is worth a look.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from typing import Any

from publish.book.flow import Key, Source, image
from publish.pdf.boxes import Flow, Line, Pages, Shown
from publish.pdf.observation import Blemish, Observation
from publish.places import Address

BEYOND = 2.0
"""CSS pixels by which a line may pass its room: half a millimetre is nothing to see."""
LOOSE = 0.5
"""Em that may be added to the space between two words; it is then about three times as wide as it was."""
TIGHT = 0.08
"""Em that may be taken from it: a third of it."""
LADDER = 3
"""Lines that end with a hyphen one below the other."""
RUNT = 4
"""Letters of a divided word that are too few for a last line of their own."""
GAP = 0.2
"""The share of a page that may stay empty at its foot, where the text goes on: a heading that moves leaves so much, and
so do the lines that are kept for the last page of a chapter."""
MOVED = 4
"""Lines at the head of a page among which is what did not fit on the page before."""
FINE = 300
"""Pixels per inch from which the eye sees no pixel in a printed picture; what printers ask for."""
PARAGRAPHS = ("p", "li", "dd", "blockquote")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HYPHENS = ("-", "\u2010")
MILLIMETRES = 25.4 / 96
"""Millimetres in a CSS pixel."""
WORDS = 40
"""Characters of a line that are said with it."""


@dataclass(eq=False, slots=True)
class _Line:
    """A line on a page with what stands in it: each piece of text, and its offset in the image of its element."""

    page: int
    flow: Flow
    line: Line
    parts: list[tuple[Shown, int | None]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(shown.text or "" for shown, _ in self.parts)

    @property
    def letters(self) -> int:
        return sum(sign.isalnum() for sign in self.text)

    @property
    def hyphenated(self) -> bool:
        """Whether it is a line of a paragraph or of a note, and ends with a hyphen."""
        shown = self.parts[-1][0]
        prose = self.line.tag in PARAGRAPHS or self.flow is Flow.FOOT
        return prose and (shown.text or "").endswith((shown.hyphen, *HYPHENS) if shown.hyphen else HYPHENS)


class Observer:
    """Collects the lines, pictures and table rows of pages as they are read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines: dict[Line, _Line] = {}
        self._rows: dict[Key, list[int]] = {}
        self._bottoms: dict[int, float] = {}
        self._coarse: list[Observation] = []

    def take(self, page: int, shown: Shown, begin: int | None) -> None:
        """Look at one box; `begin` is the offset in its element's image where its text begins, if it is new."""
        if shown.flow is not Flow.FOOT:
            self._bottoms[page] = max(self._bottoms.get(page, 0.0), shown.bottom)
        if shown.row is not None and not shown.again and self._rows.setdefault(shown.row, [page])[-1] != page:
            self._rows[shown.row].append(page)
        if shown.line is not None and not shown.again and shown.text:
            line = self._lines.get(shown.line)
            if line is None:
                line = self._lines[shown.line] = _Line(page, shown.flow, shown.line)
            line.parts.append((shown, begin))
        if shown.resolution is not None and shown.resolution < FINE:
            self._coarse.append(Observation(Blemish.COARSE, page, Address(*shown.key), amount=shown.resolution))

    def observations(self, pages: Pages) -> tuple[Observation, ...]:
        """What is to be said of all pages, in their order."""
        lines = [
            line
            for line in self._lines.values()
            if any(not shown.text.isspace() for shown, _ in line.parts if shown.text)
        ]
        text = [line for line in lines if line.flow is Flow.TEXT]
        found = [
            *self._coarse,
            *(Observation(Blemish.SPLIT, page, Address(*row)) for row, on in self._rows.items() for page in on[:-1]),
            *self._spaced(lines),
            *self._ladders(lines),
            *self._paragraphs(text),
            *self._turns(pages, text),
        ]
        return tuple(sorted(found, key=lambda one: (one.page, one.address.serial, one.address.offset or 0)))

    def _spaced(self, lines: Iterable[_Line]) -> Iterator[Observation]:
        """Lines that are too long for their room, and those whose words stand too far apart or too close."""
        for line in lines:
            if line.line.beyond > BEYOND:
                yield self._seen(Blemish.OVERFLOWING, line, line.line.beyond * MILLIMETRES)
            spread = max((shown.spread for shown, _ in line.parts), key=abs) / line.line.size
            if spread > LOOSE:
                yield self._seen(Blemish.LOOSE, line, spread)
            elif spread < -TIGHT:
                yield self._seen(Blemish.TIGHT, line, -spread)

    def _ladders(self, lines: Iterable[_Line]) -> Iterator[Observation]:
        """Hyphens one below the other, at the ends of lines of one paragraph."""
        for (hyphenated, _, _), run in groupby(lines, lambda line: (line.hyphenated, line.line.block, line.page)):
            rungs = list(run)
            if hyphenated and len(rungs) >= LADDER:
                yield self._seen(Blemish.LADDER, rungs[0], len(rungs))

    def _paragraphs(self, text: Iterable[_Line]) -> Iterator[Observation]:
        """Last lines of paragraphs that are too short, and single lines on either side of a page break."""
        blocks = [list(run) for _, run in groupby(text, lambda line: line.line.block)]
        for block, after in pairwise((*blocks, [])):
            first, last = block[0], block[-1]
            if last.line.tag not in PARAGRAPHS or len(block) < 2:
                continue
            if block[1].page != first.page:
                yield self._seen(Blemish.ORPHAN, first)
            if block[-2].page != last.page:
                yield self._seen(Blemish.WIDOW, last)
            indent = after[0].line.indent if after else 0.0
            if last.line.width < indent or (block[-2].hyphenated and last.letters <= RUNT):
                yield self._seen(Blemish.RUNT, last)

    def _turns(self, pages: Pages, text: Iterable[_Line]) -> Iterator[Observation]:
        """What goes wrong where one page ends and the next begins: a divided word, a lone heading, an empty foot."""
        on = {page: list(lines) for page, lines in groupby(text, lambda line: line.page)}
        for page in range(1, len(pages)):
            before, after = on.get(page - 1), on.get(page)
            if not before or not after:
                continue
            last = before[-1]
            if last.hyphenated and last.line.block == after[0].line.block:
                yield self._seen(Blemish.DIVIDED, last, at_end=True)
            if pages.forced(page):
                continue
            if last.line.tag in HEADINGS:
                yield self._seen(Blemish.STRANDED, last)
            height, end = pages.room(page - 1)
            gap = (end - self._bottoms.get(page - 1, 0.0)) / height
            if gap > GAP:
                yield self._seen(Blemish.GAP, after[0], gap, page=page - 1, words=_called(pages, page, after))

    def _seen(
        self, blemish: Blemish, line: _Line, amount: float = 0.0, *, at_end: bool = False, **other: Any
    ) -> Observation:
        """An observation of a line, at its first word or at its last."""
        words = " ".join(line.text.split())[:WORDS]
        values = {"page": line.page, "words": words, "amount": round(amount, 3), **other}
        return Observation(blemish, address=self._address(line, at_end=at_end), **values)

    def _address(self, line: _Line, *, at_end: bool) -> Address:
        parts = [(shown, begin) for shown, begin in line.parts if begin is not None]
        if not parts:
            return Address(*line.parts[0][0].key)
        shown, begin = parts[-1 if at_end else 0]
        piece = self._source.pieces[shown.key]
        shift = len(image((shown.text or "").removesuffix(shown.hyphen))) - 1 if at_end else 0
        return piece.address(begin + max(shift, 0))


def _called(pages: Pages, page: int, lines: Iterable[_Line]) -> str:
    """The id of the note for which the page before stayed short: the first one at the foot of this page that is called
    among its first lines, or before it.
    """
    notes, tops = pages.notes(page), pages.tops(page)
    bottom = max(line.line.bottom for line in islice(lines, MOVED))
    called = (ident for ident, _ in notes.heights) if notes else ()
    return next((ident for ident in called if tops.get(f"fnref-{ident}", 0.0) < bottom), "")
