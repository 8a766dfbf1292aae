"""The EPUB's documents: each section as XHTML that readers, shops and screen readers understand."""

from collections.abc import Iterator, Sequence

from lxml import etree

from publish.book.model import Section
from publish.book.text import tree
from publish.book.words import words
from publish.epub.links import Names, web_address
from publish.epub.model import Item
from publish.epub.roles import aria_role, epub_type
from publish.epub.turns import PrintPages, mark_pages, owners_of
from publish.epub.xhtml import MIME, PREFIX, TYPE, mark
from publish.layout.directions import direction
from publish.layout.html import page
from publish.layout.markup import classes, insert_after, made
from publish.layout.model import Rendition

BOOK_NOTES = "endnotes"
"""The role of the section that holds the notes of all others."""


def document_items(rendition: Rendition, names: Names, stylesheets: Sequence[str], pages: PrintPages) -> Iterator[Item]:
    """One XHTML document for each section, through the theme's template, with marks where printed pages begin.

    Raises:
        TemplateFaultError: the theme's template cannot be filled.
    """
    owners = owners_of(rendition.book)
    for document in rendition.documents:
        root = tree(document.xhtml)
        etree.Element("body", nsmap=PREFIX).append(root)
        mark_pages(root, document, pages, owners)
        _adapt(root, document.section, names, rendition)
        text = page(rendition, document.section, etree.tostring(root, encoding="unicode"), stylesheets)
        name = names.files[document.section.id]
        properties = ("svg",) if "<svg" in text else ()
        yield Item(name.removesuffix(".xhtml"), name, MIME, text.encode(), properties)


def _adapt(root: etree._Element, section: Section, names: Names, rendition: Rendition) -> None:
    """Say a section in EPUB's and ARIA's words, where the house has classes and data."""
    _describe_elsewhere(root, section, names, rendition)
    _unnest_links(root)
    _name_section(root, section)
    holders = rendition.book.sections if section.role == BOOK_NOTES else (section,)
    notes = {note.id for holder in holders for note in holder.notes}
    for element in root.iter(etree.Element):
        _name(element, section, notes)
        _lead(element, section, names)
        _speak(element, section)
        if element.get("data-made") is not None:
            element.set("class", " ".join(dict.fromkeys((*classes(element), "made"))))
        if element.get("src", "").startswith("octavo:"):
            element.set("src", "images/" + element.get("src", "").removeprefix("octavo:"))
        for key in [str(key) for key in element.attrib if str(key).startswith("data-")]:
            del element.attrib[key]


def _name_section(root: etree._Element, section: Section) -> None:
    """Say what a section is, and what it is called to those who jump from one to the next."""
    if epub_type(section.role):
        root.set(TYPE, epub_type(section.role))
    if aria_role(section.role):
        root.set("role", aria_role(section.role))
        if section.title:
            root.set("aria-label", section.title)


def _name(element: etree._Element, section: Section, notes: set[str]) -> None:
    """Say what an element is, where its tag does not."""
    tag, names, ours = str(element.tag), classes(element), element.get("data-made") is not None
    if tag == "a" and "note-call" in names and ours:
        _say(element, "noteref", "doc-noteref")
    elif tag == "a" and "note-back" in names and ours:
        _say(element, None, "doc-backlink")
        # The name of a link to a listener begins with the words that others see (WCAG 2.5.3).
        element.set("aria-label", f"{(element.text or '').strip()} {words(section.lang)['back-to-text']}")
    elif tag == "aside" and element.get("id") in notes:
        _say(element, "footnote", "doc-footnote")
    elif tag == "aside" and "admonition" in names:
        _say(element, None, "doc-tip" if "tip" in names else "note")
    elif tag == "section" and "endnotes" in names and section.role != BOOK_NOTES:
        _say(element, "footnotes", None)
    elif tag == "div" and "epigraph" in names:
        _say(element, "epigraph", "doc-epigraph")
    elif tag == "p" and "subtitle" in names:
        _say(element, None, "doc-subtitle")
    elif tag == "div" and "table" in names:
        # A table wider than the screen is moved in its place, by keys, too (WCAG 2.1.1), so it has a name.
        _say(element, None, "group")
        caption = element.find("p[@class='caption']")
        said = "" if caption is None else " ".join("".join(map(str, caption.itertext())).split())
        element.set("tabindex", "0")
        element.set("aria-label", said or words(section.lang)["table"])


def _say(element: etree._Element, kind: str | None, role: str | None) -> None:
    """Put EPUB's word and ARIA's on an element."""
    if kind:
        element.set(TYPE, kind)
    if role:
        element.set("role", role)


def _lead(element: etree._Element, section: Section, names: Names) -> None:
    """Lead a link to its file. One that leads nowhere in this edition is text alone."""
    href = element.get("href")
    if href is None:
        return
    address = names.address(href[1:], section.id) if href.startswith("#") else web_address(href)
    if address is None:
        del element.attrib["href"]
    else:
        element.set("href", address)


def _unnest_links(root: etree._Element) -> None:
    """Make a link inside a link text alone, for XHTML knows none."""
    for link in list(root.iter("a")):
        if next(link.iterancestors("a"), None) is not None:
            link.tag = "span"
            link.attrib.pop("href", "")


def _speak(element: etree._Element, section: Section) -> None:
    """Repeat an element's language where XML looks for it, and say which way it is written where that changes."""
    lang = element.get("lang")
    if not lang:
        return
    mark(element, lang)
    around = next((way for holder in element.iterancestors() if (way := holder.get("dir"))), direction(section.lang))
    if not element.get("dir") and direction(lang) != around:
        element.set("dir", direction(lang))


def _describe_elsewhere(root: etree._Element, section: Section, names: Names, rendition: Rendition) -> None:
    """Lead from a picture to its long description in another document by a link, since `aria-details` cannot."""
    described = [element for element in root.iter(etree.Element) if element.get("aria-details")]
    for number, element in enumerate(described, 1):
        target = element.get("aria-details", "")
        home = names.ids.get(target)
        if home == section.id:
            continue
        del element.attrib["aria-details"]
        if home is None or element.tag not in ("figure", "img"):
            continue
        other = next(document.section for document in rendition.documents if document.section.id == home)
        ident = f"{section.id}-description-{number}"
        link = made("a", _title_of(target, other), id=ident, href=f"#{target}", lang=other.lang)
        element.set("aria-details", ident)
        if element.tag == "img":
            line = made("span", " (", class_="details")
            link.tail = ")"
            insert_after(element, line)
        else:
            line = made("p", class_="details")
            caption = element.find("figcaption")
            (element if caption is None else caption).append(line)
        line.append(link)


def _title_of(ident: str, section: Section) -> str:
    """What a place in a section is called: by its heading there, else by the section's."""
    heading = next((heading.title for heading in section.headings if heading.id == ident), "")
    return heading or section.title or section.label or section.id
