"""A blank page at the end of a book whose pages are odd in number: a leaf has two sides."""

import io

import pikepdf

from publish.pages import PageMap, PageStart
from publish.pdf.mending import saved


def evened(data: bytes, pages: PageMap) -> tuple[bytes, PageMap]:
    """A PDF with an even number of pages, the last one blank if need be, and its page map."""
    if len(pages.pages) % 2 == 0:
        return data, pages
    with pikepdf.open(io.BytesIO(data)) as pdf:
        last = pdf.pages[-1]
        blank = pdf.add_blank_page(page_size=(float(last.mediabox[2]), float(last.mediabox[3])))
        for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
            if box in last.obj:
                blank.obj[box] = last.obj[box]
        label = pages.pages[-1].label
        counted = str(int(label) + 1) if label.isdecimal() else ""
        added = PageStart(len(pages.pages), counted, None, blank=True)
        return saved(pdf), PageMap((*pages.pages, added), pages.anchors, pages.source)
