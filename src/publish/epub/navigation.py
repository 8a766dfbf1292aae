"""Navigation: the contents and the printed pages as nav.xhtml and toc.ncx, and the landmarks, in the book's order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from lxml import etree

from publish.book.model import Matter, Section
from publish.book.roles import HEADLESS
from publish.book.words import words
from publish.epub.links import NAV, Names
from publish.epub.markers import ROLE
from publish.epub.xhtml import TYPE, XHTML, XML_LANG, empty, mark, written
from publish.layout.directions import direction
from publish.layout.model import Rendition

ROMAN = re.compile("[ivxlcdm]+", re.I)
NCX = "http://www.daisy.org/z3986/2005/ncx/"
NCX_NAMESPACES: Any = {None: NCX}


@dataclass
class Entry:
    """An entry of the contents in its language, with those below it."""

    title: str
    address: str
    lang: str
    below: list["Entry"] = field(default_factory=list)

    def flat(self) -> Iterator["Entry"]:
        """The entry and all below it, in order."""
        yield self
        for entry in self.below:
            yield from entry.flat()


def contents(rendition: Rendition, names: Names) -> list[Entry]:
    """The contents: parts hold their chapters, chapters their second-level headings.

    What has no name has no entry; a book in which nothing has one is an entry by itself, since EPUB wants one.
    """
    top: list[Entry] = []
    parts: dict[str, Entry] = {}
    for document in rendition.documents:
        section = document.section
        if section.role in HEADLESS or not (section.title or section.label):
            continue
        file = names.files[section.id]
        entry = Entry(full_title(section), file, section.lang)
        for heading in section.headings:
            title = f"{heading.number} {heading.title}" if heading.number else heading.title
            if heading.level == 2 and title and heading.id in names.ids:
                entry.below.append(Entry(title, f"{file}#{heading.id}", section.lang))
        if section.role == "part":
            parts[section.id] = entry
        (parts[section.part].below if section.part in parts else top).append(entry)
    metadata = rendition.book.metadata
    return top or [Entry(metadata.title, file, metadata.lang) for file in [*names.files.values()][:1]]


@dataclass(frozen=True)
class Page:
    """A printed page that readers can go to: its label, and the address of its mark."""

    label: str
    address: str


def page_list(documents: Iterable[tuple[str, etree._Element]]) -> tuple[Page, ...]:
    """The marks of printed pages in documents, by file name, in their order: the list holds every one of them."""
    return tuple(
        Page(element.get("aria-label", ""), f"{name}#{element.get('id')}")
        for name, root in documents
        for element in root.iter(f"{{{XHTML}}}span", f"{{{XHTML}}}div")
        if element.get("role") == ROLE
    )


def full_title(section: Section) -> str:
    """A section's title with its number: "Chapter 3: The Whale"."""
    if section.label and section.title:
        return f"{section.label}: {section.title}"
    return section.label or section.title


def nav(
    rendition: Rendition,
    entries: Sequence[Entry],
    pages: Sequence[Page],
    names: Names,
    stylesheets: Sequence[str],
) -> bytes:
    """nav.xhtml: contents, printed pages where the book has some, and landmarks."""
    metadata = rendition.book.metadata
    label = words(metadata.lang)
    html, body = empty(label["contents"], metadata.lang, stylesheets)
    body.set(TYPE, "frontmatter")
    toc = etree.SubElement(body, "nav", {TYPE: "toc", "role": "doc-toc", "id": "contents", "class": "contents"})
    toc.set("aria-label", label["contents"])
    etree.SubElement(toc, "h1").text = label["contents"]
    _list(toc, entries, metadata.lang)
    if pages:
        _list_pages(body, pages, label["pages"])
    marks = etree.SubElement(body, "nav", {TYPE: "landmarks", "hidden": "hidden", "id": "landmarks"})
    marks.set("aria-label", label["landmarks"])
    etree.SubElement(marks, "h2").text = label["landmarks"]
    rows = etree.SubElement(marks, "ol")
    for kind, title, address in landmarks(rendition, names):
        link = etree.SubElement(etree.SubElement(rows, "li"), "a", {TYPE: kind, "href": address})
        link.text = title
    return written(html)


def _list_pages(body: etree._Element, pages: Sequence[Page], title: str) -> None:
    attributes = {TYPE: "page-list", "role": "doc-pagelist", "hidden": "hidden", "id": "pages", "aria-label": title}
    holder = etree.SubElement(body, "nav", attributes)
    etree.SubElement(holder, "h2").text = title
    rows = etree.SubElement(holder, "ol")
    for page in pages:
        etree.SubElement(etree.SubElement(rows, "li"), "a", {"href": page.address}).text = page.label


def _list(parent: etree._Element, entries: Sequence[Entry], lang: str) -> None:
    """A list of entries, those in another language than `lang` marked."""
    rows = etree.SubElement(parent, "ol")
    for entry in entries:
        row = etree.SubElement(rows, "li")
        link = etree.SubElement(row, "a", {"href": entry.address})
        link.text = entry.title
        if entry.lang != lang:
            mark(link, entry.lang)
        if direction(entry.lang) != direction(lang):
            link.set("dir", direction(entry.lang))
        if entry.below:
            _list(row, entry.below, lang)


def landmarks(rendition: Rendition, names: Names) -> Iterator[tuple[str, str, str]]:
    """Where readers jump to: cover, title page, contents, the beginning of the text."""
    label = words(rendition.book.metadata.lang)
    if rendition.cover is not None:
        yield "cover", label["cover"], "cover.xhtml"
    sections = [document.section for document in rendition.documents]
    title_page = next((section for section in sections if section.role == "title-page"), None)
    if title_page is not None:
        yield "titlepage", label["title-page"], names.files[title_page.id]
    yield "toc", label["contents"], NAV
    first = next((section for section in sections if section.matter is Matter.BODY), None)
    if first is not None:
        yield "bodymatter", full_title(first) or label["text"], names.files[first.id]


def ncx(rendition: Rendition, entries: Sequence[Entry], pages: Sequence[Page], identifier: str) -> bytes:
    """toc.ncx, which older readers and Kindle still read; some know printed pages only from here."""
    metadata = rendition.book.metadata
    root = etree.Element("ncx", {"version": "2005-1"}, nsmap=NCX_NAMESPACES)
    root.set(XML_LANG, metadata.lang)
    head = etree.SubElement(root, "head")
    depth = max((_depth(entry) for entry in entries), default=1)
    highest = max((int(page.label) for page in pages if page.label.isdecimal()), default=0)
    counts = ("totalPageCount", str(len(pages))), ("maxPageNumber", str(highest))
    for name, value in (("uid", identifier), ("depth", str(depth)), *counts):
        etree.SubElement(head, "meta", {"name": f"dtb:{name}", "content": value})
    etree.SubElement(etree.SubElement(root, "docTitle"), "text").text = metadata.title
    for author in metadata.authors:
        etree.SubElement(etree.SubElement(root, "docAuthor"), "text").text = author.name
    points = etree.SubElement(root, "navMap")
    order = count(1)
    for entry in entries:
        _point(points, entry, order)
    if pages:
        _list_targets(root, pages, words(metadata.lang)["pages"], order)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _list_targets(root: etree._Element, pages: Sequence[Page], title: str, order: Iterator[int]) -> None:
    """The printed pages (DTBook's NCX 2005-1): roman ones as `front`, those with other signs as `special`."""
    holder = etree.SubElement(root, "pageList")
    etree.SubElement(etree.SubElement(holder, "navLabel"), "text").text = title
    for number, page in enumerate(pages, 1):
        kind = "normal" if page.label.isdecimal() else "front" if ROMAN.fullmatch(page.label) else "special"
        target = etree.SubElement(holder, "pageTarget", {"id": f"page-{number}", "type": kind})
        if kind == "normal":
            target.set("value", str(int(page.label)))
        target.set("playOrder", str(next(order)))
        etree.SubElement(etree.SubElement(target, "navLabel"), "text").text = page.label
        etree.SubElement(target, "content", {"src": page.address})


def _depth(entry: Entry) -> int:
    return 1 + max((_depth(below) for below in entry.below), default=0)


def _point(parent: etree._Element, entry: Entry, order: Iterator[int]) -> None:
    number = next(order)
    point = etree.SubElement(parent, "navPoint", {"id": f"point-{number}", "playOrder": str(number)})
    etree.SubElement(etree.SubElement(point, "navLabel"), "text").text = entry.title
    etree.SubElement(point, "content", {"src": entry.address})
    for below in entry.below:
        _point(point, below, order)
