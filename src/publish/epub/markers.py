"""Marks in the text of an e-book where the pages of the printed book begin.

A mark is an empty element, `<span epub:type="pagebreak" role="doc-pagebreak" id="page-12" aria-label="12"/>` (EPUB
Accessibility 1.1, 3.2). It stands right before the first word of its page; a word that the page turn parts is left
whole, and the mark follows it. Where a mark would become part of a name, or is not allowed, it stands before: before a
heading, a link, a table; and first in an item of a list or in a cell, for there is no place between them.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from lxml import etree

from publish.book.flow import INLINE
from publish.epub.xhtml import TYPE
from publish.layout.markup import classes

ROLE = "doc-pagebreak"
NAMED = frozenset("a abbr h1 h2 h3 h4 h5 h6 sup sub ruby rt rp math svg summary caption thead".split())
"""Elements whose text is a name, a sign or a formula, which no mark may part."""
LISTS = frozenset("ul ol dl".split())
FULL = LISTS | frozenset("table tbody tfoot tr colgroup".split())
"""Elements between whose children no mark may stand."""
HOLDERS = frozenset("li dt dd td".split())
STAYED_IN = frozenset("section figcaption".split())
"""Elements that a mark does not leave, also where nothing stands before it."""
WHOLE = frozenset("img svg math picture object video audio hr".split())
"""Elements that count as one sign of the text around them."""
PHRASING = HOLDERS | INLINE | frozenset("p pre th h1 h2 h3 h4 h5 h6".split())
"""Elements in which a mark is a `span`, and no `div`."""
GAP = "\ufffc"
"""What stands in a block's text for an element that is whole, or a block of its own."""
PARTING = "–—―/\u200b…"
"""Signs after which a page may begin without parting a word."""
SPACELESS = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF),
    (0xFF00, 0xFFEF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean."""


@dataclass(frozen=True)
class Spot:
    """A place in text: before the character `index` of an element's text or, where `tail`, of the text after it.

    Where `index` is negative it is the place before the element itself.
    """

    element: etree._Element
    tail: bool
    index: int

    @property
    def holder(self) -> etree._Element:
        """The element whose direct text it is."""
        parent = self.element.getparent() if self.tail else None
        return self.element if parent is None else parent

    @property
    def rest(self) -> str:
        """The text from here to the next element."""
        return ((self.element.tail if self.tail else self.element.text) or "")[self.index :]


def spot_of(element: etree._Element, offset: int) -> Spot | None:
    """The place of a character of an element's direct text; None where it has not so many."""
    for node, tail in ((element, False), *((child, True) for child in element)):
        text = (node.tail if tail else node.text) or ""
        if offset < len(text):
            return Spot(node, tail, offset)
        offset -= len(text)
    return None


def block_of(element: etree._Element) -> etree._Element:
    """The nearest block: the element itself or one around it."""
    while element.tag in INLINE and (parent := element.getparent()) is not None:
        element = parent
    return element


def mark_before(element: etree._Element, ident: str, label: str) -> None:
    """Mark that a page begins with an element."""
    node = _place_before(element)
    parent = node.getparent()
    if parent is None or parent.tag == "body" or node.tag in HOLDERS:
        _put_first(node, ident, label)
    elif _has_before(node):
        tag = "span" if parent.tag in PHRASING or node.tag in INLINE else "div"
        node.addprevious(_mark(tag, ident, label))
    else:
        _put_first(parent, ident, label)


def mark_in_text(element: etree._Element, offset: int, ident: str, label: str) -> None:
    """Mark that a page begins at a character of an element's direct text."""
    spot = spot_of(element, offset)
    named = _named(element)
    if spot is None or named is not None:
        mark_before(element if named is None else named, ident, label)
        return
    block = block_of(element)
    signs = _Signs.of(block)
    at = _after_word(signs.text, signs.place(spot))
    if not signs.text[:at].strip():
        mark_before(block, ident, label)
    elif at == len(signs.text):
        block.append(_mark("span", ident, label))
    else:
        _put_at(signs.spot(at), block, ident, label)


def _put_at(spot: Spot, block: etree._Element, ident: str, label: str) -> None:
    """Mark a place in a block's text that has text before it; before the elements that begin there, if some do."""
    named = _named(spot.holder)
    node = spot.element if named is None else named
    if named is None and spot.index < 0:
        node.addprevious(_mark("span" if block.tag in PHRASING else "div", ident, label))
        return
    if named is None and (spot.tail or spot.index or node is block):
        _split(spot, _mark("span", ident, label))
        return
    while (parent := node.getparent()) is not None and parent is not block and not _has_before(node):
        node = parent
    node.addprevious(_mark("span", ident, label))


def _split(spot: Spot, new: etree._Element) -> None:
    """Put an element at a place inside a text."""
    new.tail = spot.rest or None
    if spot.tail:
        spot.element.tail = (spot.element.tail or "")[: spot.index] or None
        # Not `addnext`, which would carry the tail of the element along.
        parent = spot.holder
        parent.insert(parent.index(spot.element) + 1, new)
    else:
        spot.element.text = (spot.element.text or "")[: spot.index] or None
        spot.element.insert(0, new)


def _place_before(node: etree._Element) -> etree._Element:
    """The element before which, or first in which where it is a holder in a list or a row, the mark of another goes."""
    while (parent := node.getparent()) is not None and parent.tag != "body":
        if parent.tag in FULL:
            whole = parent if parent.tag in LISTS else next(node.iterancestors("table"), parent)
            if _begins(node, parent, whole):
                node = whole
            elif node.tag in HOLDERS:
                return node
            else:
                # The words of a head are said again with every cell under it: those of a mark in it would be, too.
                node = next(node.itersiblings("td") if node.tag == "th" else node.iter("td"), whole)
        elif parent.tag in NAMED or (parent.tag not in STAYED_IN and not _has_before(node)):
            node = parent
        else:
            return node
    return node


def _begins(node: etree._Element, parent: etree._Element, whole: etree._Element) -> bool:
    """Whether an item, a cell or a row is the first thing in its list or table."""
    if parent is whole and whole.tag in LISTS:
        return not _has_before(node)
    first = next(whole.iter("tr"), None)
    row = parent if parent.tag == "tr" else node if node.tag == "tr" else next(node.iter("tr"), first)
    return row is first and (row is not parent or not _has_before(node))


def _has_before(node: etree._Element) -> bool:
    """Whether anything of the author's stands before an element in its parent."""
    parent = node.getparent()
    if parent is not None and (parent.text or "").strip():
        return True
    for other in node.itersiblings(preceding=True):
        if (other.tail or "").strip() or not (other.get("role") == ROLE or other.get("data-made") is not None):
            return True
    return False


def _put_first(parent: etree._Element, ident: str, label: str) -> None:
    """Put a mark before all that an element holds, after the marks that stand there already."""
    new = _mark("span" if parent.tag in PHRASING else "div", ident, label)
    last: etree._Element | None = None
    for child in parent if not (parent.text or "").strip() else ():
        if child.get("role") != ROLE:
            break
        last = child
        if (child.tail or "").strip():
            break
    _split(Spot(parent, False, 0) if last is None else Spot(last, True, 0), new)


def _named(element: etree._Element) -> etree._Element | None:
    """The outermost element around a text, itself among them, that no mark may part."""
    around = [node for node in (element, *element.iterancestors()) if node.tag in NAMED]
    return around[-1] if around else None


def _mark(tag: str, ident: str, label: str) -> etree._Element:
    element = etree.Element(tag, {"role": ROLE, "id": ident, "aria-label": label})
    element.set(TYPE, "pagebreak")
    return element


@dataclass(frozen=True)
class _Signs:
    """The characters of a block's text, and of each run of them the spot at which it begins and its place in the text.

    To hold a spot for every character would take longer than all else that is done for an e-book.
    """

    text: str
    runs: tuple[Spot, ...]
    places: tuple[int, ...]

    @classmethod
    def of(cls, block: etree._Element) -> "_Signs":
        """The characters of a block."""
        runs = list(_runs(block))
        ends = accumulate((len(text) for text, _ in runs), initial=0)
        return cls("".join(text for text, _ in runs), tuple(spot for _, spot in runs), tuple(ends)[:-1])

    def spot(self, place: int) -> Spot:
        """Where a character stands."""
        number = bisect_right(self.places, place) - 1
        run = self.runs[number]
        return run if run.index < 0 else replace(run, index=place - self.places[number])

    def place(self, spot: Spot) -> int:
        """The place of the character that stands at a spot inside a text."""
        first = replace(spot, index=0)
        return self.places[self.runs.index(first)] + spot.index


def _runs(block: etree._Element) -> Iterator[tuple[str, Spot]]:
    """The texts of a block, those of inline elements among them, each with where it begins; none of ours."""
    stack: list[tuple[etree._Element, bool]] = [(block, False)]
    while stack:
        element, tail = stack.pop()
        if not tail and element is not block:
            if element.tag not in INLINE or element.tag in WHOLE:
                yield GAP, Spot(element, False, -1)
                continue
            if element.tag == "br" or "line" in classes(element):
                yield "\n", Spot(element, False, -1)
        if tail or element.get("data-made") is None:
            if text := (element.tail if tail else element.text) or "":
                yield text, Spot(element, tail, 0)
            stack += [part for child in reversed(() if tail else element) for part in ((child, True), (child, False))]


def _after_word(text: str, at: int) -> int:
    """The place itself, or the next one at which no word is parted; not before a space."""
    while 0 < at < len(text) and not _parts(text[at - 1], text[at]):
        at += 1
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _parts(before: str, after: str) -> bool:
    """Whether a page may begin between two characters without parting a word."""
    if before.isspace() or after.isspace() or GAP in (before, after) or before in PARTING:
        return True
    if any(low <= ord(sign) <= high for sign in (before, after) for low, high in SPACELESS):
        return not unicodedata.category(after).startswith(("P", "M"))
    return False
