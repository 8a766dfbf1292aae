"""The spaces of a novel's PDF, measured: words and their places are read by poppler's `pdftotext -bbox`."""

import html
import re
import statistics
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
FULL = 0.9
"""Points that a justified line may end before the edge."""
NEAR = 4.0
"""Points between the feet of words of one line, at most."""
HYPHENS = ("-", "\u2010", "\u00ad")
LEAST = 4
"""Characters that a last line should have, quotation marks at its end not counted."""
QUOTES = "”’“\"'"


@dataclass(frozen=True)
class Row:
    """A line of a PDF: on which page, its words with their left and right sides, whether it fills the measure."""

    page: int
    words: tuple[tuple[float, float, str], ...]
    full: bool

    @property
    def divided(self) -> bool:
        """Whether it ends with a hyphen."""
        return self.full and self.words[-1][2].endswith(HYPHENS)

    def spaces(self, natural: float) -> list[float]:
        """The spaces between its words, in natural ones."""
        return [(after[0] - before[1]) / natural for before, after in pairwise(self.words)]


@dataclass(frozen=True)
class Evenness:
    """What is measured of a PDF; `row` is a line of the table."""

    pages: int
    mean: float
    deviation: float
    p95: float
    loose: int
    tight: int
    hyphens: float
    ladders: int
    turns: int
    ends: int

    @property
    def row(self) -> str:
        """The figures, in the table's order."""
        spaces = f"{self.mean:.3f} | {self.deviation:.3f} | {self.p95:.3f} | {self.loose} | {self.tight}"
        return f"{spaces} | {self.hyphens:.1f} % | {self.ladders} | {self.turns} | {self.ends} | {self.pages}"


def measured(pdf: Path, natural: float) -> Evenness:
    """Measure a PDF whose natural space is so many points wide."""
    lines = list(_rows(pdf))
    full = [line.spaces(natural) for line in lines if line.full and len(line.words) > 1]
    spaces = [space for line in full for space in line]
    means = sorted(statistics.mean(line) for line in full)
    last = [(before, line) for before, line in pairwise(lines) if not line.full and before.full]
    return Evenness(
        pages=lines[-1].page + 1,
        mean=statistics.mean(spaces),
        deviation=statistics.pstdev(spaces),
        p95=means[int(len(means) * 0.95)],
        loose=sum(mean > 2 for mean in means),
        tight=sum(mean < 0.7 - 0.001 for mean in means),
        hyphens=100 * sum(line.divided for line in lines) / sum(line.full for line in lines),
        ladders=sum(divided and len(list(run)) > 2 for divided, run in groupby(lines, lambda line: line.divided)),
        turns=sum(before.divided and line.page != before.page for before, line in pairwise(lines)),
        ends=sum(_is_end(before, line) for before, line in last),
    )


def _is_end(before: Row, line: Row) -> bool:
    """Whether a paragraph's last line is the end of a divided word, or too short to be a line."""
    text = " ".join(word for *_, word in line.words)
    return (before.divided and len(line.words) == 1) or len(text.rstrip(QUOTES)) < LEAST


def _rows(pdf: Path) -> Iterator[Row]:
    """The lines of the text. Those with letters of another size are left out: headings, signs of other fonts."""
    pages = [_words(page) for page in _text(pdf).split("<page ")[1:]]
    heights = Counter(round(bottom - top, 1) for page in pages for _, top, _, bottom, _ in page)
    height = heights.most_common(1)[0][0]
    edges = [_edge([word for page in pages[side::2] for word in page]) for side in (0, 1)]
    for number, page in enumerate(pages):
        for words in _lines(page):
            if all(abs(bottom - top - height) < 0.3 for _, top, _, bottom, _ in words):
                ends = max(right for _, _, right, _, _ in words)
                kept = tuple(sorted((left, right, text) for left, _, right, _, text in words))
                yield Row(number, kept, ends > edges[number % 2] - FULL)


Word = tuple[float, float, float, float, str]


def _text(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def _words(page: str) -> list[Word]:
    return [(*map(float, sides), html.unescape(text)) for *sides, text in WORD.findall(page)]  # type: ignore[misc]


def _edge(words: Sequence[Word]) -> float:
    """Where justified lines end: the right side that most words have which end near it."""
    sides = Counter(round(right, 1) for _, _, right, _, _ in words)
    return sides.most_common(1)[0][0]


def _lines(page: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in sorted(page, key=lambda word: word[3]):
        if line and word[3] - line[-1][3] > NEAR:
            yield line
            line = []
        line.append(word)
    if line:
        yield line
