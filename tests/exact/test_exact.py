"""Every book comes out as one plain run of the engine over its final text gives it: pixels, words, links, tags, all."""

import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from conftest import HOUSE, OWN, copy_novel, import_essay
from publish import pipeline
from publish.pdf.typeset import Laid, Typesetter
from publish.problems import Problems

from .compare import Allowed, differences
from .plain import plain_run

BOOKS = ("own", "letter", "tagged", "lighthouse", pytest.param("hurt", marks=pytest.mark.proof))
CORPUS: dict[str, Callable[[Path, Path], Path]] = {"essay": import_essay, "novel": copy_novel}


def layered(project: Path) -> tuple[Laid, bytes]:
    """A project's book as the build makes it: laid out, with page numbers that are true; and its PDF."""
    seen: list[Laid] = []

    class Watched(Typesetter):
        def bind(self, laid: Laid, problems: Problems) -> bytes:
            seen.append(laid)
            return super().bind(laid, problems)

    job = pipeline.Job(project, Problems(), lambda stage: None)
    reading = pipeline.understand(job)
    assert reading is not None, list(job.problems)
    with patch.object(pipeline, "Typesetter", Watched):
        output = pipeline.make_pdf(reading.book, job)
    assert output is not None, list(job.problems)
    return seen[-1], output.path.read_bytes()


def same_as_a_plain_run(project: Path, *, cut: bool = True) -> None:
    """Build a project's PDF, and compare it with the plain run."""
    laid, pdf = layered(project)
    assert (len(laid.sets) > 1) is cut
    pages = laid.placing.pages
    slid = frozenset(page.index for page in pages if page.record is not None and page.record.side != page.side)
    found = differences(plain_run(laid.rendition), pdf, Allowed(slid))
    assert [str(difference) for difference in found] == []


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_of_ours_is_the_same(name: str, tmp_path: Path) -> None:
    project = OWN if name == "own" else HOUSE / "tests" / "books" / name
    shutil.copytree(project / "manuscript", tmp_path / "manuscript")
    if project != HOUSE and (project / "styles").is_dir():
        shutil.copytree(project / "styles", tmp_path / "styles")
    same_as_a_plain_run(tmp_path, cut=name != "letter")


@pytest.mark.proof
@pytest.mark.parametrize("name", CORPUS)
def test_a_book_of_the_corpus_is_the_same(name: str, corpus: Path, tmp_path: Path) -> None:
    same_as_a_plain_run(CORPUS[name](corpus, tmp_path / name), cut=name != "essay")
