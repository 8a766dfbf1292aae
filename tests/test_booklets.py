"""The booklet as a writer asks for it: built from the proof, printed, folded and read."""

import re
from pathlib import Path

import click
import pikepdf
import pypdfium2
import pytest

from cli.helpers import run
from pdf.folding import read
from publish.cli import watching
from publish.cli.options import Explain
from publish.folding import Folding
from publish.unchanged import Build, known

MM = 72 / 25.4
PARAGRAPH = "The lamp was lit, and the harbour lay still until the boats came in at dawn with the tide. " * 12


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "manuscript").mkdir()
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(project: Path, lang: str = "en", paragraphs: int = 24) -> None:
    head = f"---\ntitle: A Book\nauthor: Ada Brandt\nlang: {lang}\ndate: 2024\n---\n\n"
    text = "\n\n".join(f"{number}. {PARAGRAPH}" for number in range(paragraphs))
    (project / "manuscript" / "book.md").write_text(f"{head}# One\n\n{text}\n\n# Two\n\n{text}\n", encoding="utf-8")


def words(page: pypdfium2.PdfPage, left: float, width: float) -> str:
    """The words of a stretch of a page, their ends of lines gone."""
    return " ".join(page.get_textpage().get_text_bounded(left, 0, left + width, page.get_height()).split())


def proof(project: Path) -> list[str]:
    return [words(page, 0, page.get_width()) for page in pypdfium2.PdfDocument(project / "build" / "a-book.pdf")]


def folded(project: Path, signature: int | None) -> list[str]:
    """The pages of the booklet as they follow each other once it is folded."""
    sheets = pypdfium2.PdfDocument(project / "build" / "a-book-booklet.pdf")
    halves = [tuple(words(side, at, side.get_width() / 2) for at in (0, side.get_width() / 2)) for side in sheets]
    return read([(left, right) for left, right in halves], signature)


@pytest.mark.parametrize("signature", [None, 8])
def test_it_is_folded_into_the_proof_page_by_page(project: Path, signature: int | None) -> None:
    ran = run("build", "booklet", *(["--signature", str(signature)] if signature else []))
    assert ran.status == 0
    pages = proof(project)
    assert len(pages) > 12
    assert len({page for page in pages if page}) > 10, "pages are told apart by their words"
    found = folded(project, signature)
    assert found[: len(pages)] == pages
    assert found[len(pages) :] == [""] * (-len(pages) % 4)
    assert f"{len(found) // 4} sheets of A4, printed on both sides" in ran.out
    assert "turned over the short edge" in ran.out


@pytest.mark.parametrize(
    ("lang", "words", "sheet"),
    [("en", [], (297, 210)), ("en-US", [], (279.4, 215.9)), ("en-US", ["--sheet", "a4"], (297, 210))],
)
def test_the_sheet_is_that_of_the_language_or_the_one_asked_for(
    project: Path, lang: str, words: list[str], sheet: tuple[float, float]
) -> None:
    write(project, lang, 2)
    assert run("build", "booklet", *words).status == 0
    with pikepdf.open(project / "build" / "a-book-booklet.pdf") as pdf:
        size = [float(side) / MM for side in pdf.pages[0].MediaBox[2:]]
    assert size == pytest.approx(sheet, abs=0.01)


def test_two_builds_give_the_same_bytes(project: Path) -> None:
    found = []
    for _ in range(2):
        assert run("build", "booklet").status == 0
        found.append((project / "build" / "a-book-booklet.pdf").read_bytes())
        assert run("clean").status == 0
        assert not (project / "build" / "a-book-booklet.pdf").exists()
    assert found[0] == found[1]
    assert str(project).encode() not in found[0]


def test_it_is_kept_while_nothing_changes(project: Path) -> None:
    asked = Build(project, ("booklet",), folding=Folding("letter", 8))
    words = ("build", "booklet", "--sheet", "letter", "--signature", "8")
    assert run(*words).status == 0
    assert known(asked) is not None
    idle = run(*words)
    asked.record.unlink()
    assert run(*words) == idle, "the booklet itself is kept, too"
    assert "(nothing changed, nothing laid out); 10 sheets of Letter, printed on both sides" in idle.out


def test_another_sheet_another_signature_or_another_word_makes_it_anew(project: Path) -> None:
    made = [run("build", "booklet"), run("build", "booklet", "--signature", "16")]
    made += [run("build", "booklet", "--sheet", "letter")]
    write(project, paragraphs=23)
    made += [run("build", "booklet", "--sheet", "letter")]
    assert all(ran.status == 0 and "nothing changed" not in ran.out for ran in made)


def test_a_build_of_both_makes_the_proof_once(project: Path) -> None:
    ran = run("build", "pdf", "booklet")
    assert [line.split()[0] for line in ran.out.splitlines()[:2]] == ["build/a-book.pdf", "build/a-book-booklet.pdf"]
    assert "nothing changed" not in ran.out


def test_a_signature_of_no_whole_sheets_is_said_before_anything_is_laid_out(project: Path) -> None:
    for signature in ("6", "0", "-4"):
        ran = run("build", "booklet", "--signature", signature)
        assert ran.status == 1
        assert f"U020: a signature cannot have {signature} pages" in ran.said
        assert "say 8" in ran.said or "say 4" in ran.said
    assert not (project / "build" / "a-book.pdf").exists()


def test_words_that_are_none_of_a_booklet(project: Path) -> None:
    for words in (("booklet", "--sheet", "a3"), ("booklet", "--signature", "few"), ("pdf", "--sheet", "a4")):
        with pytest.raises(click.UsageError):
            run("build", *words)
    assert not (project / "build").exists()


def test_it_is_folded_again_at_each_save(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    saves = iter([3, 2])

    def save(before: object) -> list[Path]:
        paragraphs = next(saves, None)
        if paragraphs is None:
            raise KeyboardInterrupt
        write(project, paragraphs=paragraphs)
        return [project / "manuscript" / "book.md"]

    monkeypatch.setattr(watching, "_next_change", save)
    with pytest.raises(KeyboardInterrupt):
        watching.watch_project(Build(project, ("booklet",)), 1, "text", Explain())
    counts = re.findall(r"a-book-booklet.pdf .*; (\d+) sheets of A4", capsys.readouterr().out)
    assert [int(count) for count in counts] == sorted(map(int, counts), reverse=True)
    assert len(counts) == 3
    assert folded(project, None)[: len(proof(project))] == proof(project)
