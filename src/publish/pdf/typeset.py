"""Paper: one run of the engine over the whole book, then the proof that the pages hold all of it."""

from collections.abc import Callable
from dataclasses import dataclass

from publish.layout.html import compose
from publish.layout.model import Rendition
from publish.pages import PageMap
from publish.pdf import engine
from publish.pdf.boxes import Pages
from publish.pdf.findings import engine_failed
from publish.pdf.finish import finish
from publish.pdf.ink import check_ink
from publish.pdf.ledger import Ledger
from publish.pdf.notes import overflowing, report_notes
from publish.pdf.outline import destinations, outline
from publish.pdf.pagemap import map_pages
from publish.pdf.remarks import report_remarks
from publish.pdf.source import Source
from publish.problems import Problems


@dataclass(frozen=True)
class Typeset:
    """A book on paper: the PDF, where its pages begin, and the ids of the notes that fit at the foot of no page.

    `coverage` is the share of the author's characters that the pages show; below 1 there are problems that say which
    are missing.
    """

    pdf: bytes
    pages: PageMap
    overflowing: frozenset[str]
    page_count: int
    coverage: float


NOTHING = Typeset(b"", PageMap(()), frozenset(), 0, 0.0)
"""What comes of a book over which the engine broke down."""


def typeset(rendition: Rendition, problems: Problems, progress: Callable[[str], None]) -> Typeset:
    """Lay a rendition out in pages and paint them.

    All that is wrong with the pages goes to `problems`: what the engine remarks, text that is lost, out of order or
    not the author's, notes away from their calls, colour in a black book. `progress` hears of each page. Where the
    engine breaks down, that is one more problem, and the PDF is empty.
    """
    return set_html(compose(rendition), rendition, problems, progress)


def set_html(html: str, rendition: Rendition, problems: Problems, progress: Callable[[str], None]) -> Typeset:
    """Lay out the HTML that stands for a rendition; see `typeset`."""
    book, sheets = rendition.book, rendition.stylesheets
    source = Source(book)
    with engine.listening(progress) as log:
        try:
            document = engine.lay_out(html, sheets, rendition.fonts, engine.pictures(rendition), log)
            pages = Pages(document, source.note_owner)
            ledger = Ledger(source)
            page_map = map_pages(pages, ledger)
            progress("painting the pages")
            painted = engine.paint(document)
        except engine.EngineError as failure:
            report_remarks(tuple(log.remarks), source, sheets, problems)
            problems.add(engine_failed(None, str(failure)))
            return NOTHING
    data = finish(painted, book.metadata, page_map, outline(book, pages), destinations(pages))
    report_remarks(tuple(log.remarks), source, sheets, problems)
    ledger.report(problems)
    report_notes(book, pages, page_map, problems)
    if book.metadata.ink == "black":
        check_ink(painted, page_map, problems)
    return Typeset(data, page_map, overflowing(pages), len(pages), ledger.coverage)
