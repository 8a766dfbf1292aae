"""Whole books with functions of ours in the engine's place: the same bytes as without them, if lines are the same."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import HOUSE, OWN, copy_novel, import_essay
from publish import jobs, pipeline
from publish.pdf import setting
from publish.pdf.grafts import guard
from publish.problems import Problems

pytestmark = pytest.mark.proof


def our_own(name: str) -> Callable[[Path, Path], Path]:
    """What copies a book of ours: the house's, or one of the tests'."""
    source = OWN / "manuscript" if name == "own" else HOUSE / "tests" / "books" / name

    def copy(_: Path, project: Path) -> Path:
        shutil.copytree(source, project / "manuscript" if name == "own" else project)
        return project

    return copy


BOOKS = {name: our_own(name) for name in ("lighthouse", "tagged", "own", "hurt")}
BOOKS |= {"essay": import_essay, "novel": copy_novel}


def pdf_of(project: Path) -> bytes:
    job = jobs.Job(project, Problems(), lambda stage: None, draft=True)
    setting.press_of.cache_clear()
    shutil.rmtree(project / "build", ignore_errors=True)
    (output,) = pipeline.build(job, ["pdf"])
    return output.path.read_bytes()


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_is_the_same_to_the_byte(
    name: str, corpus: Path, faces: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines are broken in the typesetter's own way and notes stay whole, since planned lines and divided notes differ.

    Neither build finds anything of the other's in the cache but faces.
    """
    project = BOOKS[name](corpus, tmp_path / "book")
    (project / "styles").mkdir(exist_ok=True)
    with (project / "styles" / "custom.css").open("a", encoding="utf-8") as file:
        file.write("\n:root { --octavo-line-breaking: greedy }\n")
    made = []
    for cache, grafts in (("ours", ("divided notes",)), ("plain", ())):
        monkeypatch.setenv("OCTAVO_CACHE", str(shutil.copytree(faces, tmp_path / cache)))
        with guard.laid_aside(*grafts):
            made.append(pdf_of(project))
    assert made[0] == made[1]
