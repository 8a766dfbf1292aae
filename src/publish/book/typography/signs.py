"""Set the signs of a text: an edit list over the characters of one block, applied to its text nodes.

Words never change: only quotation marks, apostrophes, dashes, dots and spaces do. What the author typed as the right
sign stays as it is. Words are aligned with the manuscript after this step, and no letter or digit is touched by it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from publish.book.typography import findings
from publish.book.typography.quotes import Doubt, quote_marks
from publish.book.typography.table import NBSP, THIN, Language, joints, language
from publish.places import Span
from publish.problems import Problems

INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup "
    "time u var".split()
)
VERBATIM = frozenset({"code", "pre", "kbd", "samp", "var", "img", "br", "data", "time"})
HOLE = "\ufffc"
"""Stands in a block's characters for what is not touched: code, pictures, what we made."""

EM, EN = "—", "–"
YEARS = re.compile(r"(?<![\w-])(\d{4})-(\d{2}|\d{4})(?![\w-])")
FRENCH_DIALOGUE = re.compile(r"\A(?:--+|—|–) ?(?=\S)")


@dataclass
class Block:
    """The characters of a block, the language of each, and the text node that each came from."""

    text: str = ""
    nodes: list[tuple[etree._Element, str, int]] = field(default_factory=list)
    langs: list[tuple[int, str]] = field(default_factory=list)
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, element: etree._Element, where: str, text: str | None, lang: str) -> None:
        """Add a text node (`where` is "text" or "tail")."""
        if text:
            self.nodes.append((element, where, len(self.text)))
            self.langs.append((len(self.text), lang))
            self.text += text

    def hole(self) -> None:
        """Add a character for what is not touched."""
        self.text += HOLE

    def lang_at(self, at: int) -> str:
        """The language of the character at an offset."""
        found = self.langs[0][1]
        for start, lang in self.langs:
            if start > at:
                break
            found = lang
        return found

    def edit(self, start: int, end: int, sign: str) -> None:
        """Replace characters, unless that changes nothing or what stands there is to be replaced already."""
        if self.text[start:end] != sign and not any(s < end and start < e for s, e, _ in self.edits):
            self.edits.append((start, end, sign))

    def apply(self) -> None:
        """Write the edited characters back into their text nodes."""
        edits = sorted(self.edits)
        for number, (element, where, start) in enumerate(self.nodes):
            old = getattr(element, where)
            end = start + len(old)
            new, at = [], start
            for first, last, sign in edits:
                if start <= first and last <= end and (first > start or last > first or number == 0 or first < end):
                    new += [self.text[at:first], sign]
                    at = last
            setattr(element, where, "".join(new) + self.text[at:end])
            edits = [edit for edit in edits if not start <= edit[0] < end]


def set_signs(root: etree._Element, lang: str, quotes: str | None, path: str, problems: Problems) -> None:
    """Set the signs in every block of a tree, in the language (`lang`) of each passage.

    `path` is the file that the tree was read from, `quotes` the author's own quotation marks for the book's language
    (four signs). Doubtful marks go to `problems` as hints.
    """
    for block, element in _blocks(root, lang):
        if not block.text.strip():
            continue
        _edit(block, lang, quotes)
        for doubt in quote_marks(block.text, partial(_language, block, lang, quotes)):
            if isinstance(doubt, Doubt):
                span = Span(element.get("data-file", path), int(element.get("data-line", "1")))
                problems.add(findings.doubtful_mark(span, doubt.mark, doubt.context))
            else:
                block.edit(*doubt)
        block.apply()


def _language(block: Block, lang: str, quotes: str | None, at: int) -> Language:
    here = block.lang_at(at)
    return language(here, quotes if here == lang else None)


def _blocks(root: etree._Element, lang: str) -> Iterator[tuple[Block, etree._Element]]:
    """The blocks of a tree: runs of inline text between the edges of block elements."""
    block = Block()
    stack: list[tuple[Block, etree._Element]] = []

    def walk(element: etree._Element, lang: str, block: Block) -> Block:
        lang = element.get("lang", lang)
        if element.tag in VERBATIM or element.get("data-made") is not None:
            block.hole()
            return block
        inline = element.tag in INLINE and "line" not in element.get("class", "").split()
        if not inline:
            block = Block()
            stack.append((block, element))
        block.add(element, "text", element.text, lang)
        for child in element:
            after = walk(child, lang, block)
            if after is not block or child.tag == "br":
                block = Block()
                stack.append((block, element))
            block.add(child, "tail", child.tail, lang)
        return block if inline else Block()

    walk(root, lang, block)
    yield from stack


def _edit(block: Block, lang: str, quotes: str | None) -> None:
    """The edits that need no memory of what stood before: dots, dashes, spaces."""
    text = block.text
    for found in re.finditer(r"(?<!\.)\.\.\.", text):
        block.edit(found.start(), found.end(), "…")
    for found in re.finditer(r"(?<!-)(?P<s> ?)(?P<dash>--|---)(?P<e> ?)(?!-)", text):
        _dash(block, found, _language(block, lang, quotes, found.start("dash")))
    for found in YEARS.finditer(text):
        first, last = found[1], found[2]
        if int(last if len(last) == 4 else first[:2] + last) > int(first):
            block.edit(found.end(1), found.start(2), EN)
    for found in re.finditer(r"(?<![\w.,)\]-])-(?=\d)", text):
        block.edit(found.start(), found.end(), "\u2212")
    for start, lang_here in block.langs:
        end = next((s for s, _ in block.langs if s > start), len(text))
        _spaces(block, start, end, _language(block, lang, quotes, start), lang_here)
    for found in re.finditer(r" {2,}", text):
        block.edit(found.start(), found.end(), " ")


def _dash(block: Block, found: re.Match[str], signs: Language) -> None:
    before, after = found["s"], found["e"]
    start, end = found.start("dash"), found.end("dash")
    left, right = block.text[: found.start()][-1:], block.text[found.end() :][:1]
    if found["dash"] == "---":
        block.edit(start, end, EM)
    elif not before and not after and left.isdigit() and right.isdigit():
        block.edit(start, end, EN)
    elif not left.strip() and after:
        block.edit(start, found.end(), EM + NBSP)
    elif before and after and signs.dash != "closed":
        block.edit(found.start(), end, NBSP + (EN if signs.dash == "en" else EM))
    elif before and after:
        block.edit(found.start(), found.end(), EM)
    else:
        block.edit(start, end, EM)


def _spaces(block: Block, start: int, end: int, signs: Language, lang: str) -> None:
    """Spaces that must not break, or must be thin, in a stretch of one language."""
    for found in joints(lang).finditer(block.text, start, end):
        name = "a" if found["a"] else "b"
        block.edit(found.start(name), found.end(name), NBSP)
    for sign, space in signs.before.items():
        pattern = (
            rf"(?<=[^\s{NBSP}{THIN}({re.escape(''.join(signs.before))}])[ {NBSP}{THIN}]?(?={re.escape(sign)}(?!\w))"
        )
        for found in re.compile(pattern).finditer(block.text, start, end):
            if sign != ":" or block.text[found.end() + 1 : found.end() + 3] != "//":
                block.edit(found.start(), found.end(), space)
    if signs.inside:
        opening = signs.double[0]
        for found in re.compile(rf"(?<={opening})[ {NBSP}{THIN}]?(?=\S)").finditer(block.text, start, end):
            block.edit(found.start(), found.end(), signs.inside)
    for pair in signs.pairs:
        pattern = r"(?<!\w)" + re.escape(pair).replace(r"\ ", f"[ {NBSP}{THIN}]?") + r"(?!\w)"
        for found in re.compile(pattern).finditer(block.text, start, end):
            at = found.start()
            for piece in pair.split(" ")[:-1]:
                at += len(piece)
                wide = block.text[at : at + 1] in (" ", NBSP, THIN)
                block.edit(at, at + wide, THIN)
                at += wide
