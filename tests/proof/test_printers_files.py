"""Printers' files of whole books, read by programs that are not ours: sound, complete in themselves, in black alone."""

import io
import re
import shutil
import subprocess
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

pytestmark = pytest.mark.proof
FLAVOURS = ("pdf", "x1a", "x4")
NO_PROFILES = "warning: ICC support is not available"
"""Which MuPDF as Debian builds it says of itself, before any file."""
INKS = re.compile(r"^ *([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) CMYK OK$", re.MULTILINE)


def run(*command: str | Path) -> tuple[str, str]:
    """What a program said, and what it complained of."""
    program = str(command[0])
    assert shutil.which(program), f"{program} is missing: a reader that is not there has found nothing out"
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, done.stderr.replace(NO_PROFILES, "").strip()


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
    path = printed[0]
    assert run("qpdf", "--check", path)[1] == ""
    assert run("pdfinfo", "-box", path)[1] == ""
    assert run("mutool", "draw", "-q", "-r", "36", "-F", "ppm", "-o", "/dev/null", path)[1] == ""


def test_poppler_finds_every_font_embedded_and_cut_down(printed: tuple[Path, str]) -> None:
    table, complaints = run("pdffonts", printed[0])
    rows = [line.split()[-5:-2] for line in table.splitlines()[2:]]
    assert complaints == ""
    assert rows
    assert {(embedded, subset) for embedded, subset, _ in rows} == {("yes", "yes")}


def test_ghostscript_finds_no_ink_but_black(built: Built, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(printer_file(built.pdf.read_bytes(), BLACK, (), Problems()))
    coverage, complaints = run("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=inkcov", "-o", "-", path)
    pages = INKS.findall(coverage)
    assert complaints == ""
    assert len(pages) == int(re.findall(r"^Pages: +(\d+)$", run("pdfinfo", path)[0], re.MULTILINE)[0])
    assert [page for page in pages if any(float(share) for share in page[:3])] == []


def test_ghostscript_finds_no_place_with_more_ink_than_the_limit(tmp_path: Path) -> None:
    """Of a dark photograph, a drawing and a gradient, separated with a profile that asks for all four inks in full."""
    markup, pictures = drawing('<rect width="40" height="40" fill="#200000"/>')
    picture = Image.merge("RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256))])
    data = bound(
        markup + shown("a.jpg"), "h1 { background: linear-gradient(#300, #003) }", {**pictures, **png(picture, "a.jpg")}
    )
    path, plates = tmp_path / "book.pdf", tmp_path / "plates.tiff"
    path.write_bytes(printer_file(data, COLOUR, (), Problems()))
    run("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dLastPage=1", "-r150", "-sDEVICE=tiff32nc", "-o", plates, path)
    page = Image.open(io.BytesIO(plates.read_bytes()))
    assert page.mode == "CMYK"
    inks = page.reduce(3).tobytes()  # an area, as a densitometer measures it, not one grain of a JPEG
    weights = [sum(inks[at : at + 4]) / 2.55 for at in range(0, len(inks), 4)]
    assert 220 < max(weights) <= 242
