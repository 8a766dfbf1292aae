"""Spaces: one at a time, not breaking where a line must not end, thin where the language wants them thin."""

import re
from functools import cache

from publish.book.typography.block import BREAK, HOLE, Block, Edit
from publish.book.typography.table import NBSP, THIN, Language, Table

RUN = re.compile(r"[ \t]*\n[ \t\n]*|[ \t]{2,}")
INITIAL = re.compile(r"(?<![\w'’])(?P<letter>[^\W\d_])\.(?P<space>[ \n])(?=(?P<next>[^\W\d_]))")
ABBREVIATED = re.compile(rf"[^\W\d_]\.[ {NBSP}{THIN}]?\Z")
GROUP = re.compile(r"(?<![\d.,])(?<!\d[ \u00a0\u202f])\d{1,3}(?:[ \n]\d{3})+(?![\d,.]*\d| \d)")
OPENING = f"\\s{NBSP}{THIN}{BREAK}(\\[{{¿¡"


def single_spaces(block: Block) -> None:
    """Never two spaces, and none around the end of a typed line."""
    block.change([(found.start(), found.end(), "\n" if "\n" in found[0] else " ") for found in block.find(RUN)])


def set_spaces(block: Block, table: Table) -> None:
    """All spaces that are not plain ones, passage by passage."""
    for tag in block.languages():
        signs = table.of(tag)
        _space_pairs(block, tag, signs)
        _join(block, tag, signs)
        _space_signs(block, tag, signs)


def _join(block: Block, tag: str, signs: Language) -> None:
    """Spaces at which no line may end: behind titles, initials and numbered words, before units."""
    edits: dict[int, Edit] = {}
    for pattern in _joints(tag):
        for found in block.find(pattern, tag):
            edits[found.start("space")] = (found.start("space"), found.end("space"), NBSP)
    for found in block.find(INITIAL, tag):
        if found["letter"].isupper() and found["next"].isupper() and not _ends_abbreviation(block.text, found.start()):
            edits[found.start("space")] = (found.start("space"), found.end("space"), NBSP)
    if signs.group:
        for found in block.find(GROUP, tag):
            for space in re.finditer(r"[ \n]", found[0]):
                at = found.start() + space.start()
                edits[at] = (at, at + 1, signs.group)
    block.change(edits.values())


def _ends_abbreviation(text: str, at: int) -> bool:
    """Whether the letter at a place is no initial but the end of an abbreviation such as z. B."""
    before = ABBREVIATED.search(text[max(0, at - 3) : at])
    return before is not None and before[0].islower()


@cache
def _joints(tag: str) -> tuple[re.Pattern[str], ...]:
    signs = Table(tag).of(tag)
    not_after = r"[\w'’]" if signs.eliding else r"\w"
    roman = r"(?:\d|[IVXLC]+(?!\w))"
    patterns = [
        rf"(?<!\w){_any(signs.titles)}(?P<space>[ \n])(?=[^\W\d_])",
        rf"(?<!\w){_any(signs.numbered)}(?P<space>[ \n])(?=[«„“(]?{roman}|{HOLE})",
        rf"(?<![\w'’]){_any(signs.short)}(?P<space>[ \n])(?=\w)",
        rf"(?<=\d)(?P<space>[ \n])(?={_any(signs.units)}(?!{not_after}))",
    ]
    if signs.ordinal:
        patterns.append(rf"(?<!\w)(?:\d+|[IVXLC]+){signs.ordinal}(?P<space>[ \n])(?={_any(signs.ordered)}(?!\w))")
    return tuple(re.compile(pattern) for pattern in patterns)


def _any(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")" if words else "(?!)"


def _space_signs(block: Block, tag: str, signs: Language) -> None:
    """The spaces before signs and inside quotation marks; one that the author typed as it should be stays."""
    for sign, space in signs.before.items():
        edits = [(found.start(), found.end(), space) for found in block.find(_before(sign, tag), tag)]
        block.change(edits)
    if signs.inside:
        pattern = re.compile(rf"(?<={re.escape(signs.double[0])})[ \n]?(?=[^\s{NBSP}{THIN}])")
        block.change([(found.start(), found.end(), signs.inside) for found in block.find(pattern, tag)])


@cache
def _before(sign: str, tag: str) -> re.Pattern[str]:
    """The place before a sign: not at a beginning, not inside a run of such signs, not in 12:30 or a smiley."""
    run = "".join(re.escape(other) for other in Table(tag).of(tag).before if other != "»")
    start = rf"(?<=[^{OPENING}{run if sign != '»' else ''}«])"
    behind = rf"(?![^\s{run}«»]*[\w/])" if sign == ":" else r"(?!\w)"
    return re.compile(rf"{start}[ \n]?(?={re.escape(sign)}{behind})")


def _space_pairs(block: Block, tag: str, signs: Language) -> None:
    """Abbreviations of several letters, and initials that stand close, get thin spaces."""
    for pattern in _pairs(signs.pairs):
        edits: list[Edit] = []
        for found in block.find(pattern, tag):
            gaps = [group for group in range(1, pattern.groups + 1) if found[group] in ("", " ", "\n")]
            edits += [(*found.span(group), THIN) for group in gaps]
        block.change(edits)


@cache
def _pairs(pairs: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    found = []
    for pair in sorted(pairs, key=len, reverse=True):
        pieces = [re.escape(piece) for piece in pair.split(" ")]
        found.append(re.compile(r"(?<!\w)" + rf"([ \n{NBSP}{THIN}]?)".join(pieces) + r"(?!\w)"))
    return tuple(found)
