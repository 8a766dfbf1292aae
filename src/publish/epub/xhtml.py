"""XHTML as EPUB wants it: its names, and the documents that no template makes."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from publish.layout.directions import direction

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE = f"{{{EPUB}}}type"
MIME = "application/xhtml+xml"
PREFIX: Any = {"epub": EPUB}
"""Many readers look for the attribute `epub:type` by this very name, whatever its namespace says."""
NAMESPACES: Any = {None: XHTML, **PREFIX}


def empty(title: str, lang: str, stylesheets: Sequence[str]) -> tuple[etree._Element, etree._Element]:
    """An empty document in a language, `stylesheets` relative to it: its root and its body."""
    html = etree.Element("html", nsmap=NAMESPACES)
    mark(html, lang)
    if direction(lang) == "rtl":
        html.set("dir", "rtl")
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "title").text = title
    for address in stylesheets:
        etree.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": address})
    return html, etree.SubElement(html, "body")


def mark(element: etree._Element, lang: str) -> None:
    """Say an element's language to those who look for it in HTML's way and to those who do in XML's."""
    element.set("lang", lang)
    element.set(XML_LANG, lang)


def written(html: etree._Element) -> bytes:
    """The bytes of a document."""
    return etree.tostring(html, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
