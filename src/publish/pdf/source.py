"""What the pages of a printed book must hold: the author's text, element by element, in reading order.

Texts are compared as *images*: what is left of them when all that layout may change (spaces, soft hyphens, case,
accents that combine) is taken away.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from publish.book.model import Book, Section
from publish.places import Address, Span

Key = tuple[str, int]
"""A section's id and the serial of an element in it."""

PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)
AROUND = 30
"""Characters of the text before and after a passage that are said with it."""
INLINE = frozenset(("a", "abbr", "code", "del", "em", "span", "strong", "sub", "sup"))
IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


class _Images(dict[int, str]):
    """The image of each character, by code point; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        image = ""
        if not character.isspace() and character not in IGNORED:
            folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
            image = "".join(c for c in folded if not unicodedata.combining(c) and not c.isspace())
            image = image.replace("ı", "i").replace("−", "-")
        self[code] = image
        return image


_IMAGES = _Images()


def image(text: str) -> str:
    """What layout cannot change in a text: letters, figures and signs, without case, accents and spaces."""
    return text.translate(_IMAGES)


@dataclass
class Piece:
    """The direct text of one element: as the author has it, its image, and where each run of it stands in the flow.

    `runs` pairs the offset of a run in the image with its position in the section's flow; `row` is the position of
    the table row that holds the element: cells of one row may stand side by side over several pages.
    """

    key: Key
    text: str = ""
    image: str = ""
    start: int = 0
    runs: list[tuple[int, int]] = field(default_factory=list)
    row: int | None = None
    note: str | None = None

    def position(self, offset: int) -> int:
        """Where a character of the image stands in the flow."""
        index = bisect_right(self.runs, offset, key=lambda run: run[0]) - 1
        begin, position = self.runs[max(index, 0)] if self.runs else (0, self.start)
        return position + offset - begin

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """The runs: where each begins and ends in the image, and its position in the flow."""
        for (begin, position), (end, _) in pairwise((*self.runs, (len(self.image), 0))):
            yield begin, end, position

    def raw(self, offset: int) -> int:
        """The place in `text` of a character of the image."""
        met = 0
        for index, character in enumerate(self.text):
            met += len(image(character))
            if met > offset:
                return index
        return len(self.text)


class Source:
    """All pieces of a book's printed text, in reading order: each section's body, then its notes.

    `flow` is the whole text as an image; `words` finds readable words at a position of it.
    """

    def __init__(self, book: Book) -> None:
        self.pieces: dict[Key, Piece] = {}
        self.sections = {section.id: section for section in book.sections}
        self.note_owner: dict[str, str] = {}
        self._flow: list[str] = []
        self._runs: list[tuple[int, str, Piece, int]] = []
        self._length = 0
        for section in book.sections:
            called: set[str] = set()
            if section.xhtml:
                self._read(section, section.xhtml, None, called)
            for note in section.notes:
                self.note_owner[note.id] = section.id
                if note.id in called:
                    self._read(section, note.xhtml, note.id, called)
        self.flow = "".join(self._flow)

    def place(self, piece: Piece, offset: int) -> Span | None:
        """Where the author typed a character of a piece's image."""
        return self.exact(piece, piece.raw(offset))

    def exact(self, piece: Piece, offset: int) -> Span | None:
        """Where the author typed a character of a piece's own text."""
        section, serial = piece.key
        return self.sections[section].places.of(Address(section, serial, offset))

    def place_in_flow(self, position: int) -> Span | None:
        """Where the author typed a character of the flow."""
        start, _, piece, offset = self._runs[bisect_right(self._runs, position, key=lambda run: run[0]) - 1]
        return self.place(piece, offset + position - start)

    def words(self, begin: int, end: int) -> str:
        """The text as the author has it between two positions of the flow."""
        first = max(bisect_right(self._runs, begin, key=lambda run: run[0]) - 1, 0)
        found = []
        for position, text, _, _ in self._runs[first:]:
            if position >= end:
                break
            found.append(_cut(text, max(begin - position, 0), end - position))
        return " ".join("".join(found).split())

    def around(self, begin: int, end: int) -> tuple[str, str]:
        """Some whole words before and after a stretch of the flow."""
        before, after = self.words(max(begin - AROUND, 0), begin).split(), self.words(end, end + AROUND).split()
        return " ".join(before[begin > AROUND :]), " ".join(after[: -1 if end + AROUND < len(self.flow) else None])

    def _read(self, section: Section, xhtml: bytes, note: str | None, called: set[str]) -> None:
        """Take in a section's body or one of its notes, and add the notes that it calls to `called`.

        Not by recursion: authors may nest deeper than Python likes.
        """
        pieces: list[Piece | None] = [None]
        row: tuple[etree._Element, int] | None = None
        walk = etree.iterwalk(etree.fromstring(xhtml, PARSER), events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if _left_out(element):
                    called.add(element.get("href", "").removeprefix("#"))
                    pieces.append(None)
                    walk.skip_subtree()
                    continue
                if element.tag == "tr" and row is None:
                    row = element, self._length
                pieces.append(self._begin(section, element, note, row and row[1]))
            else:
                pieces.pop()
                if row and row[0] is element:
                    row = None
                self._take(pieces[-1], element.tail, " " if element.tag == "br" else "")

    def _begin(self, section: Section, element: etree._Element, note: str | None, row: int | None) -> Piece | None:
        serial = element.get("data-p")
        if not serial:
            return None
        piece = Piece((section.id, int(serial)), start=self._length, row=row, note=note)
        self.pieces[piece.key] = piece
        inline = element.tag in INLINE and "line" not in element.get("class", "").split()
        self._take(piece, element.text, "" if inline else " ")
        return piece

    def _take(self, piece: Piece | None, text: str | None, gap: str) -> None:
        if piece is None or not text:
            return
        if seen := image(text):
            self._runs.append((self._length, gap + text, piece, len(piece.image)))
            piece.runs.append((len(piece.image), self._length))
            self._flow.append(seen)
            self._length += len(seen)
            piece.image += seen
        piece.text += text


def _left_out(element: etree._Element) -> bool:
    """What we made, and what only screens show."""
    return element.get("data-made") is not None or "ebook-only" in element.get("class", "").split()


def _cut(text: str, begin: int, end: int) -> str:
    """The stretch of a text whose image runs from `begin` to `end`."""
    met, kept = 0, []
    for character in text:
        if met >= end:
            break
        if met >= begin:
            kept.append(character)
        met += len(image(character))
    return "".join(kept)
