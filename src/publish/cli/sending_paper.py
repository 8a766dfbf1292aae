"""`publish send paper`: a proof on the writer's own printer."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish import scratch
from publish.cli.options import PROJECT
from publish.folding import USUAL_FOLDING, Folding

if TYPE_CHECKING:
    from publish.cli.console import Console
    from publish.delivery.paper import Printer, Wanted

NOTHING = "nothing was printed"


@click.command(name="paper")
@click.argument("printer", metavar="ipp://HOST/ipp/print|QUEUE")
@click.option("--booklet", is_flag=True, help="Print the booklet, to be folded and stitched.")
@click.option(
    "--sheet", type=click.Choice(["a4", "letter"]), help="The paper (default: A4, and Letter for a book in en-US)."
)
@click.option("--signature", type=int, metavar="N", help="Fold the booklet in signatures of N pages.")
@click.option("--copies", type=click.IntRange(1, 999), default=1, help="How many (default: 1).")
@click.option("--one-sided", is_flag=True, help="Leave the backs blank.")
@PROJECT
def send_to_paper(
    printer: str,
    booklet: bool,
    sheet: str | None,
    signature: int | None,
    copies: int,
    one_sided: bool,
    project: Path,
) -> int:
    """Print the reading proof, in true size and on both sides, and tell how it goes.

    The printer is an address in your network, or the name of a queue of your system (`lpstat -e`). What is out of date
    is built first. Ctrl-C stops the waiting, not the printing.
    """
    if signature is not None and not booklet:
        raise click.UsageError("--signature says how a booklet is folded: add --booklet")
    if one_sided and booklet:
        raise click.UsageError("a booklet is printed on both sides: leave out --one-sided")
    scratch.settle()
    from publish.cli.console import Console
    from publish.cli.freshness import up_to_date
    from publish.delivery.paper import Wanted
    from publish.manuscript.reader import read
    from publish.problems import Problems
    from publish.steps import Steps
    from publish.unchanged import Build

    console = Console(project)
    named = _named(printer, console)
    if named is None:
        return _end(console)
    folding = Folding(sheet or "", signature) if booklet else USUAL_FOLDING
    output = up_to_date(Build(project, ("booklet" if booklet else "pdf",), folding=folding))
    manuscript = read(project, Problems(), Steps.of(project)) if output else None
    if output is None or manuscript is None:
        click.echo(NOTHING, err=True)
        return 1
    about = manuscript.metadata
    wanted = Wanted(about.title, about.lang, booklet, sheet or "", copies, one_sided)
    return _print(named, wanted, output.path, console)


def _print(printer: "Printer", wanted: "Wanted", pdf: Path, console: "Console") -> int:
    """Print a file, and tell how it went. Ctrl-C leaves the job where it is."""
    from publish.delivery.proofing import Proofing

    proofing = Proofing(printer, console.problems, console.say, console.progress)
    try:
        with console.progress.shown(), printer:
            taken = proofing.run(wanted, pdf)
    except KeyboardInterrupt:
        if not proofing.handing:
            raise
        where, job = printer.where, proofing.job
        stays = f"job {job} stays with {where}: cancel it there if it is not to be printed"
        partly = f"stopped while {where} took the book: it may print a part of it"
        click.echo(f"\n{stays if job else partly}", err=True)
        return 130
    return _end(console, taken=taken)


def _named(text: str, console: "Console") -> "Printer | None":
    """The printer that was typed; None, and a problem, where it can be none."""
    from publish.delivery import paper_findings as findings

    try:
        if "://" not in text:
            from publish.delivery.queues import Queue, queue

            return Queue(queue(text))
        from publish.delivery.ipp import IppPrinter, address

        return IppPrinter(address(text), console.say)
    except ValueError as fault:
        console.problems.add(findings.printer_unusable(None, text, str(fault)))
        return None


def _end(console: "Console", *, taken: bool = False) -> int:
    """Tell the problems, and give the status to end with."""
    console.report(hints=True)
    if not taken:
        click.echo(NOTHING, err=True)
    return int(console.problems.errors > 0)
