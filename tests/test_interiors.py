"""The interior for a printer: its margins settled against its pages, its file as the printer takes it; or a refusal."""

import json
from pathlib import Path

import pikepdf
import pytest

from cli.helpers import Ran, run
from publish.printers.profiles import printer

PARAGRAPH = "The lamp was lit, and the harbour lay still until the boats came in at dawn with the tide. " * 12


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "manuscript").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(project: Path, paragraphs: int, metadata: str = "") -> None:
    head = f"---\ntitle: A Book\nauthor: Ada Brandt\nlang: en\ndate: 2024\n{metadata}---\n\n"
    text = "\n\n".join(f"Day {number}. {PARAGRAPH}" for number in range(paragraphs))
    (project / "manuscript" / "book.md").write_text(f"{head}# One\n\n{text}\n", encoding="utf-8")


def interior(key: str) -> Ran:
    return run("build", "print", "--printer", key)


def test_an_interior_that_amazon_takes(project: Path) -> None:
    write(project, 60, "isbn: {kdp: 978-3-16-148410-0}\n")
    assert interior("kdp").status == 0
    with pikepdf.open(project / "build" / "a-book-kdp-interior.pdf") as pdf:
        assert len(pdf.pages) >= 24
        assert "/Outlines" not in pdf.Root
        assert "/Metadata" not in pdf.Root
        assert all("/Annots" not in page for page in pdf.pages)
    kept = json.loads((project / "build" / "a-book-kdp-interior.pages.json").read_bytes())
    assert kept["pdf"] == "a-book-kdp-interior.pdf"
    assert kept["source"] == "urn:isbn:9783161484100"
    again = interior("kdp")
    assert "`publish check --printer kdp` shows it" in again.said
    assert "nothing changed" in again.out
    assert "pages as in a-book-kdp-interior.pdf" in run("build", "epub", "--pages-of", "kdp").out


def test_pages_are_even_for_a_printer_who_wants_it_and_the_file_is_pdf_x(project: Path) -> None:
    counts = set()
    for paragraphs in (40, 42):
        write(project, paragraphs)
        assert interior("ingram").status == 0
        with pikepdf.open(project / "build" / "a-book-ingram-interior.pdf") as pdf:
            counts.add(len(pdf.pages) % 2)
            assert pdf.pdf_version == "1.3"
            assert str(pdf.docinfo["/GTS_PDFXVersion"]).startswith("PDF/X-1")
            assert {tuple(map(float, page.TrimBox)) for page in pdf.pages} == {(0, 0, *_trim(pdf))}
    assert counts == {0}


def _trim(pdf: pikepdf.Pdf) -> tuple[float, float]:
    box = pdf.pages[0].MediaBox
    return float(box[2]), float(box[3])


def test_a_cover_is_as_wide_as_the_interior_makes_it(project: Path) -> None:
    write(project, 60, "isbn: {kdp: 978-3-16-148410-0}\nblurb: Of lamps, and of who keeps them.\n")
    assert run("build", "print", "cover", "--printer", "kdp").status == 0
    with pikepdf.open(project / "build" / "a-book-kdp-interior.pdf") as inside:
        pages = len(inside.pages)
    with pikepdf.open(project / "build" / "a-book-kdp-cover.pdf") as pdf:
        (page,) = pdf.pages
        width, height = (float(page.MediaBox[side]) for side in (2, 3))
    spine = pages * 0.002252 * 72
    assert width == pytest.approx(2 * (129 * 72 / 25.4) + spine + 18, abs=0.5)
    assert height == pytest.approx(198 * 72 / 25.4 + 18, abs=0.5)
    assert "nothing changed" in run("build", "cover", "--printer", "kdp").out


def test_without_a_rule_for_the_spine_the_thickness_of_the_paper_is_asked_for(project: Path) -> None:
    write(project, 40)
    result = run("build", "cover", "--printer", "ingram")
    assert result.status == 1
    assert "N006" in result.said
    write(project, 40, "paper: {name: white, caliper: 0.11}\n")
    assert run("build", "cover", "--printer", "ingram").status == 0


@pytest.mark.parametrize(("key", "least"), [("kdp", 24), ("ingram", 18), ("lulu", 32)])
def test_a_book_under_the_printers_minimum_is_refused_with_it(project: Path, key: str, least: int) -> None:
    write(project, 2)
    result = interior(key)
    assert result.status == 1
    assert "N002" in result.said
    assert f"from {least} pages on" in result.said
    assert not (project / "build" / f"a-book-{key}-interior.pdf").exists()


def test_a_trim_that_the_printer_lacks_is_refused_at_its_key(project: Path) -> None:
    write(project, 2, "trim: 90x140mm\n")
    result = interior("kdp")
    assert result.status == 1
    assert "manuscript/book.md:6:" in result.said
    assert "N001" in result.said
    assert "127 × 203.2 mm" in result.said


def test_an_ink_on_a_paper_that_the_printer_lacks_is_refused(project: Path) -> None:
    write(project, 2, "paper: cream\nink: standard-colour\n")
    assert "N004" in interior("kdp").said


def test_the_gutter_grows_with_the_book(project: Path) -> None:
    write(project, 100)
    result = interior("lulu")
    assert result.status == 0
    kept = json.loads((project / "build" / "a-book-lulu-interior.pages.json").read_bytes())
    assert len(kept["pages"]) > 60
    needed = printer("lulu").gutter(len(kept["pages"]))
    assert needed > printer("lulu").gutter(1)
    record = (project / "build" / ".octavo" / "a-book-lulu-interior.pdf.json").read_text(encoding="utf-8")
    assert "N005" in record
    assert f"an inner margin of {needed:g} mm at least" in record


def test_print_wants_a_printer_and_a_printer_wants_print(project: Path) -> None:
    write(project, 2)
    with pytest.raises(Exception, match="say for whom to print"):
        run("build", "print")
    with pytest.raises(Exception, match="say for whom to print"):
        run("build", "pdf", "--printer", "kdp")


def test_a_check_for_a_printer_makes_both_files_and_says_what_is_found_in_them(project: Path) -> None:
    write(project, 40, "isbn: {kdp: 978-3-16-148410-0}\nblurb: Of lamps, and of who keeps them.\n")
    with (project / "manuscript" / "book.md").open("a", encoding="utf-8") as book:
        book.write("\nThe keeper was [TK: his name].\n")
    result = run("check", "--printer", "kdp")
    assert result.status == 0
    assert "R015" in result.said
    assert "[TK: his name]" in result.said
    assert {path.name for path in (project / "build").glob("*.pdf")} == {
        "a-book-kdp-interior.pdf",
        "a-book-kdp-cover.pdf",
    }


def test_a_check_of_the_proof_finds_what_any_printer_would(project: Path) -> None:
    write(project, 1)
    assert "R0" not in run("check", "print").said
    with (project / "manuscript" / "book.md").open("a", encoding="utf-8") as book:
        book.write("\nHe had seen TKTK.\n")
    result = run("check", "print")
    assert (result.status, result.said.count("R015")) == (0, 1)
