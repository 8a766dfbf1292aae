"""`publish send device`: a book copied to an e-reader that is connected."""

from pathlib import Path

import click

from publish.cli.options import PROJECT


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--edition",
    type=click.Choice(["epub", "screen", "large-print", "pdf"]),
    help="The file to copy (default: the EPUB; for a Kindle the PDF for screens).",
)
@PROJECT
def device(path: Path | None, edition: str | None, project: Path) -> int:
    """Copy the book to an e-reader that is connected: a Kobo, a Kindle, a PocketBook, or any folder PATH.

    The book is built first where it is not up to date. The copy is read back from the reader before it takes its
    name. Nothing is ejected: do that yourself before you pull the cable.
    """
    from publish import scratch

    scratch.settle()
    from publish.cli.console import Console
    from publish.cli.freshness import up_to_date
    from publish.delivery.device_findings import kindle_cable
    from publish.delivery.devices import copy, find_device
    from publish.unchanged import Build

    console = Console(project)
    reader = find_device(path, console.problems)
    if reader is not None:
        if edition is None and reader.kind.edition != "epub":
            console.problems.add(kindle_cable(None, "PDF for screens"))
        output = up_to_date(Build(project, (edition or reader.kind.edition,)))
        copied = copy(output.path, reader, console.problems) if output else None
    console.report(hints=True)
    if reader is None or output is None or copied is None:
        click.echo("nothing was copied", err=True)
        return 1
    name = f"{output.path.name} {'is now' if copied else 'was already'} on the {reader.kind.name} at {reader.folder}"
    console.say(f"{name}, read back and found whole")
    console.say("eject the reader before you pull its cable")
    return 0
