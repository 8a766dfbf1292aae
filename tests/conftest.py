"""What all tests share: books built once a session, and the whole books that stand in OCTAVO_CORPUS."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from publish.book.model import Book
from publish.manuscript.files import find
from publish.manuscript.model import Manuscript
from publish.problems import Problems

if TYPE_CHECKING:
    from publish.outputs import Output

HOUSE = Path(__file__).parent.parent
OWN = (HOUSE / os.environ.get("BOOK", ".")).resolve()
"""The project whose manuscript the tests read besides their own books: BOOK, else this folder."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag paints the golden pages anew."""
    parser.addoption("--rewrite-goldens", action="store_true", help="paint the golden pages anew")


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
            finished[project] = build_book(copy_project(project, tmp_path_factory.mktemp("book")))
        return finished[project]

    return build_once


BOOKS = ["own", "lighthouse", "letter", *(pytest.param(name, marks=pytest.mark.proof) for name in ("essay", "novel"))]


@pytest.fixture(scope="session", params=BOOKS)
def built(
    request: pytest.FixtureRequest, build: Callable[[Path], Built], tmp_path_factory: pytest.TempPathFactory
) -> Built:
    """Each book that tests of the whole way read: the project's own, a novel in parts, an essay, the corpus's."""
    if request.param == "own":
        return build(OWN)
    if request.param in ("essay", "novel"):
        folder: Path = request.getfixturevalue("corpus")
        make = import_essay if request.param == "essay" else copy_novel
        return build(make(folder, tmp_path_factory.mktemp("corpus") / request.param))
    return build(HOUSE / "tests" / "books" / request.param)


def copy_project(project: Path, copy: Path) -> Path:
    """A copy of a project, without what was built there; its first file is given metadata if it has none."""
    shutil.copytree(project / "manuscript", copy / "manuscript")
    if project != HOUSE and (project / "styles").is_dir():
        shutil.copytree(project / "styles", copy / "styles")
    return put_metadata(copy, {"title": "A Book of Somebody's", "author": "Somebody", "lang": "en"})


def import_essay(corpus: Path, project: Path) -> Path:
    """The corpus's essay, a typed text, as `publish import` makes a project of it."""
    from publish.intake.project import import_file

    problems = Problems()
    import_file(corpus / "essay" / "essay.txt", project, problems, today="2022-10-01")
    assert not problems.errors
    return project


def copy_novel(corpus: Path, project: Path) -> Path:
    """The corpus's novel with the metadata that its files lack."""
    shutil.copytree(corpus / "pride-and-prejudice", project / "manuscript")
    return put_metadata(project, {"title": "Pride and Prejudice", "author": "Jane Austen", "lang": "en-GB"})


def put_metadata(project: Path, metadata: dict[str, str]) -> Path:
    """Give a copy of a book metadata, if its first file has none."""
    first = project / next(name for name, _ in find(project, Problems()))
    text = first.read_text(encoding="utf-8")
    if not text.startswith("---"):
        metadata = {**metadata, "date": "1813-01-28", "identifier": "urn:uuid:5b9bd3f8-3b1c-4d64-9f0e-5c1a5b7f2d11"}
        head = "".join(f"{key}: {value}\n" for key, value in metadata.items())
        first.write_text(f"---\n{head}---\n\n{text}", encoding="utf-8")
    return project


def build_book(project: Path) -> Built:
    """Both files of a project that must build without an error."""
    # The engines load here, so that tests of one room do without them.
    from publish.jobs import Job
    from publish.onpaper import make_pdf
    from publish.onscreen import make_epub
    from publish.pipeline import understand

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
