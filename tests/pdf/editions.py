"""A project set in an edition of its own, and what is printed on its pages."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from publish.jobs import Job
from publish.layout.model import Edition
from publish.onpaper import dressed, settle_book
from publish.pages import References
from publish.pipeline import understand
from publish.problems import Problem, Problems


def set_in(edition: Edition, project: Path) -> tuple[bytes, list[Problem]]:
    """The PDF of a project in an edition, and what was said."""
    problems = Problems()
    job = Job(project, problems, lambda stage: None)
    reading = understand(job)
    assert reading is not None, list(problems)
    rendition = dressed(reading.book, edition, job, References(), problems)
    settled = settle_book(reading.book, rendition, job, problems)
    assert settled is not None, list(problems)
    return settled.bound(problems), list(problems)


@dataclass(frozen=True)
class Letter:
    """A letter on a page: itself, its size in points, its font, and where it stands from the left and the top."""

    sign: str
    size: float
    font: str
    left: float
    down: float


def letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    """All letters that a page shows, spaces left out."""
    text = page.get_textpage()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    for index in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, index))
        if sign.isspace() or not sign.isprintable():
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        pdfium.FPDFText_GetFontInfo(text, index, name, len(name), flags)
        size = pdfium.FPDFText_GetFontSize(text, index) * abs(matrix.d)
        yield Letter(sign, round(size, 1), name.value.decode(), x.value, round(page.get_height() - y.value, 1))
