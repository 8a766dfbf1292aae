"""The author's text as a flow of characters, element by element, in reading order: what printed pages must hold.

Texts are compared as *images*: what is left of them when all that layout may change (spaces, soft hyphens, case,
accents that combine) is taken away.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

from lxml import etree

from publish.book.model import Book, Section
from publish.places import Address

Key = tuple[str, int]
"""A section's id and the serial of an element in it."""

WHOLE = 0
"""The serial of a section itself."""
PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)
CONTEXT = 40
"""Characters of the text's image by which a place is known again, on either side of it."""
AROUND = 30
"""Characters of the text before and after a passage that are said with it."""
INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup "
    "time u var wbr".split()
)
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


def digest(image: str) -> str:
    """A short name for the image of a block, by which it is known again."""
    return sha256(image.encode()).hexdigest()[:16]


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

    def at(self, raw: int) -> int:
        """Where the character of `text` with this number stands in the flow."""
        return self.position(len(image(self.text[:raw])))

    def raw(self, offset: int) -> int:
        """The place in `text` of a character of the image."""
        met = 0
        for index, character in enumerate(self.text):
            met += len(image(character))
            if met > offset:
                return index
        return len(self.text)

    def address(self, offset: int) -> Address:
        """The address of a character of the image."""
        section, serial = self.key
        return Address(section, serial, self.raw(offset))


@dataclass(frozen=True)
class Text:
    """A stretch of the author's text that pages must show: a section's body, or one of its notes (`note` is its id)."""

    section: str
    note: str | None
    xhtml: bytes


class Source:
    """All pieces of the author's text that pages must show, in reading order.

    `flow` is the whole text as an image; `words` finds readable words at a position of it, `block` the block there.
    """

    def __init__(self, texts: Iterable[Text]) -> None:
        self.pieces: dict[Key, Piece] = {}
        self._flow: list[str] = []
        self._runs: list[tuple[int, str, Piece, int]] = []
        self._edges: list[int] = [0]
        self._length = 0
        for text in texts:
            self._read(text)
        self.flow = "".join(self._flow)

    def at(self, position: int) -> Address:
        """The address of a character of the flow."""
        start, _, piece, offset = self._runs[bisect_right(self._runs, position, key=lambda run: run[0]) - 1]
        return piece.address(offset + position - start)

    def block(self, position: int) -> tuple[int, int]:
        """Where the text between two edges of blocks begins and ends in which a position stands."""
        after = bisect_right(self._edges, position)
        return self._edges[after - 1], self._edges[after] if after < len(self._edges) else len(self.flow)

    @property
    def blocks(self) -> Iterator[tuple[int, int]]:
        """Where each stretch of text between two edges of blocks begins and ends, in order."""
        return pairwise((*self._edges, *(len(self.flow),) * (self._edges[-1] < len(self.flow))))

    def runs(self, begin: int, end: int) -> Iterator[tuple[Piece, int]]:
        """The pieces whose text stands between two positions, in order, each with the offset in its image there."""
        first = max(bisect_right(self._runs, begin, key=lambda run: run[0]) - 1, 0)
        for start, _, piece, offset in self._runs[first:]:
            if start >= end:
                break
            yield piece, offset + max(begin - start, 0)

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

    def _read(self, text: Text) -> None:
        """Take in a text. Not by recursion: authors may nest deeper than Python likes."""
        pieces: list[Piece | None] = [None]
        row: tuple[etree._Element, int] | None = None
        walk = etree.iterwalk(etree.fromstring(text.xhtml, PARSER), events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if _left_out(element):
                    pieces.append(None)
                    walk.skip_subtree()
                    continue
                self._edge(element)
                if element.tag == "tr" and row is None:
                    row = element, self._length
                pieces.append(self._begin(text, element, row and row[1]))
            else:
                pieces.pop()
                self._edge(element)
                if row and row[0] is element:
                    row = None
                self._take(pieces[-1], element.tail, " " if element.tag == "br" else "")

    def _begin(self, text: Text, element: etree._Element, row: int | None) -> Piece | None:
        serial = element.get("data-p")
        if not serial:
            return None
        piece = Piece((text.section, int(serial)), start=self._length, row=row, note=text.note)
        self.pieces[piece.key] = piece
        self._take(piece, element.text, "" if _is_inline(element) else " ")
        return piece

    def _edge(self, element: etree._Element) -> None:
        """Note that a block begins or ends here."""
        if not _is_inline(element) and self._length > self._edges[-1]:
            self._edges.append(self._length)

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


def texts_of(book: Book) -> tuple[Text, ...]:
    """What the pages of a book must show, in reading order: each section's body, then the notes that it calls."""
    return tuple(text for section in book.sections if section.xhtml for text in _texts(section))


def _texts(section: Section) -> Iterator[Text]:
    yield Text(section.id, None, section.xhtml)
    called = _called(section.xhtml) if section.notes else set()
    for note in section.notes:
        if note.id in called:
            called |= _called(note.xhtml)
            yield Text(section.id, note.id, note.xhtml)


def _called(xhtml: bytes) -> set[str]:
    """The ids of the notes that a text calls on paper."""
    called = set()
    walk = etree.iterwalk(etree.fromstring(xhtml, PARSER), events=("start",))
    for _, element in walk:
        if _left_out(element):
            called.add(element.get("href", "").removeprefix("#"))
            walk.skip_subtree()
    return called


def _is_inline(element: etree._Element) -> bool:
    return element.tag in INLINE and "line" not in element.get("class", "").split()


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
