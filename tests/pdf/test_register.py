"""The lines on the two sides of a leaf stand at the same heights, whatever a page holds, in both themes."""

import ctypes
from collections import Counter, defaultdict
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from conftest import build_book

SENTENCE = "The keeper climbed the stairs once more and counted all of them again, as every evening. "
PARAGRAPH = SENTENCE * 4
TABLE = "\n".join(f"| {n} | {SENTENCE} |" for n in range(6))
BLOCKS = {
    "headings": "## One\n\n{0}\n\n### Two\n\n{0}\n\n#### Three\n\n{0}\n\n##### Four",
    "quotation": "> {0}\n>\n> — Somebody",
    "verse": "| The page is turned,\n|   the lamp is low.\n|\n| And that is that.",
    "letter": "::: letter\nDear Sir,\n\n{0}\n:::",
    "lists": "- one\n- two\n  1. three\n  2. four\n\n{0}\n\n- [x] done\n- [ ] to do",
    "terms": "Recto\n: The right-hand page.",
    "picture": '![A slope](slope.svg){{#fig-slope alt="A slope." width=47%}}',
    "table": "Table: Evenings {{#tbl-evenings}}\n\n| Evening | What happened |\n|--|--|\n" + TABLE,
    "code": '```{{.python #lst-lamp caption="A lamp"}}\nlamp = 1\nlight(lamp)\nwait()\nlamp = 0\nrest()\n```',
    "box": "::: tip\n{0}\n:::",
    "notes": "A call.[^1] {0}\n\n[^1]: {0}",
    "break": "***",
    "small": "::: small\n{0}\n:::",
}
SLOPE = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="170"><path d="M0 0H300V170Z"/></svg>'


@pytest.fixture(scope="module", params=["classic", "manual"])
def pages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[float, Counter[float]]]:
    """The heights of the lines of each page of a book of all blocks, each with the sizes of its letters."""
    project = tmp_path_factory.mktemp("register")
    (project / "manuscript").mkdir()
    (project / "manuscript" / "slope.svg").write_text(SLOPE)
    head = f"---\ntitle: Register\nlang: en\ntrim: 129x198mm\ntheme: {request.param}\n---\n\n"
    body = "\n\n".join(f"{PARAGRAPH}\n\n{block.format(PARAGRAPH.strip())}" for block in BLOCKS.values())
    (project / "manuscript" / "book.md").write_text(f"{head}{body}\n\n{PARAGRAPH}\n")
    return list(map(heights, pypdfium2.PdfDocument(build_book(project).pdf)))


def heights(page: pypdfium2.PdfPage) -> dict[float, Counter[float]]:
    text = page.get_textpage()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    lines: dict[float, Counter[float]] = defaultdict(Counter)
    for index in range(text.count_chars()):
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(text, index) * abs(matrix.d)
        lines[round(page.get_height() - y.value, 2)][round(size, 1)] += 1
    return lines


def test_every_line_of_text_stands_on_the_grid(pages: list[dict[float, Counter[float]]]) -> None:
    sizes = sum((count for page in pages for count in page.values()), Counter[float]())
    text = sizes.most_common(1)[0][0]
    tops = [height for page in pages for height, count in page.items() if count[text] > 20]
    assert len(tops) > 60
    first = min(tops)
    steps = {round(low - high, 2) for page in pages for high, low in neighbours(page, text)}
    line = min(step for step in steps if step > 1)
    off = [top for top in tops if abs((top - first + line / 2) % line - line / 2) > 0.1]
    assert off == []


def neighbours(page: dict[float, Counter[float]], text: float) -> list[tuple[float, float]]:
    lines = sorted(height for height, count in page.items() if count[text] > 20)
    return list(pairwise(lines))
