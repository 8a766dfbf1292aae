"""Options that commands share."""

from pathlib import Path

import click

PROJECT = click.option(
    "--project",
    default=".",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The project's folder (default: here).",
)
