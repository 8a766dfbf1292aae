"""The planner of one layout: it gives the engine the lines of every paragraph that it understands.

The engine asks for a paragraph's lines one by one, and looks at their heights alone to break pages. So each paragraph
is planned as a whole when its first line is asked for, and its lines are handed out; what is not a simple line is put
together by the engine itself, which is told where the text ends. A paragraph is planned again where its lines turn out
to be of other widths: beside a float that came in between, or on a page that is wider.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from publish.pdf.lines.fit import Room
from publish.pdf.lines.inner import (
    Box,
    Context,
    Skip,
    Style,
    boxes,
    inline,
    resolve_one_percentage,
    resolve_percentages,
)
from publish.pdf.lines.making import cut_text, make_line, simple_line, text_box
from publish.pdf.lines.paragraph import Paragraph, read_paragraph
from publish.pdf.lines.plan import Path, Plan, make_plan, path_of, start_of
from publish.pdf.lines.reasons import Reason, UnplannedError
from publish.pdf.lines.steering import Wish, wish_of
from publish.pdf.lines.turns import Turn, around_turn, foretold_last
from publish.pdf.lines.widths import line_widths, shapes_with_first_float
from publish.pdf.lines.words import Measures, measures_of

SAME = 0.01
"""CSS pixels by which a line may be wider or narrower than it was planned."""
BEYOND = 1e6
"""CSS pixels of room that the engine is told of while it puts a planned line together, so that it looks for no end."""
ASIDE = (boxes.InlineBlockBox, boxes.MarginBox)
"""Boxes whose lines nobody would call a paragraph; those of floating boxes (large initials) are not counted either."""

Original = Callable[..., Any]


class Planner:
    """Plans of the paragraphs of one layout, and why the others have none."""

    def __init__(self) -> None:
        self._plans: dict[int, Plan] = {}
        self._fates: dict[int, Reason | None] = {}
        self._aside: set[int] = set()
        self._first_letters: set[int] = set()
        self._measures: dict[int, Measures] = {}
        self._alive: list[Any] = []
        self._now: tuple[Box, Plan] | None = None
        self._hidden: tuple[Box, float] | None = None
        self.turns: dict[tuple[int, Path], Turn] = {}
        """Page turns within words that were foretold, by paragraph and by the line that the page begins with."""

    @property
    def planned(self) -> int:
        """How many paragraphs were planned."""
        return sum(reason is None for box, reason in self._fates.items() if box not in self._aside)

    @property
    def left(self) -> dict[Reason, int]:
        """How many were left to the engine, by the reason why."""
        fates = (reason for box, reason in self._fates.items() if box not in self._aside)
        return dict(Counter(reason for reason in fates if reason is not None))

    def lines(self, original: Original, context: Context, box: Box, *place: Any) -> Iterator[tuple[Box, Skip]]:
        """The lines of a paragraph, each with where the next one starts: `iter_line_boxes`."""
        top, bottom_space, skip, containing_block, absolute, fixed, first_letter, first_line = place
        if isinstance(containing_block, ASIDE) or containing_block.is_floated():
            self._aside.add(id(box))
        if first_line:
            self._note(box, Reason.FIRST_LINE)
        elif inline.skip_first_whitespace(box, skip) != "continue":
            if first_letter:
                skip, first_letter = self._with_first_letter(box, skip, first_letter), None
            work = _Work(self, context, box, bottom_space, containing_block, absolute, fixed)
            if work.plan(top, skip):
                yield from work.lines(original, top, skip)
                return
        yield from original(
            context, box, top, bottom_space, skip, containing_block, absolute, fixed, first_letter, first_line
        )

    def cut(self, original: Original, context: Context, box: Box, room: Any, skip: int, **more: Any) -> Any:
        """The part of a text box that stands in the line being made: `split_text_box`."""
        if self._now is None or room is None or box.style["white_space"] != "normal":
            return original(context, box, room, skip, **more)
        text, resume = cut_text(box, skip, self._now[1])
        if not text:
            return None, resume, False
        measures = self.measures(box.style)
        return text_box(box, text, measures.line(text)[0], measures, room), resume, False

    def put_together(
        self, original: Original, context: Context, box: Box, left: float, right: float, *rest: Any
    ) -> Any:
        """The line being made, of all its boxes: `split_inline_box`."""
        if self._now is None or not isinstance(box, boxes.LineBox):
            return original(context, box, left, right, *rest)
        line_box, plan = self._now
        if line_box is not box:  # a line of its own within this one: a float, a block within the line
            self._now = None
            try:
                return original(context, box, left, right, *rest)
            finally:
                self._now = line_box, plan
        shift = plan.shift if rest[1] is None else 0.0
        result = original(context, box, left + shift, right + BEYOND, *rest)
        line = result[0]
        line.position_x += shift
        line.width -= shift
        room = plan.starts[plan.paragraph.stretches[0].path].width if shift else right - box.position_x
        if line.width > room:  # or the engine would move it
            self._hidden = line, line.width - room
            line.width = room
        return result

    def align(self, original: Original, context: Context, line: Box, room: float, last: Any) -> Any:
        """By how much a line is moved, once its spaces are spread: `text_align`. Ours may shrink, too."""
        if self._hidden is not None and self._hidden[0] is line:
            line.width += self._hidden[1]
            self._hidden = None
            if line.width > room and line.style["text_align_all"] == "justify":
                inline.justify_line(context, line, room - line.width)
                return 0
        return original(context, line, room, last)

    def measures(self, style: Style) -> Measures:
        """The measures of a style."""
        found = self._measures.get(id(style))
        if found is None:
            found = self._measures[id(style)] = measures_of(style)
            self._alive.append(style)
        return found

    def plan_of(self, box: Box) -> Plan | None:
        """The plan of a paragraph, if it has one already."""
        return self._plans.get(id(box))

    def keep(self, box: Box, plan: Plan) -> None:
        """Keep the plan of a paragraph."""
        self._note(box, None)
        self._plans[id(box)] = plan

    def leave(self, box: Box, reason: Reason) -> None:
        """Leave a paragraph to the engine, for good."""
        self._note(box, reason)
        self._plans.pop(id(box), None)

    def left_before(self, box: Box) -> bool:
        """Whether a paragraph was left to the engine before."""
        return self._fates.get(id(box)) is not None

    def next_line(self, box: Box, plan: Plan, *place: Any) -> tuple[Box, Skip]:
        """The next line of a planned paragraph, put together by the engine."""
        before, self._now = self._now, (box, plan)
        try:
            context, top, bottom_space, skip, containing_block, absolute, fixed = place
            line: tuple[Box, Skip] = inline.get_next_linebox(
                context, box, top, bottom_space, skip, containing_block, absolute, fixed, None, None
            )
        finally:
            self._now = before
        return line

    def _note(self, box: Box, reason: Reason | None) -> None:
        if id(box) not in self._fates:
            self._alive.append(box)
        self._fates[id(box)] = reason

    def _with_first_letter(self, box: Box, skip: Skip, style: Any) -> Skip:
        """Make the box of a first letter, once: the engine would make it each time, and fall over a floating one."""
        if id(box) in self._first_letters:
            return skip
        self._first_letters.add(id(box))
        self._alive.append(box)
        start: Skip = inline.first_letter_to_box(box, inline.skip_first_whitespace(box, skip), style)
        return start


class _Work:
    """The lines of one paragraph, from some start on, in one place."""

    def __init__(  # noqa: PLR0913  the engine's way to say where
        self,
        planner: Planner,
        context: Context,
        box: Box,
        bottom_space: float,
        containing_block: Box,
        absolute: list[Any],
        fixed: list[Any],
    ) -> None:
        self._planner, self._context, self._box = planner, context, box
        self._bottom_space, self._block = bottom_space, containing_block
        self._absolute, self._fixed = absolute, fixed

    def plan(self, top: float, skip: Skip) -> bool:
        """Whether there is a plan now; if not, why is noted."""
        if self._planner.left_before(self._box):
            return False
        try:
            self._planner.keep(self._box, self._planned(wish_of(self._box.style), top, skip))
        except UnplannedError as reason:
            self._planner.leave(self._box, reason.reason)
            return False
        return True

    def lines(self, original: Original, top: float, skip: Skip) -> Iterator[tuple[Box, Skip]]:
        """The lines as planned; where one is not where it was to be, the rest is planned again."""
        box, block = self._box, self._block
        resolve_percentages(box, block)
        if skip is None:
            resolve_one_percentage(box, "text_indent", block.width)
        else:
            box.text_indent = 0
        self._see_to_turn(top, skip)
        first = True
        while True:
            if not self._in_place(top, skip, first=first) and not self.plan(top, skip):
                place = self._bottom_space, skip, block, self._absolute, self._fixed
                yield from original(self._context, box, top, *place, None, None)
                return
            line, skip = self._next(top, skip)
            if line is None:
                return
            top = line.position_y + line.height
            yield line, skip
            if skip is None:
                return
            box.text_indent = 0
            first = False

    def _see_to_turn(self, top: float, skip: Skip) -> None:
        """Take another plan, if the word at the page's end would be divided and that costs little."""
        plan, path, box = self._planner.plan_of(self._box), path_of(skip), self._box
        count = plan.count_from(path) if plan is not None else 0
        last = foretold_last(self._context, self._block, top, self._bottom_space, box, count)
        if plan is None or not last:
            return
        other, turn = around_turn(plan, path, box.text_indent, last, box.style["font_size"])
        if other is not None:
            self._planner.keep(box, other)
        if turn is not None:
            self._planner.turns[id(box), path] = turn

    def _next(self, top: float, skip: Skip) -> tuple[Box, Skip]:
        plan = self._planner.plan_of(self._box)
        if plan is None:
            raise UnplannedError(Reason.UNKNOWN)
        if not self._context.excluded_shapes and (simple := simple_line(self._box, skip, plan)):
            measures = self._planner.measures(simple.box.style)
            return make_line(self._box, simple, top, self._block, measures), simple.resume
        place = self._context, top, self._bottom_space, skip, self._block, self._absolute, self._fixed
        return self._planner.next_line(self._box, plan, *place)

    def _in_place(self, top: float, skip: Skip, *, first: bool) -> bool:
        """Whether the next line will be as wide as it was planned. Without floats it is, once its start is planned."""
        plan = self._planner.plan_of(self._box)
        if plan is None or (first and plan.paragraph.floats_first):
            return plan is not None
        if not self._context.excluded_shapes:
            return True
        widths, _ = line_widths(self._context, self._box, self._block, top)
        start = plan.starts.get(path_of(skip))
        return start is not None and abs(start.width - widths[0]) <= SAME

    def _planned(self, wish: Wish, top: float, skip: Skip) -> Plan:
        """The plan from a start on: the one there is, where it holds here."""
        context, box, block = self._context, self._box, self._block
        resolve_percentages(box, block)
        widths, left = line_widths(context, box, block, top)
        path, plan = path_of(skip), self._planner.plan_of(box)
        if skip is None and plan is not None and plan.free is not None:
            plan = plan.free
        if plan is not None and len(widths) == 1 and plan.width == widths[0]:
            start = plan.starts.get(path)
            if start is not None and start.width == widths[0]:
                return plan
        paragraph = self._read(plan)
        em = box.style["font_size"]
        if skip is not None:
            return make_plan(paragraph, wish.taste, start_of(paragraph, path), 0.0, Room(widths, em))
        resolve_one_percentage(box, "text_indent", block.width)
        shift = 0.0
        if paragraph.floats_first:
            shapes = shapes_with_first_float(context, box, block, top, self._bottom_space, skip)
            widths, beside = line_widths(context, box, block, top, shapes)
            shift = beside - left
        plan = make_plan(paragraph, wish.taste, (0, -1), box.text_indent, Room(widths, em), lines=wish.lines)
        plan.shift = shift
        return plan

    def _read(self, plan: Plan | None) -> Paragraph:
        if plan is not None:
            return plan.paragraph
        return read_paragraph(self._box, self._block, self._context, self._planner.measures)
