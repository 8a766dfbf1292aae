"""The book on a screen: documents, navigation, package."""

from collections.abc import Iterator
from datetime import UTC, datetime
from os import environ

from publish.book.text import tree
from publish.epub.container import pack
from publish.epub.documents import MIME, Names, document_items, names_of
from publish.epub.fonts import font_css, font_items, font_names
from publish.epub.model import Item, Package
from publish.epub.navigation import contents, nav, ncx
from publish.epub.opf import IDENTIFIER, identifier, package_metadata
from publish.layout.model import Rendition

__all__ = ["package"]

COVER_CSS = "html, body { margin: 0; padding: 0; text-align: center; } img { max-width: 100%; max-height: 100vh; }"
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi", "dv", "ps", "ckb")


def package(rendition: Rendition) -> bytes:
    """The EPUB of a rendition, the same bytes on every build."""
    names = names_of(rendition)
    sheets = [f"css/{number:02}.css" for number, _ in enumerate(rendition.stylesheets, 1)]
    if rendition.fonts:
        sheets.insert(0, "css/fonts.css")
    documents = tuple(document_items(rendition, names, sheets))
    metadata = rendition.book.metadata
    items = (*_cover(rendition), *_navigation(rendition, names, sheets), *documents, *_resources(rendition))
    return pack(
        Package(
            items=items,
            spine=_spine(rendition, names),
            aside=frozenset() if _has_contents(rendition) else frozenset({"nav"}),
            metadata=tuple(package_metadata(rendition)),
            language=metadata.lang,
            identifier=IDENTIFIER,
            modified=_modified(metadata.modified or metadata.date),
            direction="rtl" if metadata.lang.partition("-")[0] in RIGHT_TO_LEFT else None,
        )
    )


def _navigation(rendition: Rendition, names: Names, sheets: list[str]) -> Iterator[Item]:
    entries = contents(rendition, names)
    yield Item("nav", "nav.xhtml", MIME, nav(rendition, entries, names, sheets), ("nav",))
    uid = identifier(rendition.book.metadata)
    yield Item("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx(rendition, entries, uid))


def _cover(rendition: Rendition) -> Iterator[Item]:
    cover = rendition.cover
    if cover is None:
        return
    name = f"images/{cover.name}"
    yield Item("cover-image", name, cover.media_type, cover.data, ("cover-image",))
    title = _escaped(rendition.book.metadata.title)
    lang = rendition.book.metadata.lang
    page = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{lang}" '
        f'xml:lang="{lang}"><head><title>{title}</title><style>{COVER_CSS}</style></head>'
        f'<body><section epub:type="cover"><img src="{name}" alt="{title}" role="doc-cover"/></section></body></html>'
    )
    yield Item("cover", "cover.xhtml", MIME, page.encode())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _resources(rendition: Rendition) -> Iterator[Item]:
    names = font_names(rendition.fonts)
    if rendition.fonts:
        yield Item("css-fonts", "css/fonts.css", "text/css", font_css(rendition.fonts, names).encode())
    for number, sheet in enumerate(rendition.stylesheets, 1):
        css = sheet.css
        for name, picture in rendition.pictures.items():
            css = css.replace(f"octavo:{name}", f"../images/{picture.name}")
        yield Item(f"css-{number:02}", f"css/{number:02}.css", "text/css", css.encode() or b"\n")
    for name, picture in sorted(rendition.pictures.items()):
        yield Item(f"image-{_ident(name)}", f"images/{picture.name}", picture.media_type, picture.data)
    yield from font_items(rendition.fonts, _characters(rendition), names)


def _ident(name: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)


def _characters(rendition: Rendition) -> set[str]:
    """All characters that the book can show, in either case: capitals may be made of small letters by the style."""
    found: set[str] = set(rendition.book.metadata.title)
    for document in rendition.documents:
        found.update(*map(str, tree(document.xhtml).itertext()))
        for note in document.section.notes:
            found.update(*map(str, tree(note.xhtml).itertext()))
    found.update("0123456789 .,:;·…—–*⁂")
    both = found | {cased for sign in found for cased in (sign.upper() + sign.lower() + "İ" * (sign == "i"))}
    return {sign for sign in both if sign.isprintable()}


def _spine(rendition: Rendition, names: Names) -> tuple[str, ...]:
    """Cover, then the sections in the order of the book; the contents come where the book has them.

    A piece has no contents among its pages: its navigation stands last, and outside the reading order.
    """
    order = [section.id for section in rendition.book.sections]
    files = {section: names.files[section].removesuffix(".xhtml") for section in names.files}
    place = next((order.index(section.id) for section in rendition.book.sections if section.role == "contents"), None)
    spine = [files[ident] for ident in order if ident in files]
    before = sum(1 for ident in order[: place or 0] if ident in files)
    if place is not None:
        spine.insert(before, "nav")
    spine += [files[section] for section in names.files if section not in order]
    if place is None:
        spine.append("nav")
    return (*(["cover"] if rendition.cover else []), *spine)


def _has_contents(rendition: Rendition) -> bool:
    return any(section.role == "contents" for section in rendition.book.sections)


def _modified(date: str | None) -> datetime:
    """The date that the EPUB bears: the book's own, else SOURCE_DATE_EPOCH, else the first day that zip files know."""
    if date is None:
        epoch = environ.get("SOURCE_DATE_EPOCH", "")
        return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime(1980, 1, 1, tzinfo=UTC)
    year, month, day = [*(int(part) for part in date.split("-")), 1, 1][:3]
    return datetime(year, month, day, tzinfo=UTC)
