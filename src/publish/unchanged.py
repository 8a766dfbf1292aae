"""Whether anything changed since the last build: known without reading the book, let alone laying it out.

A build notes what it looked at (`publish.files.look`): the files and folders of the project, those that it looked for
in vain, the program itself. `build/.octavo/` keeps that beside the outputs, with all that was said. As long as every
byte of it is the same, the same build would make the same files and say the same words, so it need not be run. Dates
of files count for nothing. This module loads no room of the house: that is what makes it quick.
"""

import contextlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from publish.files import OUTSIDE, Looks, state, write_atomically
from publish.folding import USUAL_FOLDING, Folding
from publish.outputs import Output
from publish.pages import SUFFIX, USUAL_PAGES, PageChoice
from publish.problems import Problem, from_json, to_json
from publish.versions import maker

FORMAT = 2
ENVIRONMENT = ("SOURCE_DATE_EPOCH",)
"""What a build takes from the environment and writes into its files."""


@dataclass(frozen=True)
class Build:
    """One command over a project: where it is, the kinds of output, whether errors withhold them, whose pages an e-book
    names, which printer is to print, and how a booklet is folded.
    """

    project: Path
    kinds: tuple[str, ...]
    draft: bool = False
    pages: PageChoice = USUAL_PAGES
    printer: str = ""
    folding: Folding = USUAL_FOLDING

    @property
    def record(self) -> Path:
        """Where it is noted what the last such build looked at."""
        draft = ".draft" if self.draft else ""
        return self.project / "build" / ".octavo" / f"{'+'.join(self.kinds)}{draft}.build.json"

    @property
    def asked(self) -> list[str]:
        """What was asked for besides the kinds."""
        return [self.pages.of, self.pages.precision, self.printer, self.folding.sheet, str(self.folding.signature)]


@dataclass(frozen=True)
class Known:
    """What a build would make and say."""

    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...]


def known(build: Build) -> Known | None:
    """What a build would make and say if it were run now; None where it has to be run."""
    try:
        stored = json.loads(build.record.read_bytes())
        if stored["format"] != FORMAT or stored["by"] != _by() or stored["asked"] != build.asked:
            return None
        root = os.path.realpath(build.project)
        if any(state(build.project / name, root) != found for name, found in stored["looks"].items()):
            return None
        if any(_digest(build.project / name) != digest for name, digest in stored["files"].items()):
            return None
        outputs = tuple(
            Output(build.project / name, pages, made=False, remark=remark) for name, pages, remark in stored["outputs"]
        )
        return Known(outputs, tuple(from_json(problem) for problem in stored["problems"]))
    except (OSError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def note(build: Build, looks: Looks, outputs: Sequence[Output], problems: Iterable[Problem]) -> None:
    """Note what a build that is over looked at, made and said.

    Where an output was withheld, or a file changed while the build ran, nothing is noted: the next build is run.
    """
    problems = tuple(problems)
    whole = len(outputs) == len(build.kinds) and not any(problem.severity == "error" for problem in problems)
    if not whole or looks.changed():
        return
    files = [output.path for output in outputs]
    files += [path.with_suffix(SUFFIX) for path in files if path.suffix == ".pdf"]
    record: Mapping[str, Any] = {
        "format": FORMAT,
        "by": _by(),
        "asked": build.asked,
        "looks": {_name(path, build.project): found for path, found in looks.states.items() if found != OUTSIDE},
        "files": {_name(path, build.project): _digest(path) for path in files},
        "outputs": [[_name(output.path, build.project), output.pages, output.remark] for output in outputs],
        "problems": [to_json(problem) for problem in problems],
    }
    with contextlib.suppress(OSError):  # A disk that is full costs time, not the build.
        write_atomically(build.record, json.dumps(record, indent=1).encode() + b"\n")


def _by() -> list[str]:
    """The program, and what it takes from its surroundings."""
    return [maker(), *(os.environ.get(name, "") for name in ENVIRONMENT)]


def _name(path: Path, project: Path) -> str:
    return (path.relative_to(project) if path.is_relative_to(project) else path).as_posix()


def _digest(path: Path) -> str | None:
    """The digest of a file's bytes, None where there is no such file."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
