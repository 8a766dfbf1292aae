"""Figures: an image alone in its paragraph, its brackets the caption."""

from xml.etree.ElementTree import Element, SubElement

from publish.book.dialect import findings
from publish.book.dialect.attributes import BRACES, Attributes, read_attributes
from publish.book.dialect.lines import Line
from publish.book.dialect.placing import Leaf, set_place
from publish.book.dialect.reading import Reading, dress
from publish.book.dialect.targets import Target, label_at, normal, target_at


def make_figures(reading: Reading, root: Element) -> None:
    """Turn each paragraph that is nothing but an image into a figure."""
    for paragraph in list(root.iter("p")):
        leaf = paragraph.get("data-leaf")
        if leaf is not None and (paragraph.text or "").startswith("![") and "data-raw" not in paragraph.attrib:
            _make_figure(reading, paragraph, reading.leaves[int(leaf)])


def _make_figure(reading: Reading, paragraph: Element, lines: tuple[Line, ...]) -> None:
    text = paragraph.text or ""
    closing = closing_bracket(text, 2)
    found = _target(reading, text, closing) if closing else None
    if closing is None or found is None:
        return
    braces = BRACES.match(text, found.end)
    if text[braces.end() if braces else found.end :].strip():
        return
    attributes = read_attributes(braces.group()[1:-1]) if braces else Attributes()
    leaf = Leaf(reading.path, lines)
    if braces and attributes.error:
        span = leaf.span(braces.start(), len(braces.group()))
        reading.problems.add(findings.bad_attributes(span, braces.group(), attributes.error))
    paragraph.tag, paragraph.text = "figure", None
    del paragraph.attrib["data-leaf"]
    image = SubElement(paragraph, "img", {"src": found.address})
    set_place(image, leaf.span(0, len(text)))
    if found.title:
        image.set("title", found.title)
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


def _target(reading: Reading, text: str, closing: int) -> Target | None:
    """What the image in a paragraph shows: a file behind its brackets, or the definition that they name."""
    target = target_at(text, closing + 1)
    if target is None:
        label = label_at(text, closing + 1)
        name, end = label if label else ("", closing + 1)
        defined = reading.references.get(normal(name or text[2:closing]))
        if defined is None:
            return None
        reading.used.add(normal(name or text[2:closing]))
        target = Target(defined.address, defined.title, end)
    return target


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
