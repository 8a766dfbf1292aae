"""What printers would make of a book: trim by trim its pages, its spine, and whether they print it or why not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from publish.book.model import Book
from publish.interiors import edition_for
from publish.jobs import Job
from publish.layout.css import edition_sheet
from publish.layout.model import PROOF, Edition, Rendition
from publish.layout.themes import base_theme
from publish.manuscript import trims
from publish.manuscript.model import Metadata, Trim
from publish.onpaper import dressed, settle_book
from publish.outputs import last_references
from publish.pages import References
from publish.pdf.estimate import Estimate, estimate
from publish.pdf.failures import EngineError
from publish.pdf.textarea import TextArea, text_area
from publish.printers.profiles import Printer
from publish.problems import Problems

NEAR = 0.01
"""The share of the pages by which an estimate may be off: where a limit of the printer's is nearer, we lay out."""
OF_THE_SHEET = re.compile(r"--(?:trim|least)-")
"""What a style sheet names that makes more of a page than the room for text on it."""


@dataclass(frozen=True)
class Offer:
    """What a printer makes of a book on one trim.

    `pages` are those of the interior, None where the printer has not this trim, or this ink on this paper; `exact` says
    that they were laid out. `spine` is its width in mm, None where it is not known. `refusal` says why the printer does
    not print the book.
    """

    printer: Printer
    pages: int | None = None
    exact: bool = False
    spine: float | None = None
    refusal: str = ""

    def __str__(self) -> str:
        if self.pages is None:
            return self.refusal
        said = f"{'' if self.exact else 'about '}{self.pages} pages"
        spine = "spine unknown: give paper: {caliper: …}" if self.spine is None else f"spine {self.spine:.1f} mm"
        return f"{said}, {self.refusal or spine}"


def book_trims(metadata: Metadata) -> list[Trim]:
    """The trims that have names, and the book's own; the smallest first. Those of one size are one trim."""
    names: dict[tuple[float, float], list[str]] = {}
    for name, trim in trims.names().items():
        names.setdefault((trim.width, trim.height), []).append(name)
    names.setdefault((metadata.trim.width, metadata.trim.height), [metadata.trim.name])
    return [Trim(*size, ", ".join(names[size])) for size in sorted(names)]


class Offers:
    """The offers of some printers for a book.

    Its pages are reckoned from one layout. Where they are to be `exact`, or cannot be reckoned, or the estimate would
    leave open what a printer says to it, the book is laid out, once for each room for text.
    """

    def __init__(self, book: Book, job: Job, printers: Sequence[Printer], *, exact: bool = False) -> None:
        self._book, self._job, self._printers, self._exact = book, job, printers, exact
        self._proof = dressed(book, PROOF, job, last_references(job.place(book, "pdf")), job.problems)
        own = [sheet.css for sheet in self._proof.stylesheets if sheet.name.startswith("styles/")]
        self._alike = not any(OF_THE_SHEET.search(css) for css in own)
        self._areas: dict[str, TextArea | None] = {}
        self._counts: dict[TextArea | str, int] = {}
        self._estimate = None if exact or job.blocked else self._reckoned()

    def of(self, trim: Trim) -> Iterator[Offer]:
        """The offers for a trim, printer by printer; no more of them once the book cannot be laid out."""
        metadata = replace(self._book.metadata, trim=trim)
        for printer in self._printers:
            limits = printer.pages(metadata.ink, metadata.paper.name)
            if not printer.takes(trim.width, trim.height):
                yield Offer(printer, refusal="does not print this trim")
            elif limits is None:
                yield Offer(printer, refusal=f"does not print in {metadata.ink} on {metadata.paper.name} paper")
            elif (found := self._pages(printer, metadata, limits)) is not None:
                yield _offer(printer, metadata, *found)

    def _reckoned(self) -> Estimate | None:
        """What to reckon from: the layout of the reading proof."""
        self._job.progress("the layout of the reading proof")
        said = Problems()
        settled = settle_book(self._book, self._proof, self._job, said)
        if settled is None:
            self._job.problems.add_all(said)
            return None
        area = self._area(PROOF, self._book.metadata)
        return estimate(settled.laid, area) if area else None

    def _pages(self, printer: Printer, metadata: Metadata, limits: tuple[int, int]) -> tuple[int, bool] | None:
        """The pages of the interior, and whether they were laid out; the gutter is settled as for the interior."""
        inner = printer.gutters[0][1]
        while not self._job.blocked:
            found = self._count(printer, metadata, inner, limits)
            if found is None:
                return None
            count, exact = found
            count += printer.file.even and count % 2
            if printer.gutter(count) <= inner:
                return count, exact
            inner = printer.gutter(count)
        return None

    def _count(
        self, printer: Printer, metadata: Metadata, inner: float, limits: tuple[int, int]
    ) -> tuple[int, bool] | None:
        edition = edition_for(printer, metadata, inner)
        area = self._area(edition, metadata)
        count = self._estimate.pages(area) if self._estimate and area else None
        if count is not None and not self._turns(count, printer, metadata, limits):
            return count, False
        laid = self._laid_out(edition, metadata, area)
        return None if laid is None else (laid, True)

    def _turns(self, count: int, printer: Printer, metadata: Metadata, limits: tuple[int, int]) -> bool:
        """Whether the printer says something else to a count that is within the estimate: yes or no, or another room
        for text.
        """
        least, most = count * (1 - NEAR), count * (1 + NEAR)
        inner = {printer.gutter(pages) for pages in (floor(least), ceil(most))}
        areas = {self._area(edition_for(printer, metadata, margin), metadata) for margin in inner}
        return len(areas) > 1 or any(least <= limit <= most for limit in limits)

    def _laid_out(self, edition: Edition, metadata: Metadata, area: TextArea | None) -> int | None:
        """The pages of an edition, laid out until its page numbers are true; None where the engine broke down."""
        key = area if area and self._alike else _sheet(self._proof, edition, metadata)
        if key not in self._counts:
            self._job.progress(f"laying out {metadata.trim.name} for {edition.name}")
            book, said = replace(self._book, metadata=metadata), Problems()
            rendition = dressed(book, edition, self._job, References(), Problems())
            settled = settle_book(book, rendition, self._job, said)
            if settled is None:
                self._job.problems.add_all(said)
                return None
            self._counts[key] = settled.laid.page_count
        return self._counts[key]

    def _area(self, edition: Edition, metadata: Metadata) -> TextArea | None:
        """The room for text on the pages of an edition; None where the engine does not tell."""
        css = _sheet(self._proof, edition, metadata)
        if css not in self._areas:
            sheets = (
                replace(sheet, css=css) if sheet.name == "edition" else sheet for sheet in self._proof.stylesheets
            )
            try:
                self._areas[css] = text_area(replace(self._proof, stylesheets=tuple(sheets)))
            except EngineError:
                self._areas[css] = None
        return self._areas[css]


def _sheet(rendition: Rendition, edition: Edition, metadata: Metadata) -> str:
    """The style sheet that alone tells editions of one book apart."""
    return edition_sheet(metadata, rendition.theme or base_theme(), edition).css


def _offer(printer: Printer, metadata: Metadata, pages: int, exact: bool) -> Offer:
    paper = metadata.paper
    least, most = printer.pages(metadata.ink, paper.name) or (0, pages)
    refusal = ""
    if pages < least:
        refusal = f"too few: {printer.name} binds from {least} on"
    elif pages > most:
        refusal = f"too many: {printer.name} binds {most} at most on this paper"
    return Offer(printer, pages, exact, printer.spine(pages, metadata.ink, paper.name, paper.caliper), refusal)
