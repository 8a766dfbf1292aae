"""From a page of a finished file back to the manuscript: the words on it, or else where its text begins."""

from dataclasses import dataclass, field

from publish.book.flow import Source, Text, image
from publish.book.model import Book, Section
from publish.book.text import tree
from publish.pages import PageMap
from publish.places import Address, Span
from publish.problems import Problem


@dataclass(frozen=True)
class Locator:
    """The pages of a book as it was laid out, and where each of their words was typed."""

    book: Book
    pages: PageMap
    _sources: dict[str, Source] = field(default_factory=dict)

    def label(self, index: int) -> str:
        """The folio of a page, or its number in the file where it has none."""
        folio = self.pages.pages[index].label if index < len(self.pages.pages) else ""
        return folio or f"{index + 1} of the file"

    def place(self, index: int, words: str = "") -> Span | None:
        """Where words on a page were typed; where they are not the author's, the place at which its text begins."""
        start, section = self._start(index)
        if start is None or section is None:
            return None
        wanted = image(words)
        if wanted and section.xhtml:
            source = self._source(section)
            piece = source.pieces.get((start.section, start.serial))
            begin = piece.at(start.offset or 0) if piece is not None else 0
            found = source.flow.find(wanted, begin)
            if found >= 0:
                return section.places.of(source.at(found))
        return section.places.of(start)

    def picture(self, index: int) -> Span | None:
        """Where the first picture on a page was typed; where the author has none there, the place where it begins."""
        start, section = self._start(index)
        if start is None or section is None or not section.xhtml:
            return self.place(index)
        turned, after = self._start(index + 1)
        end = turned.serial if turned and after is section else None
        serials = (int(image.get("data-p", -1)) for image in tree(section.xhtml).iter("img"))
        serial = next((one for one in serials if start.serial <= one and (end is None or one < end)), None)
        return self.place(index) if serial is None else section.places.of(Address(section.id, serial))

    def seen(self, problem: Problem, index: int) -> Problem:
        """A problem with the page on which it shows."""
        return problem.on_page(self.label(index))

    def _start(self, index: int) -> tuple[Address | None, Section | None]:
        """Where in the book the text of a page begins, and in which section."""
        start = self.pages.pages[index].start if index < len(self.pages.pages) else None
        return start, next((one for one in self.book.sections if start and one.id == start.section), None)

    def _source(self, section: Section) -> Source:
        if section.id not in self._sources:
            notes = (Text(section.id, note.id, note.xhtml) for note in section.notes)
            self._sources[section.id] = Source((Text(section.id, None, section.xhtml), *notes))
        return self._sources[section.id]
