"""What the command line shows: progress while it works, the problems found, the files made and the next step."""

import os
import shlex
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console as Terminal
from rich.status import Status

from publish.outputs import Output
from publish.problems import Problem, Problems, Severity
from publish.report import show

QUIET_SECONDS = 2.0
"""Without a terminal, a line of progress at most this often, so that a log stays readable."""


class Console:
    """The screen of one run over a project."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.problems = Problems()
        self._screen = Terminal(stderr=True, highlight=False)
        self._status: Status | None = None
        self._started = time.monotonic()
        self._last = 0.0

    @contextmanager
    def working(self) -> Iterator[None]:
        """Show progress while the block runs; the line is gone afterwards."""
        if not self._screen.is_terminal:
            yield
            return
        with self._screen.status("…") as self._status:
            yield
        self._status = None

    def progress(self, stage: str) -> None:
        """Say what goes on, with the seconds so far."""
        seconds = time.monotonic() - self._started
        if self._status is not None:
            self._status.update(f"{stage}  [dim]{seconds:.0f} s[/dim]")
        elif seconds - self._last >= QUIET_SECONDS:
            self._last = seconds
            click.echo(f"  {seconds:5.1f} s  {stage}", err=True)

    def report(self, *, hints: bool = False) -> None:
        """Print the problems, errors last so that they stand above the prompt; hints only where they were asked for."""
        shown = [problem for problem in self.problems if hints or problem.severity is not Severity.HINT]
        order = [Severity.HINT, Severity.WARNING, Severity.ERROR]
        shown.sort(key=lambda problem: (order.index(problem.severity), _place(problem)))
        if shown:
            click.echo(show(shown, self._sources(shown), colour=self._screen.is_terminal), err=True)
        hidden = len(self.problems) - len(shown)
        if hidden and not self.problems.errors:
            click.echo(
                f"{hidden} hint{'s' * (hidden > 1)}; `{self.command('check', self.project)}` shows them", err=True
            )
        if self.problems.errors:
            count = self.problems.errors
            click.echo(f"{count} error{'s' * (count > 1)}; the last good files are untouched", err=True)

    def made(self, outputs: Iterable[Output]) -> None:
        """Name every file with its pages, size and the time it took, and the next step."""
        seconds = time.monotonic() - self._started
        kinds = set()
        for output in outputs:
            kinds.add(output.path.suffix)
            pages = f"{output.pages} pages, " if output.pages else ""
            how = f"{seconds:.1f} s" if output.made else "nothing changed, nothing laid out"
            click.echo(f"{_relative(output.path)}  {pages}{_size(output.size)}  ({how})")
        if ".pdf" in kinds:
            click.echo("this is the reading proof, for reading and correcting")
        if kinds and not {".pdf", ".epub"} <= kinds:
            click.echo(f"next: {self.command('epub' if '.pdf' in kinds else 'pdf', self.project)}")
        elif kinds:
            click.echo(f"next: {self.command('check', self.project)}")

    @staticmethod
    def command(target: str, project: Path) -> str:
        """The command for a next step that works where the user stands: make in the house's folder, else publish."""
        at = "" if project == Path() else str(project)
        if Path("Makefile").is_file() and Path("src/publish").is_dir():
            return f"make {target}" + (f" BOOK={shlex.quote(at)}" if at else "")
        verb = "publish check" if target == "check" else f"publish build {target}"
        return verb + (f" --project {shlex.quote(at)}" if at else "")

    def _sources(self, problems: Iterable[Problem]) -> dict[str, str]:
        """The texts of the files that problems speak of, as far as they can be read."""
        texts = {}
        for name in {problem.span.file for problem in problems if problem.span}:
            path = self.project / name
            try:
                texts[name] = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
            except OSError:
                continue
        return texts


def _place(problem: Problem) -> tuple[str, int, int]:
    return (problem.span.file, problem.span.line, problem.span.column) if problem.span else ("", 0, 0)


def _relative(path: Path) -> str:
    return os.path.relpath(path) if sys.platform != "win32" else str(path)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
