"""How much text a page holds: asked of the engine with a page of two lines, which takes a moment."""

from dataclasses import dataclass

from publish.layout.model import Rendition
from publish.pdf import engine
from publish.pdf.boxes import Pages

TWO_LINES = (
    '<html><body><section class="body chapter" id="x" data-title="x" data-short="x">'
    '<p data-p="1">x<br>x</p></section></body></html>'
)
HAIR = 0.05
"""The share of a line by which an area may be too low for it: style sheets count in points, the engine in pixels."""


@dataclass(frozen=True)
class TextArea:
    """The room for text on a page of a chapter: its width, its height, the height of a line, the size of its letters.

    Lengths are CSS pixels.
    """

    width: float
    height: float
    line: float
    size: float

    @property
    def lines(self) -> int:
        """How many lines the page holds."""
        return int(self.height / self.line + HAIR)


def text_area(rendition: Rendition) -> TextArea:
    """The room for text on the pages of a rendition's chapters, as its style sheets have it.

    One face is enough: styles give the height of lines, and to make all ready takes longer than all else.

    Raises:
        EngineError: the engine broke down over the style sheets.
    """
    press = engine.Press(rendition.stylesheets, rendition.fonts[:1], engine.among(rendition.pictures))
    pages = Pages(press.lay_out(TWO_LINES, engine.among({})), {})
    first, second = sorted({shown.line for shown in pages.shown(0) if shown.line}, key=lambda line: line.bottom)
    width, height = pages.kind(0).area
    return TextArea(width, height, second.bottom - first.bottom, first.size)
