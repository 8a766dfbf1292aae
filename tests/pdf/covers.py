"""Printed covers of small books, and what to ask of them."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from publish.book.model import Book
from publish.layout.wrap import POINT, Interior, WrapFormat, dress_wrap, wrap_for
from publish.manuscript.model import Contributor, Metadata
from publish.pdf.wrap import NEEDED, paint_wrap
from publish.places import Span
from publish.problems import Problem, Problems

FORM = WrapFormat(129, 198, 18, 3.175, 6.35, True, 1.5875, (50.8, 30.48), 7)
"""A novel's cover of some 320 pages, as Amazon KDP wants it."""
INTERIOR = Interior(320, "a" * 64)
BLURB = 'She keeps two logbooks, and "only one" of them is true.\n\nA novel of salt and paper.'
ABOUT = "Ada Brandt was a pilot's clerk."
AUTHOR = Contributor("Ada Brandt", about=ABOUT)
LAMP = Metadata(
    "The Lamp",
    subtitle="A Harbour Story",
    contributors=(AUTHOR,),
    lang="en-GB",
    isbn={"print": "978-3-16-148410-0"},
    price={"print": {"GBP": Decimal("9.99")}},
    blurb=BLURB,
    imprint="Quay Books",
    where={"title": Span("book.md", 2), "blurb": Span("book.md", 5), "cover-image": Span("book.md", 7)},
)


BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
Box = tuple[float, float, float, float]
"""Left, top, right and bottom edge in mm from the corner of the trimmed sheet."""


@dataclass(frozen=True)
class Cover:
    """A finished cover, its format, and what was said of it."""

    pdf: bytes
    form: WrapFormat
    problems: tuple[Problem, ...]

    @property
    def codes(self) -> list[str]:
        """The codes of what was said."""
        return [problem.code for problem in self.problems]

    def words(self) -> dict[str, Box]:
        """Each word (the last, of those that are alike) with its box on the trimmed sheet."""
        return dict(self._placed())

    def on_the_spine(self) -> dict[str, Box]:
        """The words on the spine."""
        first, second = self.form.width, self.form.width + self.form.spine
        return {word: box for word, box in self._placed() if first < (box[0] + box[2]) / 2 < second}

    def _placed(self) -> Iterator[tuple[str, Box]]:
        with opened(self.pdf) as document:
            page = document[0].get_textpage()
            letters = [(page.get_text_range(at, 1), page.get_charbox(at)) for at in range(page.count_chars())]
        for printed, word in groupby(letters, lambda letter: bool(letter[0].strip())):
            if printed:
                signs, boxes = zip(*word, strict=True)
                yield "".join(signs), self._around(boxes)

    def _around(self, boxes: tuple[Box, ...]) -> Box:
        """The box around some of PDFium's, which count points from the foot of the sheet."""
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        left, right = (at * POINT - self.form.bleed for at in (min(lefts), max(rights)))
        top, bottom = (self.form.height + self.form.bleed - at * POINT for at in (max(tops), min(bottoms)))
        return left, top, right, bottom

    def picture(self, dpi: int) -> Image.Image:
        """The whole sheet, bleed and all."""
        with opened(self.pdf) as document:
            image: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
            return image

    def boxes(self) -> dict[str, list[float]]:
        """The boxes of the page in mm."""
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            (page,) = pdf.pages
            boxes = {name: page.obj[name].as_list() for name in BOXES if name in page.obj}
            return {name: [float(side) * POINT for side in box] for name, box in boxes.items()}


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """A PDF as PDFium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def cover(project: Path = Path("/nonexistent"), form: Mapping[str, object] | None = None, **metadata: Any) -> Cover:
    """The cover of *The Lamp*, with these things otherwise."""
    made, problems = painted(project, form, **metadata)
    assert made is not None, list(problems)
    return Cover(made, _form(form), tuple(problems))


def painted(
    project: Path = Path("/nonexistent"),
    form: Mapping[str, object] | None = None,
    built: Interior = INTERIOR,
    **metadata: object,
) -> tuple[bytes | None, Problems]:
    """The PDF of a cover, if there is one."""
    problems = Problems()
    about = replace(LAMP, **metadata)  # type: ignore[arg-type]
    rendition = dress_wrap(Book(about, ()), project, NEEDED, problems)
    return paint_wrap(rendition, wrap_for(about, "kdp", _form(form), INTERIOR), built, problems), problems


def _form(changes: Mapping[str, object] | None) -> WrapFormat:
    return replace(FORM, **changes or {})  # type: ignore[arg-type]
