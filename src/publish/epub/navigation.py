"""Navigation: the contents as nav.xhtml and toc.ncx, and the landmarks, in the order of the book."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from publish.book.model import Matter, Section
from publish.book.roles import HEADLESS
from publish.book.words import words
from publish.epub.documents import EPUB, TYPE, XHTML, XML_LANG, Names
from publish.layout.model import Rendition

NAMESPACES: Any = {None: XHTML, "epub": EPUB}
NCX = "http://www.daisy.org/z3986/2005/ncx/"
NCX_NAMESPACES: Any = {None: NCX}


@dataclass
class Entry:
    """An entry of the contents, with those below it."""

    title: str
    address: str
    below: list["Entry"] = field(default_factory=list)

    def flat(self) -> Iterator["Entry"]:
        """The entry and all below it, in order."""
        yield self
        for entry in self.below:
            yield from entry.flat()


def contents(rendition: Rendition, names: Names) -> list[Entry]:
    """The contents: parts hold their chapters, chapters their second-level headings."""
    top: list[Entry] = []
    parts: dict[str, Entry] = {}
    for document in rendition.documents:
        section = document.section
        if section.role in HEADLESS or not (section.title or section.label):
            continue
        entry = Entry(full_title(section), names.files[section.id])
        headings = [heading for heading in section.headings if heading.level == 2]
        for heading in headings:
            title = f"{heading.number} {heading.title}" if heading.number else heading.title
            entry.below.append(Entry(title, _address(names, section, heading.id)))
        if section.role == "part":
            parts[section.id] = entry
        (parts[section.part].below if section.part in parts else top).append(entry)
    return top


def _address(names: Names, section: Section, ident: str) -> str:
    return f"{names.files[section.id]}#{ident}"


def full_title(section: Section) -> str:
    """A section's title with its number: "Chapter 3: The Whale"."""
    if section.label and section.title:
        return f"{section.label}: {section.title}"
    return section.label or section.title


def nav(rendition: Rendition, entries: Sequence[Entry], names: Names, stylesheets: Sequence[str]) -> bytes:
    """nav.xhtml: contents and landmarks."""
    metadata = rendition.book.metadata
    label = words(metadata.lang)
    html = etree.Element("html", nsmap=NAMESPACES)
    html.set("lang", metadata.lang)
    html.set(XML_LANG, metadata.lang)
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "title").text = label["contents"]
    for address in stylesheets:
        etree.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": address})
    body = etree.SubElement(html, "body", {TYPE: "frontmatter"})
    toc = etree.SubElement(body, "nav", {TYPE: "toc", "role": "doc-toc", "id": "contents", "class": "contents"})
    toc.set("aria-label", label["contents"])
    etree.SubElement(toc, "h1").text = label["contents"]
    _list(toc, entries)
    marks = etree.SubElement(body, "nav", {TYPE: "landmarks", "hidden": "hidden", "id": "landmarks"})
    marks.set("aria-label", label["landmarks"])
    etree.SubElement(marks, "h2").text = label["landmarks"]
    rows = etree.SubElement(marks, "ol")
    for kind, title, address in landmarks(rendition, names):
        link = etree.SubElement(etree.SubElement(rows, "li"), "a", {TYPE: kind, "href": address})
        link.text = title
    return etree.tostring(html, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")


def _list(parent: etree._Element, entries: Sequence[Entry]) -> None:
    rows = etree.SubElement(parent, "ol")
    for entry in entries:
        row = etree.SubElement(rows, "li")
        etree.SubElement(row, "a", {"href": entry.address}).text = entry.title
        if entry.below:
            _list(row, entry.below)


def landmarks(rendition: Rendition, names: Names) -> Iterator[tuple[str, str, str]]:
    """Where readers jump to: cover, title page, contents, the beginning of the text."""
    label = words(rendition.book.metadata.lang)
    if rendition.cover is not None:
        yield "cover", label["cover"], "cover.xhtml"
    sections = [document.section for document in rendition.documents]
    title_page = next((section for section in sections if section.role == "title-page"), None)
    if title_page is not None:
        yield "titlepage", label["title-page"], names.files[title_page.id]
    yield "toc", label["contents"], "nav.xhtml"
    first = next((section for section in sections if section.matter is Matter.BODY), None)
    if first is not None:
        yield "bodymatter", full_title(first) or label["text"], names.files[first.id]


def ncx(rendition: Rendition, entries: Sequence[Entry], identifier: str) -> bytes:
    """toc.ncx, which older readers and Kindle still read."""
    metadata = rendition.book.metadata
    root = etree.Element("ncx", {"version": "2005-1"}, nsmap=NCX_NAMESPACES)
    root.set(XML_LANG, metadata.lang)
    head = etree.SubElement(root, "head")
    depth = max((_depth(entry) for entry in entries), default=1)
    for name, value in (("uid", identifier), ("depth", str(depth)), ("totalPageCount", "0"), ("maxPageNumber", "0")):
        etree.SubElement(head, "meta", {"name": f"dtb:{name}", "content": value})
    etree.SubElement(etree.SubElement(root, "docTitle"), "text").text = metadata.title
    points = etree.SubElement(root, "navMap")
    order = iter(range(1, 1 + sum(1 for entry in entries for _ in entry.flat())))
    for entry in entries:
        _point(points, entry, order)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _depth(entry: Entry) -> int:
    return 1 + max((_depth(below) for below in entry.below), default=0)


def _point(parent: etree._Element, entry: Entry, order: Iterator[int]) -> None:
    number = next(order)
    point = etree.SubElement(parent, "navPoint", {"id": f"point-{number}", "playOrder": str(number)})
    etree.SubElement(etree.SubElement(point, "navLabel"), "text").text = entry.title
    etree.SubElement(point, "content", {"src": entry.address})
    for below in entry.below:
        _point(point, below, order)
