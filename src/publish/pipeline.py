"""The whole way of a book, in one place: manuscript, book, layout, paper or screen, and the proof that it is true."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from publish.book.assembly import assemble
from publish.book.model import Book
from publish.jobs import Job
from publish.layout.model import LARGE_PRINT, PROOF, SCREEN
from publish.manuscript.model import Manuscript
from publish.manuscript.reader import read
from publish.onpaper import make_pdf
from publish.onscreen import make_epub
from publish.outputs import Output, kept_pages
from publish.printers.own import find_printer
from publish.problems import Problems
from publish.steps import Steps

ON_PAPER = {"pdf": PROOF, "screen": SCREEN, "large-print": LARGE_PRINT}
"""The kinds of PDF that are made of the book as it is, each in an edition of its own."""


@dataclass(frozen=True)
class Reading:
    """A manuscript and the book that it means."""

    manuscript: Manuscript
    book: Book


def build(job: Job, kinds: Sequence[str]) -> list[Output]:
    """Make the outputs of these kinds: `pdf`, `epub`, `print`, `cover`, `screen`, `large-print`, `booklet`. Where a
    problem is an error, nothing is written.

    A stage that finds errors still hands on, so that the author hears of all of them at once.
    """
    reading = understand(job)
    if reading is None:
        return []
    made: dict[str, Output | None] = {}
    for kind in kinds:
        made[kind] = make(kind, reading.book, job, made.get("pdf"))
    return [output for output in made.values() if output is not None]


def make(kind: str, book: Book, job: Job, proof: Output | None = None) -> Output | None:
    """Make one output and note the seconds that it took; None where errors withhold it.

    `proof` is the reading proof where this run has made it already.
    """
    start = time.monotonic()
    if kind in ("print", "cover"):
        output = _for_printer(kind, book, job)
    elif kind == "booklet":
        from publish.booklets import make_booklet

        output = make_booklet(book, job, proof)
    elif kind == "epub":
        output = make_epub(book, job, proof)
    else:
        output = make_pdf(book, job, ON_PAPER[kind])
    return replace(output, seconds=time.monotonic() - start) if output else None


def _for_printer(kind: str, book: Book, job: Job) -> Output | None:
    """Make the interior or the cover for the job's printer; None, and problems, where its file cannot be used."""
    from publish.interiors import make_interior
    from publish.wraps import make_cover

    printer = find_printer(job.printer, job.project, job.problems)
    if printer is None:
        return None
    return make_interior(book, job, printer) if kind == "print" else make_cover(book, job, printer)


def understand(job: Job) -> Reading | None:
    """Read the manuscript and make out the book; None where there is nothing to go on with."""
    job.progress("reading the manuscript")
    steps = Steps.of(job.project)
    manuscript = read(job.project, job.problems, steps)
    if manuscript is None:
        return None
    job.progress("chapters, notes and references")
    return Reading(manuscript, assemble(manuscript, job.problems, steps))


def check_print(reading: Reading, job: Job) -> list[Output]:
    """Make the reading proof, or a printer's interior and cover, and read them back: every word of the book stands in
    them, once and in order, and nothing that a printer would refuse.
    """
    from publish.checks import completeness
    from publish.checks.preflight import Demands, preflight

    book, kinds = reading.book, ("print", "cover") if job.printer else ("pdf",)
    outputs = [output for kind in kinds if (output := make(kind, book, job))]
    if outputs:
        job.progress("reading the PDF back")
        pdf = outputs[0].path.read_bytes()
        completeness.compare_pdf(book, pdf, job.problems)
        # A printer's files are tried whenever they are made, and what was found is kept with them.
        kept = None if job.printer else kept_pages(job.place(book, "pdf"))
        if kept is not None:
            preflight(pdf, Demands.of_proof(book.metadata), book, kept.pages, job.problems)
    return outputs


def check_epub(reading: Reading, job: Job) -> list[Output]:
    """Make the EPUB, read it back, try it by our own rules, by those of shops, by Ace and by EPUBCheck."""
    from publish.checks import access_rules, completeness, epub_rules, epubcheck
    from publish.checks.opened import open_epub
    from publish.checks.shops import rules

    output = _judged(reading.book, job)
    if output is None:
        return []
    job.progress("reading the EPUB back")
    epub = open_epub(output.path.read_bytes(), job.problems)
    if epub is not None:
        completeness.compare_epub(reading.book, epub, job.problems)
        epub_rules.check(epub, job.problems)
        access_rules.check(epub, job.problems)
        rules.check(epub, job.shops, rules.places(reading.book), job.problems)
    job.progress("EPUBCheck")
    epubcheck.check(output.path, job.problems)
    return [output]


def _judged(book: Book, job: Job) -> Output | None:
    """Make the EPUB and have Ace try it; where that decides whether it may be called accessible, make it again."""
    from publish.checks import judging

    first = replace(job, problems=Problems(job.problems))
    output = make("epub", book, first)
    kept = job.place(book, "epub").verdict
    found = judging.judge(output.path, kept, job.progress) if output is not None else judging.NOTHING
    if output is not None and found.new and book.metadata.accessibility.certified_by:
        output = make("epub", book, job)
    else:
        job.problems.add_all(first.problems)
    job.problems.add_all(found.problems)
    return output
