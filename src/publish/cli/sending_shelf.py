"""`publish send shelf`: many books in one folder, with a catalogue for reading apps."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from publish.delivery.shelf.making import Source

LONGEST = 200
"""Characters of a shelf's title."""


@click.command()
@click.argument("dirs", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="DIR...")
@click.option(
    "--to",
    "target",
    default="shelf",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder that becomes the shelf (default: shelf).",
)
@click.option("--title", default="Books", metavar="TEXT", help="What reading apps call the shelf (default: Books).")
def shelf(dirs: tuple[Path, ...], target: Path, title: str) -> int:
    """Put books on a shelf: files for any web server, with a catalogue (OPDS 1.2 and 2.0) that reading apps know.

    DIR is a project, a finished EPUB, or a folder in which either lie. Of a project the EPUB is built where it is not
    up to date, and so are its PDF for screens and its large print where you have made them before. Sent again, a shelf
    changes only where its books have, and books that are gone from DIR are taken off it.
    """
    from publish import scratch

    scratch.settle()
    from publish.cli.console import Console
    from publish.delivery.shelf.making import Source, make_shelf
    from publish.delivery.shelf.sources import find

    console = Console(Path())
    found = find(dirs, target, console.problems)
    built = _built(found.projects)
    made = None
    if not console.problems.errors and len(built) == len(found.projects):
        sources = [*built, *(Source(epub) for epub in found.epubs)]
        made = make_shelf(target, _one_line(title), sources, console.problems)
    console.report(hints=True)
    if made is None:
        click.echo("the shelf is as it was", err=True)
        return 1
    changes = f"{made.written} files new or changed, {made.removed} removed"
    console.say(f"{os.path.relpath(target)}  {made.books} book{'s' * (made.books != 1)}  ({changes})")
    console.say("next: upload the folder; its address and opds.xml are what a reading app asks for")
    return 0


def _built(projects: Sequence[Path]) -> "list[Source]":
    """The books of those projects that have no errors; what had to be built is said."""
    from publish.cli.freshness import up_to_date
    from publish.delivery.shelf.making import EDITIONS, Source
    from publish.unchanged import Build

    sources = []
    for project in projects:
        epub = up_to_date(Build(project, ("epub",)))
        if epub is None:
            continue
        before = [one for one in EDITIONS if epub.path.with_name(f"{epub.path.stem}-{one}.pdf").is_file()]
        others = [(one, up_to_date(Build(project, (one,)))) for one in before]
        if all(output for _, output in others):
            sources.append(Source(epub.path, tuple((one, output.path) for one, output in others if output)))
    return sources


def _one_line(text: str) -> str:
    """A title as a feed can bear it: one line, of signs that XML can hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST] or "Books"
