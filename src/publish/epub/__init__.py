"""The book on a screen: documents, navigation, package."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from os import environ

from publish.book.roles import HEADLESS
from publish.book.text import tree
from publish.epub import cover
from publish.epub.claim import NO_EVIDENCE, Evidence, digest_of, refusal
from publish.epub.container import pack
from publish.epub.documents import document_items
from publish.epub.fonts import UncutFaceError, font_css, font_items, font_names
from publish.epub.links import NAV, Names, names_of
from publish.epub.model import Item, Package
from publish.epub.navigation import Page, contents, nav, ncx, page_list
from publish.epub.opf import IDENTIFIER, identifier, package_metadata
from publish.epub.turns import NO_PAGES, PrintPages, print_pages
from publish.epub.worn import worn
from publish.epub.xhtml import MIME
from publish.layout.directions import direction
from publish.layout.model import Rendition
from publish.manuscript.model import Metadata
from publish.problems import Problems

__all__ = ["UncutFaceError", "package", "print_pages"]

MADE_BY_STYLE = "0123456789 .,:;·•…—–-*⁂“”‘’«»"
"""Signs that lists, quotations and style sheets put into a page by themselves."""


def package(
    rendition: Rendition,
    pages: PrintPages = NO_PAGES,
    evidence: Evidence = NO_EVIDENCE,
    problems: Problems | None = None,
) -> bytes:
    """The EPUB of a rendition, the same bytes on every build; `pages` are the printed pages that it names.

    It claims to be accessible where its author asks for that and the evidence earns it; else `problems` hears why not.

    Raises:
        TemplateFaultError: the theme's template of a document cannot be filled.
        UncutFaceError: a face cannot be cut to the characters of the book.
    """
    names = names_of(rendition)
    sheets = [f"css/{number:02}.css" for number, _ in enumerate(rendition.stylesheets, 1)]
    if rendition.fonts:
        sheets.insert(0, "css/fonts.css")
    texts = tuple(document_items(rendition, names, sheets, pages))
    trees = {item.name: tree(item.data) for item in texts}
    listed = page_list(trees.items())
    navigation = tuple(_navigation(rendition, listed, names, sheets))
    documents = [*trees.values(), *(tree(item.data) for item in navigation if item.media_type == MIME)]
    shown = (*cover.cover_items(rendition), *navigation, *texts)
    items = (*shown, *_styles(rendition), *_pictures(rendition), *_fonts(rendition, shown))
    metadata = rendition.book.metadata
    claimed = _is_claimed(metadata, items, evidence, problems)
    return pack(
        Package(
            items=items,
            spine=_spine(rendition, names),
            aside=frozenset() if rendition.contents else frozenset({"nav"}),
            metadata=tuple(
                package_metadata(rendition, documents, printed=pages.source if listed else "", claimed=claimed)
            ),
            language=metadata.lang,
            identifier=IDENTIFIER,
            modified=_modified(metadata.modified or metadata.date),
            direction="rtl" if direction(metadata.lang) == "rtl" else None,
        )
    )


def _is_claimed(metadata: Metadata, items: Iterable[Item], evidence: Evidence, problems: Problems | None) -> bool:
    """Whether the book claims to be accessible: its author asks for it, and nothing is against it."""
    if not metadata.accessibility.certified_by:
        return False
    against = refusal(metadata, evidence, digest_of((item.name, item.data) for item in items))
    if against is not None and problems is not None:
        problems.add(against)
    return against is None


def _navigation(rendition: Rendition, pages: Sequence[Page], names: Names, sheets: list[str]) -> Iterator[Item]:
    entries = contents(rendition, names)
    yield Item("nav", NAV, MIME, nav(rendition, entries, pages, names, sheets), ("nav",))
    uid = identifier(rendition.book.metadata)
    yield Item("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx(rendition, entries, pages, uid))


def _styles(rendition: Rendition) -> Iterator[Item]:
    for number, sheet in enumerate(rendition.stylesheets, 1):
        css = sheet.css.replace('"octavo:', '"../images/')
        yield Item(f"css-{number:02}", f"css/{number:02}.css", "text/css", css.encode() or b"\n")


def _pictures(rendition: Rendition) -> Iterator[Item]:
    for name, picture in sorted(rendition.pictures.items()):
        yield Item(f"image-{name}", f"images/{name}", picture.media_type, picture.data)


def _fonts(rendition: Rendition, texts: Iterable[Item]) -> Iterator[Item]:
    """The faces that the documents wear, and the style sheet that names them, which may be empty."""
    if not rendition.fonts:
        return
    documents = [tree(item.data) for item in texts if item.media_type == MIME]
    shown = worn(documents, rendition.stylesheets, rendition.fonts)
    names = font_names(shown)
    yield Item("css-fonts", "css/fonts.css", "text/css", font_css(shown, names).encode())
    yield from font_items({face: _cased(signs) for face, signs in shown.items()}, names)


def _cased(signs: set[str]) -> set[str]:
    """Signs in either case, for the style may make capitals of small letters; and those that it puts in by itself."""
    found = signs.union(MADE_BY_STYLE)
    both = found | {cased for sign in found for cased in (sign.upper() + sign.lower() + "İ" * (sign == "i"))}
    return {sign for sign in both if sign.isprintable()}


def _spine(rendition: Rendition, names: Names) -> tuple[str, ...]:
    """Cover, then the documents in the order of the book, the navigation where paper has the contents.

    A book without contents among its pages has its navigation last, and outside the reading order.
    """
    sections = [document.section for document in rendition.documents]
    spine = [names.files[section.id].removesuffix(".xhtml") for section in sections]
    before = HEADLESS[: HEADLESS.index("contents")]
    place = next((place for place, section in enumerate(sections) if section.role not in before), len(spine))
    spine.insert(place if rendition.contents else len(spine), "nav")
    return (*([cover.PAGE] if rendition.cover else []), *spine)


def _modified(date: str | None) -> datetime:
    """The date that the EPUB bears: the book's own, else SOURCE_DATE_EPOCH, else the first day that zip files know."""
    if date is None:
        epoch = environ.get("SOURCE_DATE_EPOCH", "")
        return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime(1980, 1, 1, tzinfo=UTC)
    year, month, day = [*(int(part) for part in date.split("-")), 1, 1][:3]
    return datetime(year, month, day, tzinfo=UTC)
