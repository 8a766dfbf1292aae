"""How wide the lines of a paragraph will be: beside what floats, and below it."""

from typing import Any

from publish.pdf.lines.inner import Box, Context, Skip, avoid_collisions, inline, resolve_percentages, strut
from publish.pdf.lines.reasons import Reason, UnplannedError

MOST = 200
"""Lines beside one float at most."""


def line_widths(
    context: Context, line_box: Box, containing_block: Box, top: float, shapes: Any = None
) -> tuple[tuple[float, ...], float]:
    """The widths of the next lines from a height on, the last for all that follow, and where the first one begins.

    `shapes` are what they must avoid, where it is not what the layout holds now.

    Raises:
        UnplannedError: there is no room for a line beside a float, so that the engine would move it down.
    """
    full, left = containing_block.width, containing_block.content_box_x()
    shapes = context.excluded_shapes if shapes is None else shapes
    bottom = max((shape.position_y + shape.margin_height() for shape in shapes), default=top)
    if bottom <= top:
        return (full,), left
    kept, context.excluded_shapes = context.excluded_shapes, shapes
    try:
        lines = _beside(context, line_box, containing_block, top, bottom)
    finally:
        context.excluded_shapes = kept
    widths = [width for _, width in lines]
    while widths and widths[-1] == full:
        widths.pop()
    return (*widths, full), lines[0][0] if lines else left


def _beside(
    context: Context, line_box: Box, containing_block: Box, top: float, bottom: float
) -> list[tuple[float, float]]:
    """Where the lines between two heights begin, and their widths."""
    line = line_box.copy()
    resolve_percentages(line, containing_block)
    height, _ = strut(line_box.style)
    lines: list[tuple[float, float]] = []
    while top < bottom and len(lines) < MOST and height > 0:
        line.position_x, line.position_y, line.width, line.height = 0, top, 0, height
        x, y, width = avoid_collisions(context, line, containing_block, outer=False)
        if y != top:
            raise UnplannedError(Reason.FLOAT)
        lines.append((x, width))
        top += height
    return lines


def shapes_with_first_float(
    context: Context, line_box: Box, containing_block: Box, top: float, bottom_space: float, skip: Skip
) -> Any:
    """What lines must avoid once the float before the paragraph's text stands: a first line is laid out to see.

    Raises:
        UnplannedError: the float is divided by the page's end, or stands below the line.
    """
    shapes, broken = context.excluded_shapes, dict(context.broken_out_of_flow)
    context.excluded_shapes = type(shapes)(shapes)
    try:
        inline.get_next_linebox(context, line_box, top, bottom_space, skip, containing_block, [], [], None, None)
        found = context.excluded_shapes
    finally:
        context.excluded_shapes = shapes
    if context.broken_out_of_flow != broken or len(found) == len(shapes):
        raise UnplannedError(Reason.FLOAT)
    return found
