"""Two PDFs of the same book, compared: one from a plain run of the engine, one bound from pieces.

They are the same when every page looks the same, has the same words at the same places, the same links, label and
boxes, and when outline, named places, tags and metadata say the same. What may differ nonetheless is in `Allowed`.

PDFium paints a page the same whatever lies unused in its resources, so that nothing has to be evened out where the
engine gives all pages of a book the transparency groups of some.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from PIL import Image, ImageChops

from . import tags
from .opened import Item, Leaf, Opened

NOISE = 0.0005
"""Points: what is left of a length of some hundred points in the four bytes in which PDFium keeps it."""
SLIDE = 0.0015
"""Points: a text that is slid lands on a thousandth of a point, the last figure that is written of a place."""
PLACE = 0.0105
"""Points: places to lead to are written to a hundredth."""
GLYPH = 9
"""Pixels: the side of a square that holds one letter of a text."""


@dataclass(frozen=True)
class Difference:
    """What differs, and on which page (its label; empty for the whole file)."""

    page: str
    what: str

    def __str__(self) -> str:
        return f"page {self.page}: {self.what}" if self.page else self.what


@dataclass(frozen=True)
class Allowed:
    """What may differ in two files that are the same.

    `slid` are the pages, from 0, whose text was laid out for the other side of a leaf and slid there. A word may be off
    by a thousandth of a point on them, and a letter or two near each other may be smoothed otherwise.
    """

    slid: frozenset[int] = frozenset()


NOTHING = Allowed()


def differences(plain: bytes, bound: bytes, allowed: Allowed = NOTHING) -> list[Difference]:
    """All that differs in the second file from the first, page by page, then in the file as a whole."""
    one, other = Opened(plain), Opened(bound)
    try:
        return [*_between(one, other, allowed)]
    finally:
        one.close()
        other.close()


def _between(one: Opened, other: Opened, allowed: Allowed) -> Iterator[Difference]:
    if len(one) != len(other):
        yield Difference("", f"{len(other)} pages, not {len(one)}")
    marked: tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]] = {}, {}
    for index, label in enumerate(one.labels[: len(other)]):
        leaves = one.leaf(index), other.leaf(index)
        slid = index in allowed.slid
        found = [*_looks(leaves[0].picture, leaves[1].picture, slid=slid), *_holds(*leaves, SLIDE if slid else NOISE)]
        if other.labels[index] != label:
            found.insert(0, f"its label is {other.labels[index]}")
        yield from (Difference(label, what) for what in found)
        for texts, leaf in zip(marked, leaves, strict=True):
            texts.update({(index, number): text for number, text in leaf.marked.items()})
    for what in (*_outlines(one, other), *_names(one, other), *_about(one, other), *_tags(one, other, marked)):
        yield Difference("", what)


def _looks(one: Image.Image, other: Image.Image, *, slid: bool) -> Iterator[str]:
    """How two pictures of a page differ."""
    if one.size != other.size:
        yield f"it is {other.size} pixels large, not {one.size}"
        return
    if one.tobytes() == other.tobytes():
        return
    red, green, blue = ImageChops.difference(one, other).split()
    difference = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    left, top, right, bottom = difference.getbbox() or (0, 0, 0, 0)
    if slid and right - left <= 2 * GLYPH and bottom - top <= 2 * GLYPH:
        return
    count = one.width * one.height - difference.histogram()[0]
    greatest = difference.getextrema()[1]
    yield f"{count} pixels differ, by up to {greatest} levels, between {left},{top} and {right},{bottom}"


def _holds(one: Leaf, other: Leaf, near: float) -> Iterator[str]:
    """How two pages differ in what stands on them."""
    if one.boxes != other.boxes:
        yield f"its boxes are {', '.join(other.boxes)}; not {', '.join(one.boxes)}"
    yield from _moves("the word", one.words, other.words, near)
    yield from _moves("the link to", one.links, other.links, PLACE)
    if one.artifacts != other.artifacts:
        yield f"its artifacts are {list(other.artifacts)}, not {list(one.artifacts)}"
    if other.loose != one.loose:  # PDFium does not say how a text inside a form is marked
        yield f"neither tagged nor artifacts: {list(other.loose)}, not {list(one.loose)}"


def _moves(kind: str, one: Sequence[Item], other: Sequence[Item], near: float) -> Iterator[str]:
    """What stands elsewhere on the second page, what is missing there, and what is there alone; in any order."""
    if len(one) == len(other) and all(_same(a, b, near) for a, b in zip(one, other, strict=True)):
        return
    left: dict[str, list[Item]] = {}
    for item in other:
        left.setdefault(item.what, []).append(item)
    astray = []
    for item in one:
        rest = left.get(item.what, [])
        if (same := next((at for at, found in enumerate(rest) if _same(item, found, near)), None)) is not None:
            del rest[same]
        else:
            astray.append(item)
    for item in astray:
        if left.get(item.what):
            found = left[item.what].pop(0)
            yield f"{kind} {item.what} stands at {_at(found)}, not at {_at(item)}"
        else:
            yield f"{kind} {item.what} at {_at(item)} is missing"
    yield from (f"{kind} {item.what} at {_at(item)} is new" for items in left.values() for item in items)


def _same(one: Item, other: Item, near: float) -> bool:
    return (
        one.what == other.what
        and len(one.at) == len(other.at)
        and all(abs(a - b) <= near for a, b in zip(one.at, other.at, strict=True))
    )


def _at(item: Item) -> str:
    """The first two lengths of a place: its left and lower sides; of a link also the height that it leads to."""
    height = f" (to {item.at[4]:.2f})" if len(item.at) == 5 else ""
    return ", ".join(f"{length:.3f}" for length in item.at[:2]) + height


def _outlines(one: Opened, other: Opened) -> Iterator[str]:
    """How two outlines differ: entries that are missing or new, and where the others lead."""
    entries, others = one.outline(), other.outline()
    titles, other_titles = ([entry[:2] for entry in held] for held in (entries, others))
    for kind, start, stop, other_start, other_stop in SequenceMatcher(
        None, titles, other_titles, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            pairs = zip(entries[start:stop], others[other_start:other_stop], strict=True)
            for (_, title, *place), (_, _, *other_place) in pairs:
                yield from _leads(f"the outline's “{title}”", place, other_place)
            continue
        yield from (f"the outline lacks “{title}” of level {level}" for level, title in titles[start:stop])
        yield from (f"the outline has “{t}” of level {level}" for level, t in other_titles[other_start:other_stop])


def _names(one: Opened, other: Opened) -> Iterator[str]:
    """How the named places of two files differ."""
    for name, place in one.names.items():
        if name not in other.names:
            yield f"no place is named {name}"
        else:
            yield from _leads(f"the place named {name}", place, other.names[name])
    yield from (f"a place is named {name}" for name in other.names if name not in one.names)


def _leads(what: str, place: Sequence[float], other: Sequence[float]) -> Iterator[str]:
    if place[0] != other[0] or abs(place[1] - other[1]) > PLACE:
        yield f"{what} leads to page {other[0]} from 0, {other[1]}; not to {place[0]}, {place[1]}"


def _about(one: Opened, other: Opened) -> Iterator[str]:
    """How two files differ in what they say of themselves."""
    said, others = one.about(), other.about()
    for key in sorted({*said, *others}):
        if said.get(key) != others.get(key):
            yield f"{key} is {others.get(key)}, not {said.get(key)}"


def _tags(one: Opened, other: Opened, marked: tuple[tags.Texts, tags.Texts]) -> Iterator[str]:
    """The first tag that differs in two structure trees, with those around it; and what no tag holds."""
    lines, others = (list(tags.lines(tags.tree(*held))) for held in zip((one, other), marked, strict=True))
    if lines != others:
        first = next(at for at, (a, b) in enumerate(zip_longest(lines, others)) if a != b)
        theirs, own = (held[first].strip() if first < len(held) else "the end" for held in (lines, others))
        before = " > ".join(_path(lines, first))
        yield f"the tags differ from here on, {before}: {own}; not {theirs} ({len(others)} lines, not {len(lines)})"
    texts, found = marked[1], tags.hung(other)
    for page, number in sorted(texts.keys() - found.keys()):
        yield f"page {other.labels[page]}: no tag holds “{texts[page, number]}”"
    for page, number in tags.astray(other, found):
        yield f"page {other.labels[page]}: “{texts.get((page, number), number)}” does not lead back to its tag"


def _path(lines: Sequence[str], at: int) -> list[str]:
    """The tags above a line of a tree."""
    path: list[str] = []
    depth = len(lines[at]) - len(lines[at].lstrip(" ")) if at < len(lines) else 2
    for line in reversed(lines[:at]):
        if (own := len(line) - len(line.lstrip(" "))) < depth:
            path.insert(0, line.strip())
            depth = own
    return [step for step in path if step]
