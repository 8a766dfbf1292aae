"""The ways that an EPUB leads its reader: contents, page list and landmarks, from its navigation document and its NCX.

Rules: EPUB 3.3, 7 (EPUB navigation document); OPF 2.0.1, 2.4.1 (NCX).
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass(frozen=True)
class Target:
    """Where a link leads: a document's full name in the zip, and an id in it, "" for its beginning."""

    document: str
    fragment: str = ""

    def __str__(self) -> str:
        return f"{self.document}#{self.fragment}" if self.fragment else self.document


@dataclass(frozen=True)
class Entry:
    """A line of a list: its words, where it leads (None where it leads nowhere or out), and those below it.

    `kind` is a landmark's word (`bodymatter`); "" elsewhere.
    """

    title: str
    target: Target | None = None
    below: tuple["Entry", ...] = ()
    kind: str = ""

    def flat(self) -> Iterator["Entry"]:
        """The entry and all below it, in order."""
        yield self
        for entry in self.below:
            yield from entry.flat()


@dataclass(frozen=True)
class Navigation:
    """What one document says: the contents, the printed pages (`title` is their label), and the landmarks."""

    contents: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()
    landmarks: tuple[Entry, ...] = ()


def resolved(address: str, own: str) -> Target | None:
    """Where an address leads that stands in the file `own`; None where it leads out of the EPUB."""
    if SCHEME.match(address):
        return None
    path, _, fragment = address.strip().partition("#")
    path = unquote(path.partition("?")[0])
    name = posixpath.normpath(posixpath.join(posixpath.dirname(own), path)) if path else own
    return None if name.startswith(("/", "../")) or name == ".." else Target(name, unquote(fragment))


def read_nav(root: etree._Element, own: str) -> Navigation:
    """What a navigation document says; `own` is its full name in the zip."""
    lists: dict[str, tuple[Entry, ...]] = {}
    for nav in root.iter("{*}nav"):
        for kind in nav.get(EPUB_TYPE, "").split():
            lists.setdefault(kind, _rows(nav, own))
    return Navigation(lists.get("toc", ()), lists.get("page-list", ()), lists.get("landmarks", ()))


def _rows(holder: etree._Element, own: str) -> tuple[Entry, ...]:
    """The entries of the list in a `nav` or an `li`. The parser has bounded how deep they can be."""
    return tuple(_row(row, own) for row in holder.iterfind("{*}ol/{*}li"))


def _row(row: etree._Element, own: str) -> Entry:
    link = row.find("{*}a")
    words = link if link is not None else row.find("{*}span")
    title = said(words) if words is not None else ""
    if link is None:
        return Entry(title, None, _rows(row, own))
    return Entry(title, resolved(link.get("href", ""), own), _rows(row, own), link.get(EPUB_TYPE, ""))


def read_ncx(root: etree._Element, own: str) -> Navigation:
    """What an NCX says; `own` is its full name in the zip."""
    return Navigation(
        tuple(_point(point, own) for point in root.iterfind("{*}navMap/{*}navPoint")),
        tuple(_point(target, own) for target in root.iterfind("{*}pageList/{*}pageTarget")),
    )


def _point(point: etree._Element, own: str) -> Entry:
    label, content = point.find("{*}navLabel"), point.find("{*}content")
    target = resolved(content.get("src", ""), own) if content is not None else None
    below = tuple(_point(inner, own) for inner in point.iterfind("{*}navPoint"))
    return Entry(said(label) if label is not None else "", target, below)


def said(element: etree._Element) -> str:
    """The words in an element, on one line."""
    return " ".join("".join(map(str, element.itertext())).split())
