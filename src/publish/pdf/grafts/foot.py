"""The foot of the pages of one layout: which notes stand there, and where one is divided between two pages.

The engine puts a note on the page of its call, or as a whole on the next. Here a note that is too long begins on the
page of its call all the same: it takes what is left below the line that calls it, and goes on at the foot of the next
page, before all others. The text may take lines of it back, as many as it needs so that no single line of a paragraph
stands alone. Where not even a line of a note has room, the line that calls it goes to the next page, too.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from weasyprint.formatting_structure import build
from weasyprint.formatting_structure.boxes import BlockContainerBox, LineBox, ReplacedBox, TextBox
from weasyprint.layout import block

CROWDED = 0.8
"""The share of a page that its notes may take; beyond it, the text above them would be a line or two."""
GRANTS = (0, 1, 2, 4, 8, 1000)
"""How many lines the text may take from a note that is divided, at the first attempt to set a page and at the next."""
LITTLE = 0.1
"""The share of a page that may stay empty, so that a note stands where it is called."""
SAME = 1e-6
"""CSS pixels that are rounding and nothing else."""

Box = Any
Context = Any
Skip = Any
"""Where a box is gone on with, as the engine says it: index of a child, in it that of a child, and so on."""
Layout = Callable[..., Any]


@dataclass(frozen=True)
class Cut:
    """The last note at a foot, which goes on at the next.

    `reach` is the height that it leaves to the foot, in CSS pixels; `single` whether one line alone may stand there;
    `resume` where it goes on, `grants` how many more times the text may take a line of it.
    """

    note: Box
    reach: float
    single: bool
    resume: Skip = None
    grants: int = 0


class Foot:
    """What is known of notes while a document is laid out, and what becomes of them at the foot of a page."""

    def __init__(self) -> None:
        self.cut: Cut | None = None
        self._fresh: Box | None = None
        self._asked: Box | None = None
        self._sent: tuple[list[Box], list[Box], Cut | None] | None = None
        self._sending = False
        self._starts: dict[Box, Skip] = {}
        self._policies: dict[Box, str] = {}
        self._order: dict[Box, int] = {}
        self._brought: dict[int, tuple[list[Box], dict[Box, Skip]]] = {}
        self._waiting: list[Box] = []
        self._begun: set[Box] = set()
        self._whole: set[Box] = set()
        self._tries: Counter[Box] = Counter()
        self._page = 0
        self._share = CROWDED
        self._busy = False

    # ---- From page to page.

    def turn(self, context: Context, number: int, *, blank: bool) -> None:
        """Begin a page with the notes that the one before has left to it.

        A page may be made again without the one before it; then they are those of the last time.
        """
        if number == 1:
            self._order = {note: place for place, note in enumerate(context.footnotes)}
        if number == 1 or number == self._page + 1:
            left = sorted(context.reported_footnotes, key=self._place)
            starts = {**self._starts, **({self.cut.note: self.cut.resume} if self.cut else {})}
            self._brought[number] = left, {note: starts[note] for note in left if note in starts}
        waiting, starts = self._brought.get(number, ([], {}))
        self._waiting, self._starts = [*waiting], {**starts}
        self._page, self._share = number, 1.0 if blank else CROWDED
        self._tries = Counter()
        self._start_anew(None)
        context.reported_footnotes = []

    def put_waiting(self, context: Context) -> None:
        """Put what was left by the page before at the foot of this one, as much of it as there is room for."""
        waiting, self._waiting = self._waiting, []
        for place, note in enumerate(waiting):
            if note not in context.footnotes:
                context.footnotes.append(note)
            context.layout_footnote(note)
            room = self._most(context)
            if context.reported_footnotes or (
                _height(context) > room and not self._divide(context, note, room, 0) and place > 0
            ):
                context.report_footnote(note)
            self._fresh = None

    # ---- On one page.

    def fits(self, context: Context, bottom_space: float, bottom: float, *, over: bool) -> bool:
        """Whether what ends at this height stands on the page, where a note may be divided so that it does.

        `over` is what the engine, which asks, thinks of it.
        """
        fresh, self._fresh = self._fresh, None
        if self._busy or context.in_column:
            return not over
        if self._sending:
            self._sending = False
            return False
        self.recall(context)
        room = context.page_bottom + _height(context) - bottom_space - bottom
        if fresh is not None:
            room = min(room, self._most(context))
            if _height(context) <= room + SAME and not over:
                self._asked = None
                self._whole.add(fresh)
                return True
            tries = self._tries[fresh]
            divided = tries < len(GRANTS) and self._divide(context, fresh, room, GRANTS[tries])
            if divided or not over:
                self._asked = None
                return True
            self._choose(context, fresh, room)
            return False
        return not over or self._give_way(context, room)

    def put(self, note: Box) -> None:
        """Know that a note is put at the foot; the engine asks next whether it fits."""
        self._fresh = self._asked = note

    def send(self, context: Context, note: Box) -> None:
        """Know that a note is sent to the next page.

        Where it is not the one that was put last, the engine only tries to make room so for a line of text that would
        stand better here. No note that stood well leaves its call for that.
        """
        if note is self._asked or context.in_column:
            self.drop(context, note)
            return
        if self._sent is None:
            self._sent = [*context.current_page_footnotes], [*context.reported_footnotes], self.cut
        self._sending = True
        self.drop(context, note)

    def recall(self, context: Context) -> None:
        """Take back what the engine has sent away only to make room."""
        if self._sent is not None and not self._busy:
            context.current_page_footnotes, context.reported_footnotes, self.cut = self._sent
            self._sent, self._sending = None, False
            context._update_footnote_area()

    def drop(self, context: Context, note: Box) -> None:
        """Forget that a note is divided, before it leaves this foot."""
        self._fresh = self._asked = None
        if self.cut is not None and self.cut.note is note:
            self.cut = None
            context.reported_footnotes.remove(note)

    def clear(self, context: Context) -> None:
        """Take back what the engine leaves for the foot, where no note stands there any more."""
        area = context.current_footnote_area
        if not context.current_page_footnotes and not context.in_column and area.height != "auto":
            context.page_bottom += area.margin_height()
            area.height = "auto"

    def lay_out(self, layout: Layout, context: Context, area: Box, **named: Any) -> Any:
        """Lay out the area of the notes, from where its first one is gone on with to where its last one is cut."""
        notes = context.current_page_footnotes
        start = self._starts.get(notes[0]) if notes else None
        skip, bottom_space = None if start is None else {0: start}, -inf
        if start is not None or self.cut is not None:
            # Rule, space and padding of the area are those of every page, and not the two ends of one long box.
            area.style = area.style.copy()
            area.style["box_decoration_break"] = "clone"
        if self.cut is not None:
            bottom_space, named["page_is_empty"] = context.page_bottom - area.position_y - self.cut.reach, False
            if self.cut.single:
                _let_lines_stand_alone(area.children[-1])
            # The engine would send notes away to make room for their own lines.
            context.current_page_footnotes = []
        self._busy = True
        try:
            result = layout(context, area, bottom_space, skip, area.page, **named)
        finally:
            context.current_page_footnotes, self._busy = notes, False
        if self.cut is not None:
            self.cut = replace(self.cut, resume=(result[1] or {}).get(len(notes) - 1))
        return result

    def set_page(self, layout: Layout, context: Context, box: Box, skip: Skip, *place: Any) -> Any:
        """Lay out the text of a page; once more, where the engine has drawn a line back whose note was divided, or was
        so high that the page stays empty below. The text may then take more lines of it, or it is left to the engine.
        """
        page_is_empty, positioned, _, margins = place
        before, cut = _Before(context, box, positioned), self.cut
        self._start_anew(cut)
        while True:
            page = context.current_footnote_area.page
            result = layout(context, box, 0, skip, page, page_is_empty, positioned, positioned, [*margins])
            self.recall(context)
            undone = self._begun.difference(context.current_page_footnotes)
            if result[0] is not None and context.page_bottom - _end([result[0]]) > LITTLE * page.height:
                undone |= self._whole.difference(context.current_page_footnotes, context.reported_footnotes)
            undone = {note for note in undone if self._tries[note] < len(GRANTS)}
            if not undone:
                break
            self._tries.update(undone)
            before.restore(context, box)
            self._start_anew(cut)
            self.clear(context)
        if context.reported_footnotes and result[0] is not None:
            self._fill(context, context.page_bottom + _height(context) - _end([result[0]]))
        return result

    def _start_anew(self, cut: Cut | None) -> None:
        """Begin the text of a page."""
        self.cut, self._fresh, self._asked, self._sent, self._sending = cut, None, None, None, False
        self._begun, self._whole = set(), set()

    def _choose(self, context: Context, note: Box, room: float) -> None:
        """Have a line at the page's end go to the next page together with its note, where there is room for none of it.

        Higher up the page would stay empty below, so that the note goes by itself.
        """
        usual = self._policies.setdefault(note, note.style["footnote_policy"])
        low = room < LITTLE * context.current_footnote_area.page.height
        note.style["footnote_policy"] = "line" if low else usual

    def _most(self, context: Context) -> float:
        """The height that the foot of a page may have."""
        area = context.current_footnote_area
        edges = (f"{edge}_{side}" for edge in ("margin", "padding") for side in ("top", "bottom"))
        spent = sum(getattr(area, edge) for edge in edges) + area.border_top_width + area.border_bottom_width
        return float(spent + self._share * (area.page.height - spent))

    def _divide(self, context: Context, note: Box, room: float, grants: int) -> bool:
        """Divide the last note so that the foot is no higher than this; whether some of it stands there now."""
        if any(inner.footnote for inner in note.descendants()):
            return False
        tries = (self._tried(context, Cut(note, room, single, grants=grants)) for single in (False, True))
        cut = next(filter(None, tries), None)
        self.cut = cut
        if cut is not None:
            self._begun.add(note)
            context.reported_footnotes.append(note)
        context._update_footnote_area()
        return cut is not None

    def _tried(self, context: Context, cut: Cut) -> Cut | None:
        """A cut with no more height than its lines need; None where no line of the note would stand there."""
        self.cut = cut
        area, resume = self._laid(context)
        if area is None or resume is None or len(area.children) < len(context.current_page_footnotes):
            return None
        if not any(isinstance(box, TextBox) and box.text.strip() for box in area.children[-1].descendants()):
            return None
        below = area.padding_bottom + area.border_bottom_width + area.margin_bottom
        return replace(cut, reach=_end(area.children) + below - area.position_y, resume=resume)

    def _laid(self, context: Context) -> tuple[Box | None, Skip]:
        """The area as it would be, and where its last note would go on."""
        area = build.create_anonymous_boxes(context.current_footnote_area.deepcopy())
        laid = block.block_level_layout(context, area, -inf, None, area.page)[0]
        return laid, self.cut.resume if self.cut else None

    def _give_way(self, context: Context, room: float) -> bool:
        """Let the text have a line of the note that is cut; whether there is one to be had."""
        cut, notes = self.cut, context.current_page_footnotes
        if cut is None and notes and 0 < self._tries[notes[-1]] < len(GRANTS):
            return self._divide(context, notes[-1], room, GRANTS[self._tries[notes[-1]]] - 1)
        if cut is None or cut.grants == 0 or room >= cut.reach:
            return False
        less = self._tried(context, replace(cut, reach=room, grants=cut.grants - 1))
        self.cut = less or cut
        context._update_footnote_area()
        return less is not None

    def _fill(self, context: Context, room: float) -> None:
        """Let the note that goes on, or those that were sent to the next page, have what the text has left empty."""
        room = min(room, self._most(context))
        cut, self.cut = self.cut, None
        if cut is not None:
            context.reported_footnotes.remove(cut.note)
            context._update_footnote_area()
            if _height(context) > room + SAME:
                context.reported_footnotes.append(cut.note)
                self.cut = self._tried(context, replace(cut, reach=room)) or cut
                context._update_footnote_area()
        for note in sorted(context.reported_footnotes, key=self._place):
            if self.cut is not None:
                break
            context.reported_footnotes.remove(note)
            context.footnotes.append(note)
            context.layout_footnote(note)
            if _height(context) > room + SAME and not self._divide(context, note, room, 0):
                context.report_footnote(note)
                break

    def _place(self, note: Box) -> int:
        """The place of a note among all."""
        return self._order.get(note, 0)


class _Before:
    """What the layout of a page's text changes, as it was."""

    def __init__(self, context: Context, box: Box, positioned: list[Any]) -> None:
        self._lists = [context.footnotes, context.current_page_footnotes, context.reported_footnotes, positioned]
        self._kept = [[*each] for each in self._lists]
        self._floats, self._broken = {**context._excluded_shapes}, {**context.broken_out_of_flow}
        self._place = box.position_x, box.position_y

    def restore(self, context: Context, box: Box) -> None:
        """Set all back."""
        for each, kept in zip(self._lists, self._kept, strict=True):
            each[:] = kept
        context.footnotes, context.current_page_footnotes, context.reported_footnotes, _ = self._lists
        context._excluded_shapes, context.broken_out_of_flow = {**self._floats}, {**self._broken}
        for running in context.running_elements.values():
            running.pop(context.current_page, None)
        box.position_x, box.position_y = self._place
        context._update_footnote_area()


def _height(context: Context) -> float:
    """The height of the notes at a foot, with all around them."""
    area = context.current_footnote_area
    return 0.0 if area.height == "auto" else float(area.margin_height())


def _let_lines_stand_alone(note: Box) -> None:
    for box in note.descendants():
        if isinstance(box, BlockContainerBox):
            box.style = box.style.copy()
            box.style["orphans"] = box.style["widows"] = 1


def _end(tops: Iterable[Box]) -> float:
    """Where the lowest line, picture or frame in these boxes ends."""
    inner = (box for top in tops for box in top.descendants())
    return max((_bottom(box) for box in inner), default=0.0)


def _bottom(box: Box) -> float:
    """Where a box ends, if there is anything to see of its end."""
    if isinstance(box, LineBox):
        return float(box.position_y + box.height)
    if isinstance(box, ReplacedBox):
        return float(box.position_y + box.margin_height())
    if isinstance(box, BlockContainerBox) and (box.padding_bottom or box.border_bottom_width):
        return float(box.border_box_y() + box.border_height())
    return 0.0
