"""Short manuscripts for tests: write some Markdown, get the book."""

from pathlib import Path

from publish.book.assembly import assemble
from publish.book.model import Book, Section
from publish.manuscript.model import Manuscript, Metadata, SectionAttributes, Source
from publish.problems import Problem, Problems


def read_book(*texts: str, root: Path | None = None, **metadata: object) -> tuple[Book, list[Problem]]:
    """The book that files with these texts make, and what was said of it."""
    sources = tuple(Source(f"manuscript/{number:02}.md", text) for number, text in enumerate(texts, 1))
    return read_sources(*sources, root=root, **metadata)


def read_sources(*sources: Source, root: Path | None = None, **metadata: object) -> tuple[Book, list[Problem]]:
    """The book that these files make, and what was said of it."""
    problems = Problems()
    values = Metadata(**{"title": "A Book", **metadata})  # type: ignore[arg-type]  # keywords of the test's
    book = assemble(Manuscript(root or Path("nowhere"), sources, values), problems)
    return book, list(problems)


def section(book: Book, ident: str) -> Section:
    """A section by its id."""
    return next(section for section in book.sections if section.id == ident)


def codes(problems: list[Problem]) -> list[str]:
    """The codes of problems, in the order found."""
    return [problem.code for problem in problems]


__all__ = ["SectionAttributes", "Source", "codes", "read_book", "read_sources", "section"]
