"""What the manuscript means: sections in reading order, with their text as semantic XHTML.

The XHTML is the house's own vocabulary (see ARCHITECTURE.md): no namespace, every element of the author's text
with a serial `data-p`, everything that we make (numbers, labels, note signs) inside an element with `data-made`.
"""

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from publish.manuscript.model import Metadata
from publish.places import Address, Span


class Matter(StrEnum):
    """The three parts of every book."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


@dataclass(frozen=True)
class Word:
    """Where one word of the book was typed: element, offset in its direct text, and the place in the manuscript."""

    serial: int
    offset: int
    span: Span


COLUMNS = 6
"""Numbers that are kept of each word: serial, offset, file, line, column, length."""


def pack(columns: "Iterable[array[int]]") -> bytes:
    """The columns of a table of words, one behind the other, which packs better than word by word."""
    return zlib.compress(b"".join(column.tobytes() for column in columns), 1)


@dataclass(frozen=True)
class Places:
    """The places of a section's words, in the order of the section's text.

    Few builds ask for the place of a word, and a novel has a hundred thousand: they are kept packed until then.
    `files` are the files that the words were read from, `start` the place of the section itself.
    """

    packed: bytes = b""
    files: tuple[str, ...] = ()
    start: Span | None = None

    @classmethod
    def of_words(cls, words: Iterable[Word], start: Span | None = None) -> "Places":
        """The places of some words."""
        files: dict[str, int] = {}
        columns = [array("I") for _ in range(COLUMNS)]
        for word in words:
            span = word.span
            file = files.setdefault(span.file, len(files))
            row = (word.serial, word.offset, file, span.line, span.column, span.length)
            for column, value in zip(columns, row, strict=True):
                column.append(value)
        return cls(pack(columns), tuple(files), start)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words, each with its place."""
        values = array("I", zlib.decompress(self.packed)) if self.packed else array("I")
        count = len(values) // COLUMNS
        rows = zip(*(values[n * count : (n + 1) * count] for n in range(COLUMNS)), strict=True)
        return tuple(
            Word(serial, offset, Span(self.files[file], line, column, length))
            for serial, offset, file, line, column, length in rows
        )

    def of(self, address: Address) -> Span | None:
        """The place of the word at or before an address; in an element without words, that of the next word behind.

        It is the section's own place where none is known.
        """
        words = self._by_element.get(address.serial)
        if not words:
            within = next((word for word in self.words if word.serial > address.serial), None)
            return within.span if within else self.start
        at = bisect_right(words, address.offset or 0, key=lambda word: word.offset)
        return words[max(at - 1, 0)].span

    @cached_property
    def _by_element(self) -> dict[int, list[Word]]:
        found: dict[int, list[Word]] = {}
        for word in self.words:
            found.setdefault(word.serial, []).append(word)
        return found


@dataclass(frozen=True)
class Note:
    """A note: its id, its number as printed, its text as `<aside class="note" id="...">...</aside>`."""

    id: str
    number: str
    xhtml: bytes
    span: Span | None = None


@dataclass(frozen=True)
class Heading:
    """A heading inside a section (levels 2 to 6), for contents and outline."""

    id: str
    level: int
    title: str
    number: str | None = None


@dataclass(frozen=True)
class Section:
    """A chapter, part, or page of matter: the unit of pagination and of the EPUB's documents.

    `role` is a name of EPUB's structural vocabulary (chapter, part, preface, half-title, ...; half-title, title-page,
    copyright and contents too). `made` sections have no text of their own: layout makes them from the metadata.
    `title` is plain text for outline and contents, `short` for running heads; `label` ("Chapter 3") and `number` ("3")
    are as printed, None where the section is not numbered. `part` is the id of the part that holds the section.
    """

    id: str
    role: str
    matter: Matter
    title: str
    short: str
    made: bool = False
    label: str | None = None
    number: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    lang: str = "en"
    part: str | None = None
    xhtml: bytes = b""
    notes: tuple[Note, ...] = ()
    headings: tuple[Heading, ...] = ()
    places: Places = Places()


@dataclass(frozen=True)
class Image:
    """An image that the book shows: its path in the project, where it is called, and whether it needs no words."""

    path: str
    span: Span | None = None


@dataclass(frozen=True)
class Book:
    """A manuscript resolved: every id unique, every reference with its target, every number given.

    `piece` is true where the manuscript has no level-1 heading: an essay, a story, a letter, set under its title.
    """

    metadata: Metadata
    sections: tuple[Section, ...]
    piece: bool = False
    images: tuple[Image, ...] = ()
    languages: tuple[str, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)
    """The section in which each id stands."""
