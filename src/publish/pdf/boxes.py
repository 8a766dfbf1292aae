"""The laid-out pages as plain values: which piece of the author's text each box shows, and in what flow it stands.

This is the one place that knows WeasyPrint's boxes, which are not public: a page's tree of boxes, and of a box its
element, text, style and position (lengths in CSS pixels from the page's corner).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any
from xml.etree.ElementTree import Element

from publish.book.flow import WHOLE, Key
from publish.pdf.engine import Document, formatting_structure
from publish.pdf.record import Counter, PageRecord, Seams

POINTS = 0.75
"""Points in a CSS pixel."""
PIXELS_PER_INCH = 96
"""CSS pixels in an inch."""
EDGE = 1.0
"""CSS pixels by which a line may pass the edge of the paper: the space at its end is nothing to see."""
OUT_OF_FLOW = ("absolute", "fixed")
BOXES = formatting_structure.boxes
FORCED = ("page", "left", "right", "recto", "verso", "always")
"""What a box says that asks for a new page."""
BREAKABLE = (BOXES.BlockLevelBox, BOXES.TableRowGroupBox, BOXES.TableRowBox)
"""Boxes that can ask for a page break beside them."""
ACROSS = (BOXES.TextBox, BOXES.ReplacedBox)
DOWN = (BOXES.LineBox, BOXES.ReplacedBox)
"""Boxes that tell how wide, and how high, what stands in another box is."""


class Flow(Enum):
    """Where a box stands: in the page's text, beside it (floats and the like), or at its foot."""

    TEXT = "text"
    BESIDE = "beside"
    FOOT = "foot"


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of text: the element whose block holds it, that element's tag, and where it stands.

    `beyond` is by how much it passes the room of its block at the end, `width` what its words take, `indent` its first
    word's; `size` is that of the block's letters. `first` and `last` tell whether it is so on its page.
    """

    block: Key | None
    tag: str
    first: bool
    last: bool
    bottom: float
    beyond: float
    width: float
    indent: float
    size: float


@dataclass(frozen=True, slots=True)
class Shown:
    """One leaf box of an element: a line's stretch of its direct text, or None for a picture, rule or empty box.

    `hyphen` is what layout may have added at its end, `again` is true in the repeated head or foot of a table, `seen`
    is false where a reader cannot see it (hidden, or off the page), and `cut` is true where it runs over the edge.
    `row` is the table row around it, `line` the line, and `spread` what that line adds to the spaces between its words
    (0 where it is not justified). A picture of pixels has a `resolution` in pixels per inch, as printed.
    """

    key: Key
    text: str | None
    hyphen: str
    flow: Flow
    again: bool
    seen: bool
    cut: bool = False
    row: Key | None = None
    line: Line | None = None
    spread: float = 0.0
    bottom: float = 0.0
    resolution: float | None = None


@dataclass(frozen=True, slots=True)
class _Within:
    """What a box stands in."""

    flow: Flow
    again: bool = False
    row: Key | None = None
    line: Line | None = None


@dataclass(frozen=True)
class Notes:
    """The notes at the foot of one page: their ids and heights, and the height of what the page can hold."""

    heights: tuple[tuple[str, float], ...]
    room: float


class Pages:
    """A laid-out document, with the address of each of its elements.

    `owners` gives the section of each note, since notes may be set far from it. The pages before `first` do not count.
    """

    def __init__(self, document: Document, owners: Mapping[str, str], first: int = 0) -> None:
        self.pages = document.pages[first:]
        self._keys = _keys(document._html.etree_element, owners)
        self._body = _first_of_body(document._html.etree_element)

    def __len__(self) -> int:
        return len(self.pages)

    def shown(self, index: int) -> Iterator[Shown]:
        """The leaf boxes of a page, in the order of the boxes' tree."""
        page = self.pages[index]._page_box
        for child in page.children:
            name = type(child).__name__
            if name != "MarginBox":
                yield from self._leaves(child, Flow.FOOT if name == "FootnoteAreaBox" else Flow.TEXT, page)

    def first_of_body(self) -> int | None:
        """The page on which the body begins, None where there is none."""
        for index in range(len(self)) if self._body is not None else ():
            if any(box.element is self._body for box in _all(self.pages[index]._page_box)):
                return index
        return None

    def anchors(self) -> dict[str, tuple[int, float]]:
        """The page on which each id first stands, and its height there in points from the page's foot."""
        places: dict[str, tuple[int, float]] = {}
        for index, page in enumerate(self.pages):
            for ident, (_, top, *_) in page.anchors.items():
                places.setdefault(ident, (index, round((page.height - top) * POINTS, 2)))
        return places

    def kind(self, index: int) -> PageRecord:
        """What a page is, without its text: name, groups, side, counter, strings, measures."""
        page = self.pages[index]._page_box
        type_ = page.page_type
        strings: dict[str, tuple[str, str]] = {}
        for box in page.descendants():
            for name, value in _pairs(box.string_set):
                strings[name] = strings.get(name, (value,))[0], value
        return PageRecord(
            name=type_.name or "",
            groups=tuple((name, number + 1) for name, number in type_.groups),
            side=type_.side,
            blank=bool(type_.blank),
            counter=_counter(page.style),
            left=page.content_box_x(),
            area=(page.width, page.height),
            strings=strings,
        )

    def room(self, index: int) -> tuple[float, float]:
        """The height of a page's text area, and where it ends: above the notes at its foot."""
        page = self.pages[index]._page_box
        foot = next(
            (area for area in page.children if type(area).__name__ == "FootnoteAreaBox" and area.children), None
        )
        end = page.content_box_y() + page.height
        return page.height, end - foot.margin_height() if foot is not None else end

    def forced(self, index: int) -> bool:
        """Whether what ends before a page, or begins on it, asked for the break between them."""
        ends, begins = _sections(self.pages[index - 1])[-1:], _sections(self.pages[index])[:1]
        before = {id(box.element): box for top in ends for box in _edge(top, -1)}
        after = {id(box.element): box for top in begins for box in _edge(top, 0)}
        asked = [box.style["break_after"] for ident, box in before.items() if ident not in after]
        asked += [box.style["break_before"] for ident, box in after.items() if ident not in before]
        return any(value in FORCED for value in asked)

    def tops(self, index: int) -> dict[str, float]:
        """Where each id stands on a page, from its top."""
        return {ident: top for ident, (_, top, *_) in self.pages[index].anchors.items()}

    def discards(self) -> bool:
        """Whether a block that stands first on the first page would drop its margin there behind another page."""
        return any(
            box.style["margin_break"] == "discard" for top in _sections(self.pages[0])[:1] for box in _edge(top, 0)
        )

    def seams(self) -> Seams:
        """How the document begins and ends: its breaks and page names, from the sections inwards or outwards.

        After the last page with a section there may be pages for notes that were carried on.
        """
        first = _sections(self.pages[0])
        last = next(filter(None, map(_sections, reversed(self.pages))), None)
        if not first or not last:
            return Seams()
        names = first[0].page_values()[0], last[-1].page_values()[1]
        before = [box.style["break_before"] for box in _edge(first[0], 0)]
        after = [box.style["break_after"] for box in _edge(last[-1], -1)]
        return Seams(tuple(before), tuple(reversed(after)), *(str(name) for name in names))

    def share_section(self, one: int, other: int) -> bool:
        """Whether some section stands on both of two pages."""
        first, second = ({box.element for box in _sections(self.pages[index])} for index in (one, other))
        return bool(first & second)

    def notes(self, index: int) -> Notes | None:
        """The notes at the foot of a page, None where it has none."""
        page = self.pages[index]._page_box
        for area in page.children:
            if type(area).__name__ == "FootnoteAreaBox" and area.children:
                heights = tuple((box.element.get("id", ""), box.margin_height()) for box in area.children)
                spent = area.margin_height() - sum(height for _, height in heights)
                return Notes(heights, page.height - spent)
        return None

    def _leaves(self, top: Any, flow: Flow, page: Any) -> Iterator[Shown]:
        stack = [(top, _Within(flow))]
        while stack:
            box, within = stack.pop()
            box = getattr(box, "_box", box)
            tag = box.element_tag or ""
            if "::" in tag and not tag.endswith(("::first-letter", "::first-line")):
                continue
            text = getattr(box, "text", None)
            if text is None:
                within = self._inside(box, tag, within)
            children = getattr(box, "children", ()) if text is None else ()
            if children:
                if within.line is None and isinstance(children[0], BOXES.LineBox):
                    stack.extend(self._lines(box, within))
                else:
                    stack.extend((child, within) for child in reversed(children))
            elif (key := self._keys.get(box.element)) is not None:
                yield _leaf(box, key, within, page)

    def _inside(self, box: Any, tag: str, within: _Within) -> _Within:
        """What the children of a box stand in."""
        if within.flow is Flow.TEXT and _beside(tag, box.style):
            within = _Within(Flow.BESIDE, within.again, within.row)
        if getattr(box, "is_header", False) or getattr(box, "is_footer", False):
            within = replace(within, again=True)
        if isinstance(box, BOXES.TableRowBox):
            within = replace(within, row=self._keys.get(box.element))
        return within

    def _lines(self, block: Any, within: _Within) -> Iterator[tuple[Any, _Within]]:
        """The lines of a block that holds some, from the last one on, each with its measures."""
        key, tag, size = self._keys.get(block.element), block.element_tag or "", block.style["font_size"]
        room, count = block.content_box_x() + block.width, len(block.children)
        for number, line in zip(range(count, 0, -1), reversed(block.children), strict=True):
            bottom, beyond = line.position_y + line.height, line.position_x + line.width - _hanging(line) - room
            read = Line(key, tag, number == 1, number == count, bottom, beyond, line.width, line.text_indent, size)
            yield line, _Within(within.flow, within.again, within.row, read)


def _hanging(line: Any) -> float:
    """How wide the space at the end of a line of code is, which may stand out: nobody sees it (CSS Text 3, 4.1)."""
    last = line
    while getattr(last, "children", ()):
        last = last.children[-1]
    text = getattr(last, "text", None) or ""
    spaces = len(text) - len(text.rstrip(" "))
    return float(last.width * spaces / len(text)) if spaces else 0.0


def _leaf(box: Any, key: Key, within: _Within, page: Any) -> Shown:
    flow, again, row, line = within.flow, within.again, within.row, within.line
    text, style = getattr(box, "text", None), box.style
    left, top = box.position_x, box.position_y
    if text is None or box.element.tag == "img":
        foot = top + box.margin_height() if isinstance(box, BOXES.ReplacedBox) else 0.0
        resolution = _resolution(box) if foot else None
        return Shown(key, None, "", flow, again, True, row=row, line=line, bottom=foot, resolution=resolution)
    width, height = page.margin_width(), page.margin_height()
    on_paper = 0 <= top < height and left < width and left + box.width > 0
    cut = left < -EDGE or left + box.width > width + EDGE or top + box.height > height + EDGE
    seen = on_paper and style["visibility"] == "visible"
    spread = box.justification_spacing + style["word_spacing"]
    return Shown(key, text, style["hyphenate_character"], flow, again, seen, cut, row, line, spread, top + box.height)


def _resolution(box: Any) -> float | None:
    """Pixels per inch of a picture as it is printed, the lesser of both ways; None of a drawing."""
    picture = box.replacement
    if not hasattr(picture, "image_data") or not (box.width and box.height):
        return None
    scales = box.width / picture.width, box.height / picture.height
    fit = box.style["object_fit"]
    scale = min(scales) if fit in ("contain", "scale-down") else max(scales)
    return PIXELS_PER_INCH / (min(scale, 1.0) if fit == "scale-down" else 1.0 if fit == "none" else scale)


def crowded(document: Document) -> frozenset[str]:
    """The names (`data-fit`) of the elements of a one-page document that hold more than they have room for: lines and
    pictures that are wider or higher than the element, or text that the engine has left out or put on another page.
    """
    found: set[str] = set()
    seen: set[Element] = set()
    for box in _all(document.pages[0]._page_box):
        name = box.element.get("data-fit") if box.element is not None else None
        if name and box.element not in seen:
            seen.add(box.element)
            inside = list(_all(box))
            if any(_passes(inner, box) for inner in inside) or _lacks(inside, box.element):
                found.add(name)
    return frozenset(found)


def _lacks(inside: list[Any], element: Element) -> bool:
    """Whether text of an element stands in none of these boxes. Spaces do not count."""
    shown = "".join(box.text for box in inside if isinstance(box, BOXES.TextBox))
    return len("".join(shown.split())) < len("".join("".join(element.itertext()).split()))


def _passes(inner: Any, outer: Any) -> bool:
    """Whether a line or a picture passes the edges of a box around it. What a style shifts is where its line is."""
    left, top = outer.content_box_x() - EDGE, outer.content_box_y() - EDGE
    right, bottom = left + outer.width + 2 * EDGE, top + outer.height + 2 * EDGE
    wide = isinstance(inner, ACROSS) and not left <= inner.position_x <= right - inner.width
    high = isinstance(inner, DOWN) and not top <= inner.position_y <= bottom - inner.height
    return wide or high


def _beside(tag: str, style: Any) -> bool:
    position = style["position"]
    return (
        (style["float"] != "none" and not tag.endswith("::first-letter"))
        or position in OUT_OF_FLOW
        or not isinstance(position, str)
    )


def _keys(root: Element, owners: Mapping[str, str]) -> dict[Element | None, Key]:
    """The address of each element of the author's text: the nearest section or note above it, and its serial.

    In a section that we made every element has the address of the section.
    """
    keys: dict[Element | None, Key] = {}
    stack = [(root, "", False)]
    while stack:
        element, section, made = stack.pop()
        if element.tag == "section" and element.get("data-short") is not None:
            section, made = element.get("id", ""), element.get("data-made") is not None
        section = owners.get(element.get("id", ""), section)
        if (serial := element.get("data-p")) is not None and serial.isdecimal():
            keys[element] = (section, int(serial))
        elif made:
            keys[element] = (section, WHOLE)
        stack.extend((child, section, made) for child in element if isinstance(child.tag, str))
    return keys


def _first_of_body(root: Element) -> Element | None:
    return next((e for e in root.iter("section") if "first-body" in e.get("class", "").split()), None)


def _all(box: Any) -> Iterator[Any]:
    stack = [box]
    while stack:
        box = stack.pop()
        box = getattr(box, "_box", box)
        yield box
        stack.extend(getattr(box, "children", ()))


def _pairs(value: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else ()


def _counter(style: Any) -> Counter:
    reset, step, fixed = (
        [value for name, value in _pairs(style[f"counter_{what}"]) if name == "page"]
        for what in ("reset", "increment", "set")
    )
    return Counter(reset[-1] if reset else None, sum(step), fixed[-1] if fixed else None)


def _sections(page: Any) -> list[Any]:
    """The boxes that stand directly in the body on a page."""
    html = page._page_box.children[0]
    return [box for body in html.children for box in body.children if box.is_in_normal_flow()]


def _edge(box: Any, which: int) -> Iterator[Any]:
    """A block and those at its very beginning (0) or end (-1), as far in as a break can be asked for."""
    while isinstance(box, BREAKABLE) and (box.is_in_normal_flow() or box.is_floated()):
        yield box
        if not box.children:
            return
        box = box.children[which]
