"""Where the pages of fragments come to stand in the book: sides, blank pages, folios, named strings.

Breaks between fragments are weighed as the engine weighs them between boxes (css-break-3, 3.1).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from publish.layout.folioforms import FolioForm, Forms, form_of
from publish.pages import PageMap, PageStart
from publish.pdf.record import PageRecord, Record

SIDES = ("left", "right", "recto", "verso")
OVERRULED = {
    "page": ("auto", "avoid", "avoid-page", "avoid-column"),
    "column": ("auto", "avoid", "avoid-page", "avoid-column"),
    "avoid": ("auto",),
    "avoid-page": ("auto",),
    "avoid-column": ("auto",),
}
"""What a break value overrules that was met before it; those of `SIDES` overrule all."""


class NotApartError(Exception):
    """A fragment has no page to itself: it shares one, or its styles hide it or take it out of the flow.

    `fragment` is its number.
    """

    def __init__(self, fragment: int) -> None:
        super().__init__(fragment)
        self.fragment = fragment


@dataclass(frozen=True)
class Placed:
    """A page of the book: its fragment (by number) and page there, None on a blank page put between two fragments.

    `number` is the page counter, `label` the folio. `strings` gives the first and the last value of each named string,
    and whether it was set on this very page.
    """

    index: int
    side: str
    number: int
    label: str
    fragment: int | None = None
    page: int = 0
    record: PageRecord | None = None
    strings: Mapping[str, tuple[str, str, bool]] = field(default_factory=dict)


@dataclass(frozen=True)
class Placing:
    """All pages of the book, the place of each id (page from 0, height in points), and each fragment's first page."""

    pages: tuple[Placed, ...]
    anchors: Mapping[str, tuple[int, float]]
    starts: tuple[int, ...]

    def page_map(self) -> PageMap:
        """The pages as the rest of the house sees them."""
        labels = {ident: self.pages[index].label for ident, (index, _) in sorted(self.anchors.items())}
        return PageMap(tuple(_start(page) for page in self.pages), labels)


def place(records: Sequence[Record], forms: Forms = MappingProxyType({})) -> Placing:
    """Put the pages of fragments one after the other, each fragment on the side that it asks for.

    `forms` says how folios are written on pages of each name.

    Raises:
        NotApartError: a fragment does not begin on a page of its own.
    """
    for count, record in enumerate(records) if len(records) > 1 else ():
        if not record.seams.before:
            raise NotApartError(count)
    pages: list[Placed] = []
    anchors: dict[str, tuple[int, float]] = {}
    starts: list[int] = []
    number, state = 0, dict[str, str]()
    side = records[0].pages[0].side if records and records[0].pages else "right"
    body = _first_of_body(records)
    for count, record in enumerate(records):
        if pages and _needs_blank(records, count, side):
            number += 1
            pages.append(Placed(len(pages), side, number, "", strings=_strings(None, state)))
            side = _other(side)
        starts.append(len(pages))
        for ident, (page, top) in record.anchors.items():
            anchors.setdefault(ident, (len(pages) + page, top))
        for page, kind in enumerate(record.pages):
            number = kind.counter.after(number)
            strings = _strings(kind, state)
            pages.append(Placed(len(pages), side, number, "", count, page, kind, strings))
            side = _other(side)
    first = len(pages) if body is None else starts[body[0]] + body[1]
    return Placing(tuple(_labelled(pages, first, forms)), anchors, tuple(starts))


def _labelled(pages: Sequence[Placed], first: int, forms: Forms) -> Iterator[Placed]:
    """Pages with their folios as printed, else as the trade counts: in roman figures before the body, `first`."""
    last: FolioForm | None = None
    for page in pages:
        usual = FolioForm("decimal" if page.index >= first else "lower-roman")
        blank = page.record is None or page.record.blank
        own = last if blank else form_of(forms, page.record.name) if page.record else None
        last = own or usual
        yield replace(page, label=last.write(page.number))


def _first_of_body(records: Sequence[Record]) -> tuple[int, int] | None:
    return next(((count, record.body) for count, record in enumerate(records) if record.body is not None), None)


def _needs_blank(records: Sequence[Record], count: int, side: str) -> bool:
    """Whether the next page, on this side, must be left blank for a fragment to begin where it wants to."""
    before, after = records[count - 1], records[count]
    result = "auto"
    for value in (*before.seams.after, *after.seams.before):
        if value in SIDES or result in OVERRULED.get(value, ()):
            result = value
    if result in SIDES:
        return {"recto": "right", "verso": "left"}.get(result, result) != side
    if result != "page" and before.seams.last == after.seams.first:
        raise NotApartError(count)
    return False


def _strings(kind: PageRecord | None, state: dict[str, str]) -> dict[str, tuple[str, str, bool]]:
    """The named strings of a page; `state` is what they are after it."""
    found = {name: (value, value, False) for name, value in state.items()}
    for name, (first, last) in kind.strings.items() if kind else ():
        found[name] = first, last, True
        state[name] = last
    return found


def _other(side: str) -> str:
    return "left" if side == "right" else "right"


def _start(page: Placed) -> PageStart:
    kind = page.record
    if kind is None:
        return PageStart(page.index, page.label, None, blank=True)
    return PageStart(page.index, page.label, kind.start, kind.blank, kind.before, kind.after, kind.block)
