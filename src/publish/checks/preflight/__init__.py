"""The printer's files read back before they are sent: what is refused most is found here, and where it comes from."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator

import pikepdf
from pypdfium2 import PdfiumError

from publish.book.model import Book
from publish.checks.findings import unreadable
from publish.checks.preflight import contents, layout, painting
from publish.checks.preflight.case import Case
from publish.checks.preflight.cover import cover_problems
from publish.checks.preflight.demands import CoverDemands, Demands, Margins
from publish.checks.preflight.findings import more_like
from publish.checks.preflight.locating import Locator
from publish.checks.preflight.sheets import read_sheets
from publish.pages import PageMap
from publish.problems import Problem, Problems

__all__ = ["CoverDemands", "Demands", "Margins", "preflight", "preflight_cover"]

ENOUGH = 12
"""Pages with a fault that are named one by one."""


def preflight(pdf: bytes, demands: Demands, book: Book, pages: PageMap, problems: Problems) -> None:
    """Read the finished interior of a book back, and say all that its printer would refuse or print badly.

    What PDF/X and printers ask of the file's inner parts (fonts, layers, transparency) is asked in `pdfx_rules`.
    """
    try:
        sheets = read_sheets(pdf)
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            case = Case(demands, book, Locator(book, pages), sheets, opened, len(pdf))
            for rule in (*layout.RULES, *painting.RULES, *contents.RULES):
                problems.add_all(_first(rule(case)))
    except (PdfiumError, pikepdf.PdfError) as failure:
        problems.add(unreadable(None, "interior", str(failure)))


def preflight_cover(pdf: bytes, asked: CoverDemands, book: Book, problems: Problems) -> None:
    """Read a finished cover back: its size fits the book, it can be printed, and it says what the metadata say."""
    try:
        sheets = read_sheets(pdf)
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            problems.add_all(cover_problems(sheets, opened, asked, book))
    except (PdfiumError, pikepdf.PdfError) as failure:
        problems.add(unreadable(None, "cover", str(failure)))


def _first(found: Iterable[Problem]) -> Iterator[Problem]:
    """The first problems of each code, and how many follow."""
    met: Counter[str] = Counter()
    for problem in found:
        met[problem.code] += 1
        if met[problem.code] <= ENOUGH:
            yield problem
    for code, count in met.items():
        if count > ENOUGH:
            yield more_like(None, code, count - ENOUGH)
