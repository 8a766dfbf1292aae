"""The cover as the first page of an edition that has paper's pages and is read on a screen."""

from dataclasses import replace

from lxml import etree

from publish.book.model import Matter, Section
from publish.layout.markup import canonical
from publish.layout.model import Document, Rendition
from publish.layout.shape import dress_root, made_root
from publish.layout.themes import base_theme


def with_cover_page(rendition: Rendition) -> Rendition:
    """The rendition with a page before all others that shows its cover; the same where it has none.

    What the picture says, for whoever does not see it, is the book's title.
    """
    book, cover = rendition.book, rendition.cover
    if cover is None:
        return rendition
    ident = "cover" if "cover" not in book.ids else "cover-of-the-book"
    section = Section(ident, "cover", Matter.FRONT, "", "", made=True, lang=book.metadata.lang)
    content = etree.Element("div")
    etree.SubElement(content, "img", src=f"octavo:{cover.name}", alt=book.metadata.title)
    root = made_root(section, content)
    dress_root(root, section, book, rendition.theme or base_theme(), first_body=False)
    return replace(
        rendition,
        book=replace(book, sections=(section, *book.sections)),
        documents=(Document(section, canonical(root)), *rendition.documents),
        pictures={**rendition.pictures, cover.name: cover},
    )
