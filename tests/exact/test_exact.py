"""Every book comes out as one plain run of the engine over its final text gives it: pixels, words, links, tags, all."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pikepdf
import pytest

from conftest import HOUSE, OWN, copy_novel, import_essay
from publish import jobs, onpaper, pipeline
from publish.pdf import typeset
from publish.pdf.typeset import Laid, Typesetter
from publish.problems import Problems, Severity

from .compare import Allowed, differences
from .plain import plain_run

BOOKS = (pytest.param("own", marks=pytest.mark.proof), "letter", "tagged", "lighthouse")
IN_ONE_PIECE = ("letter", "essay")
"""Books that hold but one section, so that there is nothing to cut."""
CORPUS: dict[str, Callable[[Path, Path], Path]] = {"essay": import_essay, "novel": copy_novel}


def layered(project: Path) -> tuple[Laid, bytes]:
    """A project's book as the build makes it: laid out, with page numbers that are true; and its PDF."""
    seen: list[Laid] = []

    class Watched(Typesetter):
        def bind(self, laid: Laid, problems: Problems) -> bytes:
            seen.append(laid)
            return super().bind(laid, problems)

    job = jobs.Job(project, Problems(), lambda stage: None)
    reading = pipeline.understand(job)
    assert reading is not None, list(job.problems)
    with patch.object(typeset, "Typesetter", Watched):
        output = onpaper.make_pdf(reading.book, job)
    assert output is not None, list(job.problems)
    return seen[-1], output.path.read_bytes()


def own_copy(name: str, folder: Path) -> Path:
    """A project of ours, to be built in a folder of its own: the house's, or one of the tests' books."""
    project = OWN if name == "own" else HOUSE / "tests" / "books" / name
    shutil.copytree(project / "manuscript", folder / "manuscript")
    if project != HOUSE and (project / "styles").is_dir():
        shutil.copytree(project / "styles", folder / "styles")
    return folder


def same_as_a_plain_run(project: Path, *, cut: bool = True) -> bytes:
    """Build a project's PDF, and compare it with the plain run. Text may have been slid to the other side of a leaf."""
    laid, pdf = layered(project)
    assert (len(laid.sets) > 1) is cut
    pages = laid.placing.pages
    slid = frozenset(page.index for page in pages if page.record is not None and page.record.side != page.side)
    found = differences(plain_run(laid.rendition), pdf, Allowed(slid))
    assert [str(difference) for difference in found] == []
    return pdf


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_of_ours_is_the_same(name: str, tmp_path: Path) -> None:
    same_as_a_plain_run(own_copy(name, tmp_path), cut=name not in IN_ONE_PIECE)


def test_a_book_with_all_that_is_hard_to_lay_out_in_pieces_is_the_same(tmp_path: Path) -> None:
    pdf = same_as_a_plain_run(own_copy("hurt", tmp_path))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = [tuple(round(float(side)) for side in page.MediaBox[2:]) for page in opened.pages]
        blank = [index for index, page in enumerate(opened.pages) if not _shows_text(page)]
    assert 60 <= len(sizes) <= 90
    assert set(sizes) == {(272, 397), (397, 272)}, "some pages lie on their side"
    assert len(blank) > 5, "some versos are blank"


@pytest.mark.parametrize("name", ["hurt", "tagged", "lighthouse"])
def test_lines_broken_in_the_typesetter_s_own_way_are_the_same(name: str, tmp_path: Path) -> None:
    project = own_copy(name, tmp_path)
    style = project / "styles" / "custom.css"
    style.parent.mkdir(exist_ok=True)
    with style.open("a", encoding="utf-8") as file:
        file.write("\n:root { --octavo-line-breaking: greedy }\n")
    same_as_a_plain_run(project)


@pytest.mark.proof
@pytest.mark.parametrize("name", CORPUS)
def test_a_book_of_the_corpus_is_the_same(name: str, corpus: Path, tmp_path: Path) -> None:
    same_as_a_plain_run(CORPUS[name](corpus, tmp_path / name), cut=name not in IN_ONE_PIECE)


def test_a_page_number_that_never_comes_to_rest_is_an_error_at_its_place(tmp_path: Path) -> None:
    """A long page number moves its target to a page with a short one, and the short one moves it back.

    How many lines must stand before the target depends on the theme's measures, so they are tried one by one.
    """
    for fewer in range(16):
        project = own_copy("restless", tmp_path / str(fewer))
        sign = project / "manuscript" / "01-sign.md"
        before, target, after = sign.read_text(encoding="utf-8").partition("\n\n## The town")
        lines = before.split("\n\n")
        sign.write_text("\n\n".join(lines[: len(lines) - fewer]) + target + after, encoding="utf-8")
        job = jobs.Job(project, Problems(), lambda stage: None, draft=True)
        (output,) = pipeline.build(job, ["pdf"])
        if found := [problem for problem in job.problems if problem.severity is Severity.ERROR]:
            break
    assert [problem.code for problem in found] == ["P012"]
    span = found[0].span
    assert span is not None
    assert ".page}" in (project / span.file).read_text(encoding="utf-8").split("\n")[span.line - 1]
    assert output.pages > 8
    strict = jobs.Job(project, Problems(), lambda stage: None)
    assert pipeline.build(strict, ["pdf"]) == []


def _shows_text(page: pikepdf.Page) -> bool:
    streams = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
    return any(b"BT" in stream.read_bytes() for stream in streams)
