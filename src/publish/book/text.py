"""The author's text of a section as plain words, for whoever must prove that none is lost."""

from collections.abc import Iterator

from lxml import etree

BLOCKS = frozenset(
    "section header h1 h2 h3 h4 h5 h6 p div aside blockquote figure figcaption table thead tbody tr th td "
    "ul ol li dl dt dd pre hr".split()
)
OTHERS = {"print": "ebook-only", "ebook": "print-only"}


def tree(xhtml: bytes) -> etree._Element:
    """Parse canonical XHTML, touching neither network nor entities."""
    return etree.fromstring(xhtml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def flow_text(xhtml: bytes, medium: str) -> str:
    """The author's text in reading order, a line for each block; `medium` is "print" or "ebook".

    What we made (`data-made`), and passages for the other medium, are left out.
    """
    pieces = "".join(_pieces(tree(xhtml), OTHERS[medium]))
    lines = (" ".join(line.split()) for line in pieces.split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(element: etree._Element, other: str) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.get("data-made") is not None:
        return
    if other in element.get("class", "").split():
        return
    block = element.tag in BLOCKS or "line" in element.get("class", "").split()
    if block or element.tag == "br":
        yield "\n"
    yield _flat(element.text)
    for child in element:
        yield from _pieces(child, other)
        yield _flat(child.tail)
    if block:
        yield "\n"


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
