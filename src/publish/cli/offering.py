"""Trims as printers have them for a book: its pages, its spine, and why one does not print it."""

import time
from pathlib import Path

import click

from publish.cli.console import Console
from publish.jobs import Job
from publish.manuscript.model import Trim
from publish.offers import Offer, Offers, book_trims
from publish.pdf.pool import collect_seldom
from publish.pdf.workshop import Workshop
from publish.pipeline import understand
from publish.printers import PRINTERS
from publish.printers.own import find_printer, own_names


def list_trims(project: Path, *, exact: bool) -> int:
    """Print each trim, and what each printer makes of it, as soon as it is known."""
    collect_seldom()
    console, begin, found = Console(project), time.monotonic(), list[Offer]()
    with Workshop() as workshop:
        job = Job(project, console.problems, console.progress, workshop=workshop)
        # Nothing may be printed while progress is shown: it takes the standard output for itself.
        with console.progress.shown():
            reading = understand(job)
            names = (*PRINTERS, *own_names(project))
            printers = [one for name in names if (one := find_printer(name, project, console.problems))]
            offers = Offers(reading.book, job, printers, exact=exact) if reading else None
        for trim in book_trims(reading.book.metadata) if reading and not job.blocked else ():
            with console.progress.shown():
                made = list(offers.of(trim)) if offers else []
            if job.blocked:
                break
            _print(trim, made, own=reading is not None and _is_like(trim, reading.book.metadata.trim))
            found += made
    console.report()
    if not console.problems.errors:
        console.say(_remark(found, time.monotonic() - begin))
    return console.failed(())


def _print(trim: Trim, offers: list[Offer], *, own: bool) -> None:
    click.echo(f"{trim.name}  {trim.width:g} × {trim.height:g} mm{', as in the manuscript' * own}")
    width = max(len(offer.printer.key) for offer in offers)
    for offer in offers:
        click.echo(f"    {offer.printer.key:{width}}  {offer}")


def _is_like(trim: Trim, other: Trim) -> bool:
    return (trim.width, trim.height) == (other.width, other.height)


def _remark(offers: list[Offer], seconds: float) -> str:
    """How true the numbers are."""
    if any(offer.pages is not None and not offer.exact for offer in offers):
        return f"about: within a page in a hundred, reckoned from one layout ({seconds:.0f} s); --exact lays out each"
    return f"each was laid out ({seconds:.0f} s)"
