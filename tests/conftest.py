"""What all tests share: books built once a session, and the whole books that stand in OCTAVO_CORPUS."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from publish.book.model import Book
from publish.manuscript.model import Manuscript
from publish.problems import Problems

if TYPE_CHECKING:
    from publish.outputs import Output

HOUSE = Path(__file__).parent.parent
OWN = (HOUSE / os.environ.get("BOOK", ".")).resolve()
"""The project whose manuscript the tests read besides their own books: BOOK, else this folder."""


@dataclass(frozen=True)
class Built:
    """A book, and both of its files."""

    manuscript: Manuscript
    book: Book
    pdf: Path
    epub: Path
    problems: Problems


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of whole books, or a skip that says so."""
    folder = os.environ.get("OCTAVO_CORPUS")
    if not folder:
        pytest.skip("OCTAVO_CORPUS names no folder of books")
    return Path(folder)


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Built]:
    """Build a project's PDF and EPUB in a copy of it, once a session each."""
    finished: dict[Path, Built] = {}

    def build_once(project: Path) -> Built:
        if project not in finished:
            copy = tmp_path_factory.mktemp("book")
            for folder in ("manuscript", "styles"):
                if (project / folder).is_dir():
                    shutil.copytree(project / folder, copy / folder)
            finished[project] = build_book(copy)
        return finished[project]

    return build_once


@pytest.fixture(scope="session", params=["own", "lighthouse", "letter"])
def built(request: pytest.FixtureRequest, build: Callable[[Path], Built]) -> Built:
    """Each of the books that the two tests of the whole way read: the project's own, a novel in parts, an essay."""
    return build(OWN if request.param == "own" else HOUSE / "tests" / "books" / request.param)


def build_book(project: Path) -> Built:
    """Both files of a project that must build without an error."""
    # The engines load here, so that tests of one room do without them.
    from publish.pipeline import Job, make_epub, make_pdf, understand

    problems = Problems()
    job = Job(project, problems, lambda stage: None)
    reading = understand(job)
    assert reading is not None, list(problems)
    outputs: list[Output] = []
    for make in (make_pdf, make_epub):
        output = make(reading.book, job)
        assert output is not None, [problem for problem in problems if problem.severity == "error"]
        outputs.append(output)
    return Built(reading.manuscript, reading.book, outputs[0].path, outputs[1].path, problems)
