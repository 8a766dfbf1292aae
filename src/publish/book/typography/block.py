"""Blocks of running text: the characters of a paragraph across its inline elements, and changes to them.

A quotation may open in an element and close outside it, so signs are set in a block's characters as a whole. Each
character remembers the text node that it came from, and is written back there.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

INLINE = frozenset(
    "a abbr b bdi bdo cite del dfn em i ins mark q rp rt ruby s small span strong sub sup u code img kbd samp var br "
    "data time".split()
)
VERBATIM = frozenset({"code", "pre", "kbd", "samp", "var", "img", "data", "time"})
HOLE = "\ufffc"
"""Stands in a block's characters for what is not touched: code, pictures, what we made."""
BREAK = "\u2028"
"""Stands for the end of a line that the author ended: a line of verse, a line break."""
ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,19}://|www\.|mailto:)[^\s<>\"]*[\w/]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
"""Web and mail addresses, which are no prose. Their parts are bounded, so that long rows of letters cost no time."""
NOWHERE = -1
Edit = tuple[int, int, str]
"""Characters `start` to `end` become a sign."""


class Block:
    """The characters of a block, with the language and the text node of each."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.text = ""
        self.langs: list[str] = []
        self._owners: list[int] = []
        self._fixed: list[bool] = []
        self._nodes: list[tuple[etree._Element, str]] = []

    def add(self, element: etree._Element, where: str, text: str | None, lang: str) -> None:
        """Add a text node; `where` is "text" or "tail"."""
        if text:
            self._extend(text, lang, len(self._nodes), fixed=False)
            self._nodes.append((element, where))

    def add_fixed(self, sign: str, lang: str) -> None:
        """Add a character for what is not touched."""
        self._extend(sign, lang, NOWHERE, fixed=True)

    def _extend(self, text: str, lang: str, owner: int, *, fixed: bool) -> None:
        self.text += text
        self.langs += [lang] * len(text)
        self._owners += [owner] * len(text)
        self._fixed += [fixed] * len(text)

    def fix_addresses(self) -> None:
        """Leave web and mail addresses as they are."""
        for found in ADDRESS.finditer(self.text):
            self._fixed[found.start() : found.end()] = [True] * (found.end() - found.start())

    def languages(self) -> list[str]:
        """The languages of the block, each once."""
        return list(dict.fromkeys(self.langs))

    def find(self, pattern: re.Pattern[str], lang: str | None = None, group: str | int = 0) -> Iterator[re.Match[str]]:
        """What a pattern matches; with `lang`, where the group begins in a passage of that language."""
        for found in pattern.finditer(self.text):
            if lang is None or self.langs[min(found.start(group), len(self.langs) - 1)] == lang:
                yield found

    def change(self, edits: Iterable[Edit]) -> None:
        """Make changes, which must not overlap; what is fixed stays."""
        pieces: list[str] = []
        langs: list[str] = []
        owners: list[int] = []
        fixed: list[bool] = []
        at = 0
        for start, end, sign in sorted(edits):
            neighbour = start if start < end else self._home(start)
            if self.text[start:end] == sign or neighbour is None or any(self._fixed[start:end]):
                continue
            pieces += [self.text[at:start], sign]
            langs += self.langs[at:start] + [self.langs[neighbour]] * len(sign)
            owners += self._owners[at:start] + [self._owners[neighbour]] * len(sign)
            fixed += self._fixed[at:start] + [False] * len(sign)
            at = end
        self.text = "".join([*pieces, self.text[at:]])
        self.langs, self._owners = langs + self.langs[at:], owners + self._owners[at:]
        self._fixed = fixed + self._fixed[at:]

    def _home(self, at: int) -> int | None:
        """The character beside which a new one belongs: the sign for whose sake it stands there, not a word."""
        free = [n for n in (at, at - 1) if 0 <= n < len(self.text) and not self._fixed[n]]
        signs = [n for n in free if not self.text[n].isalnum()]
        return next(iter(signs or free), None)

    def write(self) -> None:
        """Write the characters back into their text nodes."""
        pieces: list[list[str]] = [[] for _ in self._nodes]
        for character, owner in zip(self.text, self._owners, strict=True):
            if owner != NOWHERE:
                pieces[owner].append(character)
        for (element, where), piece in zip(self._nodes, pieces, strict=True):
            setattr(element, where, "".join(piece))


def blocks_of(root: etree._Element, lang: str) -> list[Block]:
    """The blocks of a tree in reading order: runs of inline text between the edges of block elements."""
    reader = _Reader(root)
    reader.inside(root, root.get("lang", lang))
    reader.begin(root)
    return reader.found


class _Reader:
    """Walks a tree and cuts its text at the edges of block elements."""

    def __init__(self, root: etree._Element) -> None:
        self.found: list[Block] = []
        self._current = Block(root)

    def begin(self, element: etree._Element) -> None:
        """Begin a new block; keep the one before it, if it holds any text."""
        if self._current.text.strip():
            self._current.fix_addresses()
            self.found.append(self._current)
        self._current = Block(element)

    def inside(self, element: etree._Element, lang: str) -> None:
        """Read all that an element holds."""
        self._current.add(element, "text", element.text, lang)
        for child in element:
            block = isinstance(child.tag, str) and child.tag not in INLINE
            if block:
                self.begin(child)
            self._read(child, lang)
            if block:
                self.begin(element)
            self._current.add(child, "tail", child.tail, lang)

    def _read(self, element: etree._Element, lang: str) -> None:
        lang = element.get("lang", lang)
        classes = element.get("class", "").split()
        if "note-call" in classes:
            return  # A number above the line: what stands before it and behind it belongs together.
        if not isinstance(element.tag, str) or element.tag in VERBATIM or element.get("data-made") is not None:
            self._current.add_fixed(HOLE, lang)
            return
        if element.tag == "br" or "line" in classes:
            self._current.add_fixed(BREAK, lang)
        self.inside(element, lang)
