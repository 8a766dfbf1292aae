"""Places of words: the words of a block aligned with the words of the lines that it was read from.

Markdown readers keep no places inside a line, and markers put into the text break its marks; words, though, survive.
Words that occur once in both, then the words between them, and so on, tie the two texts together (patience
alignment). What is left over in the source is markup, or text that was lost.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from publish.book.patience import patience
from publish.manuscript.model import Source
from publish.places import Span

WORD = re.compile(r"[^\W_]+")
MARKUP = re.compile(
    r"""(?P<fenced>^[ \t>]*(?P<fence>`{3,}(?!`)|~{3,}(?!~))[^\n]*)(?:\n.*?)?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
    |(?P<code>(?<![`\\])(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=tick)(?!`))
    |<!--.*?(?:-->|\Z)                                     # comments
    |^[ \t>]*(?::{3,}).*?$                                 # what is said behind colons
    |^[ \t>]*\[[^\]\n]+\]:[ \t]*(?:<[^>\n]*>|(?<!\^)\S+)?[ \t]*(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\))?[ \t]*$
    |^[ \t>]*\*\[[^\]\n]+\]:.*?$                           # what an abbreviation stands for
    |^[ \t>]*(?:\d{1,4}|[A-Za-z]|[ivxl]{2,6})[.)](?=[ \t]|$)
    |^[ \t>]*[-*+][ \t]+(?:(?:\d{1,4}|[A-Za-z])[.)](?=[ \t])|\[[xX]\])
    |\[\^[^\[\]\n]+\]:?                                    # calls and names of notes
    |!\[(?:[^\[\]]|\[[^\[\]\n]*\])*(?=\])                   # the words of an image
    |\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]        # targets
    |\{(?:[^{}\n"]|"[^"\n]*")*\}                           # attributes
    |</?[A-Za-z][^<>]*>                                    # tags
    |(?<!\w)\w{0,40}&\#?\w{1,32};\w{0,40}                  # characters by name
    |\\newpage
    |^Table:""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
LISTS = frozenset({"ul", "ol", "dl"})
BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li td th dt dd pre figcaption div section aside blockquote header".split())
APART = BLOCKS | LISTS | {"table"}
CLOSE = 3
"""Lines between two blocks that are looked at as one stretch: most blocks are parted by a blank one."""
LOST = re.compile(rb"\0+")


Spot = tuple[int, int, int]
"""Line, column and length of a word in its file."""


class Placed(NamedTuple):
    """A word of the output that was found in the source: serial of its element, offset there, file and spot."""

    serial: int
    offset: int
    path: str
    spot: Spot


@dataclass
class Passage:
    """Words of the output that were read from the same lines, one block of them or several (cells of a table).

    `words` are folded; `homes` are the serial of the element of each, and its offset in that element's direct text.
    """

    path: str
    first: int
    last: int
    words: list[str]
    homes: list[tuple[int, int]]


@dataclass(frozen=True)
class Index:
    """The words of a file by number: the first word of each line (from line 0 on), and which of them are markup."""

    lines: "array[int]"
    markup: bytes

    @classmethod
    def of(cls, source: Source) -> "Index":
        """Count the words of a file."""
        lines, markings = array("I", [0]), bytearray()
        ranges = markup(source.text)
        begins = [start for start, _ in ranges]
        offset = 0
        for number, line in enumerate(source.lines, 1):
            lines.append(len(markings))
            end = offset + len(line)
            if number >= source.first_line:
                at = bisect_left(begins, offset + 1)
                if (at > 0 and ranges[at - 1][1] > offset) or (at < len(ranges) and ranges[at][0] < end):
                    for found in WORD.finditer(line):
                        at = bisect_left(begins, offset + found.start() + 1) - 1
                        markings.append(at >= 0 and offset + found.start() < ranges[at][1])
                else:
                    markings.extend(bytes(len(WORD.findall(line))))
            offset = end + 1
        lines.append(len(markings))
        return cls(lines, bytes(markings))


class SourceWords:
    """The words of one file, which of them are markup, and which were found in the output."""

    def __init__(self, source: Source, index: Index) -> None:
        self.path = source.path
        self.lines = source.lines
        self._index = index
        self._found = bytearray(len(index.markup))

    def region(self, first: int, last: int) -> tuple[str, bytes, bytes]:
        """What the alignment of these lines depends on: their text, which words are markup, which were found before."""
        words = self._numbers(first, last)
        return "\n".join(self.lines[max(first - 1, 0) : last]), self._index.markup[words], bytes(self._found[words])

    def mark_found(self, first: int, last: int, found: bytes) -> None:
        """Note which words of these lines were found, as `region` gave it after they were aligned."""
        self._found[self._numbers(first, last)] = found

    def _numbers(self, first: int, last: int) -> slice:
        lines = self._index.lines
        return slice(lines[min(first, len(lines) - 1)], lines[min(last + 1, len(lines) - 1)])

    def _words(self, first: int, last: int) -> list[tuple[str, Spot]]:
        """The words of some lines, folded, each with its spot."""
        counts = self._index.lines
        return [
            (found[0].casefold(), (number, found.start() + 1, found.end() - found.start()))
            for number in range(max(first, 1), min(last, len(self.lines)) + 1)
            if counts[number] < counts[number + 1]
            for found in WORD.finditer(self.lines[number - 1])
        ]

    def align(self, words: Sequence[str], first: int, last: int) -> list[Spot | None]:
        """The spots of a passage's words, read from lines `first` to `last`.

        Text comes before markup; what is left of both is tried again, since a title in front matter or a caption in
        attributes is text of the book too.
        """
        numbers, typed = self._numbers(first, last), self._words(first, last)
        found, marked = self._found[numbers], self._index.markup[numbers]
        spots: list[Spot | None] = [None] * len(words)
        _match(words, spots, typed, [n for n in range(len(typed)) if not found[n] and not marked[n]], found)
        while None in spots:
            if not _match(words, spots, typed, [n for n in range(len(typed)) if not found[n]], found):
                break
        self._found[numbers] = found
        return spots

    def lost(self) -> Iterator[tuple[str, Span]]:
        """Runs of words that are no markup and were found in no block, with the place of each run's first word."""
        size = len(self._found)
        seen = int.from_bytes(self._found, "big") | int.from_bytes(self._index.markup, "big")
        for run in LOST.finditer(seen.to_bytes(size, "big")):
            line = bisect_right(self._index.lines, run.start()) - 1
            last = bisect_left(self._index.lines, run.end()) - 1
            at = run.start() - self._index.lines[line]
            words = self._words(line, last)[at : at + run.end() - run.start()]
            text = " ".join(word for word, _ in words[:8]) + (" …" if len(words) > 8 else "")
            yield text, Span(self.path, *words[0][1])


def _match(
    words: Sequence[str],
    spots: list[Spot | None],
    typed: Sequence[tuple[str, Spot]],
    free: Sequence[int],
    found: bytearray,
) -> bool:
    """Place the words that have no spot yet among some of those that were typed; whether any was placed."""
    wanted = [n for n, spot in enumerate(spots) if spot is None]
    matches = patience([typed[at][0] for at in free], [words[n] for n in wanted])
    for n, at in matches.items():
        spots[wanted[n]] = typed[free[at]][1]
        found[free[at]] = 1
    return bool(matches)


def markup(text: str) -> list[tuple[int, int]]:
    """The stretches of a file that are markup; code is text, whatever it looks like."""
    found = []
    for match in MARKUP.finditer(text):
        if match["code"] is not None:
            continue
        found.append(match.span("fenced") if match["fenced"] is not None else match.span())
    return found


def place_words(root: etree._Element, sources: Mapping[str, SourceWords]) -> Iterator[Placed]:
    """The words of a tree that were found in the source; blocks bear `data-file`, `data-line` and `data-end`."""
    for passage in _passages(root):
        spots = sources[passage.path].align(passage.words, passage.first, passage.last)
        for (serial, offset), spot in zip(passage.homes, spots, strict=True):
            if spot is not None:
                yield Placed(serial, offset, passage.path, spot)


def regions(roots: Iterable[etree._Element]) -> list[tuple[str, int, int]]:
    """All lines that trees were read from: file, first and last line; what lies close together is one stretch."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for root in roots:
        for block in root.iter(*BLOCKS):
            line, path = block.get("data-line"), block.get("data-file")
            if line is not None and path is not None:
                found[path].append((int(line), max(int(line), int(block.get("data-end", line)))))
    stretches: list[tuple[str, int, int]] = []
    for path, lines in found.items():
        lines.sort()
        first, last = lines[0]
        for start, end in lines:
            if start > last + CLOSE:
                stretches.append((path, first, last))
                first = start
            last = max(last, end)
        stretches.append((path, first, last))
    return stretches


def _passages(root: etree._Element) -> Iterator[Passage]:
    """The blocks of a tree in their order; those that share lines are one passage."""
    current: Passage | None = None
    for block in root.iter(*BLOCKS):
        line, path = block.get("data-line"), block.get("data-file")
        if line is None or path is None:
            continue
        words, homes = _words_of(block)
        if not words:
            continue
        first, last = int(line), _last_line(block)
        if current is not None and current.path == path and current.first <= first <= current.last:
            current.words += words
            current.homes += homes
            current.last = max(current.last, last)
            continue
        if current is not None:
            yield current
        current = Passage(path, first, last, words, homes)
    if current is not None:
        yield current


def _last_line(block: etree._Element) -> int:
    """The last line of a block's own text: before its first inner block that stands on other lines."""
    first = int(block.get("data-line", "0"))
    inner = [int(child.get("data-line", "0")) for child in block if child.tag in APART]
    return min([int(block.get("data-end", str(first))), *(line - 1 for line in inner if line > first)])


def _words_of(block: etree._Element) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of a block's own text, folded; for each the serial of the element whose direct text it stands in, and
    its offset there.

    A word ends with its element, as it does in the source; only the initial of a chapter goes on in the text behind
    it, and code, where elements say what its words are.
    """
    nodes: list[tuple[int, int, int]] = []
    pieces: list[str] = []
    at = 0
    for text, element, offset in _own_text(block):
        joined = block.tag == "pre" or element.get("class") == "initial"
        nodes.append((at, int(element.get("data-p", "0")), offset))
        pieces.append(text if joined else text + "\0")
        at += len(pieces[-1])
    words, homes = [], []
    nodes.append((at, 0, 0))
    node = 0
    for found in WORD.finditer("".join(pieces)):
        begin = found.start()
        while nodes[node + 1][0] <= begin:
            node += 1
        start, serial, offset = nodes[node]
        words.append(found[0].casefold())
        homes.append((serial, offset + begin - start))
    return words, homes


def _own_text(block: etree._Element) -> Iterator[tuple[str, etree._Element, int]]:
    """The inline text of a block, node by node: text, the element whose direct text it is, its offset there."""
    lengths: dict[etree._Element, int] = defaultdict(int)
    steps: list[tuple[etree._Element, etree._Element | None]] = [(block, None)]
    while steps:
        element, parent = steps.pop()
        owner, text = (element, element.text) if parent is None else (parent, element.tail)
        if text:
            yield text, owner, lengths[owner]
            lengths[owner] += len(text)
        if parent is None:
            for child in reversed(element):
                steps.append((child, element))
                if isinstance(child.tag, str) and child.tag not in APART and child.get("data-made") is None:
                    steps.append((child, None))
