"""How problems are told: to people, to programs, to GitHub."""

import json
from pathlib import Path

import pytest

from .helpers import book, run, write

MISTAKE = "See [the lamp](#lamp).\n"


def test_json_stands_alone_on_the_standard_output(tmp_path: Path) -> None:
    ran = run("build", "pdf", "--format", "json", "--project", write(tmp_path, book(MISTAKE)))
    (found,) = json.loads(ran.out)
    assert (found["severity"], found["file"], found["line"]) == ("error", "manuscript/a.md", 8)
    assert ran.status == 1
    assert "nothing was written" in ran.said


def test_json_of_a_book_without_problems_is_an_empty_array(tmp_path: Path) -> None:
    ran = run("check", "manuscript", "--format", "json", "--project", write(tmp_path, book("Call me Ishmael.\n")))
    assert json.loads(ran.out) == []
    assert "nothing to report" in ran.said


def test_github_hears_where_the_file_is_from_where_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path / "books" / "whale", book(MISTAKE)).parent)
    ran = run("build", "pdf", "--format", "github", "--project", "whale")
    assert ran.out.startswith("::error file=whale/manuscript/a.md,line=8,")
    assert "error" not in ran.said.removesuffix("1 error; nothing was written\n")
