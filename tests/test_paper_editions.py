"""The editions on paper besides the proof: for screens, with the cover first, and in large print."""

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from cli.helpers import run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "manuscript").mkdir()
    text = "The lamp was lit, and the harbour lay still until the boats came in at dawn. " * 40
    head = "---\ntitle: A Book\nauthor: Ada Brandt\nlang: en\ndate: 2024\n---\n\n"
    (tmp_path / "manuscript" / "book.md").write_text(f"{head}# One\n\n{text}\n\n# Two\n\n{text}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_edition_for_screens_begins_with_its_cover_and_says_that_it_is_accessible(project: Path) -> None:
    assert run("build", "screen").status == 0
    path = project / "build" / "a-book-screen.pdf"
    with pikepdf.open(path) as pdf:
        assert "/XObject" in pdf.pages[0].Resources
        assert b">1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
    assert not pypdfium2.PdfDocument(path)[0].get_textpage().get_text_bounded().strip()
    assert (project / "build" / "a-book-screen.pages.json").exists()
    assert "nothing changed" in run("build", "screen").out


def test_large_print_takes_more_pages(project: Path) -> None:
    assert run("build", "pdf", "large-print").status == 0
    proof, large = (
        len(pypdfium2.PdfDocument(project / "build" / name)) for name in ("a-book.pdf", "a-book-large-print.pdf")
    )
    assert large > proof


def test_the_pages_of_large_print_are_those_of_its_own_number(project: Path) -> None:
    text = (project / "manuscript" / "book.md").read_text(encoding="utf-8")
    numbers = "isbn: {print: 978-3-16-148410-0, large-print: 978-0-306-40615-7}"
    (project / "manuscript" / "book.md").write_text(text.replace("lang: en", f"lang: en\n{numbers}"), encoding="utf-8")
    assert run("build", "large-print", "pdf").status == 0
    kept = {path.name: json.loads(path.read_bytes())["source"] for path in (project / "build").glob("*.pages.json")}
    assert kept == {
        "a-book-large-print.pages.json": "urn:isbn:9780306406157",
        "a-book.pages.json": "urn:isbn:9783161484100",
    }
