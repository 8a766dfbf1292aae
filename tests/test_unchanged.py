"""A build that finds nothing changed is over at once; whatever could change its files or its words makes it run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from publish import unchanged, versions
from publish.cli import publish
from publish.files import looking
from publish.unchanged import Build, known

KINDS = ("pdf", "epub")
HEAVY = ("weasyprint", "lxml", "pydantic", "markdown", "jinja2", "tinycss2", "PIL", "fontTools", "pikepdf", "rich")
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="{0}" height="{0}"/></svg>'
TEXT = """---
title: A Letter
date: 2020-01-01
lang: en
theme: mine
---

Dear "Ada,

![A square](images/square.svg)
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with everything that a build looks at, built once."""
    project = tmp_path_factory.mktemp("unchanged") / "book"
    files = {
        "manuscript/01-letter.md": TEXT,
        "manuscript/notes/readme.txt": "not read",
        "shared/second.md": "The end.\n",
        "manuscript/images/square.svg": SQUARE.format(7),
        "styles/custom.css": '.scene-break { background: url("leaf.svg") }\n',
        "styles/leaf.svg": SQUARE.format(5),
        "styles/mine/theme.toml": 'description = "mine"\n',
        "styles/mine/piece-head.j2": "<header class='opening'><h1>{{ metadata.title }}</h1></header>\n",
        "elsewhere/diary.md": "not read",
    }
    for name, text in files.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    (project / "manuscript" / "02-end.md").symlink_to("../shared/second.md")
    said = run(project)
    assert "a-letter.epub" in said, said
    assert known(Build(project, KINDS)) is not None
    return project


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    """A copy of it: wherever it stands, it is the same book."""
    copy = tmp_path / "copy"
    shutil.copytree(finished, copy, symlinks=True)
    return copy


def run(project: Path, *words: str) -> str:
    """What a build prints."""
    result = CliRunner().invoke(publish, ["build", *words, "--project", str(project)], standalone_mode=False)
    assert result.exception is None, result.output
    return result.output.replace(str(project), "PROJECT")


def append(name: str, text: str = "x") -> Callable[[Path], None]:
    """A change: some text at the end of a file, which may be new."""

    def change(project: Path) -> None:
        with (project / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def append_metadata(chapter: Path) -> None:
    """A change: one key more in the front matter."""
    chapter.write_text(
        chapter.read_text(encoding="utf-8").replace("lang: en", "lang: en\nplace: Bath"), encoding="utf-8"
    )


def put_elsewhere(project: Path) -> None:
    """A change: a link leads to another file with the same text."""
    link = project / "manuscript" / "02-end.md"
    shutil.copy(project / "shared" / "second.md", project / "shared" / "third.md")
    link.unlink()
    link.symlink_to("../shared/third.md")


def flip_byte(project: Path) -> None:
    """A change: one byte of the PDF."""
    path = project / "build" / "a-letter.pdf"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def spoil(project: Path, text: str) -> None:
    """A change: something else in the place of the record."""
    Build(project, KINDS).record.write_text(text, encoding="utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a byte of a chapter": append("manuscript/01-letter.md"),
    "a byte of a chapter that a link leads to": append("shared/second.md"),
    "where a link leads": put_elsewhere,
    "a new chapter": append("manuscript/03-more.md"),
    "a file beside the chapters that may be meant": append("manuscript/04.txt"),
    "a chapter gone": lambda project: (project / "manuscript" / "02-end.md").unlink(),
    "metadata": lambda project: append_metadata(project / "manuscript" / "01-letter.md"),
    "a chapter in a folder": append("manuscript/notes/more.md"),
    "a picture": append("manuscript/images/square.svg", "<!-- -->"),
    "a picture gone": lambda project: (project / "manuscript" / "images" / "square.svg").unlink(),
    "a picture of a style sheet": append("styles/leaf.svg", "<!-- -->"),
    "custom.css": append("styles/custom.css"),
    "a template": append("styles/mine/piece-head.j2", "<p/>"),
    "a new template": append("styles/mine/cover.html.j2"),
    "a theme's first style sheet": append("styles/mine/print.css"),
    "theme.toml": append("styles/mine/theme.toml", "\n"),
    "the PDF damaged": flip_byte,
    "the PDF gone": lambda project: (project / "build" / "a-letter.pdf").unlink(),
    "the EPUB damaged": append("build/a-letter.epub"),
    "the page map gone": lambda project: (project / "build" / "a-letter.pages.json").unlink(),
    "the record damaged": lambda project: spoil(project, "{"),
    "the record of another shape": lambda project: spoil(project, "[]"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_build_looks_at_makes_it_run(project: Path, change: str) -> None:
    assert known(Build(project, KINDS)) is not None
    CHANGES[change](project)
    assert known(Build(project, KINDS)) is None


IDLE: dict[str, Callable[[Path], None]] = {
    "dates of files": lambda project: os.utime(project / "manuscript" / "01-letter.md", (1, 1)),
    "a file beside the manuscript": append("README.md"),
    "a text that no chapter is": append("elsewhere/diary.md"),
    "a picture that nothing shows": append("elsewhere/other.svg"),
    "another file in build": append("build/mine.txt"),
}


@pytest.mark.parametrize("change", IDLE)
def test_nothing_else_makes_it_run(project: Path, change: str) -> None:
    IDLE[change](project)
    assert known(Build(project, KINDS)) is not None


def test_a_picture_that_was_looked_for_in_the_other_folder_makes_it_run(project: Path) -> None:
    text = project / "manuscript" / "01-letter.md"
    text.write_text(text.read_text(encoding="utf-8").replace("images/square", "styles/leaf"), encoding="utf-8")
    run(project)
    assert known(Build(project, KINDS)) is not None
    (project / "manuscript" / "styles").mkdir()
    append("manuscript/styles/leaf.svg", SQUARE.format(3))(project)
    assert known(Build(project, KINDS)) is None


def test_a_draft_with_a_picture_missing_is_always_run(project: Path) -> None:
    (project / "manuscript" / "images" / "square.svg").unlink()
    run(project, "--draft", "pdf")
    assert known(Build(project, ("pdf",), draft=True)) is None


def test_each_command_has_a_memory_of_its_own(project: Path) -> None:
    assert known(Build(project, ("pdf",))) is None
    run(project, "pdf")
    assert known(Build(project, ("pdf",))) is not None
    assert known(Build(project, KINDS, draft=True)) is None


def test_another_program_runs_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "maker", lambda: "another")
    assert known(Build(project, KINDS)) is None


def test_a_date_in_the_environment_runs_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert known(Build(project, KINDS)) is None


def test_every_file_of_ours_and_every_library_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "code.py").write_text("1")
    (tmp_path / "styles" / "print.css").write_text("1")
    (tmp_path / "lib").mkdir()
    monkeypatch.setattr(versions, "PACKAGE", tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "lib")])
    seen = [versions.maker.__wrapped__()]
    for change in ("code.py", "styles/print.css", "lib/markdown-3.11.dist-info"):
        (tmp_path / change).write_text("2")
        seen.append(versions.maker.__wrapped__())
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "code.pyc").write_text("2")
    assert len(set(seen)) == 4
    assert versions.maker.__wrapped__() == seen[-1]


def test_a_file_that_changes_while_the_build_runs_is_not_taken_for_built(project: Path) -> None:
    build, last = Build(project, KINDS), known(Build(project, KINDS))
    assert last is not None
    build.record.unlink()
    with looking(project) as looks:
        from publish.manuscript.files import find
        from publish.problems import Problems

        assert list(find(project, Problems()))
    append("manuscript/01-letter.md")(project)
    unchanged.note(build, looks, last.outputs, last.problems)
    assert known(build) is None


def test_it_prints_what_a_build_that_runs_prints(project: Path) -> None:
    quick = run(project)
    Build(project, KINDS).record.unlink()
    assert "nothing changed" in quick
    assert "hint" in quick
    assert run(project) == quick
    assert run(project) == quick


def test_it_loads_no_engine(project: Path) -> None:
    code = (
        "import sys; from publish.cli import publish\n"
        "publish(['build', '--project', sys.argv[1]], standalone_mode=False)\n"
        f"print('LOADED', [name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(project)], capture_output=True, text=True, check=True, cwd=project
    )
    assert "nothing changed" in done.stdout
    assert done.stdout.rstrip().endswith("LOADED []")
