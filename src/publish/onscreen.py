"""The book on a screen: an EPUB that knows the pages of the printed book."""

from dataclasses import dataclass, replace

from publish.book.model import Book
from publish.jobs import Job
from publish.layout import dress
from publish.layout.model import EPUB
from publish.onpaper import make_pdf, with_cover
from publish.outputs import Output, key_of, remember, still_good
from publish.pages import SUFFIX, PageMap, Precision, References, load
from publish.problems import Problems

# What only one kind of output needs is loaded where it is used.


def make_epub(book: Book, job: Job, proof: Output | None = None) -> Output | None:
    """Package the book for screens, with the pages of its printed edition, and keep the EPUB."""
    from publish import epub
    from publish.epub.findings import pages_by_block

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
    if by_block:
        said.add(pages_by_block(None))
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
    output = job.keep(place, data, key, said)
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
    from publish.epub.findings import proof_missing

    said, before = job.problems, job.problems.errors
    if job.pages.precision is Precision.BLOCK:
        job = replace(job, problems=Problems(), draft=True)
    proof = proof or make_pdf(book, job)
    if proof is None:
        if not before:
            said.add(proof_missing(None))
        return NO_PRINT
    kept = load(proof.path.with_suffix(SUFFIX).read_bytes())
    return Printed(kept.pages, f"pages as in {kept.pdf}")
