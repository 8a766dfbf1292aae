"""The words of a PDF as a screen reader finds them, by PDFium: in the order of the tags, notes apart."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

FURNITURE = "Lbl"
"""The tag of list marks, which are ours."""
NOTE = "Note"
FIGURE = "Figure"
"""What hangs directly on this tag is the drawing itself, and letters in a drawing are no text."""


@dataclass(frozen=True)
class PaperText:
    """The text of the pages, and each note at their feet. Running heads and folios are artifacts, and left out.

    Of a page `goes_on` says that its first note is the rest of the last one before.
    """

    flow: str
    notes: tuple[str, ...]
    goes_on: bool = False


def read_pdf(data: bytes) -> PaperText:
    """Read a tagged PDF.

    Raises:
        pypdfium2.PdfiumError: the file is damaged or locked.
    """
    pages = read_pages(data)
    flow = "\n".join(page.flow for page in pages if page.flow)
    notes: list[str] = []
    for page in pages:
        if page.goes_on:
            notes[-1] += page.notes[0]
        notes += page.notes[page.goes_on :]
    return PaperText(flow, tuple(notes))


def read_pages(data: bytes) -> tuple[PaperText, ...]:
    """Read a tagged PDF page by page.

    Raises:
        pypdfium2.PdfiumError: the file is damaged or locked.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        pages, last = [], ""
        for page in document:
            text, names = _read_page(page)
            pages.append(replace(text, goes_on=bool(last) and names[:1] == [last]))
            last = names[-1] if names else last
        return tuple(pages)
    finally:
        document.close()


def _read_page(page: pypdfium2.PdfPage) -> tuple[PaperText, list[str]]:
    """A page's text, in the order of its tags, and the names of the tags of its notes."""
    flow: list[str] = []
    notes: list[str] = []
    names: list[str] = []
    texts = _marked_texts(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    tops = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(pdfium.FPDF_StructTree_CountChildren(tree))]
    stack = [(top, -1, False) for top in reversed(tops)]
    while stack:
        element, mark, in_note = stack.pop()
        if element is None:
            text = texts.get(mark, "")
            if in_note:
                notes[-1] += text + "\n"
            else:
                flow.append(text)
            continue
        tag = _said(pdfium.FPDF_StructElement_GetType, element)
        if tag == NOTE:
            notes.append("")
            names.append(_said(pdfium.FPDF_StructElement_GetID, element))
        if tag != FURNITURE:
            hung = [(child, mark) for child, mark in _children(element) if child is not None or tag != FIGURE]
            stack += [(child, mark, in_note or tag == NOTE) for child, mark in reversed(hung)]
    pdfium.FPDF_StructTree_Close(tree)
    return PaperText("\n".join(flow), tuple(notes)), names


def _children(element: Any) -> Iterator[tuple[Any, int]]:
    """What hangs below a tag: other tags, or the numbers of marked contents."""
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
            yield child, -1
        else:
            yield None, pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)


def _said(ask: Callable[..., int], element: Any) -> str:
    """What a tag says of itself."""
    size = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _marked_texts(page: pypdfium2.PdfPage) -> dict[int, str]:
    """The text of each marked content of a page, as far as it stands on the paper."""
    size = page.get_size()
    text_page = page.get_textpage()
    texts: dict[int, str] = {}
    objects = [pdfium.FPDFPage_GetObject(page, index) for index in range(pdfium.FPDFPage_CountObjects(page))]
    while objects:
        held = objects.pop(0)
        kind = pdfium.FPDFPageObj_GetType(held)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            count = pdfium.FPDFFormObj_CountObjects(held)
            objects[:0] = [pdfium.FPDFFormObj_GetObject(held, index) for index in range(count)]
            continue
        mark = pdfium.FPDFPageObj_GetMarkedContentID(held)
        if mark >= 0 and kind == pdfium.FPDF_PAGEOBJ_TEXT and _on_paper(held, size):
            texts[mark] = texts.get(mark, "") + _text(held, text_page)
    text_page.close()
    return texts


def _on_paper(held: Any, size: tuple[float, float]) -> bool:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(held, left, bottom, right, top)
    return right.value > 0 and top.value > 0 and left.value < size[0] and bottom.value < size[1]


def _text(held: Any, text_page: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(held, text_page, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(held, text_page, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
