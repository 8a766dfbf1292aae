"""Quotation marks, apostrophes and primes: what each typed " and ' is, from what stands around it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publish.book.typography.table import Language

OPENING = frozenset(" \t\n\u00a0\u202f([{«„“‘‚‹—–-/¿¡")
PRIMES = {"'": "′", '"': "″"}
APOSTROPHE = "’"
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Doubt:
    """A mark that could be more than one thing, with some of the text around it."""

    mark: str
    context: str


def quote_marks(text: str, language_at: Callable[[int], Language]) -> Iterator[tuple[int, int, str] | Doubt]:
    """The sign for every typed mark in a block's text, as edits (start, end, sign); and the marks in doubt."""
    opened: list[tuple[str, int]] = []
    for found in re.finditer("[\"']", text):
        at, mark = found.start(), found.group()
        signs = language_at(at)
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        sign = _small_sign(text, at, signs, any(m == mark for m, _ in opened))
        if sign:
            yield at, at + 1, sign
            continue
        pair = signs.double if mark == '"' else signs.single
        is_open = any(m == mark for m, _ in opened)
        opens = before in OPENING or _just_opened(text, at)
        starts = bool(after) and (not text[:at].strip() or (opens and not after.isspace()))
        if starts and not (is_open and before in ("—", "–", "-") and not after.isalnum()):
            opened.append((mark, at))
            yield at, at + 1, pair[0] + (signs.inside if mark == '"' else "")
        elif is_open:
            while opened and opened.pop()[0] != mark:
                continue
            yield at, at + 1, (signs.inside if mark == '"' else "") + pair[1]
        elif mark == "'":
            yield at, at + 1, APOSTROPHE
        else:
            yield at, at + 1, pair[1]
            yield Doubt(mark, _context(text, at))
    for mark, at in opened:
        # A speech that goes on in the next paragraph is opened again there and closed only at its end.
        if mark == '"' and at > 0:
            yield Doubt(mark, _context(text, at))


def _small_sign(text: str, at: int, signs: Language, is_open: bool) -> str:
    """The sign where a mark is an apostrophe or a prime; empty where it is a quotation mark."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "'" and before.isalnum() and after.isalpha():
        return APOSTROPHE
    if before.isdigit() and not is_open:
        return PRIMES[mark]
    if mark == "'" and not before.isalnum():
        if re.match(r"\d\d(?:s|er)?(?!\d)", text[at + 1 :]):
            return APOSTROPHE
        word = WORD.match(text, at + 1)
        if word and word.group().casefold() in signs.elided and _elides(text, at, word.end()):
            return APOSTROPHE
    if mark == "'" and before.isalpha() and is_open and _closes_later(text, at):
        return APOSTROPHE
    return ""


def _elides(text: str, at: int, end: int) -> bool:
    """Whether a word behind a mark is elided and not quoted: no mark closes it, but for 'n' between words."""
    return text[end : end + 1] != "'" or text[at + 1 : end].casefold() == "n"


def _closes_later(text: str, at: int) -> bool:
    """Whether a mark after a letter, inside single quotes, is an apostrophe because the closing mark comes later."""
    after = text[at + 1 : at + 2]
    if after and not after.isspace():
        return False
    rest = text[at + 1 :]
    closing = re.search(r"(?<=[\w.,!?…])'(?!\w)", rest)
    opening = re.search(r"(?:^|[\s(])'(?=\w)", rest)
    return text[at - 1] == "s" and closing is not None and (opening is None or closing.start() < opening.start())


def _just_opened(text: str, at: int) -> bool:
    """Whether the mark stands right behind another one that itself opens."""
    return text[at - 1] in "\"'" and (at < 2 or text[at - 2] in OPENING)


def _context(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 20) : at + 20].split())
