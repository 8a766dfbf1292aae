"""Paint two facing pages of the handbook for README: `make pdf`, then `.venv/bin/python tools/spread.py 18`.

The number is the left page's folio. The picture goes to docs/spread.png.
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

HERE = Path(__file__).resolve().parent.parent
SCALE = 1.5
"""Pixels a point."""
EDGE, DESK, FOLD = 20, 225, 176
"""The desk around the pages in pixels, and the greys of the desk and of the fold."""


def spread(pdf: Path, folio: str) -> Image.Image:
    """The page with this label and the one that faces it, lying on a grey desk."""
    document = pypdfium2.PdfDocument(pdf)
    labels = [document.get_page_label(number) for number in range(len(document))]
    left = labels.index(folio)
    pages = [document[number].render(scale=SCALE).to_pil().convert("L") for number in (left, left + 1)]
    width, height = pages[0].size
    desk = Image.new("L", (2 * width + 1 + 2 * EDGE, height + 2 * EDGE), DESK)
    desk.paste(FOLD, (EDGE + width, EDGE, EDGE + width + 1, EDGE + height))
    desk.paste(pages[0], (EDGE, EDGE))
    desk.paste(pages[1], (EDGE + width + 1, EDGE))
    return desk


if __name__ == "__main__":
    spread(HERE / "build" / "the-octavo-handbook.pdf", sys.argv[1]).save(HERE / "docs" / "spread.png", optimize=True)
