"""One fragment set in type: the engine lays it out and paints it, and the pages are read once.

This is what runs in workers. It takes and gives plain values and bytes.
"""

from collections.abc import Callable
from functools import lru_cache
from math import isfinite

from publish.book.flow import Source
from publish.layout.model import Stylesheet
from publish.pdf import engine
from publish.pdf.boxes import Pages
from publish.pdf.failures import EngineError
from publish.pdf.fragment import Fragment, Kit
from publish.pdf.grafts.lines import planning
from publish.pdf.ink import colours
from publish.pdf.ledger import Ledger
from publish.pdf.lines.planner import Planner
from publish.pdf.mending import mended
from publish.pdf.observing import Observer
from publish.pdf.overflow import overflowing
from publish.pdf.pagemap import read_pages
from publish.pdf.record import Lines, Record, Set


@lru_cache(maxsize=2)
def press_of(kit: Kit) -> engine.Press:
    """The press of a kit; a worker that sets several fragments makes it ready once."""
    return engine.Press(kit.sheets, kit.faces, engine.among(kit.pictures))


def set_fragment(kit: Kit, fragment: Fragment, progress: Callable[[str], None]) -> Set:
    """Lay a fragment out, paint it, and note what is to be known of its pages.

    Raises:
        EngineError: the engine broke down over it.
    """
    press = press_of(kit)
    source = Source(fragment.texts)
    ledger, observer = Ledger(source), Observer(source)
    owners = {text.note: text.section for text in fragment.texts if text.note is not None}
    fetch = engine.among({**kit.pictures, **fragment.pictures})
    with engine.listening(progress) as log:
        try:
            document, lines = _laid_out(press, fragment.html, fetch, _side(fragment.side))
            pages = Pages(document, owners)
            if fragment.side is not None and pages.discards():
                document, lines = _laid_out(press, _behind_a_page(fragment.html), fetch, _side(_other(fragment.side)))
                pages = Pages(document, owners, 1)
            read = tuple(read_pages(pages, ledger, observer))
            progress("painting the pages")
            painted = engine.paint(document.copy(pages.pages))
        except EngineError as failure:
            raise EngineError(failure.where, (*press.remarks, *log.remarks), fragment.name) from failure
    going_on = tuple(after for after in range(1, len(read)) if set(read[after].notes) & set(read[after - 1].notes))
    pdf, fonts, figures = mended(painted, fragment.name, going_on, furniture=fragment.furniture)
    record = Record(
        pages=read,
        anchors=pages.anchors(),
        body=pages.first_of_body(),
        seams=pages.seams(),
        verdict=ledger.verdict(),
        overflowing=tuple(sorted(overflowing(pages))),
        remarks=(*press.remarks, *log.remarks),
        colours=tuple(colours(painted)),
        figures=figures,
        fonts=fonts,
        observations=observer.observations(pages),
        lines=lines,
    )
    return Set(record, pdf)


def _laid_out(
    press: engine.Press, html: str, fetch: engine.Fetch, more: list[Stylesheet]
) -> tuple[engine.Document, Lines]:
    """A document laid out with its lines planned, and how they were; without the planner, should it break down.

    Raises:
        EngineError: the engine broke down by itself.
    """
    planner = Planner()
    try:
        with planning(planner):
            document = press.lay_out(html, fetch, *more)
    except EngineError as failure:
        if not planner.planned:
            raise
        return press.lay_out(html, fetch, *more), Lines(failure=failure.where)
    return document, _told(planner)


def _told(planner: Planner) -> Lines:
    """How a planner made lines, to be kept."""
    left = {reason.value: count for reason, count in sorted(planner.left.items())}
    costs = [turn.cost for turn in planner.turns.values() if not turn.spared]
    divided = tuple(round(cost) if isfinite(cost) else None for cost in costs)
    return Lines(planner.planned, left, spared=len(planner.turns) - len(costs), divided=divided)


def _side(side: str | None) -> list[Stylesheet]:
    return [] if side is None else [Stylesheet("side", f"html {{ break-before: {side} !important }}")]


def _other(side: str) -> str:
    return "left" if side == "right" else "right"


def _behind_a_page(html: str) -> str:
    """The document with an empty page before its section: on the first one of all the engine discards nothing."""
    page = '<x-page style="display: block; break-after: page"></x-page>'
    return html.replace("<section", f"{page}<section", 1)
