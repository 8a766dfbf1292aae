"""The engine's inner parts that planned lines are made with, taken through the one door to it."""

from typing import Any

from publish.pdf.engine import weasyprint

Box = Any
"""A box of the engine: a line box before layout with all of a paragraph in it, a text box, and so on."""
Style = Any
"""A box's computed style."""
Context = Any
"""The engine's state of a layout: floats, notes, the page."""
Skip = dict[int, Any] | None
"""Where a line starts, as the engine says it: index of a child, in it that of a child, at last bytes of a text."""

boxes = weasyprint.formatting_structure.boxes
inline = weasyprint.layout.inline
avoid_collisions = weasyprint.layout.float.avoid_collisions
resolve_percentages = weasyprint.layout.percent.resolve_percentages
resolve_one_percentage = weasyprint.layout.percent.resolve_one_percentage
Layout = weasyprint.text.line_break.Layout
log_attributes = weasyprint.text.line_break.get_log_attrs
ffi, pango = weasyprint.text.ffi.ffi, weasyprint.text.ffi.pango
UNIT: float = weasyprint.text.ffi.FROM_UNITS
"""CSS pixels in a unit of Pango's."""


def strut(style: Style) -> tuple[float, float]:
    """The height of a line and its baseline, as far as the style alone decides; kept with it, for each line asks."""
    kept: tuple[float, float] | None = vars(style).get("octavo_strut")
    if kept is None:
        kept = style.octavo_strut = weasyprint.text.line_break.strut(style)
    return kept
