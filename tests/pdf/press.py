"""Small bound books and what a printer's file made of them holds."""

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name
from PIL import Image

from publish.layout.model import Picture
from publish.pdf.printing import Target, printer_file
from publish.pdf.stripping import PARTS
from publish.problems import Problems

from .paper import book, paper, section
from .profiles import profile

ALL = frozenset(PARTS)
BLACK = Target("x1a", ALL, black=True, condition="FOGRA39")
COLOUR = Target("x1a", ALL, black=False, ink=240, most_ink=300, condition="FOGRA39", profile=profile())
WORDS = "<p>Words of a paragraph, and <a href='https://example.org/'>a link</a>.</p>"
PAINT = set("g G rg RG k K sc SC scn SCN".split())


def png(image: Image.Image, name: str = "a.png") -> dict[str, Picture]:
    out = io.BytesIO()
    kind = "JPEG" if name.endswith("jpg") else "PNG"
    image.save(out, kind)
    data = out.getvalue()
    return {name: Picture(name, f"image/{kind.lower()}", data, sha256(data).hexdigest(), *image.size)}


def bound(markup: str = WORDS, css: str = "", pictures: dict[str, Picture] | None = None) -> bytes:
    """A small bound book of one page or a few."""
    made = paper(book(section(f"<h1>One</h1>{markup}"), date="2026-03"), css=css, pictures=pictures or {})
    assert set(made.codes) <= {"P007"}  # a colour in a book printed in black
    return made.pdf


def drawing(inside: str) -> tuple[str, dict[str, Picture]]:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{inside}</svg>'.encode()
    return shown("d.svg"), {"d.svg": Picture("d.svg", "image/svg+xml", svg, sha256(svg).hexdigest(), 40, 40)}


def shown(name: str) -> str:
    return f'<p>Seen: <img src="octavo:{name}" alt="it" style="width: 30mm"/></p>'


def made(data: bytes, target: Target = BLACK, *pictures: str) -> tuple[pikepdf.Pdf, list[str]]:
    problems = Problems()
    pdf = pikepdf.open(io.BytesIO(printer_file(data, target, pictures, problems)))
    return pdf, [problem.code for problem in problems]


def colours(pdf: pikepdf.Pdf) -> set[tuple[float, ...]]:
    """All colours that anything is painted in; a space that is not DeviceCMYK is named with it."""
    found: set[tuple[float, ...]] = set()
    streams: list[Any] = list(pdf.pages)
    streams += [thing for thing in pdf.objects if Name.Form == _kind(thing) or "/PatternType" in keys(thing)]
    for stream in streams:
        if isinstance(stream, Dictionary):
            continue
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            assert operator not in ("rg", "RG"), "a screen's colour is left"
            if operator in ("cs", "CS"):
                assert str(instruction.operands[0]) in ("/DeviceCMYK", "/Pattern")
            elif operator in PAINT and not isinstance(instruction.operands[-1], Name):
                found.add(tuple(float(part) for part in instruction.operands))
    return found


def _kind(thing: pikepdf.Object) -> pikepdf.Object | None:
    return thing.get("/Subtype") if isinstance(thing, pikepdf.Stream) else None


def keys(thing: pikepdf.Object) -> Iterator[str]:
    return iter(thing.keys()) if isinstance(thing, Dictionary | pikepdf.Stream) else iter(())


def images(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and Name.Image == _kind(thing)]


def look(pdf: pikepdf.Pdf, scale: float = 1) -> Image.Image:
    """The first page as PDFium shows it."""
    out = io.BytesIO()
    pdf.save(out)
    page = pypdfium2.PdfDocument(out.getvalue())[0]
    image: Image.Image = page.render(scale=scale).to_pil()
    return image.convert("RGB")
