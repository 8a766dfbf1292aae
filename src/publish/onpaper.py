"""The book on paper: laid out until its page numbers are true, bound, and kept with its page map."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publish.book.model import Book
from publish.jobs import Job
from publish.layout import dress
from publish.layout.coverpage import with_cover_page
from publish.layout.model import PROOF, SCREEN, Edition, Rendition
from publish.outputs import Output, key_of, last_references, remember, still_good
from publish.pages import References
from publish.problems import Problems

if TYPE_CHECKING:  # Here and below: the engine is loaded only where something has to be laid out.
    from publish.pdf.typeset import Laid, Typesetter

ROUNDS = 6
"""Layouts of one book at most: page numbers written into the text can move the text whose pages they name."""


def make_pdf(book: Book, job: Job, edition: Edition = PROOF) -> Output | None:
    """Lay the book out until the page numbers in its text are true, and keep the PDF with its page map.

    That is the reading proof, or the edition for screens, or large print.
    """
    job.progress("faces and pictures (longest the first time)")
    place = job.place(book, "pdf", "" if edition is PROOF else edition.name)
    rendition = dressed(book, edition, job, last_references(place), job.problems)
    key = key_of(rendition)
    if job.blocked:
        return None
    if job.explain_lines is None and (record := still_good(place, key)):
        remember(job.problems, record)
        return Output(place.path, record.pages, made=False)
    said = Problems()
    settled = settle_book(book, rendition, job, said)
    pdf = settled.bound(said) if settled else b""
    job.problems.add_all(said)
    if settled is None:
        return None
    if edition is PROOF:
        _explain(settled.laid, settled.setter.set_anew, job)
    if job.explain_lines is not None:
        from publish.pdf.linecensus import explained

        for line in explained(book, settled.laid.lines):
            job.explain_lines(line)
    if job.blocked or not pdf:
        return None
    if edition is SCREEN:
        from publish.pdf.claim import claimed

        pdf = claimed(pdf, tuple(job.problems), said)
        job.problems.add_all(said)
    pages = replace(
        settled.laid.pages, source=book.metadata.identifier_of("print" if edition is PROOF else edition.name)
    )
    return job.keep(place, pdf, key_of(settled.first), said, pages)


def dressed(
    book: Book,
    edition: Edition,
    job: Job,
    references: References,
    problems: Problems,
    moved_notes: frozenset[str] = frozenset(),
) -> Rendition:
    """The book dressed for an edition on paper; that for screens begins with its cover."""
    rendition = dress(book, edition, job.project, references, problems, moved_notes=moved_notes)
    return with_cover_page(with_cover(rendition, problems)) if edition is SCREEN else rendition


def with_cover(rendition: Rendition, problems: Problems) -> Rendition:
    """The rendition with a cover of pixels: the author's picture, else a typographic one painted from the metadata."""
    if rendition.cover is not None and rendition.cover.media_type != "image/svg+xml":
        return rendition
    from publish.pdf.cover import paint_cover

    return replace(rendition, cover=paint_cover(rendition, problems))


@dataclass(frozen=True)
class Settled:
    """A book laid out whose text says the page numbers that it has; `first` is what the next build will begin with."""

    laid: "Laid"
    setter: "Typesetter"
    first: Rendition

    def bound(self, said: Problems) -> bytes:
        """The PDF; what is to be said of its pages goes to `said`. Empty where the engine broke down."""
        return self.setter.bind(self.laid, said)


def settle_book(book: Book, rendition: Rendition, job: Job, said: Problems) -> Settled | None:
    """Lay out again until the text says the page numbers that it has, and every note fits where it stands.

    None where the engine broke down. What is to be said of the layout goes to `said`.
    """
    from publish.pdf.typeset import Typesetter
    from publish.pdf.unsettled import report_unsettled

    edition, setter = rendition.edition, Typesetter(job.workshop, job.progress)
    moved: frozenset[str] = frozenset()
    known, layouts = References(), 0
    while True:
        layouts += 1
        laid = setter.lay_out(rendition, said)
        if laid is None:
            return None
        moved |= laid.overflowing
        references = References(laid.pages.anchors)
        again = dressed(book, edition, job, references, job.problems, moved)
        if again.documents == rendition.documents:
            break
        if layouts == ROUNDS:
            report_unsettled(book, known, references, said)
            break
        job.progress(f"page numbers written, layout {layouts + 1}")
        rendition, known = again, references
    # The next build begins with these page numbers, and with no note moved yet: that is what it will compare.
    first = dressed(book, edition, job, references, Problems()) if moved else again
    return Settled(laid, setter, first)


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
