"""Every book comes out as one plain run of the engine over its final text gives it: pixels, words, links, tags, all."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pikepdf
import pytest

from conftest import HOUSE, OWN, copy_novel, import_essay
from publish import pipeline
from publish.layout.model import Rendition
from publish.pdf.typeset import Typeset, typeset
from publish.problems import Problems

from .compare import differences
from .opened import Opened
from .plain import plain_run

BOOKS = ("own", "letter", "tagged", "lighthouse", "restless")
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


def own_copy(name: str, folder: Path) -> Path:
    """A project of ours, to be built in a folder of its own: the house's, or one of the tests' books."""
    project = OWN if name == "own" else HOUSE / "tests" / "books" / name
    shutil.copytree(project / "manuscript", folder / "manuscript")
    if project != HOUSE and (project / "styles").is_dir():
        shutil.copytree(project / "styles", folder / "styles")
    return folder


def same_as_a_plain_run(project: Path) -> bytes:
    """Build a project's PDF, and compare it with the plain run."""
    rendition, pdf = layered(project)
    assert [str(difference) for difference in differences(plain_run(rendition), pdf)] == []
    return pdf


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_of_ours_is_the_same(name: str, tmp_path: Path) -> None:
    same_as_a_plain_run(own_copy(name, tmp_path))


def test_a_book_with_all_that_is_hard_to_lay_out_in_pieces_is_the_same(tmp_path: Path) -> None:
    pdf = same_as_a_plain_run(own_copy("hurt", tmp_path))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = [tuple(round(float(side)) for side in page.MediaBox[2:]) for page in opened.pages]
        blank = [index for index, page in enumerate(opened.pages) if b"BT" not in page.Contents.read_bytes()]
    assert 60 <= len(sizes) <= 90
    assert set(sizes) == {(272, 397), (397, 272)}, "some pages lie on their side"
    assert len(blank) > 5, "some versos are blank"
    assert 2 <= len(carried(pdf)) <= 6, "a few notes cannot stand where they are called, and no other is carried along"


def carried(pdf: bytes) -> list[str]:
    """The notes that stand on another page than their call."""
    opened = Opened(pdf)
    pages = {name: page for name, (page, _) in opened.names.items()}
    opened.close()
    return [name for name, page in pages.items() if pages.get(f"fnref-{name}", page) != page]


@pytest.mark.proof
@pytest.mark.parametrize("name", CORPUS)
def test_a_book_of_the_corpus_is_the_same(name: str, corpus: Path, tmp_path: Path) -> None:
    same_as_a_plain_run(CORPUS[name](corpus, tmp_path / name))


def test_a_book_whose_page_numbers_never_come_to_rest_is_built_and_said(tmp_path: Path) -> None:
    """A long page number moves its target to a page with a short one, and the short one moves it back."""
    job = pipeline.Job(own_copy("restless", tmp_path), Problems(), lambda stage: None)
    (output,) = pipeline.build(job, ["pdf"])
    assert [problem.code for problem in job.problems] == ["O002"]
    assert output.pages > 8
