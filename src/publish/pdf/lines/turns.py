"""No word divided over a page turn, where another plan of as many lines costs little more.

Which line ends the page is foretold from what the engine will do: it fills the page with lines of one height, and keeps
widows and orphans together. A note that is called among them takes room that nobody knows yet; then the guess is wrong,
and the line that ends the page is as it would have been.
"""

from dataclasses import dataclass
from math import inf

from publish.pdf.lines.fit import HYPHEN, Room, Wanted, other_fit, total_fit
from publish.pdf.lines.inner import Box, Context, strut
from publish.pdf.lines.plan import Path, Plan, begin_at, enter

DEAREST = 100_000.0
"""Demerits that a plan may cost more, if no word is divided over the turn then: about as much as two hyphens."""
OUT_OF_SIGHT = 30 * DEAREST
"""Demerits from which nobody looks for what another plan would cost."""


@dataclass(frozen=True)
class Turn:
    """A page turn within a word that was foretold: what another plan costs more, without end where there is none."""

    cost: float

    @property
    def spared(self) -> bool:
        """Whether the alternative was taken."""
        return self.cost <= DEAREST


def foretold_last(context: Context, block: Box, top: float, bottom_space: float, line_box: Box, count: int) -> int:
    """How many of so many lines will stand on the page before it is turned; 0 where it is not, or by none of them."""
    height, _ = strut(line_box.style)
    if height <= 0 or context.excluded_shapes:
        return 0
    fit = 0
    while fit < count and not context.overflows_page(bottom_space, top + (fit + 1) * height):
        fit += 1
    if fit == count:
        return 0
    fit -= max(0, block.style["widows"] - (count - fit))
    return fit if fit >= block.style["orphans"] else 0


def around_turn(plan: Plan, path: Path, indent: float, last: int, em: float) -> tuple[Plan | None, Turn | None]:
    """A plan from a line on whose line of this number (from 1) ends with a whole word, if that costs little.

    Nothing is said where the line does so anyhow, or where forced breaks stand in the paragraph.
    """
    start = plan.starts.get(path)
    if start is None or start.width != plan.width or len(plan.paragraph.stretches) > 1:
        return None, None
    breaks = plan.paragraph.stretches[0].breaks
    if breaks.kinds[plan.after(path, last)] < HYPHEN:
        return None, None
    begin = begin_at(plan.paragraph, start, indent)
    room = Room((plan.width,), em)
    fit = total_fit(breaks, room, plan.taste, begin)
    if fit is None or last >= len(fit.breaks) or breaks.kinds[fit.breaks[last - 1]] < HYPHEN:
        return None, None
    wanted = Wanted(len(fit.breaks), last - 1, fit.demerits + OUT_OF_SIGHT)
    other = other_fit(breaks, room, plan.taste, begin, wanted)
    turn = Turn(other.demerits - fit.demerits if other else inf)
    if other is None or not turn.spared:
        return None, turn
    new = Plan(plan.paragraph, plan.taste, plan.width, free=plan)
    enter(new, start, other, room)
    return new, turn
