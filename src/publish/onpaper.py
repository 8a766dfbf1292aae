"""The book on paper: laid out until its page numbers are true, bound, and kept with its page map."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publish.book.model import Book
from publish.jobs import Job
from publish.layout import dress
from publish.layout.model import PROOF, Rendition
from publish.outputs import Output, key_of, last_references, remember, still_good
from publish.pages import References
from publish.problems import Problems

if TYPE_CHECKING:  # Here and below: the engine is loaded only where something has to be laid out.
    from publish.pdf.typeset import Laid, Typesetter

ROUNDS = 6
"""Layouts of one book at most: page numbers written into the text can move the text whose pages they name."""


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
    settled = settle_book(book, rendition, job, said)
    pdf = settled.bound(said) if settled else b""
    job.problems.add_all(said)
    if settled is None:
        return None
    _explain(settled.laid, settled.setter.set_anew, job)
    if job.blocked or not pdf:
        return None
    pages = replace(settled.laid.pages, source=book.metadata.identifier_of("print"))
    return job.keep(place, pdf, key_of(settled.first), said, pages)


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
        again = dress(book, edition, job.project, references, job.problems, moved_notes=moved)
        if again.documents == rendition.documents:
            break
        if layouts == ROUNDS:
            report_unsettled(book, known, references, said)
            break
        job.progress(f"page numbers written, layout {layouts + 1}")
        rendition, known = again, references
    # The next build begins with these page numbers, and with no note moved yet: that is what it will compare.
    first = dress(book, edition, job.project, references, Problems()) if moved else again
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
