"""Raw HTML: the little that a book may hold, and a refusal of all else.

What is allowed is data: elements that mean something on paper and in an EPUB, without behaviour, style or anything
fetched. `ALLOWED_ATTRIBUTES` are all that stay on them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from lxml import etree
from lxml import html as lxml_html

from publish.book.dialect import findings
from publish.book.dialect.lines import Line
from publish.book.dialect.reading import Reading, mark

INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
        "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    }
)  # fmt: skip
VOID = frozenset({"br", "img", "wbr"})
CONTAINERS = frozenset({"aside", "blockquote", "div", "section"})
"""Blocks that hold blocks: with their tags on lines of their own, what stands between is Markdown."""
BLOCKS = CONTAINERS | {"dd", "dl", "dt", "figcaption", "figure", "li", "ol", "p", "pre", "table", "ul"}
TABLE_PARTS = frozenset({"caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"})
ALLOWED_ATTRIBUTES = frozenset(
    {
        "class", "colspan", "datetime", "dir", "headers", "id", "lang", "rowspan", "scope", "span", "start",
        "title", "type",
    }
)  # fmt: skip
OF_ONE_ELEMENT = {"a": frozenset({"href"}), "img": frozenset({"alt", "height", "src", "width"})}
ADDRESSES = re.compile(r"\s*(?:https?:|mailto:|tel:|[^:]*$|[^:]*[/?#])", re.IGNORECASE)
"""The addresses that raw HTML may hold: the web's, and those inside of the book."""
LEVELS = 60
"""Raw elements inside each other at most."""
BLOCK_START = re.compile(rf"[ ]{{0,3}}<({'|'.join(sorted(BLOCKS))})(?=[\s>/])", re.IGNORECASE)
CONTAINER = re.compile(rf"[ ]{{0,3}}<({'|'.join(sorted(CONTAINERS))})((?:\s[^<>]*)?)>[ \t]*$", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


def attributes_of(tag: str, text: str) -> tuple[dict[str, str], str | None]:
    """The attributes written in a tag, and the first of them that is not allowed, if any."""
    pairs = {}
    for name, *values in ATTRIBUTE.findall(text.rstrip("/")):
        pairs[name.lower()] = unescape(next((value for value in values if value), ""))
    return checked(tag, pairs)


def checked(tag: str, pairs: Mapping[str, str]) -> tuple[dict[str, str], str | None]:
    """The attributes of an element as they stand in the tree, and the first that is not allowed, if any."""
    allowed = ALLOWED_ATTRIBUTES | OF_ONE_ELEMENT.get(tag, frozenset())
    found = {}
    for name, value in pairs.items():
        if name not in allowed or (name in ("href", "src") and not ADDRESSES.match(value)):
            return {}, name
        found[f"data-{name}" if name in ("height", "width") else name] = value
    return found, None


def container_end(lines: Sequence[Line], at: int, tag: str) -> int | None:
    """The line with nothing but the closing tag of the element that opens at `at`; None where there is none."""
    tags = re.compile(rf"<(/?){tag}(?=[\s>/])", re.IGNORECASE)
    level = 0
    for end in range(at, len(lines)):
        level += sum(-1 if found[1] else 1 for found in tags.finditer(lines[end].text))
        if level <= 0:
            return end if re.fullmatch(rf"\s*</{tag}\s*>\s*", lines[end].text, re.IGNORECASE) else None
    return None


def html_block(reading: Reading, lines: Sequence[Line], at: int, parent: Element) -> int:
    """A block of raw HTML, from its tag to the closing tag, checked element by element."""
    opening = BLOCK_START.match(lines[at].text)
    if opening is None:
        return at
    tag = opening[1].lower()
    tags = re.compile(rf"<(/?){tag}(?=[\s>/])", re.IGNORECASE)
    level = 0
    for end in range(at, len(lines)):
        level += sum(-1 if found[1] else 1 for found in tags.finditer(lines[end].text))
        if level <= 0:
            break
    else:
        reading.problems.add(findings.html_block_not_closed(reading.span(lines[at]), f"<{tag}>"))
        end = len(lines) - 1
    taken = lines[at : end + 1]
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=True)
    text = "\n".join(line.text for line in taken)
    fragment = lxml_html.fragment_fromstring(text, create_parent="div", parser=parser)
    if _deeper(fragment, LEVELS):
        reading.problems.add(findings.too_deep(reading.span(lines[at]), "raw HTML", LEVELS))
        _append(parent, "".join(str(inner) for inner in fragment.itertext()), taken)
    else:
        _copy(reading, taken, fragment, parent)
    return end + 1


def _deeper(tree: etree._Element, levels: int) -> bool:
    """Whether elements stand inside each other to more than so many levels."""
    row = [tree]
    for _ in range(levels):
        row = [child for element in row for child in element]
    return bool(row)


def _copy(reading: Reading, lines: Sequence[Line], source: etree._Element, parent: Element) -> None:
    """Copy what is allowed; of the rest an error speaks, and its text stays, so that no word is lost unseen."""
    _append(parent, source.text, lines)
    for child in source:
        if isinstance(child.tag, str):
            _copy_element(reading, lines, child, parent)
        _append(parent, child.tail, lines)


def _copy_element(reading: Reading, lines: Sequence[Line], child: etree._Element, parent: Element) -> None:
    tag = str(child.tag)
    number = child.sourceline if isinstance(child.sourceline, int) else 1
    line = lines[min(max(number - 1, 0), len(lines) - 1)]
    span = reading.span(line, len(tag) + 1)
    if (column := line.text.lower().find(f"<{tag}")) >= 0:
        span = replace(span, column=line.column + column)
    attributes, refused = checked(tag, {str(key): str(value) for key, value in child.attrib.items()})
    if tag not in INLINE | VOID | BLOCKS | TABLE_PARTS | {"hr"}:
        reading.problems.add(findings.html_not_allowed(span, f"<{tag}>"))
    elif refused:
        reading.problems.add(findings.html_attribute_not_allowed(span, f"<{tag}>", refused))
    else:
        element = mark(SubElement(parent, tag, attributes), lines)
        element.set("data-raw", "")
        if tag in ("a", "img"):
            for key, value in (("line", span.line), ("column", span.column), ("length", span.length)):
                element.set(f"data-{key}", str(value))
        _copy(reading, lines, child, element)
        return
    if "data-raw" not in parent.attrib:
        parent = mark(SubElement(parent, "div", {"data-raw": ""}), lines)
    _copy(reading, lines, child, parent)


def _append(parent: Element, text: str | None, lines: Sequence[Line]) -> None:
    """Add text to a raw element; beside raw elements it makes a paragraph."""
    if not text or (not text.strip() and "data-raw" not in parent.attrib):
        return
    if "data-raw" not in parent.attrib:
        parent = mark(SubElement(parent, "p", {"data-raw": ""}), lines)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
