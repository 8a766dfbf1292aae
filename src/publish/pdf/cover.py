"""A cover where the author has none: the theme's typographic page, painted to a picture."""

import io
from hashlib import sha256

import pypdfium2

from publish.layout import html
from publish.layout.model import Picture, Rendition
from publish.pdf import engine
from publish.pdf.failures import EngineError
from publish.pdf.findings import cover_crowded, engine_failed
from publish.pdf.remarks import report_remarks
from publish.problems import Problems

WIDTH, HEIGHT = 1600, 2560
"""Pixels of the cover: what the large shops ask for, 1:1.6."""


def paint_cover(rendition: Rendition, problems: Problems) -> Picture | None:
    """The rendition's typographic cover as a PNG of 1600 by 2560 pixels.

    None, and a problem, where the engine breaks down over the theme's template; a problem, too, where title and names
    need more than the one page.
    """
    with engine.listening(lambda _: None) as log:
        try:
            fetch = engine.among(rendition.pictures)
            document = engine.Press((), rendition.fonts, fetch).lay_out(html.cover(rendition), fetch)
            pdf = engine.paint(document)
        except EngineError as failure:
            problems.add(engine_failed(None, str(failure)))
            return None
    report_remarks(log.remarks, rendition.book, (), problems)
    if len(document.pages) > 1:
        problems.add(cover_crowded(None))
    data = _painted(pdf)
    return Picture("cover.png", "image/png", data, sha256(data).hexdigest(), WIDTH, HEIGHT)


def _painted(pdf: bytes) -> bytes:
    """The first page, as wide as a cover is."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    if image.size != (WIDTH, HEIGHT):
        image = image.resize((WIDTH, HEIGHT))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
