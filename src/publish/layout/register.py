"""What a style sheet must know of a passage to keep the lines of a page in register: sizes, as custom properties.

A picture's height, a block of code, the width of a poem come from the text and not from the style sheet. They are
written on the elements, and the style sheet makes whole lines of them (`round(up, ..., var(--line))`).
"""

import re
import textwrap
from collections.abc import Iterator
from copy import deepcopy
from math import ceil

from lxml import etree

from publish.layout.markup import classes
from publish.layout.numerals import numeral

COLUMNS = 66
"""Columns of code that the measure of our themes holds; longer lines are turned over."""
TURNED = 3
"""Columns by which what is turned over is indented."""
USUAL = 0.85
"""The share of a poem's lines that the block is centred on: one long line does not push the others aside."""
STEP = 1.0
"""Em of one step of a verse line's indent."""
NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
LINES = re.compile(r"[^\n]*\n|[^\n]+")
WIDTHS = (
    (re.compile(r"[\s.,:;'’‘|!\-iIjlt()\[\]]"), 0.26),
    (re.compile(r"[mwMWÆŒ—…]"), 0.8),
    (re.compile(r"[^\W\d_]"), 0.44),
)
"""Em that characters take in a book face, by kind, the first that fits; any other takes half an em."""
CAPITAL = 0.66
COUNTERS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
GAP = 0.5
"""Em between the number of an item and its text."""


def measure_blocks(tree: etree._Element) -> None:
    """Write on each poem and epigraph how wide it is, on each block of code how many lines it has, and on each numbered
    list how much room its numbers need: they must not stick out into the margin.
    """
    for block in tree.iter("div", "section"):
        names = classes(block)
        if "verse" in names or "epigraph" in names:
            _set(block, "ems", f"{_usual(sorted(_line_widths(block))):.1f}")
    for pre in tree.iter("pre"):
        code = pre.find("code")
        if code is not None and all(len(child) == 0 for child in code):
            _set(pre, "lines", str(_split(code)))
    for numbered in tree.iter("ol"):
        _set(numbered, "marker", f"{max(map(_signs, _numbers(numbered)), default=0.0) + GAP:.2f}")


def size_figure(image: etree._Element, width: str | None, ratio: float) -> None:
    """Write on a figure's picture how wide it should be (a share of the measure, or a length) and its proportion."""
    wide = f"{image.get('width')}px" if width is None else width
    if wide.endswith("%"):
        wide = f"calc(var(--measure) * {float(wide[:-1]) / 100:.4f})"
    _set(image, "width", wide)
    _set(image, "ratio", f"{ratio:.4f}")


def _set(element: etree._Element, name: str, value: str) -> None:
    style = element.get("style")
    element.set("style", f"{style}; --{name}: {value}" if style else f"--{name}: {value}")


def _usual(widths: list[float]) -> float:
    """The width that all but the longest lines have."""
    return widths[ceil(len(widths) * USUAL) - 1] if widths else 0.0


def _line_widths(block: etree._Element) -> Iterator[float]:
    """The width in em of each line of a block: of verse as typed, of prose as if it were set in one line."""
    for element in block.iter("span", "p"):
        names = classes(element)
        if "line" in names:
            step = next((int(name[3:]) for name in names if name.startswith("in-") and name[3:].isdecimal()), 0)
            yield _width(element) + step * STEP
        elif element.tag == "p" and not any("line" in classes(child) for child in element):
            yield _width(element)


def _numbers(numbered: etree._Element) -> Iterator[str]:
    """What stands before the items of a list."""
    start = numbered.get("start", "")
    first = int(start) if NUMBER.fullmatch(start) else 1
    style = COUNTERS.get(numbered.get("type", ""), "decimal")
    return (f"{numeral(number, style)}." for number, _ in enumerate(numbered.iterchildren("li"), first))


def _width(element: etree._Element) -> float:
    return _signs(" ".join("".join(map(str, element.itertext())).split()))


def _signs(text: str) -> float:
    return sum(map(_advance, text))


def _advance(character: str) -> float:
    """About what a character takes in a book face, in em."""
    found = next((em for kind, em in WIDTHS if kind.match(character)), 0.5)
    return CAPITAL if character.isupper() and found < CAPITAL else found


def _split(code: etree._Element) -> int:
    """Put each line of code into an element of its own, and count the lines of the page that they take.

    What is turned over can then be indented and marked. A word's element that runs over several lines is continued in
    elements like it; the text and the serials of all stay as they were.
    """
    runs: list[tuple[etree._Element | None, str]] = [(None, code.text or "")]
    for child in code:
        runs += [(child, child.text or ""), (None, child.tail or "")]
    for child in list(code):
        code.remove(child)
    code.text = None
    line: etree._Element | None = None
    serial = code.get("data-p")
    for source, text in runs:
        for part in LINES.findall(text):
            if line is None:
                line = etree.SubElement(code, "span", {**({"data-p": serial} if serial else {}), "class": "line"})
            _append(line, source, part)
            if part.endswith("\n"):
                line = None
    return sum(map(_height, code))


def _append(line: etree._Element, source: etree._Element | None, part: str) -> None:
    if source is not None:
        word = deepcopy(source)
        word.text, word.tail = part, None
        line.append(word)
    elif len(line):
        line[-1].tail = (line[-1].tail or "") + part
    else:
        line.text = (line.text or "") + part


def _height(line: etree._Element) -> int:
    """The lines of a page that a line of code takes."""
    text = "".join(map(str, line.itertext())).rstrip("\n").expandtabs(8)
    turned = textwrap.wrap(
        text, COLUMNS, subsequent_indent=" " * TURNED, drop_whitespace=False, replace_whitespace=False
    )
    return max(len(turned), 1)
