"""How many pages a book would have with other text areas, reckoned from one layout of it.

Prose can be reckoned. What is known of a laid-out book is where in the text each page begins; from that follows how
much of its type a line holds, and how much room the headings take. For another page the lines of each paragraph are
counted anew and laid on pages by the rules that the layout keeps (no widows, no orphans), section by section, and the
sections put one behind the other as `place` puts them. Where a book is so short that a page or two matter, where it
holds much besides paragraphs, or where too many sections end near the foot of a page, there is no estimate.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt
from statistics import mean

from fontTools.ttLib import TTFont
from lxml import etree

from publish.book.flow import PARSER, Source, Text
from publish.layout.folioforms import Forms
from publish.layout.model import Document, Rendition
from publish.pdf.layers import layers_of
from publish.pdf.place import place
from publish.pdf.record import Record
from publish.pdf.textarea import TextArea
from publish.pdf.typeset import Laid

FEWEST = 200
"""Pages of a book from which on an error of two pages is not more than one in a hundred."""
PROSE = 0.97
"""The share of the text that must stand in paragraphs."""
UNLIKE = 0.25
"""By how much, as a share, lines may be longer or shorter than those of the layout."""
WITHIN = 0.01
"""By how much, as a share of the pages, an estimate may be off."""
DOUBT = 0.005
"""By how much, as a share, a line may hold more or less than is reckoned."""
LOWEST = 10
"""Lines of a page that is too low to reckon with."""
SLACK = 8.0
"""CSS pixels that stay free at the end of a line on average before its spaces are stretched: part of a syllable."""
SHRUNK = 8
"""Pages of a section whose lines hold half-way between what its own hold and what the book's do."""
INDENT = 1.3
"""Em that the indent of a paragraph takes."""
USUAL = 0.5
"""Em that a character takes which the face of the text has not."""
BREAK = 2
"""Lines that a break between scenes takes."""
SPLIT = 2
"""Lines of a paragraph that stay together at the foot of a page, and at the head of the next."""
LAST = 5
"""Lines that the last page of a section has at least."""
CONTAINERS = frozenset(("section", "div", "blockquote"))
Widths = Mapping[int, float]
"""How wide each character of the text's face is, in em."""


@dataclass(frozen=True)
class _Part:
    """A section as it was laid out: its length, those of its paragraphs (0 for a break between scenes), and how much of
    them stands before its second page and each after that. One with much else than paragraphs has none.

    Lengths are em of text in one line. `per_line` is how much of it a line holds.
    """

    record: Record
    length: float = 0
    paragraphs: tuple[float, ...] = ()
    starts: tuple[float, ...] = ()
    per_line: float = 0


@dataclass(frozen=True)
class Estimate:
    """What pages of other text areas are reckoned from: the parts of a book laid out on pages of one, and the lines
    that the opening of a section takes.
    """

    parts: tuple[_Part, ...]
    forms: Forms
    area: TextArea
    opening: int

    def pages(self, area: TextArea) -> int | None:
        """How many pages the book has with this text area; None where that is not to be told from the layout."""
        unlike = abs(area.width / self.area.width - 1) > UNLIKE
        if unlike or area.lines < LOWEST or (area.line, area.size) != (self.area.line, self.area.size):
            return None
        counts = [self._count(part, area) for part in self.parts]
        records = [_of_pages(part.record, count) for part, count in zip(self.parts, counts, strict=True)]
        found = len(place(records, self.forms).pages)
        # Each doubtful section may have a page more or not, half a page of deviation; two deviations must be within.
        doubtful = sum(self._count(part, area, 1 - DOUBT) > self._count(part, area, 1 + DOUBT) for part in self.parts)
        return found if sqrt(doubtful) <= WITHIN * found else None

    def _count(self, part: _Part, area: TextArea, share: float = 1.0) -> int:
        """How many pages a part has. One that is no prose is taken to fill half of its last page."""
        if part.paragraphs:
            per_line = part.per_line * share * (area.width - SLACK) / (self.area.width - SLACK)
            return 1 + len(_starts(part.paragraphs, per_line, area.lines - self.opening, area.lines))
        known = len(part.record.pages)
        larger = area.width * area.lines / (self.area.width * self.area.lines)
        return 1 if known == 1 else ceil((known - 0.5) / larger)


def estimate(laid: Laid, area: TextArea) -> Estimate | None:
    """What other pages are reckoned from, for a book laid out on pages of this text area.

    None where that would not be within a page in a hundred, which is tried with the layout itself.
    """
    known, documents = laid.page_count, laid.rendition.documents
    if known < FEWEST or area.lines < LOWEST or len(laid.sets) != len(documents):
        return None
    widths = _widths(laid.rendition)
    parts = [_part(document, made.record, widths) for document, made in zip(documents, laid.sets, strict=True)]
    prose = [part for part in parts if part.paragraphs]
    if sum(sum(part.paragraphs) for part in prose) < PROSE * sum(part.length for part in parts):
        return None
    if any(page.area != (area.width, area.height) for part in prose for page in part.record.pages):
        return None
    usual = _per_line(prose, area.lines)
    parts = [replace(part, per_line=_own_per_line(part, usual, area.lines)) for part in parts]
    forms = layers_of(laid.rendition.stylesheets).forms
    found = Estimate(tuple(parts), forms, area, _opening(prose, usual, area.lines))
    again = found.pages(area)
    return found if again is not None and abs(again - known) <= WITHIN * known else None


def _widths(rendition: Rendition) -> Widths:
    """The widths of the characters of the face that most of the text is set in."""
    family = rendition.theme.body if rendition.theme else ""
    face = next((face for face in rendition.fonts if face.family == family), rendition.fonts[0])
    font = TTFont(io.BytesIO(face.data), lazy=True)
    advances, em = font["hmtx"], font["head"].unitsPerEm
    return {code: advances[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def _width(text: str, widths: Widths) -> float:
    return sum(widths.get(ord(character), USUAL) for character in text)


def _part(document: Document, record: Record, widths: Widths) -> _Part:
    section = document.section
    if not section.xhtml:
        return _Part(record)
    source = Source([Text(section.id, None, section.xhtml)])
    root = etree.fromstring(section.xhtml, PARSER)
    length = _width(source.words(0, len(source.flow)), widths) + USUAL * sum(len(note.xhtml) for note in section.notes)
    blocks = list(_blocks(root, section.id, source))
    paragraphs = tuple(_width(source.words(*block), widths) if block else 0 for block in blocks)
    places = [_position(record, page, source) for page in range(1, len(record.pages))]
    if sum(paragraphs) < PROSE * length or root.find(".//img") is not None or None in places:
        return _Part(record, length)
    return _Part(record, length, paragraphs, tuple(_before(place, blocks, source, widths) for place in places if place))


def _blocks(root: etree._Element, section: str, source: Source) -> Iterator[tuple[int, int] | None]:
    """Where the paragraphs begin and end that are as wide as the page, or nearly; None for a break between scenes."""
    for element in root.iter("p", "hr"):
        piece = source.pieces.get((section, int(element.get("data-p") or -1)))
        if element.tag == "hr":
            yield None
        elif piece is not None and all(above.tag in CONTAINERS for above in element.iterancestors()):
            begin, end = source.block(piece.start)
            if begin == piece.start:
                yield begin, end


def _position(record: Record, page: int, source: Source) -> int | None:
    """Where in the text of its section a page begins."""
    address = record.pages[page].start
    piece = source.pieces.get((address.section, address.serial)) if address else None
    if address is None or piece is None:
        return None
    return piece.start if address.offset is None else piece.at(address.offset)


def _before(position: int, blocks: Sequence[tuple[int, int] | None], source: Source, widths: Widths) -> float:
    """How much of the paragraphs stands before a position."""
    parts = [(begin, min(end, position)) for begin, end in filter(None, blocks) if begin < position]
    return sum(_width(source.words(*part), widths) for part in parts)


def _own_per_line(part: _Part, usual: float, lines: int) -> float:
    """How much a line of a section holds: the more pages it has, the more do its own lines say."""
    if len(part.starts) < 2:
        return usual
    weight = len(part.starts) / (len(part.starts) + SHRUNK)
    return weight * _per_line([part], lines) + (1 - weight) * usual


def _per_line(parts: Sequence[_Part], lines: int) -> float:
    """How much a line holds: as much as brings us to where the last pages of the sections begin."""
    long = [part for part in parts if len(part.starts) > 1]
    low, high = 1.0, 200.0
    while high - low > 0.001:
        middle = (low + high) / 2
        ahead = sum(_ahead(part, middle, lines) for part in long)
        low, high = (middle, high) if ahead < 0 else (low, middle)
    return low


def _ahead(part: _Part, per_line: float, lines: int) -> float:
    """How much later the last page begins if lines hold so much than it does, counted from its second page on."""
    first, *_, last = part.starts
    pages = len(part.starts) - 1
    reckoned = _starts(_after(part.paragraphs, first), per_line, lines, lines)
    end = reckoned[pages - 1] if pages <= len(reckoned) else sum(part.paragraphs) - first
    return end - (last - first)


def _opening(parts: Sequence[_Part], per_line: float, lines: int) -> int:
    """How many lines are not the text's on the first page of a section."""
    free = [lines - _lines_before(part, per_line) for part in parts if part.starts]
    return round(mean(free)) if free else 0


def _lines_before(part: _Part, per_line: float) -> int:
    """The lines of a section's text on its first page."""
    left, found = part.starts[0], 0
    for length in part.paragraphs:
        if left <= 0:
            break
        found += _lines(length, per_line) if length <= left else round(left / per_line)
        left -= length
    return found


def _starts(paragraphs: Sequence[float], per_line: float, first: int, lines: int) -> list[float]:
    """How much stands before each page but the first, where that has room for `first` lines and others for `lines`."""
    starts: list[float] = []
    room, position = first, 0.0
    for number, length in enumerate(paragraphs, 1):
        whole = left = _lines(length, per_line)
        together = min(LAST, whole) if number == len(paragraphs) else SPLIT
        while left > room:
            here = room if left - room >= together else left - together
            left -= here if here >= SPLIT else 0
            starts.append(position + length * (whole - left) / whole)
            room = lines
        room -= left
        position += length
    return starts


def _after(paragraphs: Sequence[float], position: float) -> list[float]:
    """What is left of paragraphs after a position."""
    left = []
    for length in paragraphs:
        if length > position:
            left.append(length - max(position, 0))
        position -= length
    return left


def _lines(length: float, per_line: float) -> int:
    return ceil((length + INDENT) / per_line) if length else BREAK


def _of_pages(record: Record, count: int) -> Record:
    """A record as if it had so many pages, for as much as decides where others come to stand."""
    return replace(record, pages=record.pages[:1] * count, anchors={}, body=None)
