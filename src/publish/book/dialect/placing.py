"""What is left to do with a block once its inline marks are read: places, problems, notes, alternative texts."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from xml.etree.ElementTree import Element, SubElement

from publish.book.dialect import findings
from publish.book.dialect.inline import REFUSED, SEPARATOR, unescaped
from publish.book.dialect.lines import Line
from publish.book.dialect.reading import Reading
from publish.places import Span

SIGNS = {"sub": "~", "sup": "^"}


class Leaf:
    """The author's text of one block, and where each of its characters stands in the file."""

    def __init__(self, path: str, lines: Sequence[Line]) -> None:
        self.path = path
        self.lines = lines
        self._starts = list(accumulate((len(line.text) + 1 for line in lines[:-1]), initial=0))

    def span(self, offset: int, length: int) -> Span:
        """The place of characters by their offset in the text; what goes on in a next line is cut at the line's end."""
        number = bisect_right(self._starts, offset) - 1
        line, at = self.lines[number], offset - self._starts[number]
        return Span(self.path, line.number, line.column + at, max(1, min(length, len(line.text) - at)))


def settle(reading: Reading, holder: Element, leaf: Leaf) -> None:
    """Give the inline elements of a text their places, report their problems, and take notes out of it."""
    for element in list(holder.iter()):
        if "data-at" in element.attrib:
            span = leaf.span(int(element.attrib.pop("data-at")), int(element.attrib.pop("data-span")))
            set_place(element, span)
            problem = element.attrib.pop("data-problem", None)
            if problem is not None:
                kind, *arguments = problem.split(SEPARATOR)
                reading.problems.add(getattr(findings, kind)(span, *arguments))
                element.tag = "span" if element.tag == REFUSED else element.tag
                element.set("class", f"{element.get('class', '')} draft-mark".strip())
    _restore_signs(holder)
    _take_out_notes(reading, holder)
    _free_calls(holder)
    for image in list(holder.iter("img")):
        describe(image)


def set_place(element: Element, span: Span) -> None:
    """Note an element's place on it."""
    element.set("data-line", str(span.line))
    element.set("data-column", str(span.column))
    element.set("data-length", str(span.length))


def describe(image: Element) -> None:
    """Make an inline image's text its alternative text, unless the author gave another."""
    if "alt" not in image.attrib:
        image.set("alt", unescaped(" ".join(said(image).split())))
    if "decorative" in image.get("class", "").split():
        image.set("alt", "")
        image.set("role", "presentation")
    image.text = None
    for child in list(image):
        image.remove(child)


def said(element: Element) -> str:
    """The text of an element, images in it by their alternative text."""
    inner = (said(child) + (child.tail or "") for child in element)
    return (element.get("alt") or "") + (element.text or "") + "".join(inner)


def _restore_signs(holder: Element) -> None:
    """Put `~` and `^` back where white space stands between them: "from ~5 to ~6" is text."""
    parents = {child: parent for parent in holder.iter() for child in parent}
    for element in [e for e in holder.iter() if e.tag in SIGNS and "data-line" not in e.attrib]:
        if any(sign.isspace() for sign in "".join(element.itertext())):
            sign = SIGNS[element.tag]
            _unwrap(parents[element], element, sign)
            parents.update(dict.fromkeys(parents[element], parents[element]))


def _unwrap(parent: Element, element: Element, sign: str) -> None:
    """Put what an element holds in its place, between two signs."""
    at = list(parent).index(element)
    children = list(element)
    _append(parent, at, sign + (element.text or ""))
    parent.remove(element)
    for number, child in enumerate(children):
        parent.insert(at + number, child)
    _append(parent, at + len(children), sign + (element.tail or ""))


def _append(parent: Element, at: int, text: str) -> None:
    """Put text before the child at a position."""
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _take_out_notes(reading: Reading, holder: Element) -> None:
    """Turn notes written in place into calls, and keep their texts under labels that nobody can type."""
    for element in [e for e in holder.iter("span") if e.get("class") == "inline-note"]:
        reading.inline_notes += 1
        label = f"^{reading.inline_notes}"
        line, column = element.get("data-line", "1"), element.get("data-column", "1")
        span = Span(reading.path, int(line), int(column), int(element.get("data-length", "1")))
        text = Element("aside", {"class": "note", "data-line": line, "data-end": line})
        paragraph = SubElement(text, "p", {"data-line": line, "data-end": line})
        paragraph.text, element.text = element.text, None
        for child in list(element):
            element.remove(child)
            paragraph.append(child)
        reading.notes[label] = (text, span)
        element.tag = "a"
        element.set("class", "note-call")
        element.set("data-note", label)


def _free_calls(holder: Element) -> None:
    """Put note calls that stand inside a link behind it, since no link may hold another."""
    parents = {child: parent for parent in holder.iter() for child in parent}
    for call in reversed([a for a in holder.iter("a") if a.get("class") == "note-call"]):
        link, around = None, parents.get(call)
        while around is not None:
            link = around if around.tag == "a" else link
            around = parents.get(around)
        if link is None:
            continue
        parent = parents[call]
        _append(parent, list(parent).index(call), call.tail or "")
        parent.remove(call)
        holds = parents[link]
        call.tail, link.tail = link.tail, None
        holds.insert(list(holds).index(link) + 1, call)
        parents[call] = holds
