"""The pages of a finished file as PDFium sees them: boxes, runs of letters, pictures, what is painted. In points."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

POINTS = 72 / 25.4
"""Points in a millimetre."""
DEEPEST = 12
"""Forms within forms that are followed."""
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, from the page's own origin."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return (self.right - self.left) / POINTS, (self.top - self.bottom) / POINTS


@dataclass(frozen=True, slots=True)
class Run:
    """Letters set in one go: the box around them, their size in points as printed, and what they say."""

    box: Box
    size: float
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture as it is printed, with its pixels per inch, the lesser of both ways."""

    box: Box
    ppi: float


@dataclass(frozen=True)
class Sheet:
    """A page. `art` are the boxes of all that is painted and is no letter; `words` is its whole text."""

    trim: Box
    bleed: Box
    runs: tuple[Run, ...]
    pictures: tuple[Placed, ...]
    art: tuple[Box, ...]
    words: str

    @property
    def blank(self) -> bool:
        """Whether nothing at all is printed."""
        return not self.runs and not self.art


def read_sheets(data: bytes) -> tuple[Sheet, ...]:
    """Read all pages of a PDF.

    Raises:
        pypdfium2.PdfiumError: the file is damaged or locked.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(_sheet(page) for page in document)
    finally:
        document.close()


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    text = page.get_textpage()
    runs: list[Run] = []
    pictures: list[Placed] = []
    art: list[Box] = []
    for held, kind, outer in _objects(page):
        box = _box(held, outer)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            words = _words(held, text)
            if words.strip():
                runs.append(Run(box, _letters(held, outer), words))
            continue
        art.append(box)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(Placed(box, _resolution(held, outer)))
    words = text.get_text_range()
    text.close()
    trim, bleed = Box(*page.get_trimbox()), Box(*page.get_bleedbox())
    return Sheet(trim, bleed, tuple(runs), tuple(pictures), tuple(art), words)


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, int, Matrix]]:
    """All that is painted on a page, with its kind and the matrix of the forms around it."""
    stack = [(pdfium.FPDFPage_GetObject(page, n), SAME, 0) for n in range(pdfium.FPDFPage_CountObjects(page))]
    while stack:
        held, outer, depth = stack.pop()
        kind = pdfium.FPDFPageObj_GetType(held)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield held, kind, outer
        elif depth < DEEPEST:
            inner = _times(_matrix(held), outer)
            count = pdfium.FPDFFormObj_CountObjects(held)
            stack += [(pdfium.FPDFFormObj_GetObject(held, n), inner, depth + 1) for n in range(count)]


def _matrix(held: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(held, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    k, l, m, n, o, p = outer  # noqa: E741  the letters of a second matrix
    return a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p


def _box(held: Any, outer: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(held, left, bottom, right, top)
    a, b, c, d, e, f = outer
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return Box(min(across), min(up), max(across), max(up))


def _letters(held: Any, outer: Matrix) -> float:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(held, size)
    _, _, c, d, _, _ = _times(_matrix(held), outer)
    return size.value * hypot(c, d)


def _resolution(held: Any, outer: Matrix) -> float:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(held, width, height)
    a, b, c, d, _, _ = _times(_matrix(held), outer)
    sides = (width.value, hypot(a, b)), (height.value, hypot(c, d))
    return min((pixels * 72 / points for pixels, points in sides if points), default=0.0)


def _words(held: Any, text: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(held, text, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(held, text, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
