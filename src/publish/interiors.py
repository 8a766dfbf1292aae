"""The interior that a printer prints from: the margins that it asks for, settled against the count of pages."""

from dataclasses import replace
from hashlib import sha256

from publish.book.model import Book
from publish.checks.pdfx_rules import check_printer_file
from publish.checks.preflight import Demands, preflight
from publish.interior_findings import (
    gutter_settled,
    pages_too_few,
    pages_too_many,
    paper_not_offered,
    trim_not_offered,
)
from publish.jobs import Job
from publish.layout import dress
from publish.layout.model import Edition, Medium, PageFormat
from publish.manuscript.model import Metadata
from publish.onpaper import Settled, settle_book
from publish.outputs import Output, Place, key_of, last_pages, last_references, remember, still_good
from publish.pages import References
from publish.pdf.bleeding import cut_at_spine
from publish.pdf.evening import evened
from publish.pdf.printing import Target, printer_file
from publish.pdf.profiles import read_profile
from publish.printers.profiles import INCH, Printer
from publish.problems import Problems

OVERHANG = 0.6
"""Millimetres by which letters such as the f, or a sloping y, reach out of their line; printers measure their ink."""


def make_interior(book: Book, job: Job, printer: Printer) -> Output | None:
    """The interior for a printer, with its page map; None, and problems, where the printer would refuse it.

    The inner margin depends on the count of pages, and the count on the margin: the book is laid out with the least
    margin that any book has, then with that for its count, until the margin is enough. It only grows, so that ends.
    """
    job.progress("faces and pictures (longest the first time)")
    place = job.place(book, "pdf", f"{printer.key}-interior")
    offered(book.metadata, printer, job.problems)
    kept = _kept(book, job, printer, place)
    if kept is not None or job.blocked:
        return kept
    inner, said = printer.gutters[0][1], Problems()
    while True:
        rendition = dress(book, edition_for(printer, book.metadata, inner), job.project, References(), job.problems)
        settled = None if job.blocked else settle_book(book, rendition, job, said)
        if settled is None:
            job.problems.add_all(said)
            return None
        count = settled.laid.page_count
        count += printer.file.even and count % 2
        needed = printer.gutter(count)
        if needed <= inner:
            break
        job.progress(f"{count} pages need an inner margin of {needed:g} mm")
        inner, said = needed, Problems()
    said.add(gutter_settled(None, printer.name, count, f"{inner:g}"))
    counted(count, book.metadata, printer, said)
    return _finished(book, job, printer, place, settled, said)


def _finished(book: Book, job: Job, printer: Printer, place: Place, settled: Settled, said: Problems) -> Output | None:
    """The settled book bound, made even, turned into the printer's file, and read back."""
    pdf = settled.bound(said)
    pages = settled.laid.pages
    if pdf:
        pdf, pages = evened(pdf, pages) if printer.file.even else (pdf, pages)
        pdf = pdf if printer.bleed_at_spine else cut_at_spine(pdf)
        profile = read_profile(book.metadata, job.project, said)
        target = target_of(printer, book.metadata, profile, black=book.metadata.ink == "black")
        pdf = printer_file(pdf, target, sorted(settled.first.pictures), said)
        if not said.errors:  # What could not be made as the printer wants it has been said.
            check_printer_file(pdf, printer.file.flavour, said)
        preflight(pdf, Demands.of(printer, book.metadata, len(pages.pages)), book, pages, said)
    job.problems.add_all(said)
    if job.blocked or not pdf:
        return None
    pages = replace(pages, source=book.metadata.identifier_of(printer.key, "print"))
    return job.keep(place, pdf, key_of(settled.first, *_asked(book, job, printer)), said, pages)


def _kept(book: Book, job: Job, printer: Printer, place: Place) -> Output | None:
    """The interior that is there already, if it was made of the very same input."""
    pages = last_pages(place)
    if not pages:
        return None
    edition = edition_for(printer, book.metadata, printer.gutter(pages))
    said = Problems()
    rendition = dress(book, edition, job.project, last_references(place), said)
    record = still_good(place, key_of(rendition, *_asked(book, job, printer)))
    if record is None or job.blocked:
        return None
    job.problems.add_all(said)
    remember(job.problems, record)
    return Output(place.path, record.pages, made=False)


def _asked(book: Book, job: Job, printer: Printer) -> tuple[str, str]:
    """What besides the book decides what the file is: the printer's rules, and the profile of its press."""
    profile = read_profile(book.metadata, job.project, Problems())
    return repr(printer), sha256(profile or b"").hexdigest()


def edition_for(printer: Printer, metadata: Metadata, inner: float) -> Edition:
    """The edition that a printer prints, with an inner margin of so many mm at least."""
    page = PageFormat(metadata.trim, inner + OVERHANG, printer.outer + OVERHANG, printer.top, printer.bottom)
    return Edition(printer.key, Medium.PRINT, page)


def target_of(printer: Printer, metadata: Metadata, profile: bytes | None, *, black: bool) -> Target:
    """What the printer's file may hold; `profile` is the author's of the press, `black` that there is no other ink."""
    rules, place = printer.file, metadata.where.get("icc-profile")
    return Target(
        rules.flavour, frozenset(rules.strip), black, rules.ink, rules.most_ink, rules.condition, profile, place
    )


def offered(metadata: Metadata, printer: Printer, problems: Problems) -> None:
    """Say what of the book's trim, ink and paper a printer does not offer."""
    trim = metadata.trim
    if not printer.takes(trim.width, trim.height):
        problems.add(
            trim_not_offered(
                metadata.where.get("trim"), printer.name, _said(trim.width, trim.height), _near(printer, metadata)
            )
        )
    if printer.pages(metadata.ink, metadata.paper.name) is None:
        pairs = (f"{ink} on {paper}" for ink, papers in printer.limits.items() for paper in papers)
        where = metadata.where.get("paper") or metadata.where.get("ink")
        problems.add(paper_not_offered(where, printer.name, metadata.ink, metadata.paper.name, ", ".join(pairs)))


def counted(pages: int, metadata: Metadata, printer: Printer, problems: Problems) -> None:
    """Say whether a printer binds a book of so many pages."""
    least, most = printer.pages(metadata.ink, metadata.paper.name) or (0, pages)
    if pages < least:
        problems.add(pages_too_few(None, printer.name, pages, least))
    elif pages > most:
        problems.add(pages_too_many(None, printer.name, pages, most))


def _near(printer: Printer, metadata: Metadata) -> str:
    """The trims of a printer that come nearest to the book's."""
    trim = metadata.trim
    near = sorted(printer.trims, key=lambda size: abs(size[0] - trim.width) + abs(size[1] - trim.height))[:3]
    return ", ".join(_said(*size) for size in near)


def _said(width: float, height: float) -> str:
    return f"{width:g} × {height:g} mm ({width / INCH:.4g} × {height / INCH:.4g} in)"
