"""A booklet: the pages of a finished PDF two by two on sheets, to be printed on both sides, folded and stitched.

Sheets lie on their long side and are turned over about the short one, as a leaf is. All that are folded into one
another are a signature; a saddle-stitched booklet is one signature. A page is drawn whole, as it stands, so that its
letters stay letters and its fonts are there once.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from publish.pdf.edition_findings import booklet_thick, signature_uneven
from publish.pdf.mending import saved
from publish.problems import Problems

MM = 72 / 25.4
"""Points in a millimetre."""
FOLDED = 4
"""Pages on a sheet that is folded once."""
STITCHED = 20
"""Sheets at most that the long staplers of offices go through, and that still lie flat."""
CALIPER = 0.1
"""Millimetres that a sheet of office paper (80 g/m²) is thick."""
MARK = 4 * MM
"""The length of the mark at each end of a fold."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper on its long side: its name, its width and height in mm."""

    name: str
    width: float
    height: float


A4 = Sheet("A4", 297, 210)
LETTER = Sheet("Letter", 279.4, 215.9)


@dataclass(frozen=True)
class Side:
    """One side of a sheet: its two pages, counted from 0, how many sheets lie around it, and whether it is the outer.

    Pages that the book does not have are blank.
    """

    left: int
    right: int
    depth: int
    outer: bool


def sides(pages: int, signature: int | None = None) -> Iterator[Side]:
    """The sides of all sheets of a book as they are printed, first the outer and then the inner of each.

    The book is filled up with blank pages at its end until it fills its sheets. A signature has `signature` pages (a
    multiple of four), the last one as many as are left; None makes one signature of the whole book.
    """
    total = -(-pages // FOLDED) * FOLDED
    for first in range(0, total, signature or total or 1):
        last = min(first + (signature or total), total) - 1
        for depth in range((last - first + 1) // FOLDED):
            low, high = first + 2 * depth, last - 2 * depth
            yield Side(high, low, depth, outer=True)
            yield Side(low + 1, high - 1, depth, outer=False)


def foldable(signature: int | None, problems: Problems) -> bool:
    """Whether a signature can have so many pages; a problem where it cannot."""
    if signature is not None and (signature < FOLDED or signature % FOLDED):
        problems.add(signature_uneven(None, signature))
        return False
    return True


def impose(
    pdf: bytes, sheet: Sheet, problems: Problems, *, signature: int | None = None, caliper: float = CALIPER
) -> bytes:
    """The booklet of a finished PDF; empty, and a problem, where a signature cannot have so many pages.

    Pages stand against the fold, smaller where half a sheet is smaller than they are and never larger. The sheets
    inside a signature stick out at its front by the paper around them (`caliper`, mm a sheet), so that their pages
    move towards the fold by as much, and outer margins are even once the front is trimmed.
    """
    if not foldable(signature, problems):
        return b""
    with pikepdf.open(io.BytesIO(pdf)) as book, pikepdf.new() as out:
        sheets = -(-min(signature or len(book.pages), len(book.pages)) // FOLDED)
        if sheets > STITCHED:
            problems.add(booklet_thick(None, sheets, STITCHED))
        press = _Press(book, out, sheet, caliper)
        for side in sides(len(book.pages), signature):
            press.print(side)
        out.Root.ViewerPreferences = Dictionary(Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None"))
        for key, value in book.docinfo.items():
            out.docinfo[key] = value
        return saved(out)


class _Press:
    """Prints sides of sheets; each page of the book becomes a form, which shares its fonts and pictures with others."""

    def __init__(self, book: pikepdf.Pdf, out: pikepdf.Pdf, sheet: Sheet, caliper: float) -> None:
        self._book, self._out = book, out
        self._width, self._height, self._creep = sheet.width * MM, sheet.height * MM, caliper * MM
        widths, heights = zip(*(_size(page) for page in book.pages), strict=True)
        self._scale = min(1.0, self._width / 2 / max(widths), self._height / max(heights))

    def print(self, side: Side) -> None:
        """Print one side."""
        drawn = [self._fold_marks()] if side.outer else []
        forms = Dictionary()
        for name, page in (("/Left", side.left), ("/Right", side.right)):
            if page < len(self._book.pages):
                forms[name] = self._out.copy_foreign(self._book.pages[page].as_form_xobject())
                drawn.append(self._placed(name, page, side.depth * self._creep))
        sheet = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(self._width, 3), round(self._height, 3)]),
            Resources=Dictionary(XObject=forms),
            Contents=self._out.make_stream("\n".join(drawn).encode()),
        )
        self._out.pages.append(pikepdf.Page(self._out.make_indirect(sheet)))

    def _placed(self, name: str, page: int, creep: float) -> str:
        """A page against the fold, half-way up, moved over it by the creep: what would cross it is cut off."""
        left, foot = (float(at) for at in self._book.pages[page].trimbox[:2])
        width, height = (side * self._scale for side in _size(self._book.pages[page]))
        middle, up = self._width / 2, (self._height - height) / 2
        start = middle - width if name == "/Left" else middle
        x = (start + creep if name == "/Left" else start - creep) - left * self._scale
        y = up - foot * self._scale
        clip = f"{start:.3f} {up:.3f} {width:.3f} {height:.3f} re W n"
        return f"q {clip} {self._scale:.5f} 0 0 {self._scale:.5f} {x:.3f} {y:.3f} cm {name} Do Q"

    def _fold_marks(self) -> str:
        """Short lines at both ends of the fold, in black ink alone."""
        middle, top = self._width / 2, self._height
        ends = ((0, MARK), (top - MARK, top))
        lines = " ".join(f"{middle:.3f} {low:.3f} m {middle:.3f} {high:.3f} l S" for low, high in ends)
        return f"q 0 0 0 1 K 0.25 w {lines} Q"


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height of a page as it is trimmed, in points."""
    left, foot, right, top = (float(at) for at in page.trimbox)
    return right - left, top - foot
