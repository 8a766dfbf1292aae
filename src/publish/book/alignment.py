"""Places of words: the words of a block aligned with the words of the lines that it was read from.

Markdown readers keep no places inside a line, and markers put into the text break its marks; words, though, survive.
Words that occur once in both, then the words between them, and so on, tie the two texts together (patience
alignment). What is left over in the source is markup, or text that was lost.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from publish.manuscript.model import Source
from publish.places import Span

WORD = re.compile(r"[^\W_]+")
MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z)                                  # comments
    |^[ \t>]*(?:`{3,}|~{3,}|:{3,}).*$                      # fences and what is said behind them
    |^[ \t>]*\[[^\]\n]+\]:[ \t]*(?:<[^>\n]*>|(?<!\^)\S+)?[ \t]*(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\))?[ \t]*$
    |^[ \t>]*\*\[[^\]\n]+\]:.*$                            # what an abbreviation stands for
    |^[ \t>]*(?:\d{1,4}|[A-Za-z]|[ivxl]{2,6})[.)](?=[ \t]|$)
    |^[ \t>]*[-*+][ \t]+(?:(?:\d{1,4}|[A-Za-z])[.)](?=[ \t])|\[[xX]\])
    |\[\^[^\]\n]+\]:?                                      # calls and names of notes
    |!\[(?:[^\[\]]|\[[^\]]*\])*\]                          # the words of an image
    |\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]        # targets
    |\{[^{}\n]*\}                                          # attributes
    |</?[A-Za-z][^<>]*>                                    # tags
    |\w*&\#?\w+;\w*                                        # characters by name
    |\\newpage
    |^Table:""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li td th dt dd pre figcaption div section aside blockquote header".split())


@dataclass(frozen=True)
class Placed:
    """A word of the output: element, offset in its direct text, and its place in the source where it was found."""

    element: etree._Element
    offset: int
    span: Span | None


class SourceWords:
    """The words of one file, line by line, and which of them were found in the output."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._words: list[tuple[str, int, int]] = []
        self._first: dict[int, int] = {}
        for number, line in enumerate(source.lines, 1):
            self._first[number] = len(self._words)
            if number >= source.first_line:
                self._words.extend((found[0].casefold(), number, found.start()) for found in WORD.finditer(line))
        self._first[len(source.lines) + 1] = len(self._words)
        self._found: set[int] = set()

    def align(self, words: Sequence[str], first: int, last: int) -> list[Span | None]:
        """The places of a block's words, read from lines `first` to `last`."""
        start, end = self._first.get(first, 0), self._first.get(last + 1, len(self._words))
        matches = patience([word for word, _, _ in self._words[start:end]], words)
        self._found.update(start + at for at in matches.values())
        return [self._span(start + matches[n]) if n in matches else None for n in range(len(words))]

    def _span(self, number: int) -> Span:
        word, line, column = self._words[number]
        return Span(self.source.path, line, column + 1, len(word))

    def lost(self) -> Iterator[tuple[str, Span]]:
        """Runs of words that are no markup and were found in no block, with the place of each run's first word."""
        starts = [0]
        for line in self.source.lines:
            starts.append(starts[-1] + len(line) + 1)
        markup = [(found.start(), found.end()) for found in MARKUP.finditer(self.source.text)]
        begins = [start for start, _ in markup]
        run: list[int] = []
        for number, (_, line, column) in enumerate(self._words):
            offset = starts[line - 1] + column
            at = bisect_left(begins, offset + 1) - 1
            if number in self._found or (at >= 0 and offset < markup[at][1]):
                if run:
                    yield self._run(run)
                run = []
            else:
                run.append(number)
        if run:
            yield self._run(run)

    def _run(self, run: Sequence[int]) -> tuple[str, Span]:
        text = " ".join(self._words[number][0] for number in run[:8])
        return text + (" …" if len(run) > 8 else ""), self._span(run[0])


def place_words(root: etree._Element, sources: Mapping[str, SourceWords], path: str) -> list[Placed]:
    """The words of a tree with their places; blocks bear `data-line` and `data-end`, and `data-file` where it differs."""
    placed: list[Placed] = []
    for block in root.iter(*BLOCKS):
        line = block.get("data-line")
        nodes = list(_own_text(block))
        if line is None or not nodes:
            continue
        text = "".join(node for node, _, _ in nodes)
        words = list(WORD.finditer(text))
        last = _last_line(block)
        spans = sources[path].align([word[0].casefold() for word in words], int(line), last)
        starts, at = [], 0
        for node, _, _ in nodes:
            starts.append(at)
            at += len(node)
        for word, span in zip(words, spans, strict=True):
            node = bisect_left(starts, word.start() + 1) - 1
            _, element, base = nodes[node]
            placed.append(Placed(element, base + word.start() - starts[node], span))
    return placed


def _last_line(block: etree._Element) -> int:
    """The last line of a block's own text: before its first inner block that stands on other lines."""
    last = int(block.get("data-end", block.get("data-line", "0")))
    inner = [
        int(child.get("data-line", "0")) for child in block if child.tag in BLOCKS or child.tag in ("ul", "ol", "dl")
    ]
    return min([last, *(line - 1 for line in inner if line > int(block.get("data-line", "0")))])


def _own_text(block: etree._Element) -> Iterator[tuple[str, etree._Element, int]]:
    """The inline text of a block, node by node: text, the element whose direct text it is, its offset there.

    A zero byte parts the nodes, so that a word ends with its element, as it does in the source; only the initial of
    a chapter goes on in the text behind it.
    """
    yield from _nodes(block, block)


def _nodes(element: etree._Element, block: etree._Element) -> Iterator[tuple[str, etree._Element, int]]:
    text = element.text or ""
    if text:
        yield text + ("" if element.get("class") == "initial" else "\0"), element, 0
    offset = len(text)
    for child in element:
        made = child.get("data-made") is not None
        if isinstance(child.tag, str) and not made and child.tag not in (*BLOCKS, "ul", "ol", "dl", "table"):
            yield from _nodes(child, block)
        if child.tail:
            yield child.tail + "\0", element, offset
            offset += len(child.tail)


def patience(a: Sequence[str], b: Sequence[str]) -> dict[int, int]:
    """Matches {index in b: index in a}, rising in both: words unique in both as anchors, then the same between them."""
    found: dict[int, int] = {}
    stack = [(0, len(a), 0, len(b))]
    while stack:
        a_from, a_to, b_from, b_to = stack.pop()
        while a_from < a_to and b_from < b_to and a[a_from] == b[b_from]:
            found[b_from] = a_from
            a_from, b_from = a_from + 1, b_from + 1
        while a_from < a_to and b_from < b_to and a[a_to - 1] == b[b_to - 1]:
            a_to, b_to = a_to - 1, b_to - 1
            found[b_to] = a_to
        if a_from == a_to or b_from == b_to:
            continue
        anchors = _anchors(a, b, (a_from, a_to, b_from, b_to))
        if not anchors:
            _in_turn(a, b, (a_from, a_to, b_from, b_to), found)
            continue
        left_a, left_b = a_from, b_from
        for at_b, at_a in anchors:
            found[at_b] = at_a
            stack.append((left_a, at_a, left_b, at_b))
            left_a, left_b = at_a + 1, at_b + 1
        stack.append((left_a, a_to, left_b, b_to))
    return found


def _in_turn(a: Sequence[str], b: Sequence[str], window: tuple[int, int, int, int], found: dict[int, int]) -> None:
    """Match what has no unique word: each word of b with its next occurrence in a."""
    at, a_to, b_from, b_to = window
    for n in range(b_from, b_to):
        following = next((k for k in range(at, a_to) if a[k] == b[n]), None)
        if following is not None:
            found[n], at = following, following + 1


def _anchors(a: Sequence[str], b: Sequence[str], window: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """The longest rising chain of runs of words (three, two or one) that are unique on both sides."""
    a_from, a_to, b_from, b_to = window
    for size in (3, 2, 1):
        in_a: dict[tuple[str, ...], int] = {}
        in_b: dict[tuple[str, ...], int] = {}
        for n in range(a_from, a_to - size + 1):
            key = tuple(a[n : n + size])
            in_a[key] = -1 if key in in_a else n
        for n in range(b_from, b_to - size + 1):
            key = tuple(b[n : n + size])
            in_b[key] = -1 if key in in_b else n
        pairs = sorted((at, in_a[key]) for key, at in in_b.items() if at >= 0 and in_a.get(key, -1) >= 0)
        if pairs:
            return _rising(pairs)
    return []


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second members rise."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, (_, value) in enumerate(pairs):
        at = bisect_left(tails, value)
        back.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [number]
    chain, at = [], ends[-1]
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]
