"""The cover: the picture, and the document that shows it first."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from publish.epub.model import Item
from publish.epub.xhtml import MIME, TYPE, empty, written
from publish.layout.model import Rendition

IMAGE, PAGE = "cover-image", "cover"
"""Manifest ids of the picture and of its document."""
STYLE = """html, body { margin: 0; padding: 0; text-align: center }
img { max-width: 100%; max-height: 100vh }
@supports (object-fit: contain) { img { width: 100%; height: 100vh; object-fit: contain } }"""
"""As large as the screen allows, and never out of proportion, also where a reader knows less."""


def cover_items(rendition: Rendition) -> Iterator[Item]:
    """The picture and its document; nothing where the book has no cover."""
    cover = rendition.cover
    if cover is not None:
        name = f"cover{Path(cover.name).suffix}"
        yield Item(IMAGE, name, cover.media_type, cover.data, ("cover-image",))
        yield Item(PAGE, "cover.xhtml", MIME, _document(rendition, name))


def _document(rendition: Rendition, picture: str) -> bytes:
    """The document. What the picture says, for whoever does not see it, is the book's title."""
    title = rendition.book.metadata.title
    html, body = empty(title, rendition.book.metadata.lang, ())
    etree.SubElement(html[0], "style").text = STYLE
    section = etree.SubElement(body, "section", {TYPE: "cover"})
    etree.SubElement(section, "img", {"src": picture, "alt": title, "role": "doc-cover"})
    return written(html)
