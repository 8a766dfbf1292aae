"""The pages of an edition in print, found again in a text that may have changed since.

Each page's beginning is looked for where it was; then by its block, wherever that stands now; then by the characters
around it. What is found in more places than one, and cannot be told by the pages before and after it, is not found: a
page without a mark is better than a mark in the wrong place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from publish.book.flow import WHOLE, Source, digest, texts_of
from publish.book.model import Book
from publish.epub.findings import page_lost
from publish.pages import PageMap, PageStart
from publish.places import Address, Span
from publish.problems import Problems

ENOUGH = 12
"""Characters by which a place is known again, at least."""


@dataclass(frozen=True)
class Anchored:
    """A page map that fits the text, and how many pages stand where they stood, have moved, and are lost."""

    pages: PageMap
    stood: int
    moved: int
    lost: int


def anchored(pages: PageMap, book: Book, problems: Problems) -> Anchored:
    """A page map with the addresses that its pages have in this book; those that are lost go to `problems`."""
    text = _Text(book)
    starts = [page for page in pages.pages if page.start is not None]
    found = _found(starts, text)
    for number, page in enumerate(starts):
        if page.index not in found:
            before = next((found[other.index] for other in reversed(starts[:number]) if other.index in found), None)
            problems.add(page_lost(text.place(before), page.label, page.after))
    settled = tuple(replace(page, start=found.get(page.index)) for page in pages.pages)
    stood = sum(found.get(page.index) == page.start for page in starts)
    return Anchored(replace(pages, pages=settled), stood, len(found) - stood, len(starts) - len(found))


def _found(starts: Iterable[PageStart], text: "_Text") -> dict[int, Address]:
    """The addresses of the pages that can be told, by index: first each by itself, then between those found."""
    found: dict[int, Address] = {}
    positions: dict[int, int] = {}
    left = []
    for page in starts:
        if text.is_whole(page):
            found[page.index] = page.start or Address("", WHOLE)
        elif (at := text.position(page)) is not None:
            found[page.index], positions[page.index] = text.address(page, at), at
        else:
            left.append(page)
    for page in left:
        low = max((at for index, at in positions.items() if index < page.index), default=0)
        high = min((at for index, at in positions.items() if index > page.index), default=len(text.flow))
        if (at := text.position_between(page, low, high)) is not None:
            found[page.index], positions[page.index] = text.address(page, at), at
    return found


class _Text:
    """The text of a book as it is now."""

    def __init__(self, book: Book) -> None:
        self._source = Source(texts_of(book))
        self.flow = self._source.flow
        self._sections = {section.id: section for section in book.sections}
        self._blocks: dict[str, list[int]] = {}
        for begin, end in self._source.blocks:
            self._blocks.setdefault(digest(self.flow[begin:end]), []).append(begin)

    def place(self, address: Address | None) -> Span | None:
        """Where the author typed what stands at an address."""
        return self._sections[address.section].places.of(address) if address else None

    def is_whole(self, page: PageStart) -> bool:
        """Whether a page begins with a section that we make, which the book still has."""
        start = page.start
        return start is not None and start.serial == WHOLE and not page.block[0] and start.section in self._sections

    def position(self, page: PageStart) -> int | None:
        """Where a page begins: at its old place if all is as it was, else at the only place that is like it."""
        piece = self._source.pieces.get((page.start.section, page.start.serial)) if page.start else None
        if piece is not None and page.start is not None:
            at = piece.start if page.start.offset is None else piece.at(page.start.offset)
            if self.flow.startswith(page.after, at) and self.flow.endswith(page.before, 0, at):
                return at
        return self.position_between(page, 0, len(self.flow))

    def position_between(self, page: PageStart, low: int, high: int) -> int | None:
        """The only place between two others that is like the beginning of a page, if there is one."""
        for places in self._alike(page, low, high):
            if len(places) == 1:
                return places[0]
        return None

    def address(self, page: PageStart, at: int) -> Address:
        """The address of a position; of the first element there without text, if the page began with one."""
        if page.start is not None and page.start.offset is None:
            empty = (piece for piece in self._source.pieces.values() if piece.start == at and not piece.image)
            if (piece := next(empty, None)) is not None:
                return Address(*piece.key)
        return self._source.at(at)

    def _alike(self, page: PageStart, low: int, high: int) -> Iterator[list[int]]:
        """The places like the beginning of a page: those in the same block, then those with the same characters on
        both sides, then on one; of the latter two at most.
        """
        block, offset = page.block
        yield [at for begin in self._blocks.get(block, ()) if low <= (at := begin + offset) < high]
        for before, after in ((page.before, page.after), ("", page.after), (page.before, "")):
            yield self._with(before, after, low, high) if len(before + after) >= ENOUGH else []

    def _with(self, before: str, after: str, low: int, high: int) -> list[int]:
        """Two places at most between which and these characters there is nothing else."""
        found: list[int] = []
        begin = low - len(before)
        while len(found) < 2 and (at := self.flow.find(before + after, max(begin, 0), high + len(after))) >= 0:
            if low <= at + len(before) < high:
                found.append(at + len(before))
            begin = at + 1
        return found
