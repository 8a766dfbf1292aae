"""What is to be sent: up to date, or built first, and said so."""

import os

from publish.cli.console import Console
from publish.cli.options import Explain
from publish.outputs import Output
from publish.unchanged import Build, known


def up_to_date(build: Build) -> Output | None:
    """The file of a build of one kind, built first where it is not up to date; None where the book has errors."""
    console = Console(build.project)
    if last := known(build):
        console.problems.add_all(last.problems)
        outputs = last.outputs
    else:
        from publish.cli.running import run

        outputs = run(build, console, None, Explain())
    console.report()
    if console.failed(outputs) or not outputs:
        return None
    output = outputs[0]
    name = os.path.relpath(output.path)
    console.say(f"{name} was not up to date and has been built" if output.made else f"{name} is up to date")
    return output
