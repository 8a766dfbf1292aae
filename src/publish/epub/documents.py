"""The EPUB's documents: each section as XHTML that readers, shops and screen readers understand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from publish.book.model import Matter, Section
from publish.book.text import tree
from publish.book.words import words
from publish.epub.model import Item
from publish.epub.roles import aria_role, epub_type
from publish.layout.model import Rendition
from publish.layout.templates import Templates

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE = f"{{{EPUB}}}type"
MATTERS = {Matter.FRONT: "frontmatter", Matter.BODY: "bodymatter", Matter.BACK: "backmatter"}
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
        for note in document.section.notes:
            ids.update({str(ident): document.section.id for ident in tree(note.xhtml).xpath("//@id")})
    return Names(files, ids)


def document_items(rendition: Rendition, names: Names, stylesheets: list[str]) -> Iterator[Item]:
    """One XHTML document for each section, through the theme's template.

    Raises:
        TemplateFaultError: the theme's template cannot be filled.
    """
    templates = Templates(rendition.theme.templates if rendition.theme else {})
    for document in rendition.documents:
        section = document.section
        root = tree(document.xhtml)
        _add_notes(root, section)
        _adapt(root, section, names, rendition)
        body = etree.tostring(root, encoding="unicode")
        text = templates.fill(
            "document.xhtml.j2",
            {
                "title": section.title or rendition.book.metadata.title,
                "lang": section.lang,
                "stylesheets": stylesheets,
                "body": Markup(body),  # noqa: S704 - our own serialisation of a parsed tree
                "body_type": MATTERS[section.matter],
            },
            extra=len(body),
        )
        name = names.files[section.id]
        properties = ("svg",) if "<svg" in text else ()
        yield Item(name.removesuffix(".xhtml"), name, MIME, text.encode(), properties)


def _add_notes(root: etree._Element, section: Section) -> None:
    """Put the notes that stand nowhere in the document behind its text, each with a link back to its call."""
    present = set(root.xpath("//@id"))
    missing = [note for note in section.notes if note.id not in present]
    if not missing:
        return
    holder = etree.SubElement(root, "section", {"class": "endnotes"})
    for note in missing:
        aside = tree(note.xhtml)
        first = aside[0] if len(aside) and aside[0].tag == "p" else aside
        back = etree.Element("a", {"class": "note-back", "data-made": "", "href": f"#fnref-{note.id}"})
        back.text, back.tail = note.number, f" {first.text or ''}"
        first.text = None
        first.insert(0, back)
        holder.append(aside)


def _adapt(root: etree._Element, section: Section, names: Names, rendition: Rendition) -> None:
    """Say in EPUB's and ARIA's words what the house says in classes and data."""
    label = words(section.lang)
    for element in root.iter(etree.Element):
        classes = element.get("class", "").split()
        if element.get("data-made") is not None:
            classes.append("made")
        _size(element)
        if "note-call" in classes:
            element.set(TYPE, "noteref")
            element.set("role", "doc-noteref")
        elif "note-back" in classes:
            element.set("role", "doc-backlink")
            element.set("aria-label", label["back-to-text"])
        elif element.tag == "aside" and "note" in classes:
            element.set(TYPE, "footnote")
            element.set("role", "doc-footnote")
        elif element.tag == "aside" and "tip" in classes:
            element.set("role", "doc-tip")
        elif element.tag == "section" and "endnotes" in classes:
            element.set(TYPE, "footnotes")
        elif "epigraph" in classes and element is not root:
            element.set(TYPE, "epigraph")
        elif "subtitle" in classes:
            element.set("role", "doc-subtitle")
        if element.get("href", "").startswith("#"):
            element.set("href", names.link(element.get("href", "")[1:], section.id))
        if element.get("src", "").startswith("octavo:"):
            element.set("src", f"images/{rendition.pictures[element.get('src', '')[7:]].name}")
        if element.get("lang"):
            element.set(XML_LANG, element.get("lang", ""))
        for key in [key for key in element.attrib if str(key).startswith("data-")]:
            del element.attrib[key]
        if classes:
            element.set("class", " ".join(classes))
    if epub_type(section.role):
        root.set(TYPE, epub_type(section.role))
    if aria_role(section.role):
        root.set("role", aria_role(section.role))
        if section.title:
            root.set("aria-label", section.title)


def _size(element: etree._Element) -> None:
    """An image's size as typed, in the only form that all readers know."""
    sizes = [f"{key}: {element.get(f'data-{key}')}" for key in ("width", "height") if element.get(f"data-{key}")]
    if sizes:
        element.set("style", "; ".join(sizes))
