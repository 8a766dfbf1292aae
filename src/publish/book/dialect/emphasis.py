"""Emphasis and its like: which stars, underscores, tildes and carets belong together.

The algorithm is CommonMark's (specification 0.31, "An algorithm for parsing nested emphasis and links"), so no letter
is ever lost: a sign that finds no partner stays in the text. A sign may open where no white space follows it, and
close where none stands before it; CommonMark's look at punctuation is left out, since it forbids `**《书》**是`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import ETX, STX

SIGNS = re.compile(r"\*+|_+|~+|\^+")
TAGS = {"*": ("em", "strong"), "_": ("em", "strong"), "~": ("sub", "del"), "^": ("sup",)}
"""What one sign makes, and what two make."""
WORD = re.compile(r"\w")
NESTING = 60
"""Marks inside marks at most."""


class NestedTooDeepError(Exception):
    """Marks stand inside marks to a depth beyond `NESTING`."""


@dataclass
class Run:
    """Signs of a kind in a row. What has found partners is taken off: an opener's end, a closer's start."""

    number: int
    sign: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool

    def pairs_with(self, closer: "Run") -> bool:
        """Whether this run opens what the other closes. CommonMark's rules 9 and 10 keep `*a**b*` whole."""
        if self.sign != closer.sign:
            return False
        either = self.closes or closer.opens
        return not either or (self.length + closer.length) % 3 != 0 or self.length % 3 == closer.length % 3 == 0


@dataclass(frozen=True)
class Edge:
    """Where an element begins or, without a tag, ends: the place of its signs, and how many they are."""

    at: int
    width: int
    tag: str | None = None


def emphasised(text: str) -> Element:
    """An element that holds a text, and in it the elements that its signs make; all other signs are escaped.

    Raises:
        NestedTooDeepError: they stand too deep inside each other.
    """
    holder = Element("div")
    inside = [holder]
    at = 0
    for edge in sorted(_edges(text), key=lambda edge: edge.at):
        _write(inside[-1], text[at : edge.at])
        at = edge.at + edge.width
        if edge.tag is None:
            inside.pop()
        elif len(inside) > NESTING:
            raise NestedTooDeepError
        else:
            inside.append(SubElement(inside[-1], edge.tag))
    _write(holder, text[at:])
    return holder


def _write(element: Element, text: str) -> None:
    """Put text at the end of an element. Its signs have found no partner, and must not be looked at again."""
    text = SIGNS.sub(lambda found: "".join(f"{STX}{ord(sign)}{ETX}" for sign in found[0]), text)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _edges(text: str) -> Iterator[Edge]:
    """The beginnings and ends of all elements, in no order."""
    openers: list[Run] = []
    fruitless: dict[tuple[str, bool, int], int] = {}
    for run in _runs(text):
        kind = (run.sign, run.opens, run.length % 3)
        while run.closes and run.start < run.end:
            place = _opener(openers, run, fruitless.get(kind, -1))
            if place is None:
                fruitless[kind] = run.number - 1
                break
            del openers[place + 1 :]
            opener = openers[place]
            width = min(opener.end - opener.start, run.end - run.start, len(TAGS[run.sign]))
            yield Edge(opener.end - width, width, TAGS[run.sign][width - 1])
            yield Edge(run.start, width)
            opener.end -= width
            run.start += width
            if opener.start == opener.end:
                openers.pop()
        if run.opens and run.start < run.end:
            openers.append(run)


def _opener(openers: list[Run], closer: Run, bottom: int) -> int | None:
    """The last run that a closer can pair with, looked for down to `bottom`, where one of its kind found none."""
    for place in range(len(openers) - 1, -1, -1):
        if openers[place].number <= bottom:
            return None
        if openers[place].pairs_with(closer):
            return place
    return None


def _runs(text: str) -> Iterator[Run]:
    """The rows of signs. An underscore in a word is a letter of it."""
    for number, found in enumerate(SIGNS.finditer(text)):
        before, after = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
        opens, closes = bool(after) and not after.isspace(), bool(before) and not before.isspace()
        if found[0][0] == "_":
            opens, closes = opens and not WORD.match(before), closes and not WORD.match(after)
        yield Run(number, found[0][0], *found.span(), len(found[0]), opens, closes)
