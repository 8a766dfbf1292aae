"""What a finished book must say, read from the Book: the second reader's own reading, apart from the ledger's."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from publish.book.model import Section
from publish.places import Address, Span

INLINE = frozenset(("a", "abbr", "code", "del", "em", "span", "strong", "sub", "sup", "img"))
PAGE_NUMBER = r"[0-9a-z]{0,8}"
"""What may stand where we wrote a page number."""
LINK_SIGN = "[a-z]{0,3}"
"""The letter that calls a note with the address of a link, on paper."""

Fold = Callable[[str], str]


def fold_print(text: str) -> str:
    """What paper keeps of a text: no spaces, no hyphens (lines add some), no case, no accents that combine.

    The dotless i of Turkic languages and the dotted one have one capital between them for all who do not know the
    language, so they count as one letter.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().replace("ı", "i"))
    return "".join(c for c in folded if unicodedata.category(c) not in ("Pd", "Mn", "Cf", "Cc", "Zs", "Zl", "Zp"))


def fold_screen(text: str) -> str:
    """What an e-book keeps of a text: everything but spaces and soft hyphens."""
    return "".join(text.replace("\u00ad", "").split())


@dataclass(frozen=True)
class Stretch:
    """A run of one element's direct text: where it begins in the script, its section and serial, its offset there."""

    at: int
    section: Section
    serial: int
    offset: int
    text: str
    note: str | None = None


@dataclass(frozen=True)
class Made:
    """Text of ours that may stand between two places of the script: a pattern of its folded letters and figures."""

    begin: int
    end: int
    pattern: str


@dataclass
class Script:
    """The author's words of some sections, folded; what of ours may stand among them; where sections meet.

    With `ours`, what we made among the author's words is part of the script, where a file is read in which nothing
    tells the two apart; `made` says where it stands. `called` holds the ids of the notes that are called: a passage
    for the other edition may call some, too. `tables` says where each table begins and ends, and what its head says.
    """

    fold: Fold
    leave_out: str
    ours: bool = False
    stretches: list[Stretch] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    repeats: list[Made] = field(default_factory=list)
    edges: list[int] = field(default_factory=lambda: [0])
    called: set[str] = field(default_factory=set)
    tables: list[tuple[int, int, str]] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def read(self, section: Section, xhtml: bytes, note: str | None = None) -> None:
        """Add a section's body, or one of its notes."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        self._walk(etree.fromstring(xhtml, parser), section, note)
        self.edges.append(self._length)

    @property
    def text(self) -> str:
        """All that was read, folded."""
        return "".join(self._parts)

    def place(self, at: int) -> Span | None:
        """Where the author typed a character of the script."""
        index = bisect_right(self.stretches, at, key=lambda stretch: stretch.at) - 1
        if index < 0:
            return None
        stretch = self.stretches[index]
        offset = stretch.offset + self._raw(stretch.text, at - stretch.at)
        return stretch.section.places.of(Address(stretch.section.id, stretch.serial, offset))

    def words(self, begin: int, end: int) -> str:
        """The author's words between two places of the script, as typed."""
        first = max(bisect_right(self.stretches, begin, key=lambda stretch: stretch.at) - 1, 0)
        found = []
        for stretch in self.stretches[first:]:
            if stretch.at >= end:
                break
            low, high = self._raw(stretch.text, begin - stretch.at), self._raw(stretch.text, end - stretch.at)
            found.append(stretch.text[low:high])
        return " ".join("".join(found).split())

    def authors(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a stretch that are the author's."""
        first = bisect_right(self.made, begin, key=lambda made: made.end)
        for made in self.made[first:]:
            if made.begin >= end:
                break
            if begin < made.begin:
                yield begin, made.begin
            begin = max(begin, made.end)
        if begin < end:
            yield begin, end

    @property
    def list_of_words(self) -> list[str]:
        """All words, as whoever reads sees them."""
        return "".join(stretch.text for stretch in self.stretches).replace("\u00ad", "").split()

    def _raw(self, text: str, length: int) -> int:
        """How many characters of a text make so many of its folded form."""
        met = 0
        for index, character in enumerate(text):
            if met >= length:
                return index
            met += len(self.fold(character))
        return len(text)

    def _walk(self, top: etree._Element, section: Section, note: str | None) -> None:
        held: list[tuple[etree._Element, int, int]] = []  # element, serial, characters of its direct text so far
        walk = etree.iterwalk(top, events=("start", "end"))
        begun: dict[etree._Element, int] = {}
        for event, element in walk:
            if event == "start":
                made = element.get("data-made") is not None
                if made:
                    self.called.add(element.get("href", "").removeprefix("#"))
                if made or self.leave_out in element.get("class", "").split():
                    walk.skip_subtree()
                    if made and self.ours:
                        self._say_ours(element)
                    held.append((element, -1, 0))
                    continue
                if element.tag in ("table", "thead"):
                    begun[element] = self._length
                held.append((element, int(element.get("data-p", "-1")), 0))
                self._say(held, element.text, section, note, "" if element.tag in INLINE else " ")
            else:
                held.pop()
                if element.tag == "table":
                    self._end_table(element, begun[element], begun)
                if self.ours and leads_out(element):
                    self.made.append(Made(self._length, self._length, LINK_SIGN))
                gap = "" if element.tag in INLINE and "line" not in element.get("class", "").split() else " "
                if held:
                    self._say(held, element.tail, section, note, gap)

    def _say(
        self,
        held: list[tuple[etree._Element, int, int]],
        text: str | None,
        section: Section,
        note: str | None,
        gap: str,
    ) -> None:
        """Add a run of direct text of the innermost element. A gap keeps the words of two blocks apart."""
        element, serial, offset = held[-1]
        if not text and not gap:
            return
        text = text or ""
        held[-1] = element, serial, offset + len(text)
        folded = self.fold(text)
        self.stretches.append(Stretch(self._length, section, serial, offset - len(gap), gap + text, note))
        self._parts.append(folded)
        self._length += len(folded)

    def _say_ours(self, element: etree._Element) -> None:
        """Add a text that we made. Page numbers are written when the pages are known, so any will do."""
        text = self.fold(_all_text(element))
        pattern = PAGE_NUMBER if "page-ref" in element.get("class", "").split() else spoken(text)
        self.made.append(Made(self._length, self._length + len(text), pattern))
        self._parts.append(text)
        self._length += len(text)

    def _end_table(self, table: etree._Element, begin: int, begun: dict[etree._Element, int]) -> None:
        """Let a table's head stand again anywhere in the table: on every page that the table runs to."""
        head = next(table.iterchildren("thead"), None)
        text = self.fold(_all_text(head)) if head is not None else ""
        self.tables.append((begin, self._length, text))
        if head is not None and text:
            self.repeats.append(Made(begun[head], self._length, f"(?:{spoken(text)})*"))


def leads_out(element: etree._Element) -> bool:
    """Whether an element is a link out of the book: paper may say after it where it leads."""
    return element.tag == "a" and element.get("href", "").startswith(("http://", "https://"))


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def spoken(folded: str) -> str:
    """The letters and figures of a folded text; signs alone are ornament."""
    return "".join(character for character in folded if character.isalnum())
