"""Whole books with functions of ours in the engine's place: the same bytes as without them, if lines are the same."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import HOUSE, copy_novel, import_essay
from publish import jobs, pipeline
from publish.pdf import setting
from publish.pdf.grafts import guard
from publish.problems import Problems

pytestmark = pytest.mark.proof


def copy_lighthouse(_: Path, project: Path) -> Path:
    return Path(shutil.copytree(HOUSE / "tests" / "books" / "lighthouse", project))


def pdf_of(project: Path) -> bytes:
    job = jobs.Job(project, Problems(), lambda stage: None, draft=True)
    setting.press_of.cache_clear()
    shutil.rmtree(project / "build", ignore_errors=True)
    (output,) = pipeline.build(job, ["pdf"])
    return output.path.read_bytes()


@pytest.mark.parametrize("make", [copy_lighthouse, import_essay, copy_novel])
def test_a_book_is_the_same_to_the_byte(
    make: Callable[[Path, Path], Path], corpus: Path, faces: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines are broken in the typesetter's own way, since planned ones are others; no note of these books is divided.

    Neither build finds anything of the other's in the cache but faces.
    """
    project = make(corpus, tmp_path / "book")
    (project / "styles").mkdir(exist_ok=True)
    with (project / "styles" / "custom.css").open("a", encoding="utf-8") as file:
        file.write("\n:root { --octavo-line-breaking: greedy }\n")
    monkeypatch.setenv("OCTAVO_CACHE", str(shutil.copytree(faces, tmp_path / "ours")))
    ours = pdf_of(project)
    monkeypatch.setenv("OCTAVO_CACHE", str(shutil.copytree(faces, tmp_path / "plain")))
    with guard.laid_aside():
        assert ours == pdf_of(project)
