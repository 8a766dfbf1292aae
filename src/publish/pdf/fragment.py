"""A book cut for layout: fragments that are set apart from each other, and what all of them share.

A fragment is one section as a document of its own (or, where the styles forbid the cut, the whole book). It carries
bytes, no paths, so that it can be set in another process or on another machine; and no page number, so that a chapter
that only moves is not set again.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from urllib.parse import quote

from publish import cache
from publish.book.flow import Text, texts_of
from publish.layout.html import compose, frame
from publish.layout.model import Document, FontFace, Picture, Rendition, Stylesheet
from publish.versions import maker, shapers

LINK = re.compile(r'(<a\b[^>]*?\shref=")#([^"]*)"')
IDENT = re.compile(r'<[^>]*?\sid="([^"]*)"')
PICTURE = re.compile(r"octavo:([^\"')]+)")
ELSEWHERE = "x-elsewhere:"
"""The scheme of links to places in other fragments, until the book is bound. The engine drops links to unknown ids."""


@dataclass(frozen=True, eq=False)
class Kit:
    """What fragments of an edition share: style sheets, faces, and the pictures that the style sheets name."""

    sheets: tuple[Stylesheet, ...]
    faces: tuple[FontFace, ...]
    pictures: Mapping[str, Picture]

    @cached_property
    def digest(self) -> str:
        """A digest of every byte of it."""
        parts = [part for sheet in self.sheets for part in (sheet.name, sheet.css)]
        faces = [f"{face.family} {face.weight} {face.style} {face.digest}" for face in self.faces]
        return cache.key(maker(), shapers(), *parts, *faces, *_digests(self.pictures))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kit) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@dataclass(frozen=True)
class Fragment:
    """Some pages' worth of the book: its HTML, and the author's text that its pages must show.

    `side` is the side that its first page is set for, None where it falls as the engine has it (the book's first
    pages). `furniture` is true where running heads and folios are set with the text: the whole book in one piece.
    """

    name: str
    html: str
    texts: tuple[Text, ...]
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    side: str | None = None
    furniture: bool = False

    def key(self, kit: Kit) -> str:
        """The key under which its pages are kept: all that decides what they look like, and what is known of them."""
        texts = [part for text in self.texts for part in (text.section, text.note or "", text.xhtml)]
        which = f"{self.name} {self.side} {self.furniture}"
        return cache.key("fragment", kit.digest, which, self.html, *texts, *_digests(self.pictures))


def kit_of(rendition: Rendition, sheets: tuple[Stylesheet, ...]) -> Kit:
    """What fragments share that are set with these style sheets."""
    return Kit(sheets, rendition.fonts, _named(rendition, (sheet.css for sheet in sheets)))


def whole(rendition: Rendition, html: str | None = None) -> Fragment:
    """The book in one piece."""
    text = compose(rendition) if html is None else html
    return Fragment("book", text, texts_of(rendition.book), rendition.pictures, furniture=True)


def apart(rendition: Rendition) -> tuple[Fragment, ...]:
    """The book cut into its sections, none of them on a side yet; nothing where its template forbids the cut."""
    around = frame(rendition)
    if around is None:
        return ()
    texts = texts_of(rendition.book)
    ids = {document.section.id: _ids(document) for document in rendition.documents}
    home = {ident: section for section, own in ids.items() for ident in own}
    shown: dict[str, list[Text]] = {section: [] for section in ids}
    for text in texts:
        shown[text.section if text.note is None else home.get(text.note, text.section)].append(text)
    return tuple(
        _fragment(rendition, document, around, tuple(shown[document.section.id]), home)
        for document in rendition.documents
    )


def _fragment(
    rendition: Rendition,
    document: Document,
    around: tuple[str, str],
    texts: tuple[Text, ...],
    home: Mapping[str, str],
) -> Fragment:
    """One section as a fragment; `home` is the section of each id. Links that lead nowhere are left to the engine."""

    def lead(link: re.Match[str]) -> str:
        ident = unescape(link[2])
        own = home.get(ident, document.section.id) == document.section.id
        return link[0] if own else f'{link[1]}{ELSEWHERE}{quote(ident)}"'

    text = document.xhtml.decode()
    html = around[0] + LINK.sub(lead, text) + around[1]
    return Fragment(document.section.id, html, texts, _named(rendition, [text]))


def _ids(document: Document) -> set[str]:
    return {unescape(ident) for ident in IDENT.findall(document.xhtml.decode())}


def _named(rendition: Rendition, texts: Iterable[str]) -> dict[str, Picture]:
    names = {name for text in texts for name in PICTURE.findall(text)}
    return {name: rendition.pictures[name] for name in sorted(names) if name in rendition.pictures}


def _digests(pictures: Mapping[str, Picture]) -> list[str]:
    return [f"{name} {picture.digest}" for name, picture in sorted(pictures.items())]
