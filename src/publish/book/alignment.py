"""Places of words: the words of a block aligned with the words of the lines that it was read from.

Markdown readers keep no places inside a line, and markers put into the text break its marks; words, though, survive.
Words that occur once in both, then the words between them, and so on, tie the two texts together (patience
alignment). What is left over in the source is markup, or text that was lost.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from publish.book.patience import patience
from publish.manuscript.model import Source
from publish.places import Span

WORD = re.compile(r"[^\W_]+")
MARKUP = re.compile(
    r"""(?P<fenced>^[ \t>]*(?P<fence>`{3,}+|~{3,}+)[^\n]*+)(?:\n.*?)?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
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


@dataclass(frozen=True)
class Placed:
    """A word of the output: element, offset in its direct text, and its place in the source where it was found."""

    element: etree._Element
    offset: int
    span: Span | None


@dataclass
class Passage:
    """Words of the output that were read from the same lines, one block of them or several (cells of a table)."""

    path: str
    first: int
    last: int
    words: list[tuple[str, etree._Element, int]]


class SourceWords:
    """The words of one file, which of them are markup, and which were found in the output."""

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self._words: list[tuple[str, int, int, int]] = []
        self._lines: list[int] = [0]
        self._markup = bytearray()
        ranges = markup(source.text)
        begins = [start for start, _ in ranges]
        offset = 0
        for number, line in enumerate(source.lines, 1):
            self._lines.append(len(self._words))
            if number >= source.first_line:
                for found in WORD.finditer(line):
                    self._words.append((found[0].casefold(), number, found.start() + 1, len(found[0])))
                    at = bisect_left(begins, offset + found.start() + 1) - 1
                    self._markup.append(at >= 0 and offset + found.start() < ranges[at][1])
            offset += len(line) + 1
        self._lines.append(len(self._words))
        self._found = bytearray(len(self._words))

    def align(self, words: Sequence[str], first: int, last: int) -> list[Span | None]:
        """The places of a passage's words, read from lines `first` to `last`.

        Text comes before markup; what is left of both is tried again, since a title in front matter or a caption in
        attributes is text of the book too.
        """
        start, end = self._lines[min(first, len(self._lines) - 1)], self._lines[min(last + 1, len(self._lines) - 1)]
        spans: list[Span | None] = [None] * len(words)
        text = [at for at in range(start, end) if not self._found[at] and not self._markup[at]]
        self._match(words, spans, text)
        while None in spans:
            rest = [at for at in range(start, end) if not self._found[at]]
            if not self._match(words, spans, rest):
                break
        return spans

    def _match(self, words: Sequence[str], spans: list[Span | None], source: Sequence[int]) -> bool:
        """Place the words that have no place yet among some words of the file; whether any was placed."""
        wanted = [n for n, span in enumerate(spans) if span is None]
        matches = patience([self._words[at][0] for at in source], [words[n] for n in wanted])
        for n, at in matches.items():
            spans[wanted[n]] = self._span(source[at])
            self._found[source[at]] = 1
        return bool(matches)

    def _span(self, number: int) -> Span:
        _, line, column, length = self._words[number]
        return Span(self.path, line, column, length)

    def lost(self) -> Iterator[tuple[str, Span]]:
        """Runs of words that are no markup and were found in no block, with the place of each run's first word."""
        run: list[int] = []
        for number in range(len(self._words)):
            if not self._found[number] and not self._markup[number]:
                run.append(number)
            elif run:
                yield self._run(run)
                run = []
        if run:
            yield self._run(run)

    def _run(self, run: Sequence[int]) -> tuple[str, Span]:
        text = " ".join(self._words[number][0] for number in run[:8])
        return text + (" …" if len(run) > 8 else ""), self._span(run[0])


def markup(text: str) -> list[tuple[int, int]]:
    """The stretches of a file that are markup; code is text, whatever it looks like."""
    found = []
    for match in MARKUP.finditer(text):
        if match["code"] is not None:
            continue
        found.append(match.span("fenced") if match["fenced"] is not None else match.span())
    return found


def place_words(root: etree._Element, sources: Mapping[str, SourceWords]) -> list[Placed]:
    """The words of a tree with their places; blocks bear `data-file`, `data-line` and `data-end`."""
    placed: list[Placed] = []
    for passage in _passages(root):
        spans = sources[passage.path].align([word for word, _, _ in passage.words], passage.first, passage.last)
        placed += [
            Placed(element, offset, span)
            for (_, element, offset), span in zip(passage.words, spans, strict=True)
        ]  # fmt: skip
    return placed


def _passages(root: etree._Element) -> Iterator[Passage]:
    """The blocks of a tree in their order; those that share lines are one passage."""
    current: Passage | None = None
    for block in root.iter(*BLOCKS):
        line, path = block.get("data-line"), block.get("data-file")
        if line is None or path is None:
            continue
        words = _words_of(block)
        if not words:
            continue
        first, last = int(line), _last_line(block)
        if current is not None and current.path == path and current.first <= first <= current.last:
            current.words += words
            current.last = max(current.last, last)
            continue
        if current is not None:
            yield current
        current = Passage(path, first, last, words)
    if current is not None:
        yield current


def _last_line(block: etree._Element) -> int:
    """The last line of a block's own text: before its first inner block that stands on other lines."""
    first = int(block.get("data-line", "0"))
    inner = [int(child.get("data-line", "0")) for child in block if child.tag in APART]
    return min([int(block.get("data-end", str(first))), *(line - 1 for line in inner if line > first)])


def _words_of(block: etree._Element) -> list[tuple[str, etree._Element, int]]:
    """The words of a block's own text: folded, the element whose direct text each stands in, its offset there.

    A word ends with its element, as it does in the source; only the initial of a chapter goes on in the text behind
    it, and code, where elements say what its words are.
    """
    nodes: list[tuple[int, etree._Element, int]] = []
    pieces: list[str] = []
    at = 0
    for text, element, offset in _own_text(block):
        joined = block.tag == "pre" or element.get("class") == "initial"
        nodes.append((at, element, offset))
        pieces.append(text if joined else text + "\0")
        at += len(pieces[-1])
    words = []
    node = 0
    for found in WORD.finditer("".join(pieces)):
        while node + 1 < len(nodes) and nodes[node + 1][0] <= found.start():
            node += 1
        start, element, offset = nodes[node]
        words.append((found[0].casefold(), element, offset + found.start() - start))
    return words


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
