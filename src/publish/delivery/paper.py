"""A paper proof: what is to be printed and how, fitted to what a printer can do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pypdfium2

from publish.booklets import SHEETS, sheet_for
from publish.delivery import paper_findings as findings
from publish.delivery.addresses import one_line
from publish.delivery.standing import Standing
from publish.pdf.imposition import Sheet
from publish.problems import Problem, Problems

MEDIA = {"a4": "iso_a4_210x297mm", "letter": "na_letter_8.5x11in"}
"""What the sheets are called by printers (PWG 5101.1)."""
ONE_SIDE, LONG_EDGE, SHORT_EDGE = "one-sided", "two-sided-long-edge", "two-sided-short-edge"
PDF = "application/pdf"
LONGEST_NAME = 255
"""Bytes of a name at most (RFC 8011, 5.1.3)."""
POINT = 25.4 / 72
"""Millimetres in a point."""
SLACK = 0.5
"""Millimetres by which a page may be larger than its sheet: nobody sees that."""


class PaperError(Exception):
    """Nothing can be printed, or no more be heard; `problem` says why. `unsure` is whether something may be printed."""

    def __init__(self, problem: Problem, *, unsure: bool = False) -> None:
        super().__init__(problem.message)
        self.unsure = unsure
        self.problem = problem


@dataclass(frozen=True)
class Wanted:
    """What was asked for. `sheet` is `a4`, `letter`, or empty for that of the book's language, `lang`."""

    title: str
    lang: str
    booklet: bool = False
    sheet: str = ""
    copies: int = 1
    one_sided: bool = False

    @property
    def sides(self) -> str:
        """How sheets are turned over: pages like those of a book, a booklet's sheets about their short edge."""
        return ONE_SIDE if self.one_sided else SHORT_EDGE if self.booklet else LONG_EDGE


@dataclass(frozen=True)
class Abilities:
    """What a printer says that it can do, in IPP's keywords. What it does not say is empty, or None."""

    formats: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    ready: frozenset[str] = frozenset()
    scalings: frozenset[str] = frozenset()
    collates: bool = False
    most_copies: int | None = None


@dataclass(frozen=True)
class Ticket:
    """A job as it is handed to a printer, in IPP's keywords. An empty `scaling` leaves it to the printer."""

    title: str
    sides: str
    media: str
    sheet: str
    scaling: str
    copies: int
    collate: bool = False


class Printer(Protocol):
    """A printer that can be spoken with while a block runs. Each of its methods raises `PaperError`."""

    where: str

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def look(self) -> Abilities:
        """What the printer can do. One that takes no jobs is an error."""

    def hand(self, pdf: Path, ticket: Ticket, meanwhile: Callable[[Standing], None]) -> tuple[str, list[Problem]]:
        """Hand a file over. The job's name, and what the printer would not heed; `meanwhile` is told how it stands."""

    def standing(self, job: str) -> Standing:
        """How a job stands."""


def ticket(wanted: Wanted, pdf: Path, printer: str, can: Abilities, problems: Problems) -> Ticket | None:
    """The job for this printer; None, and a problem, where it cannot do what matters."""
    if can.formats and PDF not in can.formats:
        problems.add(findings.no_pdf(None, printer))
    if can.most_copies is not None and wanted.copies > can.most_copies:
        problems.add(findings.copies_many(None, printer, wanted.copies, can.most_copies))
    width, height = page_size(pdf)
    name = _sheet(wanted, can, width, height)
    if name is None:
        problems.add(_no_sheet(wanted, printer, can))
    if name is None or problems.errors:
        return None
    sides = wanted.sides
    if sides != ONE_SIDE and can.sides and sides not in can.sides:
        problems.add(findings.one_side_only(None, printer, booklet=wanted.booklet))
        sides = ONE_SIDE
    scaling = "none"
    if not fits(width, height, SHEETS[name]):
        problems.add(findings.pages_large(None, width, height, SHEETS[name].name))
        scaling = "fit"
    if scaling not in can.scalings:
        problems.add(findings.size_unsure(None, printer))
        scaling = ""
    title = job_name(wanted.title)
    return Ticket(title, sides, MEDIA[name], SHEETS[name].name, scaling, wanted.copies, can.collates)


def fits(width: float, height: float, sheet: Sheet) -> bool:
    """Whether a page (mm) has room on a sheet, whichever way it is put in."""
    return min(width, height) <= sheet.height + SLACK and max(width, height) <= sheet.width + SLACK


def page_size(pdf: Path) -> tuple[float, float]:
    """Width and height of the first page, in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        width, height = document.get_page_size(0)
    return width * POINT, height * POINT


def job_name(title: str) -> str:
    """A title as the name of a job: one line, without signs that are not seen, within the bytes of a name in IPP."""
    data = one_line(title).encode("utf-8", "replace")[:LONGEST_NAME]
    return data.decode("utf-8", "ignore").strip() or "Octavo"


def _sheet(wanted: Wanted, can: Abilities, width: float, height: float) -> str | None:
    """The sheet to print on: the one asked for, or of the language; else another that is there and large enough."""
    usual = _usual(wanted)
    names = [usual] if wanted.sheet or wanted.booklet else [usual, *(name for name in SHEETS if name != usual)]
    able = [name for name in names if not can.media or MEDIA[name] in can.media]
    able.sort(
        key=lambda name: (not fits(width, height, SHEETS[name]), bool(can.ready) and MEDIA[name] not in can.ready)
    )
    return able[0] if able else None


def _usual(wanted: Wanted) -> str:
    sheet = sheet_for(wanted.sheet, wanted.lang)
    return next(name for name, one in SHEETS.items() if one == sheet)


def _no_sheet(wanted: Wanted, printer: str, can: Abilities) -> Problem:
    others = [name for name, media in MEDIA.items() if media in can.media]
    asked = SHEETS[_usual(wanted)].name if others else " or ".join(sheet.name for sheet in SHEETS.values())
    return findings.no_such_sheet(None, printer, asked, other=others[0] if others else None)
