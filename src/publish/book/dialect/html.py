"""Raw HTML: the little that a book may hold, and a refusal of all else.

What is allowed is data: elements that mean something on paper and in an EPUB, without behaviour, style or anything
fetched. `ALLOWED_ATTRIBUTES` are all that stay on them.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from lxml import etree
from lxml import html as lxml_html

from publish.book.dialect import findings
from publish.book.dialect.lines import Line
from publish.book.dialect.reading import Reading, mark

INLINE = frozenset(
    {
        "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
        "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    }
)  # fmt: skip
VOID = frozenset({"br"})
BLOCKS = frozenset(
    {
        "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "li", "ol", "p", "pre", "section",
        "table", "ul",
    }
)  # fmt: skip
TABLE_PARTS = frozenset(
    {
        "caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr",
    }
)  # fmt: skip
ALLOWED_ATTRIBUTES = frozenset(
    {
        "class", "colspan", "datetime", "dir", "headers", "id", "lang", "rowspan", "scope", "span", "start",
        "title", "type",
    }
)  # fmt: skip
BLOCK_START = re.compile(rf"[ ]{{0,3}}<({'|'.join(sorted(BLOCKS))})(?=[\s>/])", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


def attributes_of(text: str) -> dict[str, str] | None:
    """The attributes written in a tag, None where one of them is not allowed."""
    found = {}
    for name, *values in ATTRIBUTE.findall(text.rstrip("/")):
        if name.lower() not in ALLOWED_ATTRIBUTES:
            return None
        found[name.lower()] = next((value for value in values if value), "")
    return found


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
    text = "\n".join(line.text for line in lines[at : end + 1])
    fragment = lxml_html.fragment_fromstring(text, create_parent="div", parser=lxml_html.HTMLParser(no_network=True))
    _copy(reading, lines[at : end + 1], fragment, parent)
    return end + 1


def _copy(reading: Reading, lines: Sequence[Line], source: etree._Element, parent: Element) -> None:
    """Copy what is allowed; of the rest an error speaks, and its text stays, so that no word is lost unseen."""
    _append(parent, source.text)
    for child in source:
        if isinstance(child.tag, str):
            pairs = {str(key): str(value) for key, value in child.attrib.items()}
            known = child.tag in INLINE | VOID | BLOCKS | TABLE_PARTS
            if not known or not set(pairs) <= ALLOWED_ATTRIBUTES:
                place = next((line for line in lines if f"<{child.tag}" in line.text.lower()), lines[0])
                reading.problems.add(findings.html_not_allowed(reading.span(place), f"<{child.tag}>"))
                _copy(reading, lines, child, parent)
            else:
                element = mark(SubElement(parent, child.tag, pairs), lines)
                element.set("data-raw", "")
                _copy(reading, lines, child, element)
        _append(parent, child.tail)


def _append(parent: Element, text: str | None) -> None:
    if not text or (not text.strip() and "data-raw" not in parent.attrib):
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
