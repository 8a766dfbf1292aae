"""Total fit: where to end the lines of a paragraph so that all of them together look best.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines" (Software: Practice and Experience 11, 1981). What
they call boxes and glue stands here as sums from the paragraph's beginning, so that the natural width of a line is the
difference of two numbers. Nothing here knows of fonts, or of an engine.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import Any

from publish.pdf.lines.taste import Taste

SPACE, DASH, HYPHEN, SYLLABLE = range(4)
"""What a line ends at: a space, a dash or the like, a hyphen that was written, a syllable (a hyphen is added)."""
NEAR = 1e-6
"""What is left of a length when sums of widths are subtracted."""
WORST = 10_000
"""The badness from which a line only counts by how much it lacks."""
DECENT = 1
CLASSES = (0.85, 1.3, 1.6)
"""Spaces that part tight, decent, loose and very loose lines (0 to 3). Lines whose classes are no neighbours should
not be neighbours."""


@dataclass(frozen=True)
class Breaks:
    """The places where lines of a paragraph may end, in order; the last is the paragraph's end.

    As if it all stood on one line: `ends` is where a line that ends at the place ends, with its hyphen, `bare` the same
    without the hyphen, `starts` where a line after it starts. `end_spaces` and `start_spaces` are the spaces up to
    these two, added up. `stubs` are the places after which no last line should start.
    """

    ends: Sequence[float]
    bare: Sequence[float]
    starts: Sequence[float]
    end_spaces: Sequence[float]
    start_spaces: Sequence[float]
    kinds: Sequence[int]
    stubs: frozenset[int] = frozenset()

    @property
    def last(self) -> int:
        """The paragraph's end."""
        return len(self.ends) - 1


@dataclass(frozen=True)
class Begin:
    """Where the first line starts: after a break (-1 for none), and the sums there; an indent makes `x` negative."""

    after: int = -1
    x: float = 0.0
    space: float = 0.0


@dataclass(frozen=True)
class Room:
    """The widths of the lines, the last of which is for all that follow, and the size of the letters."""

    widths: Sequence[float]
    em: float


@dataclass(frozen=True)
class Wanted:
    """A plan of so many lines. The line `whole_at` (from 0) shall not end within a word, and all together cost no more
    than `most` demerits.
    """

    lines: int
    whole_at: int | None = None
    most: float = inf


class Way(Enum):
    """How a plan was found."""

    ONE_LINE = "one line"
    WHOLE_WORDS = "without hyphenation"
    HYPHENATED = "with hyphenation"
    ANYHOW = "against taste"


@dataclass(frozen=True)
class Fit:
    """The breaks that end the lines, what they cost, and how they were found."""

    breaks: tuple[int, ...]
    demerits: float
    way: Way


Node = tuple[float, float, float, int, int, int, int, Any]
"""A line's end: sums where the next line starts, demerits so far, its number, class, hyphens in a row, break, and the
node before."""


def total_fit(breaks: Breaks, room: Room, taste: Taste, begin: Begin = Begin()) -> Fit | None:
    """The best lines of a paragraph; None where some word is wider than its line, however it is divided."""
    if breaks.ends[-1] - begin.x <= room.widths[0] + NEAR:
        return Fit((breaks.last,), 0.0, Way.ONE_LINE)
    for way in (_usual(taste), Way.ANYHOW):
        search = _Search(breaks, room, taste, way)
        if found := search.run(begin):
            return search.fit(min(found, key=lambda end: end[2]))
    return None


def other_fit(breaks: Breaks, room: Room, taste: Taste, begin: Begin, wanted: Wanted) -> Fit | None:
    """The best plan of so many lines as are wanted; None where there is none within the taste's tolerance."""
    search = _Search(breaks, room, taste, _usual(taste))
    search.count_lines(wanted)
    found = [end for end in search.run(begin) if end[3] == wanted.lines]
    return search.fit(min(found, key=lambda end: end[2])) if found else None


def _usual(taste: Taste) -> Way:
    return Way.HYPHENATED if taste.syllable else Way.WHOLE_WORDS


def _shrink(breaks: Breaks, em: float, taste: Taste) -> float:
    """The share of a space that may go, for the paragraph's first space."""
    pairs = zip(breaks.start_spaces, breaks.end_spaces, strict=True)
    space = next((after - before for after, before in pairs if after > before), 0.0)
    return max(0.0, min(taste.shrink, 1 - taste.least_space * em / space)) if space else 0.0


def _lone(extra: float) -> float:
    """How wide spaces would be in a line that has none, and lacks so much."""
    return inf if extra > NEAR else -inf if extra < -NEAR else 1.0


class _Search:
    """One walk over all breaks, with the ends of lines from which the next may start (the active nodes)."""

    def __init__(self, breaks: Breaks, room: Room, taste: Taste, way: Way) -> None:
        self._breaks, self._taste, self._way = breaks, taste, way
        self._rows = list(
            zip(breaks.ends, breaks.end_spaces, breaks.starts, breaks.start_spaces, breaks.kinds, strict=True)
        )
        self._widths, self._tolerance = tuple(room.widths), inf if way is Way.ANYHOW else taste.tolerance
        self._shrink, self._give = _shrink(breaks, room.em, taste), taste.ragged * room.em / taste.stretch
        self._runt = taste.runt_width * room.em
        self._squares = [cost * abs(cost) for cost in (0, taste.dash, taste.hyphen, taste.syllable)]
        anyhow = way is Way.ANYHOW
        self._stub, self._ladder = (taste.stub, taste.ladder) if anyhow else (inf, inf)
        self._numbered = len(self._widths) - 1
        self._whole_at: int | None = None
        self._most = inf
        # The loosest line is at least so long, as it could be all spaces.
        loosest = 0.0 if anyhow else min(self._widths) - taste.tolerance * taste.stretch * self._give
        self._least = loosest / (1 + taste.tolerance * taste.stretch)

    def count_lines(self, wanted: Wanted) -> None:
        """Tell plans of different numbers of lines apart, and heed what else is wanted."""
        self._numbered, self._whole_at, self._most = len(self._breaks.ends), wanted.whole_at, wanted.most

    def run(self, begin: Begin) -> list[Node]:
        """The paragraph's end as reached by the best plans, one for each class and, where they count, each number of
        lines.
        """
        last, kinds, ends = self._breaks.last, self._breaks.kinds, self._breaks.ends
        whole_words, least = self._way is Way.WHOLE_WORDS, self._least
        active: list[Node] = [(begin.x, begin.space, 0.0, 0, DECENT, 0, -1, None)]
        at = begin.after + 1
        while at < last:
            need = active[0][0] + least
            if ends[at] < need and (at := self._reach(need, at)) == last:
                break
            if kinds[at] != SYLLABLE or not whole_words:
                active = self._alive(active, at)
                if not active:
                    return []
                if found := self._lines_to(at, active):
                    active.extend(found if len(found) == 1 else self._worth(found))
            at += 1
        return self._lines_to(last, active)

    def fit(self, end: Node) -> Fit:
        """The plan that leads to a node."""
        chosen, node = [], end
        while node[6] >= 0 and node[7] is not None:
            chosen.append(node[6])
            node = node[7]
        return Fit(tuple(reversed(chosen)), end[2], self._way)

    def _reach(self, need: float, at: int) -> int:
        """The first break after this one that is not too close to all starts of lines."""
        ends, last = self._breaks.ends, self._breaks.last
        found = bisect_left(self._breaks.bare, need, at + 1, last)
        while ends[found - 1] >= need:
            found -= 1
        return found

    def _alive(self, active: list[Node], at: int) -> list[Node]:
        """The nodes from which a line is not too long if it ends here, and so if it ends later.

        Where all lines are of one width, those that fall away are the first ones.
        """
        widths, last, shrink = self._widths, len(self._widths) - 1, self._shrink
        end, spaces = self._breaks.bare[at] - NEAR, self._breaks.end_spaces[at]
        if last:
            rooms = ((node, widths[min(node[3], last)] + (spaces - node[1]) * shrink) for node in active)
            return [node for node, room in rooms if end - node[0] <= room]
        width = widths[0]
        for first, node in enumerate(active):
            if end - node[0] <= width + (spaces - node[1]) * shrink:
                return active[first:] if first else active
        return []

    def _lines_to(self, at: int, active: list[Node]) -> list[Node]:
        """The best line of each class that ends here.

        Most of the time that a plan takes is spent in this loop, so all stands in one place.
        """
        end, end_spaces, start, start_spaces, kind = self._rows[at]
        widths, last_width, numbered, gives = self._widths, len(self._widths) - 1, self._numbered, self._give
        taste = self._taste
        ideal, steep, far, tight, adjacent = taste.ideal, taste.steep, taste.far, taste.tight, taste.adjacent
        least, most = 1 - self._shrink - NEAR, 1 + self._tolerance * taste.stretch
        hyphen, final, square = kind >= HYPHEN, at == len(self._rows) - 1, self._squares[kind]
        best: dict[int, Node] = {}
        for node in active:
            number = node[3]
            width = widths[number if number < last_width else last_width]
            extra = width - end + node[0]
            gap = gives or end_spaces - node[1]
            space = 1 + extra / gap if gap > NEAR else _lone(extra)
            if space < least:
                continue
            if space > most and not final:
                if not last_width:
                    break  # what starts later is still shorter
                continue
            if final and extra >= 0:
                demerits, fitness = node[2] + square, DECENT
            else:
                off = space - ideal if space > ideal else ideal - space
                badness = steep * off * (off / far if off > far else 1) * (3 if space < tight else 1)
                if badness >= WORST:
                    badness = WORST + 2 * WORST * extra / width
                demerits = node[2] + badness * badness + square
                fitness = bisect_left(CLASSES, space)
            if not -2 < fitness - node[4] < 2:
                demerits += adjacent
            if hyphen or final:
                demerits += self._more(node, end, hyphen=hyphen, final=final)
            run = node[5] + 1 if hyphen else 0
            key = fitness + 4 * (run if run < 2 else 2) + 12 * (number if number < numbered else numbered)
            if demerits < (best[key][2] if key in best else self._most):
                best[key] = (start, start_spaces, demerits, number + 1, fitness, run, at, node)
        return list(best.values())

    def _more(self, node: Node, end: float, *, hyphen: bool, final: bool) -> float:
        """What a line costs that ends with a hyphen, or is the last, beside its looks; without end if it cannot be."""
        taste, more = self._taste, 0.0
        if hyphen:
            more += taste.double * (node[5] > 0)
            more += self._ladder if node[5] > 1 else 0.0
            more += inf if node[3] == self._whole_at else 0.0
        if final and node[6] >= 0:
            more += taste.last_hyphen * (node[5] > 0)
            more += taste.runt * (end - node[0] < self._runt)
            more += self._stub if node[6] in self._breaks.stubs else 0.0
        return more

    def _worth(self, found: list[Node]) -> Iterable[Node]:
        """Those of several ends at one break that some plan could be better with."""
        if self._numbered:
            return found
        best = min(found, key=lambda node: node[2])
        limit = best[2] + self._taste.adjacent
        return [node for node in found if node[2] <= limit or node[5] < best[5]]
