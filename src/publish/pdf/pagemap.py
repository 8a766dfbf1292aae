"""Reading laid-out pages: ledger and observer see what each shows, and where its text begins is noted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from publish.book.flow import CONTEXT, Key, Piece, Source, digest
from publish.pdf.boxes import Flow, Pages, Shown
from publish.pdf.ledger import Ledger
from publish.pdf.observing import Observer
from publish.pdf.record import PageRecord
from publish.places import Address


@dataclass(frozen=True)
class _Start:
    """Where a page may begin: a piece, and the offset in its image, None for the element itself.

    A section that we made has no pieces, and begins as a whole.
    """

    key: Key
    piece: Piece | None = None
    offset: int | None = None

    @property
    def address(self) -> Address:
        return Address(*self.key) if self.piece is None or self.offset is None else self.piece.address(self.offset)

    @property
    def position(self) -> int | None:
        if self.piece is None:
            return None
        return self.piece.start if self.offset is None else self.piece.position(self.offset)


def read_pages(pages: Pages, ledger: Ledger, observer: Observer) -> Iterator[PageRecord]:
    """Read all pages once, in order: show every box to ledger and observer, and note where each page's text begins."""
    seen: set[Key] = set()
    for index in range(len(pages)):
        start = _read_page(pages, index, _Readers(ledger, observer, seen))
        at_foot = pages.notes(index)
        notes = tuple(ident for ident, _ in at_foot.heights) if at_foot else ()
        record = replace(pages.kind(index), notes=notes)
        yield record if start is None else replace(record, start=start.address, **_context(start, ledger.source))


def _context(start: _Start, source: Source) -> dict[str, Any]:
    """What stands around a page's start, by which it can be found again in a text that has changed."""
    at, flow = start.position, source.flow
    if at is None:
        return {}
    begin, end = source.block(at)
    block = digest(flow[begin:end]), at - begin
    return {"before": flow[max(at - CONTEXT, 0) : at], "after": flow[at : at + CONTEXT], "block": block}


@dataclass(frozen=True)
class _Readers:
    """Who looks at every box; `seen` are the elements without text that were met."""

    ledger: Ledger
    observer: Observer
    seen: set[Key]


def _read_page(pages: Pages, index: int, readers: _Readers) -> _Start | None:
    """Show a page to its readers; its first new place in the text, else the first beside the text, as a last resort.

    Notes at its foot and repeated table heads never begin a page. An initial stands beside the text that it begins.
    """
    first: _Start | None = None
    beside: _Start | None = None
    for shown in pages.shown(index):
        offset = readers.ledger.take(shown)
        readers.observer.take(index, shown, offset)
        start = _start(shown, offset, readers)
        if start is None or shown.again:
            continue
        if shown.flow is Flow.TEXT and first is None:
            first = beside if _begins(beside, start, readers.ledger.source) else start
        elif shown.flow is Flow.BESIDE:
            beside = beside or start
    return first or beside


def _begins(beside: _Start | None, start: _Start, source: Source) -> bool:
    """Whether what stands beside the text is the beginning of the same block."""
    if beside is None or beside.position is None or start.position is None:
        return False
    begin, _ = source.block(start.position)
    return begin <= beside.position < start.position


def _start(shown: Shown, offset: int | None, readers: _Readers) -> _Start | None:
    """Where in the text a box begins, if what it shows is new."""
    piece = readers.ledger.source.pieces.get(shown.key)
    if piece is not None and offset is not None:
        return _Start(shown.key, piece, offset)
    if (shown.text is None or piece is None) and shown.key not in readers.seen:
        readers.seen.add(shown.key)
        return _Start(shown.key, piece)
    return None
