"""Every book comes out as one plain run of the engine over its final text gives it: pixels, words, links, tags, all."""

import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from conftest import HOUSE, OWN, copy_novel, import_essay
from publish import pipeline
from publish.layout.model import Rendition
from publish.pdf.typeset import Typeset, typeset
from publish.problems import Problems

from .compare import differences
from .plain import plain_run

BOOKS = ("own", "letter", "tagged", "lighthouse", pytest.param("hurt", marks=pytest.mark.proof))
CORPUS: dict[str, Callable[[Path, Path], Path]] = {"essay": import_essay, "novel": copy_novel}


def layered(project: Path) -> tuple[Rendition, bytes]:
    """A project's book as the build makes it: the rendition whose page numbers are true, and its PDF.

    The build lays a book out in one piece, so that what it makes is the yardstick itself.
    """
    seen: list[Rendition] = []

    def watched(rendition: Rendition, *rest: object) -> Typeset:
        seen.append(rendition)
        return typeset(rendition, *rest)  # type: ignore[arg-type]

    job = pipeline.Job(project, Problems(), lambda stage: None)
    reading = pipeline.understand(job)
    assert reading is not None, list(job.problems)
    with patch.object(pipeline, "typeset", watched):
        output = pipeline.make_pdf(reading.book, job)
    assert output is not None, list(job.problems)
    return seen[-1], output.path.read_bytes()


def same_as_a_plain_run(project: Path) -> None:
    """Build a project's PDF, and compare it with the plain run."""
    rendition, pdf = layered(project)
    assert [str(difference) for difference in differences(plain_run(rendition), pdf)] == []


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_of_ours_is_the_same(name: str, tmp_path: Path) -> None:
    project = OWN if name == "own" else HOUSE / "tests" / "books" / name
    shutil.copytree(project / "manuscript", tmp_path / "manuscript")
    if project != HOUSE and (project / "styles").is_dir():
        shutil.copytree(project / "styles", tmp_path / "styles")
    same_as_a_plain_run(tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("name", CORPUS)
def test_a_book_of_the_corpus_is_the_same(name: str, corpus: Path, tmp_path: Path) -> None:
    same_as_a_plain_run(CORPUS[name](corpus, tmp_path / name))
