"""One run over a project: what it works on, whom it tells, and how it keeps what it has made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from publish.book.model import Book
from publish.folding import USUAL_FOLDING, Folding
from publish.manuscript.slug import slug
from publish.outputs import Output, Place, cannot_write, keep
from publish.pages import USUAL_PAGES, PageChoice, PageMap
from publish.pdf.workshop import Workshop
from publish.problems import Problems

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """One run over a project: where it is, whether errors withhold the outputs, where problems and progress go.

    `workshop` does the layout; `explain` hears of each section that is laid out why it has to be, `explain_lines` how
    paragraphs were broken into lines, where that is asked; `shops` are those by whose rules an EPUB is tried, besides
    those for every EPUB; `pages` says which printed pages it names; `printer` is the one whose files are made;
    `folding` says how a booklet is folded.
    """

    project: Path
    problems: Problems
    progress: Progress
    draft: bool = False
    workshop: Workshop = field(default_factory=lambda: Workshop(1))
    explain: Progress = lambda line: None
    explain_lines: Progress | None = None
    shops: tuple[str, ...] = ()
    pages: PageChoice = USUAL_PAGES
    printer: str = ""
    folding: Folding = USUAL_FOLDING

    @property
    def blocked(self) -> bool:
        """Whether there are errors that withhold the outputs."""
        return bool(self.problems.errors) and not self.draft

    def place(self, book: Book, kind: str, edition: str = "") -> Place:
        """Where an output of the book goes; `edition` follows the title in its name."""
        stem = slug(book.metadata.title) + (f"-{edition}" if edition else "")
        return Place(self.project / "build", stem, kind, self.draft)

    def keep(
        self,
        place: Place,
        data: bytes,
        key: str,
        said: Problems,
        page_map: PageMap | None = None,
        remark: str = "",
    ) -> Output | None:
        """Write an output, or say why it cannot be written."""
        try:
            keep(place, data, key, said, page_map)
        except OSError as failure:
            self.problems.add(cannot_write(None, str(place.path), failure.strerror or str(failure)))
            return None
        return Output(place.path, len(page_map.pages) if page_map else 0, made=True, remark=remark)
