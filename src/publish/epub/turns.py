"""Where the pages of the printed book begin in the documents of the e-book."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, count, pairwise

from anyascii import anyascii
from lxml import etree

from publish.book.flow import Key, Source, image, texts_of
from publish.book.model import Book
from publish.book.text import tree
from publish.epub.findings import page_elsewhere
from publish.epub.markers import block_of, mark_before, mark_in_text, spot_of
from publish.layout.model import Document, Rendition
from publish.pages import PageMap, PageStart
from publish.places import Address
from publish.problems import Problems


@dataclass(frozen=True)
class Turn:
    """The beginning of a printed page in the e-book: its label, the key of an element, the offset in its direct text.

    `offset` is None where the page begins with the element itself. `ident` is the id of its mark.
    """

    label: str
    key: Key
    offset: int | None = None
    ident: str = ""


@dataclass(frozen=True)
class PrintPages:
    """The printed pages that an e-book knows, in their order, and the printed edition that they are those of."""

    turns: tuple[Turn, ...] = ()
    source: str = ""


NO_PAGES = PrintPages()


def print_pages(
    pages: PageMap, book: Book, rendition: Rendition, problems: Problems, *, by_block: bool = False
) -> PrintPages:
    """The turns of a page map that a rendition of the book shows.

    A page that begins with a passage for paper alone begins in the e-book with what stands next on it, if anything
    does. With `by_block` a page begins with the block in which it does. A page whose words are not where the map says
    is an error: the e-book would name a wrong page.
    """
    owners = owners_of(book)
    shown: dict[Key, etree._Element] = {}
    for document in rendition.documents:
        shown |= keyed(tree(document.xhtml), document, owners)
    finder = _Finder(book, shown)
    starts = [page for page in pages.pages if page.start is not None]
    turns = []
    for page, following in pairwise((*starts, None)):
        turn = finder.find(page, following) if page is not None else None
        if turn is None or page is None:
            continue
        if not by_block and not finder.stands(turn, page):
            place = finder.sections[turn.key[0]].places.of(Address(*turn.key, turn.offset))
            problems.add(page_elsewhere(place, page.label, page.after))
            continue
        turns.append(_to_block(turn, shown[turn.key]) if by_block else turn)
    taken = {element.get("id", "") for element in shown.values()}
    return PrintPages(tuple(_named(turns, taken)), pages.source)


def mark_pages(root: etree._Element, document: Document, pages: PrintPages, owners: Mapping[str, str]) -> None:
    """Mark the pages that begin in a document's tree."""
    elements = keyed(root, document, owners) if pages.turns else {}
    for turn in pages.turns:
        if turn.key not in elements:
            continue
        if turn.offset is None:
            mark_before(elements[turn.key], turn.ident, turn.label)
        else:
            mark_in_text(elements[turn.key], turn.offset, turn.ident, turn.label)


def owners_of(book: Book) -> dict[str, str]:
    """The section of each note, wherever it is set."""
    return {note.id: section.id for section in book.sections for note in section.notes}


def keyed(root: etree._Element, document: Document, owners: Mapping[str, str]) -> dict[Key, etree._Element]:
    """The elements of a document's tree by the section that their text is of, and their serial."""
    found: dict[Key, etree._Element] = {(document.section.id, 0): root}
    stack = [(root, document.section.id)]
    while stack:
        element, section = stack.pop()
        section = owners.get(element.get("id", ""), section)
        if serial := element.get("data-p"):
            found.setdefault((section, int(serial)), element)
        stack.extend((child, section) for child in reversed(element))
    return found


class _Finder:
    """Finds where the e-book goes on with a printed page. What it reads of sections it reads once."""

    def __init__(self, book: Book, shown: Mapping[Key, etree._Element]) -> None:
        self.sections = {section.id: section for section in book.sections}
        self._book, self._shown = book, shown
        self._sources: dict[str, Source] = {}

    def find(self, page: PageStart, following: PageStart | None) -> Turn | None:
        """Where a page begins in the e-book; None where it shows nothing of the page, `following` being the next."""
        start = page.start
        if start is None or start.section not in self.sections:
            return None
        key = start.section, start.serial
        if key in self._shown:
            return Turn(page.label, key, start.offset)
        next_ = following.start if following else None
        source = self._source(start.section)
        end = self._position(next_) if next_ and next_.section == start.section else len(source.flow)
        for piece, offset in source.runs(self._position(start), end):
            if piece.key in self._shown:
                return Turn(page.label, piece.key, piece.raw(offset))
        return None

    def stands(self, turn: Turn, page: PageStart) -> bool:
        """Whether the words of the page stand at its turn, as far as one text of the element goes."""
        if turn.offset is None:
            return True
        spot = spot_of(self._shown[turn.key], turn.offset)
        if spot is None:
            return False
        if page.start is None or turn.key != (page.start.section, page.start.serial):
            return True
        said = image(spot.rest)
        return said.startswith(page.after) or page.after.startswith(said)

    def _source(self, section: str) -> Source:
        if section not in self._sources:
            own = replace(self._book, sections=(self.sections[section],))
            self._sources[section] = Source(texts_of(own))
        return self._sources[section]

    def _position(self, address: Address) -> int:
        piece = self._source(address.section).pieces.get((address.section, address.serial))
        return 0 if piece is None else piece.start if address.offset is None else piece.at(address.offset)


def _named(turns: Iterable[Turn], taken: set[str]) -> Iterator[Turn]:
    """Turns with the ids of their marks: `page-` and the label, in ASCII, and a number where an id is taken."""
    taken = set(taken)
    for turn in turns:
        stem = "page-" + re.sub(r"[^a-z0-9._-]+", "-", anyascii(turn.label), flags=re.I)
        names = chain((stem,), (f"{stem}-{number}" for number in count(2)))
        ident = next(name for name in names if name not in taken)
        taken.add(ident)
        yield replace(turn, ident=ident)


def _to_block(turn: Turn, element: etree._Element) -> Turn:
    """The turn at the beginning of its block."""
    serial = block_of(element).get("data-p")
    return Turn(turn.label, (turn.key[0], int(serial)) if serial else turn.key)
