"""Quotation marks, apostrophes and primes: what each typed " and ' is, from what stands around it."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from publish.book.typography.block import BREAK, HOLE, Block, Edit
from publish.book.typography.table import Language, Table

APOSTROPHE = "’"
PRIMES = {"'": "′", '"': "″"}
ENCLOSING = frozenset("([{«„‹“‘‚¿¡\u00a0\u202f")
JOINING = frozenset("—–-/=+>|'’")
WORD = re.compile(r"[^\W\d_]+")
YEAR = re.compile(r"\d\d(?P<ending>'?[^\W\d_]*)(?![\w'])")
FEET_AND_INCHES = re.compile(r"\d'[ \u00a0]?\d+(?:[½¼¾]|\.\d+)?\Z")
CLOSES = re.compile(rf"(?<=[^\s(\[{{—–{BREAK}])'(?!\w)")
OPENS = re.compile(rf"(?:\A|(?<=[\s(\[{{—–\"{BREAK}]))'(?=\S)")


@dataclass(frozen=True)
class Doubt:
    """A mark that could be more than one thing, with some of the text around it."""

    mark: str
    context: str
    prime: bool = False


@dataclass
class _Open:
    mark: str
    at: int
    signs: Language


@dataclass
class Marks:
    """The marks of one block, read from left to right."""

    block: Block
    table: Table
    following: str
    opened: list[_Open] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    closed_at: int = -1

    def __post_init__(self) -> None:
        """Note where marks could open and close, so that no mark looks through the whole block."""
        text = self.block.text
        self._opening = [found.start() for found in OPENS.finditer(text)]
        self._closing = [found.start() for found in CLOSES.finditer(text)]
        double = [at for at, sign in enumerate(text) if sign == '"']
        self._behind_words = {
            mark: [at for at in places if not text[at - 1 : at].isdigit()]
            for mark, places in (("'", self._closing), ('"', double))
        }

    def read(self) -> None:
        """Decide what every mark is; what the author typed as the right sign opens and closes too."""
        text = self.block.text
        for at, sign in enumerate(text):
            if sign in PRIMES:
                self._typed(at, sign)
            elif not sign.isalnum():
                self._ready_made(at, sign)
        self._unclosed()

    def _typed(self, at: int, mark: str) -> None:
        signs = self.table.of(self.block.langs[at])
        small = self._small(at, mark, signs)
        if small:
            self.edits.append((at, at + 1, small))
        elif self._opens(at, mark):
            self.opened.append(_Open(mark, at, signs))
            self.edits.append((at, at + 1, _pair(signs, mark)[0]))
        elif self._is_open(mark):
            self._close(at, mark)
        elif self._alone(at):
            self._doubt(mark, at)
        elif mark == "'" and self._before(at).isalnum():
            self.edits.append((at, at + 1, APOSTROPHE))
        else:
            self.edits.append((at, at + 1, _pair(signs, mark)[1]))
            self._doubt(mark, at)

    def _ready_made(self, at: int, sign: str) -> None:
        signs = self.table.of(self.block.langs[at])
        if sign == signs.double[0] != signs.double[1]:
            self.opened.append(_Open('"', at, signs))
        elif sign == signs.double[1] and self._is_open('"'):
            while self.opened.pop().mark != '"':
                continue
            self.closed_at = at

    def _close(self, at: int, mark: str) -> None:
        while (last := self.opened.pop()).mark != mark:
            self._doubt(last.mark, last.at)
        self.edits.append((at, at + 1, _pair(last.signs, mark)[1]))
        self.closed_at = at

    def _unclosed(self) -> None:
        """Report what is never closed, but for a speech that is opened again in the next paragraph."""
        goes_on = self.following.lstrip()[:1]
        for last in self.opened:
            if last.mark != goes_on and goes_on != _pair(last.signs, last.mark)[0]:
                self._doubt(last.mark, last.at)

    def _opens(self, at: int, mark: str) -> bool:
        """Whether a mark, no apostrophe and no prime, opens a quotation."""
        before, after = self._before(at), self._after(at)
        if self._alone(at):
            return not self._is_open(mark) and mark == '"' and '"' in self.block.text[at + 1 :]
        if not after or after.isspace() or (after in ",.;:!?)]" and self._is_open(mark)):
            return False
        if not before or before.isspace() or before in ENCLOSING or self._just_opened(at):
            return not (self._is_open(mark) and before and before in "\u00a0\u202f")
        return before in JOINING and not self._is_open(mark) and (after.isalnum() or after in "\"'([…¿¡«„“‘‚" + HOLE)

    def _just_opened(self, at: int) -> bool:
        """Whether the mark stands right behind another one that opens."""
        return bool(self.opened) and self.opened[-1].at == at - 1

    def _small(self, at: int, mark: str, signs: Language) -> str:
        """The sign where a mark is an apostrophe or a prime; empty where it is a quotation mark."""
        before, after = self._before(at), self._after(at)
        if before.isdigit() and not (mark == "'" and _is_word(after) and not after.isdigit()):
            return self._prime(at, mark)
        if mark == '"':
            return ""
        inside_word = _is_word(before) and _is_word(after)
        behind_quotation = self.closed_at == at - 1 >= 0 and after.isalpha()  # "Hayat"'ın has its suffix there.
        if inside_word or behind_quotation or (before.isalpha() and self._loses_end(at, signs)):
            return APOSTROPHE
        return self._elision(at, signs) if not _is_word(before) and after.strip() else ""

    def _loses_end(self, at: int, signs: Language) -> bool:
        """Whether the word before a mark has lost its vowel (l'), or is a plural that owns (the boys' room)."""
        return self._elides_before(at, signs) or (self._is_open("'") and self._possessive(at))

    def _prime(self, at: int, mark: str) -> str:
        """A prime behind a digit, unless the mark closes a quotation."""
        text = self.block.text
        if mark == '"' and FEET_AND_INCHES.search(text, max(0, at - 12), at):
            return PRIMES[mark]
        if not self._is_open(mark):
            ends_decade = mark == "'" and at > 1 and text[at - 2] in "'’"
            return "" if ends_decade else PRIMES[mark]
        places = self._behind_words[mark]
        closers = len(places) - bisect_right(places, at)
        if (closers % 2 if mark == '"' else closers) == 0 or (mark == "'" and self._opens_before(places, at)):
            return ""
        self.doubts.append(Doubt(mark, self._context(at), prime=True))
        return PRIMES[mark]

    def _opens_before(self, places: list[int], at: int) -> bool:
        """Whether, behind a mark, one could open before the next of some places."""
        opening, place = _next(self._opening, at), _next(places, at)
        return opening is not None and (place is None or opening < place)

    def _elides_before(self, at: int, signs: Language) -> bool:
        """Whether the word before a mark loses its vowel before a quotation or what we leave alone: l'"Iliade"."""
        if not signs.eliding or self._after(at) not in '"«“„‹‘*_' + HOLE:
            return False
        start = at
        while start and self.block.text[start - 1].isalpha():
            start -= 1
        return self.block.text[start:at].casefold() in signs.eliding

    def _possessive(self, at: int) -> bool:
        """Whether a mark behind a plural's s, inside single quotes, is an apostrophe; one that closes follows."""
        text = self.block.text
        if text[at - 1] not in "sxzß" or not re.match(r"[ \n][a-z]", text[at + 1 : at + 3]):
            return False
        closing, opening = _next(self._closing, at), _next(self._opening, at)
        return closing is not None and (opening is None or closing < opening)

    def _elision(self, at: int, signs: Language) -> str:
        """An apostrophe before a word or number that has lost its beginning: 'tis, '90s."""
        text = self.block.text
        unpaired = self._is_open("'") or not self._closed_later(at)
        year = YEAR.match(text, at + 1)
        if year:
            return APOSTROPHE if year["ending"] in signs.decades or (unpaired and not year["ending"]) else ""
        word = WORD.match(text, at + 1)
        if word is None:
            return ""
        name, closed = word.group().casefold(), text[word.end() : word.end() + 1] == "'"
        goes_on = at == 0 and self.following.lstrip()[:1] in ("'", signs.single[0])
        certain = name in signs.elided and (not closed or name == "n")
        likely = name in signs.maybe_elided or (word.group()[0].islower() and not self._is_open("'") and not goes_on)
        return APOSTROPHE if certain or (likely and unpaired and not closed) else ""

    def _closed_later(self, at: int) -> bool:
        closing, opening = _next(self._closing, at), _next(self._opening, at)
        return closing is not None and (opening is None or closing < opening)

    def _alone(self, at: int) -> bool:
        before, after = self._before(at), self._after(at)
        return (not before or before.isspace()) and (not after or after.isspace())

    def _is_open(self, mark: str) -> bool:
        return any(last.mark == mark for last in self.opened)

    def _before(self, at: int) -> str:
        return self.block.text[at - 1] if at else ""

    def _after(self, at: int) -> str:
        return self.block.text[at + 1 : at + 2]

    def _doubt(self, mark: str, at: int) -> None:
        self.doubts.append(Doubt(mark, self._context(at)))

    def _context(self, at: int) -> str:
        text = self.block.text[max(0, at - 20) : at + 20].replace(HOLE, "…").replace(BREAK, " ")
        return " ".join(text.split())


def set_quotes(block: Block, table: Table, following: str) -> list[Doubt]:
    """Set all marks of a block; `following` is the text of the next one, in which a speech may go on."""
    if "'" not in block.text and '"' not in block.text:
        return []
    marks = Marks(block, table, following)
    marks.read()
    block.change(marks.edits)
    return marks.doubts


def _pair(signs: Language, mark: str) -> tuple[str, str]:
    return signs.double if mark == '"' else signs.single


def _next(places: list[int], at: int) -> int | None:
    """The first of some places, which are in order, behind another."""
    number = bisect_right(places, at)
    return places[number] if number < len(places) else None


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == HOLE
