"""Bleed where a page is cut, and none where it is bound: printers differ in whether they want it at the spine."""

import io

import pikepdf
from pikepdf import Array

from publish.pdf.mending import saved

BOXES = ("/MediaBox", "/CropBox", "/BleedBox")


def cut_at_spine(data: bytes) -> bytes:
    """A PDF whose pages end at the spine, whatever runs over their other edges; odd ones have it at the left."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        cut = [_cut(page, 2 if index % 2 else 0) for index, page in enumerate(pdf.pages)]
        return saved(pdf) if any(cut) else data


def _cut(page: pikepdf.Page, side: int) -> bool:
    """Let all boxes of a page end where it is trimmed, at the side with this index; False where they do."""
    trim = float(page.trimbox[side])
    if float(page.mediabox[side]) == trim:
        return False
    for name in BOXES:
        if name in page.obj:
            edges = [float(edge) for edge in page.obj[name]]
            edges[side] = trim
            page.obj[name] = Array(edges)
    return True
