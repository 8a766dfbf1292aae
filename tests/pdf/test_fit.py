"""Total fit, alone: lines of bare numbers, held against every other way of breaking the same paragraph."""

from dataclasses import replace
from itertools import chain, combinations, pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.pdf.lines.fit import HYPHEN, SPACE, SYLLABLE, Begin, Breaks, Room, Wanted, Way, other_fit, total_fit
from publish.pdf.lines.taste import JUSTIFIED, RAGGED, Taste

GAP, DASH_WIDTH, EM = 2.0, 3.0, 10.0
Words = list[list[float]]
syllables = st.lists(st.integers(4, 40).map(float), min_size=1, max_size=3)
paragraphs = st.lists(syllables, min_size=1, max_size=6)


def breaks_of(words: Words, *, written: bool = False) -> Breaks:
    """The places in words of these syllables; the hyphens between them are added, or `written` by the author."""
    rows: list[tuple[float, ...]] = []
    stubs = set()
    x = spaces = 0.0
    for number, word in enumerate(words):
        for syllable in word[:-1]:
            x += syllable
            if number == len(words) - 1:
                stubs.add(len(rows))
            rows.append((x + (0 if written else DASH_WIDTH), x, x, spaces, spaces, HYPHEN if written else SYLLABLE))
        x += word[-1]
        rows.append((x, x, x + GAP, spaces, spaces + GAP, SPACE))
        x += GAP
        spaces += GAP
    ends, bare, starts, before, after, kinds = zip(*rows, strict=True)
    return Breaks(ends, bare, starts, before, after, [int(kind) for kind in kinds], frozenset(stubs))


def badness_of(space: float, taste: Taste) -> float:
    """How bad a line looks by its spaces, in natural ones."""
    off = abs(space - taste.ideal)
    badness = taste.steep * off * (off / taste.far if off > taste.far else 1)
    return badness * 3 if space < taste.tight else badness


def demerits(breaks: Breaks, plan: tuple[int, ...], room: Room, taste: Taste, tolerance: float) -> float:
    """What a plan costs, summed line by line as the book has it; without end where a line cannot be."""
    total, run, before, x, spaces = 0.0, 0, 1, 0.0, 0.0
    for number, at in enumerate(plan):
        width = room.widths[min(number, len(room.widths) - 1)]
        lack, natural = width - breaks.ends[at] + x, breaks.end_spaces[at] - spaces
        last, hyphen = at == breaks.last, breaks.kinds[at] in (HYPHEN, SYLLABLE)
        give = natural * taste.shrink if lack < 0 else taste.ragged * room.em or natural * taste.stretch
        ratio = lack / give if give else inf * lack if lack else 0.0
        if ratio < -1 - 1e-6 or (not last and ratio > tolerance):
            return inf
        space = 1 + ratio * (taste.stretch if ratio > 0 else taste.shrink)
        badness, fitness = badness_of(space, taste), (space > 0.85) + (space > 1.3) + (space > 1.6)
        if badness >= 10_000:
            badness = 10_000 + 20_000 * lack / width
        if last and ratio >= 0:
            badness, fitness = 0, 1
        cost = (0, taste.dash, taste.hyphen, taste.syllable)[breaks.kinds[at]]
        total += badness**2 + cost**2 + taste.adjacent * (abs(fitness - before) > 1)
        if hyphen and run:
            total += taste.double + taste.ladder * (run > 1)
        if last and number:
            total += taste.last_hyphen * (run > 0) + taste.runt * (breaks.ends[at] - x < taste.runt_width * room.em)
            total += taste.stub * (plan[number - 1] in breaks.stubs)
        run, before = (run + 1 if hyphen else 0), fitness
        x, spaces = breaks.starts[at], breaks.start_spaces[at]
    return total


def every_plan(breaks: Breaks, kinds: tuple[int, ...]) -> list[tuple[int, ...]]:
    """All ways to break a paragraph at breaks of these kinds."""
    inner = [at for at in range(breaks.last) if breaks.kinds[at] in kinds]
    subsets = chain.from_iterable(combinations(inner, count) for count in range(len(inner) + 1))
    return [(*subset, breaks.last) for subset in subsets]


ALLOWED = {Way.WHOLE_WORDS: (SPACE, HYPHEN), Way.HYPHENATED: (SPACE, HYPHEN, SYLLABLE)}


@settings(max_examples=300, deadline=None)
@given(
    paragraphs,
    st.lists(st.integers(30, 120).map(float), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from([0, 1]),
)
def test_no_other_plan_is_better(words: Words, widths: list[float], written: bool, ragged: int) -> None:
    breaks, room, taste = breaks_of(words, written=written), Room(widths, EM), (JUSTIFIED, RAGGED)[ragged]
    taste = replace(taste, least_space=0, ladder=1e12)
    found = total_fit(breaks, room, taste)
    if found is None:
        plans = every_plan(breaks, ALLOWED[Way.HYPHENATED])
        assert all(demerits(breaks, plan, room, taste, inf) == inf for plan in plans)
        return
    if found.way is Way.ONE_LINE:
        assert breaks.ends[-1] <= widths[0]
        return
    tolerance = inf if found.way is Way.ANYHOW else taste.tolerance
    plans = every_plan(breaks, ALLOWED.get(found.way, ALLOWED[Way.HYPHENATED]))
    assert found.demerits == pytest.approx(min(demerits(breaks, plan, room, taste, tolerance) for plan in plans))
    assert demerits(breaks, found.breaks, room, taste, tolerance) == pytest.approx(found.demerits)


@settings(deadline=None)
@given(paragraphs, st.floats(20, 120))
def test_lines_are_in_order_and_none_is_wider_than_its_measure(words: Words, width: float) -> None:
    breaks = breaks_of(words)
    found = total_fit(breaks, Room([width], EM), JUSTIFIED)
    if found is None:
        assert max(max(word) for word in words) + DASH_WIDTH > width
        return
    assert list(found.breaks) == sorted(set(found.breaks))
    assert found.breaks[-1] == breaks.last
    begins = [(0.0, 0.0), *((breaks.starts[at], breaks.start_spaces[at]) for at in found.breaks)]
    for (x, spaces), at in zip(begins, found.breaks, strict=False):
        assert breaks.ends[at] - x - JUSTIFIED.shrink * (breaks.end_spaces[at] - spaces) <= width + 1e-6


@settings(deadline=None)
@given(st.lists(syllables, min_size=4, max_size=12), st.floats(60, 150))
def test_a_plan_goes_on_as_it_would_alone(words: Words, width: float) -> None:
    """From the end of any line on, the lines that are still to come are the best ones for the rest."""
    breaks, room = breaks_of(words), Room([width], EM)
    taste = replace(JUSTIFIED, adjacent=0, double=0, last_hyphen=0, least_space=0)
    found = total_fit(breaks, room, taste)
    if found is None or found.way is not Way.HYPHENATED:
        return
    for before, after in pairwise(found.breaks):
        rest = total_fit(breaks, room, taste, Begin(before, breaks.starts[before], breaks.start_spaces[before]))
        assert rest is not None
        assert rest.way is Way.ONE_LINE or after in rest.breaks


def test_a_short_paragraph_is_one_line() -> None:
    found = total_fit(breaks_of([[20], [20]]), Room([100], EM), JUSTIFIED)
    assert found is not None
    assert (found.breaks, found.way) == ((1,), Way.ONE_LINE)


def test_no_last_line_is_the_end_of_a_word() -> None:
    """A greedy hand would divide the last word; the line before it gives room for the whole word instead."""
    words: Words = [[30], [30], [30], [24, 20]]
    found = total_fit(breaks_of(words), Room([125], EM), JUSTIFIED)
    assert found is not None
    assert found.breaks == (2, 4)


def test_lines_know_their_widths() -> None:
    """Two short lines beside a float, then long ones."""
    words: Words = [[20.0]] * 20
    found = total_fit(breaks_of(words), Room([64, 64, 130], EM), JUSTIFIED)
    assert found is not None
    assert found.breaks[:3] == (2, 5, 11)


def test_a_paragraph_can_be_set_a_line_longer() -> None:
    words: Words = [[20.0, 16.0], [14.0], [30.0, 12.0], [9.0]] * 24
    breaks, room, taste = breaks_of(words), Room([150], EM), replace(JUSTIFIED, tolerance=5)
    best = total_fit(breaks, room, taste)
    assert best is not None
    longer = other_fit(breaks, room, taste, Begin(), Wanted(len(best.breaks) + 1))
    assert longer is not None
    assert len(longer.breaks) == len(best.breaks) + 1
    assert longer.demerits >= best.demerits
    assert other_fit(breaks, room, taste, Begin(), Wanted(len(best.breaks) + 9)) is None


def test_a_line_can_be_kept_from_ending_within_a_word() -> None:
    words: Words = [[20.0, 16.0], [34.0, 18.0], [30.0, 22.0]] * 12
    breaks, room, taste = breaks_of(words), Room([120], EM), replace(JUSTIFIED, syllable=0, double=0)
    best = total_fit(breaks, room, taste)
    assert best is not None
    divided = [number for number, at in enumerate(best.breaks) if breaks.kinds[at] == SYLLABLE]
    assert divided
    for number in divided:
        other = other_fit(breaks, room, taste, Begin(), Wanted(len(best.breaks), number))
        assert other is None or breaks.kinds[other.breaks[number]] == SPACE


def test_ragged_lines_are_not_hyphenated_but_for_a_word_that_fits_no_line() -> None:
    words: Words = [[20.0, 16.0], [34.0, 18.0], [30.0, 22.0]] * 8
    found = total_fit(breaks_of(words), Room([150], EM), RAGGED)
    assert found is not None
    assert all(breaks_of(words).kinds[at] == SPACE for at in found.breaks)
    words[4] = [90.0, 90.0]
    found = total_fit(breaks_of(words), Room([150], EM), RAGGED)
    assert found is not None
    assert [breaks_of(words).kinds[at] for at in found.breaks].count(SYLLABLE) == 1
