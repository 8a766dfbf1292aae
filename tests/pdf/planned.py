"""Small documents laid out with their lines planned, and the lines that came of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from publish.layout.model import Stylesheet
from publish.pdf import engine
from publish.pdf.grafts.lines import planning
from publish.pdf.lines.planner import Planner
from publish.pdf.lines.reasons import Reason
from publish.pdf.lines.turns import Turn

from .paper import face

STYLE = """
@page { size: 90mm 110mm; margin: 10mm }
html { font: 10pt/1.4 Text; hyphens: auto; hyphenate-limit-chars: 5 2 2; text-align: justify;
  --octavo-line-breaking: optimal }
body { margin: 0 } p { margin: 0; text-indent: 1.2em }
.footnote { float: footnote; font-size: 8pt; text-indent: 0 }
"""
HYPHEN = "\u2010"
"""The sign that is added where a word is divided."""
PROSE = (
    "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a"
    " wife. However little known the feelings or views of such a man may be on his first entering a neighbourhood, this"
    " truth is so well fixed in the minds of the surrounding families, that he is considered as the rightful property"
    " of some one or other of their daughters."
)


@dataclass(frozen=True)
class Line:
    """A line: its text, where it stands on which page, how wide it is, and what is added to its spaces."""

    text: str
    page: int
    left: float
    top: float
    width: float
    height: float
    spread: float


@dataclass(frozen=True)
class Set:
    """The lines of all paragraphs, how many were planned, why the others were not, and the page turns foretold."""

    paragraphs: tuple[tuple[Line, ...], ...]
    planned: int
    left: dict[Reason, int]
    turns: tuple[Turn, ...]

    @property
    def texts(self) -> list[list[str]]:
        """The lines' words."""
        return [[line.text for line in paragraph] for paragraph in self.paragraphs]


def laid(body: str, css: str = "", lang: str = "en") -> Set:
    """The lines of a document's `p` elements."""
    planner = Planner()
    html = f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"></head><body>{body}</body></html>'
    with engine.listening(lambda _: None), planning(planner):
        document = _press().lay_out(html, _nothing, Stylesheet("more", css))
    found: dict[int, list[Line]] = {}
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if box.element_tag == "p" and isinstance(box, engine.formatting_structure.boxes.BlockBox):
                found.setdefault(id(box.element), []).extend(_lines(box, number))
    return Set(
        tuple(tuple(lines) for lines in found.values()), planner.planned, planner.left, tuple(planner.turns.values())
    )


@cache
def _press() -> engine.Press:
    return engine.Press([Stylesheet("plain", STYLE)], [face(), face("italic")], _nothing)


def _nothing(url: str) -> tuple[bytes, str]:
    raise ValueError(url)


def _lines(block: Any, page: int) -> Iterator[Line]:
    boxes = engine.formatting_structure.boxes
    for line in block.children:
        if isinstance(line, boxes.LineBox):
            texts = [
                box
                for box in line.descendants()
                if isinstance(box, boxes.TextBox)
                and not any(tag in box.element_tag for tag in ("::marker", "::footnote"))
            ]
            spread = max((text.justification_spacing for text in texts), default=0.0, key=abs)
            words = "".join(text.text for text in texts)
            place = line.position_x, line.position_y, line.width, line.height
            left, top, width, height = (round(length, 3) for length in place)
            yield Line(words, page, left, top, width, height, round(spread, 4))


def joined(lines: list[str], source: str) -> str:
    """The lines' text as the source has it: hyphens that were added fall away, spaces at lines' ends come back."""
    text = ""
    for line in lines:
        if source[len(text) : len(text) + 1] == " " and text:
            text += " "
        added = line.endswith(HYPHEN) and not source.startswith(line, len(text))
        text += line[:-1] if added else line
    return text
