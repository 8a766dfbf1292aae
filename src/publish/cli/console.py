"""What the command line shows: progress while it works, the problems found, the files made and the next step."""

import codecs
import contextlib
import os
import re
import shlex
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from publish.files import weight
from publish.problems import Problem, Problems, Severity

# What paints the screen is loaded once there is something to paint.
if TYPE_CHECKING:
    from rich.console import Console as Terminal

    from publish.cli.progress import Progress
    from publish.outputs import Output


class Console:
    """The screen of one run over a project.

    `form` is how problems are told: `text`, `json` (then alone on the standard output), or as `github` reads them.
    """

    def __init__(self, project: Path, form: str = "text") -> None:
        self.project = project
        self.form = form
        self.problems = Problems()

    @cached_property
    def _screen(self) -> "Terminal":
        from rich.console import Console as Terminal

        return Terminal(stderr=True, highlight=False)

    @cached_property
    def progress(self) -> "Progress":
        """What shows how far the run is."""
        from publish.cli.progress import Progress

        return Progress(self._screen)

    def report(self, *, hints: bool = False, printer: str = "") -> None:
        """Print the problems, errors last so that they stand above the prompt; hints only where they were asked for.

        JSON has all of them: it says how much each weighs. `printer` is the one whose files the problems are about.
        """
        hints = hints or self.form == "json"
        shown = [problem for problem in self.problems if hints or problem.severity is not Severity.HINT]
        order = [Severity.HINT, Severity.WARNING, Severity.ERROR]
        shown.sort(key=lambda problem: (order.index(problem.severity), _place(problem)))
        self._print(shown)
        hidden = len(self.problems) - len(shown)
        if hidden and not self.problems.errors:
            check = self.command("check", self.project)
            if printer:
                check += f" PRINTER={printer}" if check.startswith("make") else f" --printer {printer}"
            click.echo(f"{_counted(hidden, 'hint')}; `{check}` shows {'them' if hidden > 1 else 'it'}", err=True)

    def _print(self, problems: Sequence[Problem]) -> None:
        if not problems and self.form != "json":
            return
        from publish.report import as_github, as_json, show

        if self.form == "json":
            click.echo(as_json(problems))
        elif self.form == "github":
            click.echo(as_github(problems, PurePosixPath(Path(os.path.relpath(self.project)).as_posix())))
        else:
            click.echo(show(problems, self._sources(problems), colour=self._screen.is_terminal), err=True)

    def say(self, line: str) -> None:
        """Print a line that is no problem."""
        click.echo(line, err=self.form == "json")

    def failed(self, outputs: Sequence["Output"], *, draft: bool = False) -> int:
        """How many errors there were, and what that means for the files. Returns the status to end with."""
        if not self.problems.errors:
            return 0
        meaning = "; nothing was written" if not outputs else "; what was made shows their places" if draft else ""
        click.echo(f"{_counted(self.problems.errors, 'error')}{meaning}", err=True)
        return 0 if draft and outputs else 1

    def made(self, outputs: Iterable["Output"]) -> None:
        """Name every file with its pages, size and the time it took."""
        for output in outputs:
            pages = f"{_counted(output.pages, 'page')}, " if output.pages else ""
            how = f"{output.seconds:.1f} s" if output.made else "nothing changed, nothing laid out"
            remark = f"; {output.remark}" if output.remark else ""
            self.say(f"{os.path.relpath(output.path)}  {pages}{weight(output.size)}  ({how}){remark}")

    def next_step(self, outputs: Sequence["Output"], kinds: Collection[str]) -> None:
        """Say what the files of these kinds are for, and the next step."""
        if outputs and {"print", "cover"} & {*kinds}:
            self.say("for the printer; look at them before you send them")
        if outputs and "booklet" in kinds:
            self.say("print it at full size on both sides, turned over the short edge; then fold and stitch")
        if outputs and "pdf" in kinds:
            self.say("this is the reading proof, for reading and correcting")
        if outputs and {"pdf", "epub"} & {*kinds}:
            target = "check" if {"pdf", "epub"} <= {*kinds} else "epub" if "pdf" in kinds else "pdf"
            self.say(f"next: {self.command(target, self.project)}")

    def shop_step(self, outputs: Iterable["Output"]) -> None:
        """Say how an EPUB is tried by what a shop asks."""
        if any(output.path.suffix == ".epub" for output in outputs):
            check = self.command("check", self.project)
            option = "SHOP=" if check.startswith("make") else "--shop "
            self.say(f"for a shop: {check} {option}apple (`publish list shops` names them)")

    @staticmethod
    def command(target: str, project: Path) -> str:
        """The command for a next step that works where the user stands: make in the house's folder, else publish."""
        at = "" if project == Path() else str(project)
        if Path("Makefile").is_file() and Path("src/publish").is_dir():
            return f"make {target}" + (f" BOOK={_quoted(at)}" if at else "")
        verb = "publish check" if target == "check" else f"publish build {target}"
        return verb + (f" --project {_quoted(at)}" if at else "")

    def _sources(self, problems: Iterable[Problem]) -> dict[str, str]:
        """The texts of the files that problems speak of; of what is no file, or leads out of the project, no line."""
        texts = {}
        for name in {problem.span.file for problem in problems if problem.span}:
            path = self.project / name
            with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: a link that leads to itself
                if path.is_file() and path.resolve().is_relative_to(self.project.resolve()):
                    texts[name] = _text(path.read_bytes())
        return texts


def _text(data: bytes) -> str:
    """A file's text as far as it can be shown, whatever it is in."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if marked else "utf-8-sig", "replace")


def _place(problem: Problem) -> tuple[str, int, int]:
    return (problem.span.file, problem.span.line, problem.span.column) if problem.span else ("", 0, 0)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _quoted(path: str) -> str:
    """A path as it is typed in a shell: a name with an apostrophe reads best between double quotes."""
    return f'"{path}"' if "'" in path and not re.search(r'["$`\\!]', path) else shlex.quote(path)
