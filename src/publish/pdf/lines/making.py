"""Planned lines made of the engine's boxes, with all that the engine writes into them.

Follows WeasyPrint's `split_text_box`, `get_next_linebox` and `line_box_verticality` (BSD 3-Clause, Kozea and others).
"""

from dataclasses import dataclass

from publish.pdf.lines.inner import Box, Layout, Skip, boxes, resolve_percentages, strut
from publish.pdf.lines.plan import Plan, path_of
from publish.pdf.lines.words import Measures


class Unshaped(Layout):  # type: ignore[misc,valid-type]  # the engine has no types
    """What the engine keeps of a line's text until it draws it, made without shaping it."""

    def __init__(self, text: str, max_width: float) -> None:
        self.text, self.max_width = text, max_width
        self.justification_spacing = self.first_line_direction = 0


def cut_text(box: Box, skip: int, plan: Plan) -> tuple[str, int | None]:
    """The text of a box that the line at a byte of it holds, and the byte at which the next line starts, if in it."""
    source = str(box.text)
    start = len(source.encode()[:skip].decode()) if skip else 0
    end = plan.end(box, skip)
    if end is None:
        text = source[start:]
        return text.rstrip(" ") if box is plan.paragraph.trimmed else text, None
    return source[start : end.until] + end.hyphen, end.resume


def text_box(box: Box, text: str, width: float, measures: Measures, room: float) -> Box:
    """A copy of a text box with these words in it, as wide as they are; `room` is what the engine would have given."""
    new, style = box.copy(), box.style
    new.text, new.width = text, width
    new.height, baseline = measures.vertical(text)
    if style["text_decoration_line"] == "none":
        new.pango_layout = Unshaped(text, room)
    else:  # the engine keeps with a layout where its underline stands
        new.pango_layout = Layout(style, 0, room)
        new.pango_layout.text = text
        new.pango_layout.deactivate()
    leading = (strut(style)[0] - new.height) / 2
    new.margin_top = new.margin_bottom = leading
    new.baseline = baseline + leading
    return new


@dataclass(frozen=True)
class Simple:
    """A line that is part of one text box right in its line box: that box, its words, where the next line starts."""

    box: Box
    text: str
    resume: Skip


def simple_line(line_box: Box, skip: Skip, plan: Plan) -> Simple | None:
    """The next line, if it is so simple that it can be made at once."""
    path = path_of(skip)
    index, start = path[0] if path else 0, path[1] if len(path) > 1 else 0
    box = line_box.children[index]
    if len(path) > 2 or type(box) is not boxes.TextBox:
        return None
    if box.style["white_space"] != "normal" or box.style["vertical_align"] != "baseline":
        return None
    source = box.text.encode()
    while source[start : start + 1] == b" ":
        start += 1
    text, resume = cut_text(box, start, plan)
    if resume is not None:
        return Simple(box, text, {index: {resume: None}}) if text else None
    last = index == len(line_box.children) - 1
    aligned = line_box.style["text_align_last"] in ("auto", "start", "left")
    return Simple(box, text.rstrip(" "), None) if text.strip(" ") and last and aligned else None


def make_line(line_box: Box, simple: Simple, top: float, containing_block: Box, measures: Measures) -> Box:
    """A simple line, justified where it has to be."""
    width, spaces = measures.line(simple.text)
    room = containing_block.width - line_box.text_indent
    extra = room - width
    resolve_percentages(simple.box, containing_block)
    new = text_box(simple.box, simple.text, width, measures, room)
    if spaces and line_box.style["text_align_all"] == "justify" and (extra < 0 or simple.resume is not None):
        new.justification_spacing = new.pango_layout.justification_spacing = extra / spaces
        new.width = width + extra
    return _around(line_box, new, containing_block.content_box_x(), top)


def _around(line_box: Box, text: Box, left: float, top: float) -> Box:
    """A line around one text."""
    line = line_box.copy()
    line.children = [text]
    height, line_baseline = strut(line_box.style)
    above = max(text.baseline, line_baseline)
    below = max(text.margin_height() - text.baseline, height - line_baseline)
    line.position_x, line.position_y = left, top
    line.baseline, line.height = above, below + above
    line.width = line_box.text_indent + text.width
    line.margin_top = line.margin_bottom = 0
    text.position_x = left + line_box.text_indent
    text.position_y = top + above - text.baseline
    return line
