"""Small EPUBs as shops get them, and what the shops say."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from layout.helpers import photo
from publish.checks.opened import open_epub
from publish.checks.shops.rules import check
from publish.places import Span
from publish.problems import Problem, Problems

XHTML = "application/xhtml+xml"
CONTAINER = '<container><rootfiles><rootfile full-path="EPUB/content.opf"/></rootfiles></container>'
NCX = "<ncx><navMap/>{}</ncx>"


@dataclass(frozen=True)
class File:
    """A file of an EPUB and what its manifest says of it; names are those beside the package document."""

    name: str
    media_type: str
    data: str | bytes
    properties: str = ""


def page(body: str, lang: str = "en") -> str:
    """A document."""
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f'<html {spaces} lang="{lang}"><head><title>T</title></head>\n<body>{body}</body></html>'


def chapter(body: str, name: str = "one.xhtml", lang: str = "en") -> File:
    """A chapter."""
    return File(name, XHTML, page(body, lang))


@cache
def picture(kind: str = "JPEG", size: tuple[int, int] = (1600, 2560), mode: str = "RGB") -> bytes:
    """A picture's bytes."""
    return photo(kind, size, mode)


def cover(size: tuple[int, int] = (1600, 2560), kind: str = "JPEG") -> File:
    """A picture for a cover."""
    return File(f"cover.{kind.lower()}", f"image/{kind.lower()}", picture(kind, size), "cover-image")


COVER = cover()
COVER_PAGE = chapter('<section><img src="cover.jpeg" alt="T"/></section>', "cover.xhtml")


def page_list(*labels: str) -> str:
    """A page list of a navigation document, all of whose pages lead to one place."""
    rows = "".join(f'<li><a href="one.xhtml#p">{label}</a></li>' for label in labels)
    return f'<nav epub:type="page-list"><ol>{rows}</ol></nav>'


def epub(
    *files: File, nav: str = "", ncx: str | None = "", metadata: str = "", front: Iterable[File] = (COVER_PAGE, COVER)
) -> bytes:
    """An EPUB of these chapters and other files, with a good cover unless `front` says otherwise.

    `nav` stands in the navigation document, `ncx` in the NCX; None where there shall be none.
    """
    held = [*front, *(files or (chapter("<p>Text.</p>"),)), File("nav.xhtml", XHTML, page(nav), "nav")]
    if ncx is not None:
        held.append(File("toc.ncx", "application/x-dtbncx+xml", NCX.format(ncx)))
    rows = [
        f'<item id="{f.name}" href="{f.name}" media-type="{f.media_type}" properties="{f.properties}"/>' for f in held
    ]
    places = [f'<itemref idref="{f.name}"/>' for f in held if f.media_type == XHTML and f.properties != "nav"]
    package = (
        '<package version="3.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{''.join(rows)}</manifest><spine>{''.join(places)}</spine></package>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("EPUB/content.opf", package)
        for file in held:
            archive.writestr(f"EPUB/{file.name}", file.data)
    return out.getvalue()


def said(data: bytes, *shops: str, places: Mapping[str, Span] | None = None) -> list[Problem]:
    """What shops say of an EPUB."""
    problems = Problems()
    opened = open_epub(data, problems)
    assert opened is not None
    check(opened, shops, places or {}, problems)
    return list(problems)


def codes(data: bytes, *shops: str) -> list[str]:
    """The codes of what shops say of an EPUB."""
    return [problem.code for problem in said(data, *shops)]
