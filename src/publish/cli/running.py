"""Running a build that has to be run."""

from pathlib import Path

from publish.cli.console import Console
from publish.cli.options import Explain
from publish.files import Looks, looking
from publish.jobs import Job
from publish.outputs import Output
from publish.pdf.pool import collect_seldom
from publish.pdf.workshop import Workshop
from publish.pipeline import build
from publish.unchanged import Build, note

LONG = 60_000
"""Bytes of a manuscript that is worth the other processes of a workshop."""


def run(this: Build, console: Console, jobs: int | None, explain: Explain) -> tuple[Output, ...]:
    """Run a build with as many processes as it may have, and note what it looked at for the next one."""
    collect_seldom()
    with Workshop(jobs) as workshop:
        if {"pdf", "booklet"} & {*this.kinds} and _size(this.project) > LONG:
            workshop.warm_up()
        return run_in(workshop, this, console, explain)[0]


def run_in(workshop: Workshop, this: Build, console: Console, explain: Explain) -> tuple[tuple[Output, ...], Looks]:
    """Run a build in a workshop; what came of it, and what it looked at."""
    heard: list[str] = []
    lines: list[str] = []
    job = Job(
        this.project,
        console.problems,
        console.progress,
        this.draft,
        workshop,
        heard.append,
        lines.append if explain.lines else None,
        pages=this.pages,
        printer=this.printer,
        folding=this.folding,
    )
    with console.progress.shown(), looking(this.project) as looks:
        outputs = tuple(build(job, this.kinds))
    note(this, looks, outputs, console.problems)
    for line in (*(heard if explain.cache else ()), *lines):
        console.say(line)
    return outputs, looks


def _size(project: Path) -> int:
    """Bytes of the manuscript, as far as they can be told in passing."""
    try:
        return sum(path.stat().st_size for path in (project / "manuscript").glob("*.md"))
    except OSError:
        return 0
