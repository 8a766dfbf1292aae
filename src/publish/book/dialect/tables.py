"""Pipe tables, with a caption before or after them."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from publish.book.dialect import findings
from publish.book.dialect.attributes import trailing
from publish.book.dialect.lines import Line, delimiter_row
from publish.book.dialect.reading import Reading, dress, mark

CAPTION = re.compile(r"Table:[ \t]*")
CELL_SIGN = re.compile(r"\\.|(`+)(?:.*?)(?<!`)\1(?!`)|\|")


def table(reading: Reading, lines: Sequence[Line], at: int, parent: Element) -> int:
    """A table: a head, a row of bars and dashes, and rows up to the next blank line."""
    if at + 1 >= len(lines) or "|" not in lines[at].text or not delimiter_row(lines[at + 1].text):
        return at
    head, row = cells(lines[at]), cells(lines[at + 1])
    if len(head) != len(row):
        return at
    sides = [side(cell.text) for cell in row]
    end = at + 2
    while end < len(lines) and not lines[end].blank and "|" in lines[end].text:
        end += 1
    holder = mark(SubElement(parent, "div", {"class": "table"}), lines[at:end])
    element = SubElement(holder, "table")
    _row(reading, SubElement(element, "thead"), head, sides, "th")
    body = SubElement(element, "tbody")
    for line in lines[at + 2 : end]:
        found = cells(line)
        # A row longer than the head widens the table: no word is dropped.
        missing = [Line("", line.number, line.column)] * (len(head) - len(found))
        _row(reading, body, [*found, *missing], sides, "td")
    return end


def cells(line: Line) -> list[Line]:
    """The cells of a row; bars in code and behind a backslash divide nothing."""
    row = line.stripped()
    row = Line(row.text.rstrip(), row.number, row.column)
    if row.text.startswith("|"):
        row = row.cut(1)
    starts, ends = [0], []
    for sign in CELL_SIGN.finditer(row.text):
        if sign.group() == "|":
            ends.append(sign.start())
            starts.append(sign.end())
    ends.append(len(row.text))
    found = [_cell(row, start, end) for start, end in zip(starts, ends, strict=True)]
    return found[:-1] if len(found) > 1 and row.text.endswith("|") and not found[-1].text else found


def _cell(row: Line, start: int, end: int) -> Line:
    part = row.cut(start)
    return (
        Line(part.text[: end - start], part.number, part.column)
        .stripped()
        ._replace(text=part.text[: end - start].strip())
    )


def side(rule: str) -> str:
    """How a column is set: the colons of its dashes say."""
    rule = rule.strip()
    if rule.startswith(":") and rule.endswith(":"):
        return "center"
    return "right" if rule.endswith(":") else "left" if rule.startswith(":") else ""


def _row(reading: Reading, parent: Element, found: Sequence[Line], sides: Sequence[str], tag: str) -> None:
    row = SubElement(parent, "tr")
    for number, cell in enumerate(found):
        element = SubElement(row, tag)
        if tag == "th":
            element.set("scope", "col")
        if number < len(sides) and sides[number]:
            element.set("class", sides[number])
        reading.leaf(element, [cell])


def attach_captions(reading: Reading, root: Element) -> None:
    """Move each paragraph that begins with `Table:` into the table before it, or else the one after it."""
    for parent in list(root.iter()):
        children = list(parent)
        for at, caption in enumerate(children):
            if caption.tag != "p" or not CAPTION.match(caption.text or ""):
                continue
            before = children[at - 1] if at else None
            after = children[at + 1] if at + 1 < len(children) else None
            target = next((t for t in (before, after) if t is not None and _bare(t)), None)
            lines = reading.leaves[int(caption.get("data-leaf", "0"))]
            if target is None:
                reading.problems.add(findings.unused_caption(reading.span(lines[0])))
                continue
            parent.remove(caption)
            _set_caption(reading, target, caption, lines)


def _bare(element: Element) -> bool:
    """Whether an element is a table that still has no caption."""
    return element.get("class") == "table" and element.find("p") is None


def _set_caption(reading: Reading, target: Element, caption: Element, lines: Sequence[Line]) -> None:
    found = CAPTION.match(lines[0].text)
    first = lines[0].cut(found.end() if found else 0)
    kept = [first, *lines[1:]]
    text, braces = trailing(kept[-1].text)
    if braces is not None:
        dress(target, reading.attributes(braces, kept[-1]))
        kept[-1] = Line(text, kept[-1].number, kept[-1].column)
    reading.leaf(caption, kept)
    caption.set("class", "caption")
    target.insert(0, caption)
