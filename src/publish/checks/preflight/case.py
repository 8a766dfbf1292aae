"""What a rule is given: the finished file, read once, and the book that it is of."""

from dataclasses import dataclass

import pikepdf

from publish.book.model import Book
from publish.checks.preflight.demands import Demands
from publish.checks.preflight.locating import Locator
from publish.checks.preflight.sheets import Sheet
from publish.places import Span
from publish.problems import Problem


@dataclass(frozen=True)
class Case:
    """A finished interior before the rules of a printer."""

    demands: Demands
    book: Book
    locator: Locator
    sheets: tuple[Sheet, ...]
    pdf: pikepdf.Pdf
    size: int

    @property
    def printer(self) -> str:
        """What the printer is called."""
        return self.demands.printer

    def place(self, index: int, words: str = "") -> Span | None:
        """Where the words on a page, or its first ones, were typed."""
        return self.locator.place(index, words)

    def picture(self, index: int) -> Span | None:
        """Where the picture on a page, or the first of several, was typed."""
        return self.locator.picture(index)

    def seen(self, problem: Problem, index: int) -> Problem:
        """A problem with the page on which it shows."""
        return self.locator.seen(problem, index)
