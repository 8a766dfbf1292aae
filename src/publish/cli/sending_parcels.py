"""Sending a book to a printer: one file with everything that is asked for, ready to upload."""

import os
from pathlib import Path

import click

from publish import scratch
from publish.cli.options import PROJECT, see_that_there_is


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
    from publish.cli.console import Console
    from publish.delivery.parcels import READ_ME, make_parcel
    from publish.jobs import Job
    from publish.pdf.pool import collect_seldom
    from publish.pdf.workshop import Workshop

    collect_seldom()
    console = Console(project)
    with Workshop() as workshop, console.progress.shown():
        job = Job(project, console.problems, console.progress, workshop=workshop, printer=name)
        parcel = make_parcel(job)
    console.report(printer=name)
    if parcel is None:
        click.echo("nothing was packed; parcels that were made before are untouched", err=True)
        return 1
    for output in parcel.built:
        console.say(f"{os.path.relpath(output.path)} was not up to date, and was built first")
    console.made([*parcel.built, parcel.output])
    console.say(f"next: unpack it, open {READ_ME}, and upload both PDF files as it says")
    return 0
