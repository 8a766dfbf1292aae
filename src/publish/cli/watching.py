"""Building at each save: the program stays in memory, and looks now and then at the files that it read."""

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

from publish.cli.console import Console
from publish.cli.options import Explain
from publish.cli.running import run_in
from publish.pdf.pool import collect_seldom
from publish.pdf.workshop import Workshop
from publish.unchanged import Build

LOOK_SECONDS = 0.2
"""How often files are looked at."""
State = Mapping[Path, tuple[int, int] | None]
"""Date and size of each file and folder, None where there is none."""


def watch_project(this: Build, jobs: int | None, form: str, explain: Explain) -> NoReturn:
    """Build, and again whenever a file that the build looked at has changed; only Ctrl-C ends it."""
    collect_seldom()
    with Workshop(jobs) as workshop:
        while True:
            console = Console(this.project, form)
            before = time.monotonic()
            outputs, looks = run_in(workshop, this, console, explain)
            console.report()
            console.made(outputs)
            console.failed(outputs, draft=this.draft)
            console.say(f"{time.monotonic() - before:.1f} s; watching {this.project} until Ctrl-C")
            seen = state(looks.states)  # before asking what was saved while the build ran, or a save could fall between
            changed = looks.changed() or _next_change(seen)
            console.say(f"\nchanged: {', '.join(_named(changed, this.project))}")


def state(paths: Iterable[Path]) -> State:
    """What the files and folders look like now."""
    return {path: _look(path) for path in paths}


def _look(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116  some hundred of them, five times a second
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _next_change(before: State) -> list[Path]:
    """Wait until something looks otherwise, and no longer changes: programs save in steps."""
    while (now := _soon(before)) == before:
        pass
    while (later := _soon(before)) != now:
        now = later
    return [path for path in before if now[path] != before[path]]


def _soon(paths: Iterable[Path]) -> State:
    time.sleep(LOOK_SECONDS)
    return state(paths)


def _named(paths: Iterable[Path], project: Path) -> list[str]:
    """The files by their names in the project; folders only where nothing else has changed."""
    names = [os.path.relpath(path, project) for path in paths if not path.is_dir()]
    return names or ["files came or went"]
