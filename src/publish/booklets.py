"""The booklet: the pages of the reading proof on sheets, to be printed at home, folded and stitched."""

from hashlib import sha256

from publish import cache
from publish.book.model import Book
from publish.jobs import Job
from publish.onpaper import make_pdf
from publish.outputs import Output, remember, still_good
from publish.pdf.imposition import A4, LETTER, Sheet, foldable, impose, sides
from publish.problems import Problems
from publish.versions import maker

SHEETS = {"a4": A4, "letter": LETTER}


def make_booklet(book: Book, job: Job, proof: Output | None = None) -> Output | None:
    """The booklet of a book; its reading proof is built for it if this run has not made it already.

    None, and a problem, where a signature cannot have as many pages as were asked for, or the proof cannot be built.
    """
    signature = job.folding.signature
    if not foldable(signature, job.problems):
        return None
    proof = proof or make_pdf(book, job)
    if proof is None:
        return None
    pages, sheet = proof.path.read_bytes(), sheet_for(job.folding.sheet, book.metadata.lang)
    place = job.place(book, "pdf", "booklet")
    key = cache.key("booklet", maker(), sha256(pages).hexdigest(), sheet.name, str(signature))
    count = sum(side.outer for side in sides(proof.pages, signature))
    remark = f"{count} sheet{'s' * (count != 1)} of {sheet.name}, printed on both sides"
    if record := still_good(place, key):
        remember(job.problems, record)
        return Output(place.path, 0, made=False, remark=remark)
    job.progress("folding the booklet")
    said = Problems()
    pdf = impose(pages, sheet, said, signature=signature)
    job.problems.add_all(said)
    return job.keep(place, pdf, key, said, remark=remark)


def sheet_for(asked: str, lang: str) -> Sheet:
    """The sheet that was asked for (`a4`, `letter`), else the one of offices where a book's language is spoken."""
    return SHEETS[asked or ("letter" if lang == "en-US" else "a4")]
