"""The whole way of a book, in one place: manuscript, book, layout, paper or screen, and the proof that it is true."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from publish.book.assembly import assemble
from publish.book.model import Book
from publish.layout import dress
from publish.layout.model import EPUB, PROOF, Rendition
from publish.manuscript.model import Manuscript
from publish.manuscript.reader import read
from publish.manuscript.slug import slug
from publish.outputs import Output, Place, cannot_write, keep, key_of, last_references, remember, still_good
from publish.pages import SUFFIX, USUAL_PAGES, PageChoice, PageMap, Precision, References, load
from publish.pdf.workshop import Workshop
from publish.problems import Problems
from publish.steps import Steps

if TYPE_CHECKING:  # Here and below: what only one kind of output needs is not loaded for the other.
    from publish.pdf.typeset import Laid

ROUNDS = 6
"""Layouts of one book at most: page numbers written into the text can move the text whose pages they name."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """One run over a project: where it is, whether errors withhold the outputs, where problems and progress go.

    `workshop` does the layout; `explain` hears of each section that is laid out why it has to be; `shops` are those by
    whose rules an EPUB is tried, besides those for every EPUB; `pages` says which printed pages it names.
    """

    project: Path
    problems: Problems
    progress: Progress
    draft: bool = False
    workshop: Workshop = field(default_factory=lambda: Workshop(1))
    explain: Progress = lambda line: None
    shops: tuple[str, ...] = ()
    pages: PageChoice = USUAL_PAGES

    @property
    def blocked(self) -> bool:
        """Whether there are errors that withhold the outputs."""
        return bool(self.problems.errors) and not self.draft

    def place(self, book: Book, kind: str) -> Place:
        """Where an output of the book goes."""
        return Place(self.project / "build", slug(book.metadata.title), kind, self.draft)


@dataclass(frozen=True)
class Reading:
    """A manuscript and the book that it means."""

    manuscript: Manuscript
    book: Book


def build(job: Job, kinds: Sequence[str]) -> list[Output]:
    """Make the outputs of these kinds (`pdf`, `epub`). Where a problem is an error, nothing is written.

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
    """Make one output (`pdf`, `epub`) and note the seconds that it took; None where errors withhold it.

    `proof` is the reading proof where this run has made it already.
    """
    start = time.monotonic()
    output = make_pdf(book, job) if kind == "pdf" else make_epub(book, job, proof)
    return replace(output, seconds=time.monotonic() - start) if output else None


def understand(job: Job) -> Reading | None:
    """Read the manuscript and make out the book; None where there is nothing to go on with."""
    job.progress("reading the manuscript")
    steps = Steps.of(job.project)
    manuscript = read(job.project, job.problems, steps)
    if manuscript is None:
        return None
    job.progress("chapters, notes and references")
    return Reading(manuscript, assemble(manuscript, job.problems, steps))


def make_pdf(book: Book, job: Job) -> Output | None:
    """Lay the book out until the page numbers in its text are true, and keep the PDF with its page map."""
    job.progress("faces and pictures (longest the first time)")
    place = job.place(book, "pdf")
    rendition = dress(book, PROOF, job.project, last_references(place), job.problems)
    key = key_of(rendition)
    if job.blocked:
        return None
    if record := still_good(place, key):
        remember(job.problems, record)
        return Output(place.path, record.pages, made=False)
    said = Problems()
    made = _set(book, rendition, job, said)
    for problem in said:
        job.problems.add(problem)
    if job.blocked or made is None:
        return None
    pages = replace(made.pages, source=book.metadata.identifier_of("print"))
    return _kept(job, place, made.pdf, made.key, said, pages)


@dataclass(frozen=True)
class Proof:
    """A book set and bound: the PDF, its page map, and the key of what the next build will begin with."""

    pdf: bytes
    pages: PageMap
    key: str


def _set(book: Book, rendition: Rendition, job: Job, said: Problems) -> Proof | None:
    """Lay out again until the text says the page numbers that it has, and every note fits where it stands; then bind.

    None where the engine broke down. What is to be said of the pages goes to `said`.
    """
    from publish.pdf.typeset import Typesetter
    from publish.pdf.unsettled import report_unsettled

    setter = Typesetter(job.workshop, job.progress)
    moved: frozenset[str] = frozenset()
    known, layouts = References(), 0
    while True:
        layouts += 1
        laid = setter.lay_out(rendition, said)
        if laid is None:
            return None
        moved |= laid.overflowing
        references = References(laid.pages.anchors)
        again = dress(book, PROOF, job.project, references, job.problems, moved_notes=moved)
        if again.documents == rendition.documents:
            break
        if layouts == ROUNDS:
            report_unsettled(book, known, references, said)
            break
        job.progress(f"page numbers written, layout {layouts + 1}")
        rendition, known = again, references
    pdf = setter.bind(laid, said)
    _explain(laid, setter.set_anew, job)
    # The next build begins with these page numbers, and with no note moved yet: that is what it will compare.
    first = dress(book, PROOF, job.project, references, Problems()) if moved else again
    return Proof(pdf, laid.pages, key_of(first)) if pdf else None


def _explain(laid: "Laid", set_anew: set[str], job: Job) -> None:
    """Say why sections were laid out again, and remember what they were made of for the next time."""
    from publish.pdf.outline import title
    from publish.pdf.reasons import LastBuild

    last = LastBuild(job.project)
    names = {section.id: title(section) or section.role for section in laid.rendition.book.sections}
    for name, reason in last.reasons(laid.cut, frozenset(set_anew)):
        job.explain(f"{names.get(name, name)}: laid out, since {reason}")
    job.explain(f"{len(laid.sets) - len(set_anew)} of {len(laid.sets)} sections were laid out before")
    last.keep(laid.cut)


def make_epub(book: Book, job: Job, proof: Output | None = None) -> Output | None:
    """Package the book for screens, with the pages of its printed edition, and keep the EPUB."""
    from publish import epub

    printed = _printed(book, job, proof) if job.pages.precision is not Precision.NONE else NO_PRINT
    job.progress("faces and pictures of the e-book (longest the first time)")
    place = job.place(book, "epub")
    rendition = dress(book, EPUB, job.project, References(printed.pages.anchors), job.problems)
    evidence = epub.claim.gather(book.metadata, place.verdict, job.problems)
    paged = (job.pages.precision, repr(printed.pages.pages), printed.pages.source)
    key = key_of(rendition, repr(evidence), *paged)
    if job.blocked:
        return None
    if record := still_good(place, key):
        remember(job.problems, record)
        return Output(place.path, 0, made=False, remark=printed.remark)
    job.progress("packaging the e-book")
    said = Problems()
    by_block = job.pages.precision is Precision.BLOCK
    pages = epub.print_pages(printed.pages, book, rendition, said, by_block=by_block)
    try:
        data = epub.package(with_cover(rendition, said), pages, evidence, said)
    except epub.UncutFaceError as fault:
        job.problems.add(fault.problem)
        return None
    for problem in said:
        job.problems.add(problem)
    if job.blocked:
        return None
    output = _kept(job, place, data, key, said, None)
    return output and replace(output, remark=printed.remark)


@dataclass(frozen=True)
class Printed:
    """The pages of a printed edition as this text has them, and what is to be said of where they are from."""

    pages: PageMap
    remark: str = ""


NO_PRINT = Printed(PageMap(()))


def _printed(book: Book, job: Job, proof: Output | None) -> Printed:
    """The printed pages that an e-book names: of the edition chosen, of one in print, else of the proof."""
    from publish import editions

    if job.pages.of == editions.PROOF or not (job.pages.of or book.metadata.pages):
        return _of_proof(book, job, proof)
    if job.pages.of:
        kept = editions.built(job.pages.of, job.place(book, "pdf"), job.problems)
    else:
        kept = editions.in_print(book.metadata, job.project, job.problems)
    if kept is None:
        return NO_PRINT
    from publish.epub.anchoring import anchored

    found = anchored(kept.pages, book, job.problems)
    moved = f"; {found.moved} moved with the text, {found.lost} lost" if found.moved or found.lost else ""
    return Printed(found.pages, f"pages as in {kept.pdf}{moved}")


def _of_proof(book: Book, job: Job, proof: Output | None) -> Printed:
    """The pages of the reading proof, which is built for it if need be.

    Where pages are to begin with blocks, what is wrong with the proof does not matter: a draft has pages, too.
    """
    if job.pages.precision is Precision.BLOCK:
        from publish.epub.findings import pages_by_block

        job.problems.add(pages_by_block(None))
        job = replace(job, problems=Problems(), draft=True)
    before = job.problems.errors
    proof = proof or make_pdf(book, job)
    if proof is None:
        if not before:
            from publish.epub.findings import proof_missing

            job.problems.add(proof_missing(None))
        return NO_PRINT
    kept = load(proof.path.with_suffix(SUFFIX).read_bytes())
    return Printed(kept.pages, f"pages as in {kept.pdf}")


def check_pdf(reading: Reading, job: Job) -> Output | None:
    """Make the PDF and read it back: every word of the book stands in it, once and in order."""
    from publish.checks import completeness

    output = make("pdf", reading.book, job)
    if output is not None:
        job.progress("reading the PDF back")
        completeness.compare_pdf(reading.book, output.path.read_bytes(), job.problems)
    return output


def check_epub(reading: Reading, job: Job) -> Output | None:
    """Make the EPUB, read it back, try it by our own rules, by those of shops, by Ace and by EPUBCheck."""
    from publish.checks import access_rules, completeness, epub_rules, epubcheck
    from publish.checks.opened import open_epub
    from publish.checks.shops import rules

    output = _judged(reading.book, job)
    if output is not None:
        job.progress("reading the EPUB back")
        epub = open_epub(output.path.read_bytes(), job.problems)
        if epub is not None:
            completeness.compare_epub(reading.book, epub, job.problems)
            epub_rules.check(epub, job.problems)
            access_rules.check(epub, job.problems)
            rules.check(epub, job.shops, rules.places(reading.book), job.problems)
        job.progress("EPUBCheck")
        epubcheck.check(output.path, job.problems)
    return output


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


def with_cover(rendition: Rendition, problems: Problems) -> Rendition:
    """The rendition with a cover of pixels: the author's picture, else a typographic one painted from the metadata."""
    if rendition.cover is not None and rendition.cover.media_type != "image/svg+xml":
        return rendition
    from publish.pdf.cover import paint_cover

    return replace(rendition, cover=paint_cover(rendition, problems))


def _kept(job: Job, place: Place, data: bytes, key: str, said: Problems, page_map: PageMap | None) -> Output | None:
    """Write an output, or say why it cannot be written."""
    try:
        keep(place, data, key, said, page_map)
    except OSError as failure:
        job.problems.add(cannot_write(None, str(place.path), failure.strerror or str(failure)))
        return None
    return Output(place.path, len(page_map.pages) if page_map else 0, made=True)
