"""`publish build --explain-lines` tells how paragraphs were broken into lines, of sections that were kept, too."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from publish.cli import publish

TEXT = """---
title: A Book
author: A. Writer
lang: en
---

# One

It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.

::: center
In the middle.
:::

# Two

However little known the feelings or views of such a man may be on his first entering a neighbourhood, this truth is so
well fixed in the minds of the surrounding families, that he is considered as the rightful property of some one.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript" / "book.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def explained(project: Path, *options: str) -> list[str]:
    """What is said of lines."""
    ran = CliRunner().invoke(publish, ["build", "pdf", "--project", str(project), *options])
    assert ran.exit_code == 0, ran.output
    return [line for line in ran.output.split("\n") if "paragraphs" in line or "lines were planned" in line]


def test_each_section_says_how_many_paragraphs_were_planned_and_why_others_were_not(project: Path) -> None:
    said = explained(project, "--explain-lines")
    assert "One: of 3 paragraphs 1 planned, 2 not (centred or set from the right)" in said
    assert "Two: of 2 paragraphs 1 planned, 1 not (centred or set from the right)" in said
    assert said[-1].endswith(", in all")
    assert explained(project, "--explain-lines") == said, "from the cache, where nothing has changed"
    assert explained(project) == []


def in_the_typesetters_way(project: Path) -> None:
    (project / "styles").mkdir()
    (project / "styles" / "custom.css").write_text(":root { --octavo-line-breaking: greedy }\n", encoding="utf-8")


def test_a_book_that_does_not_ask_for_it_is_told_how_to(project: Path) -> None:
    in_the_typesetters_way(project)
    said = explained(project, "--explain-lines")
    assert "--octavo-line-breaking: optimal" in said[-1]


def test_a_book_of_which_nothing_can_be_planned_is_told_why(project: Path) -> None:
    centred = "---\ntitle: A Book\nauthor: A. Writer\nlang: en\n---\n\n::: center\nIn the middle.\n:::\n"
    (project / "manuscript" / "book.md").write_text(centred, encoding="utf-8")
    (project / "styles").mkdir()
    (project / "styles" / "custom.css").write_text("* { text-align: center !important }\n", encoding="utf-8")
    said = explained(project, "--explain-lines")
    assert said[-1].endswith("not (centred or set from the right), in all")


@pytest.mark.parametrize(("name", "asked"), [("loose", True), ("tight", True), ("quote", False)])
def test_a_passage_can_ask_for_planned_lines_alone(project: Path, name: str, asked: bool) -> None:
    in_the_typesetters_way(project)
    book = project / "manuscript" / "book.md"
    book.write_text(book.read_text(encoding="utf-8").replace("::: center", f"::: {name}"), encoding="utf-8")
    said = [line for line in explained(project, "--explain-lines") if line.startswith("One")]
    assert (" 1 planned" in said[0]) is asked
