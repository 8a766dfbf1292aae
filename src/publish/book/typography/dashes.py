"""Dots, dashes and minus signs: what is typed with full stops and hyphens."""

import re
from collections.abc import Iterator

from publish.book.typography.block import BREAK, Block, Edit
from publish.book.typography.table import NBSP, Table

EM, EN, MINUS, ELLIPSIS = "—", "–", "−", "…"
DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)|(?<!\.)\. \. \.(?![.\w])")
TYPED = re.compile(r"(?<!-)(?P<before>[ \n]?)(?P<dash>---?)(?P<after>[ \n]?)(?!-)")
SET = re.compile(r"(?<=[^\s—–])(?P<space>[ \n])(?=[—–][ \n])")
RANGE = re.compile(r"(?<![\w.,/:–-])(?<!\d[ \u202f])(\d{1,4})(--?)(\d{1,4})(?![\w/:–-]|[.,]\d)")
NEGATIVE = re.compile(r"(?:(?<=[\s(\[=×·:;/])|^)-(?=[$€£¥₼₺]?\.?\d)")
SUBTRACTION = re.compile(r"(?<=\d )-(?= \d+(?:[.,]\d+)? ?=)")
CLOSING = "\"'”’»“‘).,;:!?"


def set_dots(block: Block) -> None:
    """Three dots become one sign; four stay four, a full stop and the dots."""
    edits: list[Edit] = [(found.start(), found.end(), ELLIPSIS) for found in block.find(DOTS)]
    edits += [(found.start() + 1, found.end(), ELLIPSIS) for found in block.find(re.compile(r"(?<=\w)\.{4}(?!\.)"))]
    block.change(edits)


def set_dashes(block: Block, table: Table) -> None:
    """Ranges, negative numbers, and the dashes of the passage's language."""
    block.change([(found.start(2), found.end(2), EN) for found in block.find(RANGE) if _rises(found[1], found[3])])
    block.change([(found.start(), found.end(), MINUS) for found in block.find(NEGATIVE)])
    block.change([(found.start(), found.end(), MINUS) for found in block.find(SUBTRACTION)])
    block.change([edit for found in block.find(TYPED) for edit in _dash(block, found, table)])
    block.change([(found.start("space"), found.end("space"), NBSP) for found in block.find(SET)])


def _rises(first: str, last: str) -> bool:
    """Whether two numbers can be a range: years, pages; not a telephone number, not a score that falls."""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    elif len(last) > len(first) + 1 or len(first) == 3 < len(last):
        return False
    return int(last) > int(first)


def _dash(block: Block, found: re.Match[str], table: Table) -> Iterator[Edit]:
    """What two or three typed hyphens become, with the spaces around them."""
    start, end = found.start("dash"), found.end("dash")
    before, after = found["before"], found["after"]
    left, right = block.text[: found.start()][-1:], block.text[found.end() : found.end() + 1]
    style = table.of(block.langs[start]).dash
    if not left or left == BREAK:  # Speech in a dialogue, or the source under a quotation.
        yield found.start(), found.end(), EM + NBSP if after else EM
    elif not (before or after) and left.isdigit() and right.isdigit() and found["dash"] == "--":
        yield start, end, EN
    elif before and after and style != "closed":
        yield found.start(), end, NBSP + (EM if style == "em" or found["dash"] == "---" else EN)
    elif before and (after or not right or right in CLOSING) and style == "closed":
        yield found.start(), found.end(), EM
    elif before and not after and (not right or right in CLOSING) and style != "none":
        yield found.start(), end, NBSP + (EM if style == "em" or found["dash"] == "---" else EN)
    else:
        yield start, end, EM
