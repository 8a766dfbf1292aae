"""The seam of notes: where the engine puts notes at the foot of a page, and asks whether all fits, the foot is asked.

Notes that fit on the page of their call stand as the engine alone would have them.
"""

from math import inf
from typing import Any

from weasyprint.formatting_structure.boxes import FootnoteAreaBox, PageBox

from publish.pdf.grafts.foot import Foot
from publish.pdf.grafts.guard import Function

NAME = "octavo_foot"


def pages_with_notes(original: Function) -> Function:
    """A page, begun with what the one before has left of its notes."""

    def make_page(context: Any, root_box: Any, page_type: Any, resume_at: Any, number: int, state: Any) -> Any:
        vars(context).setdefault(NAME, Foot()).turn(context, number, blank=page_type.blank)
        return original(context, root_box, page_type, resume_at, number, state)

    return make_page


def blocks_of_pages(original: Function) -> Function:
    """The text of a page, and the area of its notes."""

    def block_level_layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, *more: Any, **named: Any
    ) -> Any:
        if isinstance(containing_block, PageBox):
            foot: Foot = getattr(context, NAME)
            if isinstance(box, FootnoteAreaBox):
                return foot.lay_out(original, context, box, **named)
            foot.put_waiting(context)
            if box.element is not None:
                return foot.set_page(original, context, box, skip_stack, *more)
        return original(context, box, bottom_space, skip_stack, containing_block, *more, **named)

    return block_level_layout


def note_put(original: Function) -> Function:
    """A note put at the foot of the page; the next question is whether it fits there."""

    def layout_footnote(context: Any, note: Any) -> Any:
        foot: Foot = getattr(context, NAME)
        foot.recall(context)
        over = original(context, note)
        foot.put(note)
        # Where nothing bounds the area, the engine has only found two sums to differ in their last binary digit.
        return over and context.current_footnote_area.max_height < inf

    return layout_footnote


def note_taken_away(original: Function) -> Function:
    """A note taken away from the foot of the page: it waits for its call again."""

    def unlayout_footnote(context: Any, note: Any) -> None:
        foot: Foot = getattr(context, NAME)
        foot.recall(context)
        foot.drop(context, note)
        original(context, note)
        foot.clear(context)

    return unlayout_footnote


def note_sent_on(original: Function) -> Function:
    """A note sent to the next page."""

    def report_footnote(context: Any, note: Any) -> None:
        foot: Foot = getattr(context, NAME)
        foot.send(context, note)
        original(context, note)
        foot.clear(context)

    return report_footnote


def room_on_page(original: Function) -> Function:
    """Whether something ends below the text of the page."""

    def overflows_page(context: Any, bottom_space: float, bottom: float) -> bool:
        over = bool(original(context, bottom_space, bottom))
        return not getattr(context, NAME).fits(context, bottom_space, bottom, over=over)

    return overflows_page
