"""The EPUB's documents: each section as XHTML that readers, shops and screen readers understand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from publish.book.model import Section
from publish.book.text import tree
from publish.book.words import words
from publish.epub.model import Item
from publish.epub.roles import aria_role, epub_type
from publish.layout.html import page
from publish.layout.model import Rendition

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE = f"{{{EPUB}}}type"
MIME = "application/xhtml+xml"


@dataclass(frozen=True)
class Names:
    """The file of every section, and the section of every id."""

    files: Mapping[str, str]
    ids: Mapping[str, str]

    def link(self, ident: str, own: str) -> str:
        """The address of an id from the document of the section `own`."""
        section = self.ids.get(ident, own)
        file = self.files.get(section, self.files[own])
        return f"#{ident}" if section == own else file + ("" if ident == section else f"#{ident}")


def names_of(rendition: Rendition) -> Names:
    """Name the documents: `chapter-01.xhtml`, `preface.xhtml`; ASCII, and the same on every build."""
    sections = [document.section for document in rendition.documents]
    files: dict[str, str] = {}
    counts: dict[str, int] = {}
    for section in sections:
        counts[section.role] = counts.get(section.role, 0) + 1
        many = sum(other.role == section.role for other in sections) > 1 or section.role in ("chapter", "part")
        number = f"-{counts[section.role]:02}" if many else ""
        files[section.id] = f"{section.role}{number}.xhtml"
    ids = dict(rendition.book.ids)
    for document in rendition.documents:
        for element in tree(document.xhtml).iter():
            if element.get("id"):
                ids[element.get("id", "")] = document.section.id
    return Names(files, ids)


def document_items(rendition: Rendition, names: Names, stylesheets: list[str]) -> Iterator[Item]:
    """One XHTML document for each section, through the theme's template.

    Raises:
        TemplateFaultError: the theme's template cannot be filled.
    """
    for document in rendition.documents:
        section = document.section
        root = tree(document.xhtml)
        _adapt(root, section, names, rendition)
        text = page(rendition, section, etree.tostring(root, encoding="unicode"), stylesheets)
        name = names.files[section.id]
        properties = ("svg",) if "<svg" in text else ()
        yield Item(name.removesuffix(".xhtml"), name, MIME, text.encode(), properties)


def _adapt(root: etree._Element, section: Section, names: Names, rendition: Rendition) -> None:
    """Say in EPUB's and ARIA's words what the house says in classes and data."""
    for element in root.iter(etree.Element):
        classes = element.get("class", "").split()
        for key, value in _semantics(element, classes, words(section.lang)).items():
            element.set(key, value)
        if element.get("data-made") is not None:
            element.set("class", " ".join([*classes, "made"]))
        _size(element)
        _point(element, section, names, rendition)
        for key in [str(key) for key in element.attrib if str(key).startswith("data-")]:
            del element.attrib[key]
    if epub_type(section.role):
        root.set(TYPE, epub_type(section.role))
    if aria_role(section.role):
        root.set("role", aria_role(section.role))
        if section.title:
            root.set("aria-label", section.title)


def _semantics(element: etree._Element, classes: list[str], label: Mapping[str, str]) -> dict[str, str]:
    """What readers need to know of an element besides its name."""
    if "note-call" in classes:
        return {TYPE: "noteref", "role": "doc-noteref"}
    if "note-back" in classes:
        return {"role": "doc-backlink", "aria-label": label["back-to-text"]}
    if element.tag == "aside" and "admonition" not in classes:
        return {TYPE: "footnote", "role": "doc-footnote"} if "note" in classes else {}
    if element.tag == "aside":
        return {"role": "doc-tip"} if "tip" in classes else {}
    if element.tag == "section" and "endnotes" in classes and element.getparent() is not None:
        return {TYPE: "footnotes"}
    return (
        {TYPE: "epigraph"}
        if element.tag == "div" and "epigraph" in classes
        else {"role": "doc-subtitle"}
        if "subtitle" in classes
        else {}
    )


def _point(element: etree._Element, section: Section, names: Names, rendition: Rendition) -> None:
    """Lead links and pictures to their files, and repeat the language where XML looks for it."""
    href, source = element.get("href", ""), element.get("src", "")
    if href.startswith("#"):
        element.set("href", names.link(href[1:], section.id))
    if source.startswith("octavo:"):
        element.set("src", f"images/{rendition.pictures[source[7:]].name}")
    if element.get("lang"):
        element.set(XML_LANG, element.get("lang", ""))


def _size(element: etree._Element) -> None:
    """An image's size as typed, in the only form that all readers know."""
    sizes = [f"{key}: {element.get(f'data-{key}')}" for key in ("width", "height") if element.get(f"data-{key}")]
    if sizes:
        element.set("style", "; ".join(sizes))
