"""Options that more than one command has, and what is said of a wrong one."""

from dataclasses import dataclass
from pathlib import Path

import click

from publish.printers import PRINTERS

PROJECT = click.option(
    "--project",
    default=".",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The project's folder (default: here).",
)


@dataclass(frozen=True)
class Explain:
    """What a build says of itself: why sections were laid out again, how paragraphs were broken into lines."""

    cache: bool = False
    lines: bool = False


def see_that_there_is(printer: str | None, project: Path) -> None:
    """See that a printer has this name, one of ours or of the project's.

    Raises:
        UsageError: none has.
    """
    from publish.printers.own import own_names, unusable_names

    known = (*PRINTERS, *own_names(project))
    if printer is not None and printer not in known:
        odd = ", ".join(unusable_names(project))
        more = (
            f" (no printer can have the name of {odd} in printers/: small letters, figures and hyphens)" if odd else ""
        )
        raise click.UsageError(f"there is no printer “{printer}”; there are {', '.join(known)}{more}")
