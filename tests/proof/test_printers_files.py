"""Printers' files of whole books, read by programs that are not ours: sound, complete in themselves, in black alone."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from conftest import Built
from pdf.press import BLACK, COLOUR, bound, drawing, png, shown
from pdf.profiles import profile
from publish.checks.pdfx_rules import check_printer_file
from publish.pdf.printing import printer_file
from publish.problems import Problems

from .programs import ask, complaints, inks

pytestmark = pytest.mark.proof
FLAVOURS = ("pdf", "x1a", "x4")


@pytest.fixture(scope="module", params=FLAVOURS)
def printed(request: pytest.FixtureRequest, built: Built, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A whole book printed in black, in each flavour."""
    flavour: str = request.param
    problems = Problems()
    target = replace(BLACK, flavour=flavour, profile=profile())
    data = printer_file(built.pdf.read_bytes(), target, (), problems)
    assert not problems.errors
    path = tmp_path_factory.mktemp("printed") / "book.pdf"
    path.write_bytes(data)
    return path, flavour


def test_our_own_rules_have_nothing_to_say(printed: tuple[Path, str]) -> None:
    problems = Problems()
    check_printer_file(printed[0].read_bytes(), printed[1], problems)
    assert list(problems) == []


def test_qpdf_poppler_and_mupdf_read_it_without_a_word(printed: tuple[Path, str]) -> None:
    assert complaints(printed[0]) == {}


def test_poppler_finds_every_font_embedded_and_cut_down(printed: tuple[Path, str]) -> None:
    table, complaint = ask("pdffonts", printed[0])
    rows = [line.split()[-5:-2] for line in table.splitlines()[2:]]
    assert complaint == ""
    assert rows
    assert {(embedded, subset) for embedded, subset, _ in rows} == {("yes", "yes")}


def test_ghostscript_finds_no_ink_but_black(built: Built, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(printer_file(built.pdf.read_bytes(), BLACK, (), Problems()))
    pages = inks(path)
    assert len(pages) == int(re.findall(r"^Pages: +(\d+)$", ask("pdfinfo", path)[0], re.MULTILINE)[0])
    assert [page for page in pages if any(page[:3])] == []


def test_ghostscript_finds_no_place_with_more_ink_than_the_limit(tmp_path: Path) -> None:
    """Of a dark photograph, a drawing and a gradient, separated with a profile that asks for all four inks in full."""
    markup, pictures = drawing('<rect width="40" height="40" fill="#200000"/>')
    picture = Image.merge("RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256))])
    data = bound(
        markup + shown("a.jpg"), "h1 { background: linear-gradient(#300, #003) }", {**pictures, **png(picture, "a.jpg")}
    )
    path, plates = tmp_path / "book.pdf", tmp_path / "plates.tiff"
    path.write_bytes(printer_file(data, COLOUR, (), Problems()))
    ask("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dLastPage=1", "-r150", "-sDEVICE=tiff32nc", "-o", plates, path)
    page = Image.open(io.BytesIO(plates.read_bytes()))
    assert page.mode == "CMYK"
    inks = page.reduce(3).tobytes()  # an area, as a densitometer measures it, not one grain of a JPEG
    weights = [sum(inks[at : at + 4]) / 2.55 for at in range(0, len(inks), 4)]
    assert 220 < max(weights) <= 242
