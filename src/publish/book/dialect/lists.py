"""Lists: which lines belong to which item, whatever the width of the marker (syntax: nested by 2, 3 or 4 spaces)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from publish.book.dialect.lines import MARKER, RULE, Line

OpensBlock = Callable[[Line], bool]
"""Asks whether a line begins a block of another kind, so that it cannot go on a paragraph lazily."""

NESTED = 2
"""Columns of indentation that are always enough to belong to an item."""
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True)
class Marker:
    """What begins an item: the kind of its list (bullet sign, or numeral style and delimiter), number, widths."""

    kind: str
    number: int
    indent: int
    width: int
    text: Line

    @property
    def ordered(self) -> bool:
        """Whether the list is numbered or lettered."""
        return self.kind[0] not in "-*+"


@dataclass(frozen=True)
class Item:
    """One item: its lines without marker and indentation, and whether a blank line stands after it."""

    lines: tuple[Line, ...]
    gap: bool


def marker_of(line: Line, kind: str | None = None) -> Marker | None:
    """The marker that a line begins with. `kind` is that of the list it may go on: it decides what `i.` means."""
    if RULE.match(line.text):
        return None
    indent = line.indent
    body = line.stripped()
    found = MARKER.match(body.text)
    if found is None:
        return None
    rest = body.cut(found.end())
    spaces = rest.indent
    first = found.end() + (spaces if 0 < spaces <= 4 else 1)
    style, number = _numeral(found, kind)
    if not style:
        return None
    return Marker(style, number, indent, first, rest.dedent(first - found.end()))


def _numeral(found: re.Match[str], kind: str | None) -> tuple[str, int]:
    """The kind of list and the number that a marker means; no kind where a first letter begins no list."""
    if found["bullet"]:
        return found["bullet"], 0
    if found["number"]:
        return "1" + found["nd"], int(found["number"])
    letters, delimiter = (found["letter"], found["ld"]) if found["letter"] else (found["upper"], found["ud"])
    alphabetic, roman = ("A", "I") if letters.isupper() else ("a", "i")
    lower = letters.lower()
    if len(lower) == 1 and kind == alphabetic + delimiter:
        return kind, ord(lower) - ord("a") + 1
    if set(lower) <= set(ROMAN) and (kind == roman + delimiter or (kind is None and lower == "i")):
        return roman + delimiter, _roman(lower)
    if kind is None and lower == "a":
        return alphabetic + delimiter, 1
    return "", 0


def _roman(letters: str) -> int:
    values = [ROMAN[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def interrupts(line: Line) -> bool:
    """Whether a list can begin here, directly after a line of a paragraph: bullets, `1.` and `1)`, not empty."""
    marker = marker_of(line)
    if marker is None or marker.text.blank or line.indent > 3:
        return False
    return not marker.ordered or (marker.kind[0] == "1" and marker.number == 1)


def read_items(lines: Sequence[Line], start: int, opens_block: OpensBlock) -> tuple[Marker, list[Item], int]:
    """Read a list from line `start`, which has a marker: the first marker, the items, and the line after them."""
    first = marker_of(lines[start])
    if first is None:
        raise ValueError("no list begins here")
    items: list[Item] = []
    at = start
    marker: Marker | None = first
    while marker is not None:
        content, after, gap = _item(lines, at, marker, opens_block)
        items.append(Item(tuple(content), gap))
        at = after
        marker = None
        if at < len(lines):
            following = marker_of(lines[at], first.kind)
            marker = following if following and following.kind == first.kind else None
    return first, items, at


def _item(lines: Sequence[Line], at: int, marker: Marker, opens_block: OpensBlock) -> tuple[list[Line], int, bool]:
    """The lines of one item, the line after it, and whether blank lines stand at its end."""
    content = [marker.text]
    needed = min(NESTED, marker.width)
    at += 1
    blanks = 0
    while at < len(lines):
        line = lines[at]
        if line.blank:
            blanks += 1
        elif blanks and len(content) == 1 and content[0].blank:
            break
        else:
            inside = line.indent - marker.indent
            if inside >= needed:
                content.extend(Line("", lines[at - blanks + n].number) for n in range(blanks))
                content.append(line.dedent(marker.indent + min(inside, marker.width)))
                blanks = 0
            elif blanks or content[-1].blank or opens_block(line) or marker_of(line, marker.kind) is not None:
                break
            else:
                content.append(line.stripped())
        at += 1
    return content, at, blanks > 0
