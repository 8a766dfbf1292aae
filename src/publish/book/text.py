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


def _pieces(root: etree._Element, other: str) -> Iterator[str]:
    steps: list[etree._Element | str] = [root]
    while steps:
        step = steps.pop()
        if isinstance(step, str):
            yield step
            continue
        classes = step.get("class", "").split()
        if not isinstance(step.tag, str) or step.get("data-made") is not None or other in classes:
            continue
        block = step.tag in BLOCKS or "line" in classes
        if block or step.tag == "br":
            yield "\n"
        yield _flat(step.text)
        if block:
            steps.append("\n")
        for child in reversed(step):
            steps += [_flat(child.tail), child]


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
