"""Looking into an EPUB and saying what is there. The file may be anybody's, so no sign of it reaches the screen raw."""

import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from publish.checks import access_rules, epub_rules
from publish.checks.archive import LARGEST_FILE
from publish.checks.inspection import Row, describe
from publish.checks.opened import open_epub
from publish.problems import Problem, Problems, Severity
from publish.report import show, visible

OF_A_KIND = 5
"""Problems of one code that are shown one by one."""
COLUMN = 15
ORDER = (Severity.HINT, Severity.WARNING, Severity.ERROR)


def inspect_file(path: Path) -> int:
    """Print what an EPUB holds and what is wrong with it; 0 without errors, 1 with, 2 where there is no such file."""
    try:
        data = _read(path)
    except (OSError, ValueError) as failure:  # ValueError: a name with a sign that no file name can have
        why = failure.strerror if isinstance(failure, OSError) else None
        click.echo(f"{visible(str(path))} cannot be read: {why or failure}", err=True)
        return 2
    problems = Problems()
    epub = open_epub(data, problems)
    if epub is not None:
        epub_rules.check(epub, problems)
        access_rules.check(epub, problems)
        click.echo("\n".join(_lines(describe(epub))))
    _tell(problems)
    return 1 if problems.errors else 0


def _read(path: Path) -> bytes:
    """The bytes of a file; of one that is too large, enough to see that it is."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "it is no file" if not stat.S_ISDIR(status.st_mode) else "it is a folder")
    with path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        for label, line in zip((row.label, *("" for _ in row.lines)), row.lines, strict=False):
            yield f"{label:{COLUMN}}{visible(line)}"


def _tell(problems: Problems) -> None:
    """Print the problems, errors last, a few of each code."""
    if not len(problems):
        click.echo("no problem was found; EPUBCheck was not asked")
        return
    met: Counter[str] = Counter()
    shown: list[Problem] = []
    for problem in sorted(problems, key=lambda problem: (ORDER.index(problem.severity), problem.code)):
        met[problem.code] += 1
        if met[problem.code] <= OF_A_KIND:
            shown.append(problem)
    click.echo(show(shown, {}, colour=sys.stderr.isatty()), err=True)
    for code, count in met.items():
        if count > OF_A_KIND:
            click.echo(f"and {count - OF_A_KIND} more of {code}", err=True)
    if problems.errors:
        click.echo(f"{problems.errors} error{'s' * (problems.errors != 1)}; EPUBCheck was not asked", err=True)
