"""The furniture of a placed book: which folios its pages need, and those that must be painted because none is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from publish import cache
from publish.layout.model import Rendition
from publish.layout.numerals import numeral
from publish.layout.pagecss import FolioStyle
from publish.pdf.bind import Furniture
from publish.pdf.folios import Folio, FolioSheet
from publish.pdf.fragment import Kit, kit_of
from publish.pdf.place import Placed, Placing
from publish.pdf.record import Groups
from publish.pdf.store import Store
from publish.pdf.tasks import paint
from publish.pdf.workshop import Task, Workshop

SHEET = 60
"""Folios painted in one document at most: a longer one takes longer for each of them."""
KNOWN = 20_000
"""Folios of a theme that are remembered at most."""
PLACES = TypeAdapter(dict[str, tuple[str, int]])
"""Where each folio is kept: the key of its sheet, and its page there."""


@dataclass(frozen=True)
class _Layer:
    """One of the layers of furniture: its styles, the named strings in it, and whether it bears page numbers."""

    kit: Kit
    names: tuple[str, ...]
    numbers: bool


def furnish(
    rendition: Rendition, frame: tuple[str, str], style: FolioStyle, placing: Placing, store: Store, workshop: Workshop
) -> dict[int, list[Furniture]]:
    """The painted furniture of every page of a book, lowest layer first.

    Raises:
        EngineError: the engine broke down over it.
        LostWorkerError: a process that painted was killed twice.
    """
    found: dict[int, list[Furniture]] = {page.index: [] for page in placing.pages}
    for layer in _layers(rendition, style):
        painter = _Painter(layer, frame, style, store)
        folios = {page.index: _folio(page, len(placing.pages), layer, style) for page in placing.pages}
        painted = painter.painted(list(dict.fromkeys(folios.values())), workshop)
        for index, folio in folios.items():
            found[index].append(painted[folio])
    return found


def _layers(rendition: Rendition, style: FolioStyle) -> Iterator[_Layer]:
    names = tuple(sorted(style.strings))
    yield _Layer(kit_of(rendition, style.heads), names, numbers=not style.split)
    if style.split:
        yield _Layer(kit_of(rendition, style.numbers), (), numbers=True)


def _folio(page: Placed, total: int, layer: _Layer, style: FolioStyle) -> Folio:
    strings: list[tuple[str, str, str, bool]] = []
    for name in layer.names:
        if name in page.strings:
            first, last, fresh = page.strings[name]
            strings.append((name, first, last, fresh or not style.excepts))
    if layer.numbers:
        for prefix, value, kinds in (("x-folio", page.number, style.formats), ("x-total", total, style.totals)):
            figures = [(kind, numeral(value, kind)) for kind in sorted(kinds)]
            strings += [(f"{prefix}-{kind}", text, text, True) for kind, text in figures]
    kind = page.record
    blank = kind is None or kind.blank
    groups = () if kind is None or blank else _told_apart(kind.groups, style.horizon)
    return Folio(groups, page.side, blank, page.index == 0, tuple(strings))


def _told_apart(groups: Groups, horizon: int) -> Groups:
    """Page groups with numbers no higher than the styles tell apart."""
    return tuple((name, min(number, horizon + 1)) for name, number in groups)


class _Painter:
    """Finds the folios of a layer that were painted before, and paints the others."""

    def __init__(self, layer: _Layer, frame: tuple[str, str], style: FolioStyle, store: Store) -> None:
        self._layer, self._frame, self._style, self._store = layer, frame, style, store
        self._index = cache.key("folios", layer.kit.digest, *frame)

    def painted(self, folios: Sequence[Folio], workshop: Workshop) -> dict[Folio, Furniture]:
        known = self._known()
        found = {folio: place for folio in folios if (place := self._find(known.get(_name(folio))))}
        missing = [folio for folio in folios if folio not in found]
        sheets = [missing[at : at + SHEET] for at in range(0, len(missing), SHEET)]
        tasks = [
            Task("running heads", paint, (FolioSheet(self._layer.kit, self._frame, tuple(sheet), self._style.excepts),))
            for sheet in sheets
        ]
        for number, (made,) in workshop.do(tasks):
            key = cache.key(self._index, *map(_name, sheets[number]))
            self._store.keep(key, made)
            for page, folio in enumerate(sheets[number]):
                found[folio] = Furniture(made, page)
                known[_name(folio)] = key, page
        if missing:
            cache.store(self._index, PLACES.dump_json(dict(list(known.items())[-KNOWN:])))
        return found

    def _known(self) -> dict[str, tuple[str, int]]:
        try:
            return PLACES.validate_json(cache.load(self._index) or b"{}", strict=True)
        except ValidationError:
            return {}

    def _find(self, place: tuple[str, int] | None) -> Furniture | None:
        if place is None:
            return None
        key, page = place
        sheet = self._store.find(key)
        return Furniture(sheet, page) if sheet and 0 <= page < len(sheet.record.pages) else None


def _name(folio: Folio) -> str:
    return cache.key(repr(folio))[:24]
