"""Figures: an image alone in its paragraph, its brackets the caption."""

import re
from xml.etree.ElementTree import Element, SubElement

from publish.book.dialect.attributes import BRACES, read_attributes
from publish.book.dialect.lines import Line
from publish.book.dialect.reading import Reading, dress

TARGET = re.compile(
    r"""\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:[^\s()\\]|\\.|\([^\s()]*\))*))(?:\s+(?:"(?P<dq>[^"]*)"|'(?P<sq>[^']*)'))?\s*\)"""
)


def make_figures(reading: Reading, root: Element) -> None:
    """Turn each paragraph that is nothing but an image into a figure."""
    for paragraph in list(root.iter("p")):
        leaf = paragraph.get("data-leaf")
        if leaf is not None and (paragraph.text or "").startswith("![") and "data-raw" not in paragraph.attrib:
            _make_figure(reading, paragraph, reading.leaves[int(leaf)])


def _make_figure(reading: Reading, paragraph: Element, lines: tuple[Line, ...]) -> None:
    text = paragraph.text or ""
    closing = closing_bracket(text, 2)
    target = TARGET.match(text, closing + 1) if closing else None
    if closing is None or target is None:
        return
    braces = BRACES.match(text, target.end())
    if text[braces.end() if braces else target.end() :].strip():
        return
    attributes = read_attributes(braces.group()[1:-1]) if braces else read_attributes("")
    address = target["angle"] if target["angle"] is not None else re.sub(r"\\(.)", r"\1", target["bare"])
    paragraph.tag, paragraph.text = "figure", None
    del paragraph.attrib["data-leaf"]
    image = SubElement(paragraph, "img", {"src": address})
    image.set("data-line", str(lines[0].number))
    image.set("data-column", str(lines[0].column))
    image.set("data-length", str(len(lines[0].text)))
    for key in ("alt", "width", "height"):
        if key in attributes.pairs:
            image.set("alt" if key == "alt" else f"data-{key}", attributes.pairs.pop(key))
    if "decorative" in attributes.classes:
        image.set("alt", "")
        image.set("role", "presentation")
    dress(paragraph, attributes)
    if closing > 2:
        caption = SubElement(paragraph, "figcaption")
        reading.leaf(caption, _part(lines, 2, closing))


def closing_bracket(text: str, at: int) -> int | None:
    """The offset of the bracket that closes the one before `at`; None where it is never closed."""
    level = 1
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            level += 1
        elif sign == "]":
            level -= 1
            if level == 0:
                return at
        at += 1
    return None


def _part(lines: tuple[Line, ...], start: int, end: int) -> list[Line]:
    """The lines of the text between two offsets of the joined lines."""
    found, at = [], 0
    for line in lines:
        first, last = max(start - at, 0), min(end - at, len(line.text))
        if first <= last and at <= end:
            found.append(Line(line.text[first:last], line.number, line.column + first))
        at += len(line.text) + 1
    return found
