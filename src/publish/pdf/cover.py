"""The cover of an e-book as pixels: the theme's typographic page where the author has none, or the author's drawing.

What was painted is kept: a cover seldom changes, and to paint it loads the engine.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from html import escape

from publish import cache
from publish.layout import html
from publish.layout.model import FontFace, Picture, Rendition
from publish.layout.screens import cover_size
from publish.pdf.failures import EngineError
from publish.pdf.findings import cover_crowded, engine_failed
from publish.pdf.record import Remark
from publish.pdf.remarks import report_remarks
from publish.problems import Problems
from publish.versions import maker, shapers

QUALITY = 85
"""Of the JPEG. Its letters have sharp edges in colour, so no colour is left out (4:4:4)."""
DRAWING = """<!DOCTYPE html><html lang="{lang}"><head><title>Cover</title><style>
@page {{ size: {width}px {height}px; margin: 0; background: #fff }}
html, body {{ margin: 0 }}
img {{ display: block; width: {width}px; height: {height}px }}
</style></head><body><img src="octavo:{name}" alt=""/></body></html>"""
"""A page that is the drawing and nothing else. What it leaves open is white, as on paper."""


@dataclass(frozen=True)
class _Painted:
    """A page as a JPEG, the number of pages that there were, and what the engine said of them."""

    data: bytes
    pages: int
    remarks: tuple[Remark, ...]


def paint_cover(rendition: Rendition, problems: Problems) -> Picture | None:
    """The rendition's cover as a JPEG: its drawing in its own proportion, else the typographic cover.

    It is as large as shops ask for. None, and a problem, where the engine breaks down over it; a problem, too, where
    title and names need more than the one page.
    """
    size = cover_size()
    if rendition.cover is None:
        page = html.cover(rendition)
        pictures = [picture for name, picture in sorted(rendition.pictures.items()) if f"octavo:{name}" in page]
    else:
        size = _fitted(rendition.cover, size)
        name, lang = escape(rendition.cover.name), escape(rendition.book.metadata.lang)
        page = DRAWING.format(width=size[0], height=size[1], name=name, lang=lang)
        pictures = [rendition.cover]
    painted = _painted_once(page, rendition.fonts, pictures, size, problems)
    if painted is None:
        return None
    report_remarks(painted.remarks, rendition.book, (), problems)
    if painted.pages > 1:
        problems.add(cover_crowded(None))
    return Picture("cover.jpg", "image/jpeg", painted.data, sha256(painted.data).hexdigest(), *size)


def _fitted(drawing: Picture, size: tuple[int, int]) -> tuple[int, int]:
    """The largest size of a drawing that is not wider or higher than this."""
    scale = min(size[0] / drawing.width, size[1] / drawing.height)
    return max(round(drawing.width * scale), 1), max(round(drawing.height * scale), 1)


def _painted_once(
    page: str, faces: Sequence[FontFace], pictures: Sequence[Picture], size: tuple[int, int], problems: Problems
) -> _Painted | None:
    """A page of HTML, painted now or before."""
    digests = [face.digest for face in faces] + [picture.digest for picture in pictures]
    name = cache.key("cover", maker(), shapers(), page, json.dumps(size), *digests)
    if (known := cache.load(name)) is not None:
        about, _, data = known.partition(b"\n")
        pages, remarks = json.loads(about)
        return _Painted(data, pages, tuple(Remark(**{**one, "values": tuple(one["values"])}) for one in remarks))
    painted = _paint(page, faces, pictures, size, problems)
    if painted is not None:
        about = json.dumps([painted.pages, [asdict(remark) for remark in painted.remarks]]).encode()
        cache.store(name, about + b"\n" + painted.data)
    return painted


def _paint(
    page: str, faces: Sequence[FontFace], pictures: Sequence[Picture], size: tuple[int, int], problems: Problems
) -> _Painted | None:
    from publish.pdf import engine  # noqa: PLC0415  only where the cache lacks the cover: it takes a while to load

    with engine.listening(lambda _: None) as log:
        try:
            fetch = engine.among({picture.name: picture for picture in pictures})
            document = engine.Press((), faces, fetch).lay_out(page, fetch)
            pdf = engine.paint(document)
        except EngineError as failure:
            problems.add(engine_failed(None, str(failure)))
            return None
    return _Painted(_pixels(pdf, size), len(document.pages), tuple(log.remarks))


def _pixels(pdf: bytes, size: tuple[int, int]) -> bytes:
    """The first page of a PDF as a JPEG of so many pixels."""
    import pypdfium2  # noqa: PLC0415  as the engine

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=size[0] / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    if image.size != size:
        image = image.resize(size)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return out.getvalue()
