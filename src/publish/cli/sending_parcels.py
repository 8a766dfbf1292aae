"""Sending a book to a printer or a shop: one file with everything that is asked for, ready to upload."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish import scratch
from publish.cli.options import PROJECT, see_that_there_is
from publish.shops import SHOPS

if TYPE_CHECKING:
    from publish.delivery.packing import Parcel
    from publish.jobs import Job


@click.command(name="printer")
@click.argument("name", metavar="kdp|ingram|lulu|generic|OWN")
@PROJECT
def send_to_printer(name: str, project: Path) -> int:
    """Pack what a printer asks for: build/TITLE-PRINTER.zip.

    In it are interior, cover, a READ-ME with each field of the printer's form filled in, what was found when the files
    were read back, and digests. What is out of date is built first. While there are errors, nothing is packed.
    """
    see_that_there_is(name, project)
    scratch.settle()
    from publish.delivery.parcels import make_parcel

    return _pack(
        project, make_parcel, "unpack it, open READ-ME.txt, and upload both PDF files as it says", printer=name
    )


@click.command(name="shop")
@click.argument("name", type=click.Choice(SHOPS))
@PROJECT
def send_to_shop(name: str, project: Path) -> int:
    """Pack what a shop asks for: build/TITLE-SHOP.zip.

    In it are the EPUB, the cover as a JPEG, the book's record in ONIX 3.0, what was found when the EPUB was read back,
    and digests. What is out of date is built first. While there are errors, nothing is packed.
    """
    scratch.settle()
    from publish.delivery.shop_parcels import make_shop_parcel

    def make(job: "Job") -> "Parcel | None":
        return make_shop_parcel(job, name)

    return _pack(project, make, "unpack it, and upload EPUB and cover; onix.xml is for whoever asks for it", shop=name)


def _pack(
    project: Path, make: "Callable[[Job], Parcel | None]", step: str, *, printer: str = "", shop: str = ""
) -> int:
    """Make a parcel, and say what was found, what was built for it, and the next `step`."""
    from publish.cli.console import Console
    from publish.jobs import Job
    from publish.pdf.pool import collect_seldom
    from publish.pdf.workshop import Workshop

    collect_seldom()
    console, shops = Console(project), (shop,) if shop else ()
    with Workshop() as workshop, console.progress.shown():
        job = Job(project, console.problems, console.progress, workshop=workshop, printer=printer, shops=shops)
        parcel = make(job)
    console.report(printer=printer)
    if parcel is None:
        click.echo("nothing was packed; parcels that were made before are untouched", err=True)
        return 1
    for output in parcel.built:
        console.say(f"{os.path.relpath(output.path)} was not up to date, and was built first")
    console.made([*parcel.built, parcel.output])
    console.say(f"next: {step}")
    return 0
