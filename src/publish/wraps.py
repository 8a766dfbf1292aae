"""The printed cover of a printer's edition: its spine comes from the interior that was built."""

from hashlib import sha256

from publish.book.model import Book
from publish.checks.pdfx_rules import check_printer_file
from publish.checks.preflight import CoverDemands, preflight_cover
from publish.interior_findings import spine_unknown
from publish.interiors import make_interior, target_of
from publish.jobs import Job
from publish.layout.wrap import Interior, dress_wrap, format_for, wrap_for
from publish.outputs import Output, key_of, remember, still_good
from publish.pdf.printing import printer_file
from publish.pdf.profiles import read_profile
from publish.pdf.wrap import NEEDED, interior_of, paint_wrap
from publish.printers.profiles import Printer
from publish.problems import Problems


def make_cover(book: Book, job: Job, printer: Printer, interior: Output | None = None) -> Output | None:
    """The cover in one piece for a printer's edition; its interior is built for it if need be."""
    interior = interior or make_interior(book, job, printer)
    if interior is None:
        return None
    metadata, built = book.metadata, interior_of(interior.path.read_bytes())
    spine = printer.spine(built.pages, metadata.ink, metadata.paper.name, metadata.paper.caliper)
    if spine is None:
        job.problems.add(spine_unknown(metadata.where.get("paper"), printer.name))
        return None
    return _painted(book, job, printer, built, spine)


def _painted(book: Book, job: Job, printer: Printer, built: Interior, spine: float) -> Output | None:
    metadata, place = book.metadata, job.place(book, "pdf", f"{printer.key}-cover")
    job.progress("the cover")
    rendition = dress_wrap(book, job.project, NEEDED, job.problems)
    wrap = wrap_for(metadata, printer.key, format_for(printer, metadata.trim, built.pages, spine), built)
    profile = read_profile(metadata, job.project, job.problems)
    key = key_of(rendition, repr(wrap), repr(printer), sha256(profile or b"").hexdigest())
    if job.blocked:
        return None
    if record := still_good(place, key):
        remember(job.problems, record)
        return Output(place.path, 0, made=False)
    said = Problems()
    pdf = paint_wrap(rendition, wrap, built, said)
    if pdf:
        pictures = [*rendition.pictures, *([rendition.cover.name] if rendition.cover else [])]
        pdf = printer_file(pdf, target_of(printer, metadata, profile, black=False), pictures, said)
        if not said.errors:  # What could not be made as the printer wants it has been said.
            check_printer_file(pdf, printer.file.flavour, said)
        preflight_cover(pdf, CoverDemands.of(printer, metadata, built.pages, spine), book, said)
    job.problems.add_all(said)
    return None if job.blocked or not pdf else job.keep(place, pdf, key, said)
