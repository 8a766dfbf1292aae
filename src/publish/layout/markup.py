"""Small tools for the house's XHTML: parsing it hardened, making elements of our own, taking elements away."""

from lxml import etree

from publish.layout.model import Medium

PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, load_dtd=False
)
VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
OTHERS = {Medium.PRINT: "ebook-only", Medium.EBOOK: "print-only"}
"""The class of passages that an edition leaves out."""


def parse(xhtml: bytes) -> etree._Element:
    """The tree of a piece of XHTML."""
    return etree.fromstring(xhtml, PARSER)


def canonical(root: etree._Element) -> bytes:
    """The bytes of a tree; elements without content that HTML must close have an end tag."""
    for element in root.iter(etree.Element):
        if len(element) == 0 and not element.text and element.tag not in VOID:
            element.text = ""
    return etree.tostring(root, encoding="utf-8", with_tail=False)


def classes(element: etree._Element) -> list[str]:
    """The classes of an element."""
    return element.get("class", "").split()


def made(tag: str, text: str = "", **attributes: str) -> etree._Element:
    """An element whose text is ours and not the author's. `class_` is its class."""
    element = etree.Element(tag, {name.rstrip("_"): value for name, value in attributes.items()})
    element.set("data-made", "")
    element.text = text
    return element


def take(element: etree._Element, name: str) -> str | None:
    """The value of an attribute, which is taken away."""
    value = element.get(name)
    if value is not None:
        del element.attrib[name]
    return value


def insert_first(parent: etree._Element, child: etree._Element) -> None:
    """Put an element before all text of another."""
    child.tail, parent.text = parent.text, None
    parent.insert(0, child)


def insert_after(place: etree._Element, new: etree._Element) -> None:
    """Put an element right after another, before the text that follows it."""
    new.tail, place.tail = place.tail, None
    place.addnext(new)


def remove(element: etree._Element) -> None:
    """Take an element away and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "") or None
    else:
        parent.text = (parent.text or "") + (element.tail or "") or None
    parent.remove(element)


def keep_own(root: etree._Element, medium: Medium) -> None:
    """Take away the passages that are for the other edition only; page breaks are for paper only."""
    other = OTHERS[medium]
    for element in list(root.iter(etree.Element)):
        names = classes(element)
        if other in names or (medium is Medium.EBOOK and "page-break" in names and element.tag == "div"):
            remove(element)
