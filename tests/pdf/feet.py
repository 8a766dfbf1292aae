"""Small books laid out, and what stands on each page: lines of text, and lines of notes at its foot."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from publish.book.flow import Source, texts_of
from publish.book.model import Book
from publish.layout.model import Stylesheet
from publish.pdf import engine
from publish.pdf.boxes import Pages
from publish.pdf.grafts.lines import planning
from publish.pdf.ledger import Ledger
from publish.pdf.lines.planner import Planner
from publish.pdf.observing import Observer
from publish.pdf.overflow import overflowing
from publish.pdf.pagemap import read_pages
from publish.pdf.verdict import Verdict

from .paper import STYLE, face, html

NOTES = """
p { orphans: 2; widows: 2; text-align: justify; --octavo-line-breaking: optimal }
.footnote { orphans: 2; widows: 2; text-align: justify }
@page { @footnote { padding-top: 1mm; border-top: 0.5pt solid; padding-bottom: 0.01pt } }
"""


@dataclass(frozen=True)
class Page:
    """The lines of a page's text and of each note, where the text ends, where the foot begins, and its rule's width."""

    text: tuple[str, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    end: float
    foot: float
    rule: float

    def note(self, ident: str) -> tuple[str, ...]:
        """The lines of one note."""
        return dict(self.notes).get(ident, ())


@dataclass(frozen=True)
class Set:
    """The pages of a book, what the ledger says of its words, and the notes that must be set elsewhere."""

    pages: tuple[Page, ...]
    verdict: Verdict
    overflowing: frozenset[str]

    def lines(self, ident: str) -> list[int]:
        """How many lines of a note stand on each page, from its first to its last one."""
        counts = [len(page.note(ident)) for page in self.pages]
        there = [index for index, count in enumerate(counts) if count]
        return counts[there[0] : there[-1] + 1]

    def call(self, ident: str) -> int:
        """The page with the sign `(n)` that calls a note."""
        sign = f"({ident.rpartition('-')[2]})"
        return next(index for index, page in enumerate(self.pages) if any(sign in line for line in page.text))

    def first(self, ident: str) -> int:
        """The first page with lines of a note."""
        return next(index for index, page in enumerate(self.pages) if page.note(ident))


def laid(book: Book, css: str = "") -> Set:
    """A book laid out in one piece, its lines planned."""
    press = engine.Press(
        [Stylesheet("a.css", STYLE), Stylesheet("b.css", NOTES + css)], [face(), face("italic")], _none
    )
    texts = texts_of(book)
    with engine.listening(lambda _: None), planning(Planner()):
        document = press.lay_out(html(book), _none)
    pages = Pages(document, {text.note: text.section for text in texts if text.note is not None})
    source = Source(texts)
    ledger = Ledger(source)
    list(read_pages(pages, ledger, Observer(source)))
    return Set(tuple(map(_page, document.pages)), ledger.verdict(), overflowing(pages))


def _page(page: Any) -> Page:
    root, *others = page._page_box.children
    areas = [box for box in others if type(box).__name__ == "FootnoteAreaBox"]
    lines = list(_lines(root))
    return Page(
        tuple(_text(line) for line in lines),
        tuple((note.element.get("id"), tuple(map(_text, _lines(note)))) for area in areas for note in area.children),
        max((line.position_y + line.height for line in lines), default=0.0),
        min((area.border_box_y() for area in areas), default=page._page_box.margin_height()),
        sum(area.border_top_width for area in areas),
    )


def _lines(box: Any) -> Iterator[Any]:
    return (inner for inner in box.descendants() if type(inner).__name__ == "LineBox" and _text(inner))


def _text(line: Any) -> str:
    return "".join(getattr(box, "text", None) or "" for box in line.descendants()).strip()


def _none(url: str) -> tuple[bytes, str]:
    raise ValueError(url)
