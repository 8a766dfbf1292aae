"""The seam of line breaking: the four functions through which the engine makes lines ask the planner, if there is one.

Without a planner each does what stood there before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from publish.pdf.grafts.guard import Function

if TYPE_CHECKING:
    from publish.pdf.lines.planner import Planner

_planners: "list[Planner]" = []


@contextmanager
def planning(planner: "Planner") -> Iterator[None]:
    """Let a planner make the lines of all that is laid out while the block runs. It is not for other threads."""
    _planners.append(planner)
    try:
        yield
    finally:
        _planners.pop()


def planned_lines(original: Function) -> Function:
    """The lines of a paragraph, one by one."""

    def iter_line_boxes(*place: Any) -> Any:
        return _planners[-1].lines(original, *place) if _planners else original(*place)

    return iter_line_boxes


def planned_text(original: Function) -> Function:
    """The part of a text that stands in the line being made."""

    def split_text_box(*place: Any, **more: Any) -> Any:
        return _planners[-1].cut(original, *place, **more) if _planners else original(*place, **more)

    return split_text_box


def planned_line(original: Function) -> Function:
    """A line, put together of all its boxes."""

    def split_inline_box(*place: Any) -> Any:
        return _planners[-1].put_together(original, *place) if _planners else original(*place)

    return split_inline_box


def planned_alignment(original: Function) -> Function:
    """By how much a line is moved, once its spaces are spread."""

    def text_align(context: Any, line: Any, available_width: float, last: Any) -> Any:
        if not _planners:
            return original(context, line, available_width, last)
        return _planners[-1].align(original, context, line, available_width, last)

    return text_align
