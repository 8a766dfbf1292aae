"""The page map: the label of each page, where its text begins in the author's, and the page of every id."""

from dataclasses import dataclass

from publish.pages import PageMap, PageStart
from publish.pdf.boxes import Flow, Pages, Shown
from publish.pdf.ledger import Ledger
from publish.pdf.source import Key, Piece
from publish.places import Address

CONTEXT = 40
"""Characters of the text's image kept on either side of a page's start."""

NUMERALS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True)
class _Start:
    """Where a page may begin: a piece, and the offset in its image, None for the element itself."""

    piece: Piece
    offset: int | None

    @property
    def address(self) -> Address:
        section, serial = self.piece.key
        return Address(section, serial, None if self.offset is None else self.piece.raw(self.offset))

    @property
    def position(self) -> int:
        return self.piece.start if self.offset is None else self.piece.position(self.offset)


def map_pages(pages: Pages, ledger: Ledger) -> PageMap:
    """Read all pages once, in order: enter every box in the ledger, and note where each page's text begins."""
    labels = page_labels(pages)
    starts = []
    seen: set[Key] = set()
    for index in range(len(pages)):
        start = _read_page(pages, index, ledger, seen)
        flow, at = ledger.source.flow, start.position if start else 0
        before, after = (flow[max(at - CONTEXT, 0) : at], flow[at : at + CONTEXT]) if start else ("", "")
        address = start.address if start else None
        starts.append(PageStart(index, labels[index], address, pages.is_blank(index), before, after))
    return PageMap(tuple(starts), _anchors(pages, labels))


def page_labels(pages: Pages) -> list[str]:
    """The folio of every page as the themes print it: the page counter, in roman figures before the body's first page.

    The counter is played through as the engine does it, so that a restart in a style sheet is followed.
    """
    value, labels, body = 0, [], pages.first_of_body()
    for index in range(len(pages)):
        reset, step, fixed = pages.counters(index)
        value = (value if reset is None else reset) + step
        value = value if fixed is None else fixed
        labels.append(str(value) if index >= body else roman(value))
    return labels


def roman(number: int) -> str:
    """A number in small roman figures; below 1, where they have none, in arabic ones."""
    if number < 1:
        return str(number)
    figures = ""
    for value, figure in NUMERALS:
        times, number = divmod(number, value)
        figures += figure * times
    return figures


def first_pages(pages: Pages) -> dict[str, int]:
    """The page on which each id of the document first stands."""
    where: dict[str, int] = {}
    for index, page in enumerate(pages.document.pages):
        for ident in page.anchors:
            where.setdefault(ident, index)
    return where


def _anchors(pages: Pages, labels: list[str]) -> dict[str, str]:
    return {ident: labels[index] for ident, index in sorted(first_pages(pages).items())}


def _read_page(pages: Pages, index: int, ledger: Ledger, seen: set[Key]) -> _Start | None:
    """Enter a page in the ledger; its first new place in the text, else the first beside the text, as a last resort.

    Notes and repeated table heads never begin a page.
    """
    first: _Start | None = None
    beside: _Start | None = None
    for shown in pages.shown(index):
        start = _start(shown, ledger, seen)
        if start is None or shown.again:
            continue
        if shown.flow is Flow.TEXT:
            first = first or start
        elif shown.flow is Flow.BESIDE:
            beside = beside or start
    return first or beside


def _start(shown: Shown, ledger: Ledger, seen: set[Key]) -> _Start | None:
    """Where in the text a box begins, if what it shows is new."""
    offset = ledger.take(shown)
    piece = ledger.source.pieces.get(shown.key)
    if piece is None or piece.note is not None:
        return None
    if offset is not None:
        return _Start(piece, offset)
    if shown.text is None and shown.key not in seen:
        seen.add(shown.key)
        return _Start(piece, None)
    return None
