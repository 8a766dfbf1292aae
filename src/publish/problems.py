"""What is wrong with a book: values that the stages add to one list and only the command line prints.

Each finding is one function under `rule`, in the `findings.py` of the room that makes it; its docstring is what
`publish explain CODE` prints.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec

from publish.places import Span

P = ParamSpec("P")
Said = tuple[str, str | None]
"""What a rule says: the message, and the hint or None."""

EXPLANATIONS: dict[str, str] = {}
"""The docstring of every rule by its code; filled as the rooms' `findings` modules are imported."""


class Severity(StrEnum):
    """How much a problem weighs: an error withholds the output, a warning and a hint do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Problem:
    """One finding: a code that `publish explain` knows, a sentence, the place, and what the author can do.

    `page` is the label of the printed page on which it shows, where one is known.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hint: str | None = None
    page: str | None = None

    def on_page(self, label: str) -> "Problem":
        """The same with the printed page on which it shows; a page without a folio has no label to go by."""
        return replace(self, page=label or None)


def to_json(problem: Problem) -> list[Any]:
    """A problem as JSON holds it."""
    span = problem.span
    place = None if span is None else [span.file, span.line, span.column, span.length]
    return [problem.code, problem.severity.value, problem.message, place, problem.hint, problem.page]


def from_json(row: Any) -> Problem:
    """The problem that `to_json` gave.

    Raises:
        TypeError: this is none.
        ValueError: this is none.
    """
    code, severity, message, place, hint, page = row
    return Problem(code, Severity(severity), message, None if place is None else Span(*place), hint, page)


def rule(
    code: str, severity: Severity
) -> Callable[[Callable[P, Said]], Callable[Concatenate[Span | None, P], Problem]]:
    """Make a function that words a finding into one that also takes its place first and returns the `Problem`.

    Raises:
        ValueError: two rules have the same code, or a rule has no docstring to explain it.
    """

    def decorate(words: Callable[P, Said]) -> Callable[Concatenate[Span | None, P], Problem]:
        if code in EXPLANATIONS or not words.__doc__:
            raise ValueError(f"{code}: each rule has a code and a docstring of its own")
        EXPLANATIONS[code] = words.__doc__

        def found(span: Span | None, /, *args: P.args, **kwargs: P.kwargs) -> Problem:
            message, hint = words(*args, **kwargs)
            return Problem(code, severity, message, span, hint)

        return found

    return decorate


class Problems:
    """An append-only list, handed down through all stages. The same finding at the same place is kept once."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._found: dict[Problem, None] = dict.fromkeys(found)

    def add(self, problem: Problem) -> None:
        """Keep a problem."""
        self._found[problem] = None

    def add_all(self, problems: Iterable[Problem]) -> None:
        """Keep some problems, in their order."""
        for problem in problems:
            self.add(problem)

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
