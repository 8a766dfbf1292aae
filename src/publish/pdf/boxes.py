"""The laid-out pages as plain values: which piece of the author's text each box shows, and in what flow it stands.

This is the one place that knows WeasyPrint's boxes, which are not public: a page's tree of boxes, and of a box its
element, text, style and position (lengths in CSS pixels from the page's corner).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from xml.etree.ElementTree import Element

from publish.book.flow import WHOLE, Key
from publish.pdf.engine import Document, formatting_structure
from publish.pdf.record import Counter, PageRecord, Seams

POINTS = 0.75
"""Points in a CSS pixel."""
EDGE = 1.0
"""CSS pixels by which a line may pass the edge of the paper: the space at its end is nothing to see."""
OUT_OF_FLOW = ("absolute", "fixed")
BOXES = formatting_structure.boxes
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


@dataclass(frozen=True, slots=True)
class Shown:
    """One leaf box of an element: a line's stretch of its direct text, or None for a picture, rule or empty box.

    `hyphen` is what layout may have added at its end, `again` is true in the repeated head or foot of a table, `seen`
    is false where a reader cannot see it (hidden, or off the page), and `cut` is true where it runs over the edge.
    """

    key: Key
    text: str | None
    hyphen: str
    flow: Flow
    again: bool
    seen: bool
    cut: bool = False


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
        width, height = page.margin_width(), page.margin_height()
        stack = [(top, flow, False)]
        while stack:
            box, flow, again = stack.pop()
            box = getattr(box, "_box", box)
            tag, style = box.element_tag or "", box.style
            if "::" in tag and not tag.endswith(("::first-letter", "::first-line")):
                continue
            if flow is Flow.TEXT and _beside(tag, style):
                flow = Flow.BESIDE
            again = again or getattr(box, "is_header", False) or getattr(box, "is_footer", False)
            text = getattr(box, "text", None)
            children = getattr(box, "children", ()) if text is None else ()
            if children:
                stack.extend((child, flow, again) for child in reversed(children))
            elif (key := self._keys.get(box.element)) is not None:
                if text is None or box.element.tag == "img":
                    yield Shown(key, None, "", flow, again, seen=True)
                    continue
                left, top = box.position_x, box.position_y
                on_paper = 0 <= top < height and left < width and left + box.width > 0
                cut = left < -EDGE or left + box.width > width + EDGE or top + box.height > height + EDGE
                seen = on_paper and style["visibility"] == "visible"
                yield Shown(key, text, style["hyphenate_character"], flow, again, seen, cut)


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
