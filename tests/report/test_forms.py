"""Problems as programs read them: JSON, and the commands by which GitHub marks the lines of a change."""

import json
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.places import Span
from publish.problems import Problem, Severity, from_json, to_json
from publish.report import as_github, as_json, show

PLACE = Span("manuscript/book.md", 3, 22, 8)
FULL = Problem("M021", Severity.ERROR, "footnote has no text", PLACE, "add a line", "xii")
BARE = Problem("F001", Severity.HINT, "no folder")
COMMAND = re.compile(r"::(error|warning|notice) ([^:\n]*)::([^\n]*)")


def test_json_is_one_array_and_what_is_not_known_is_null() -> None:
    assert json.loads(as_json([FULL, BARE])) == [
        {
            "code": "M021",
            "severity": "error",
            "message": "footnote has no text",
            "file": "manuscript/book.md",
            "line": 3,
            "column": 22,
            "page": "xii",
            "hint": "add a line",
        },
        {
            "code": "F001",
            "severity": "hint",
            "message": "no folder",
            "file": None,
            "line": None,
            "column": None,
            "page": None,
            "hint": None,
        },
    ]


def test_no_problems_are_an_empty_array() -> None:
    assert json.loads(as_json([])) == []


def test_github_marks_the_words_in_the_file_as_the_repository_knows_it() -> None:
    assert as_github([FULL], PurePosixPath("books/whale")) == (
        "::error file=books/whale/manuscript/book.md,line=3,col=22,endColumn=29,title=M021"
        "::footnote has no text (page xii)%0Ahint: add a line"
    )


def test_in_the_repository_itself_a_file_has_no_dot_before_it() -> None:
    assert "file=manuscript/book.md," in as_github([FULL], PurePosixPath("."))


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("hint", "notice")])
def test_severities_are_github_s(severity: str, level: str) -> None:
    said = as_github([Problem("M021", Severity(severity), "words")], PurePosixPath())
    assert said == f"::{level} title=M021::words"


def test_signs_of_the_command_itself_are_escaped() -> None:
    odd = Problem("M021", Severity.ERROR, "100% of a::b, c", Span("a,b:c%.md", 1))
    said = as_github([odd], PurePosixPath())
    assert said == "::error file=a%2Cb%3Ac%25.md,line=1,col=1,endColumn=1,title=M021::100%25 of a::b, c"


@given(st.text(), st.text(), st.text(min_size=1))
def test_no_text_can_forge_a_command_and_every_word_comes_through(message: str, hint: str, file: str) -> None:
    said = as_github([Problem("M021", Severity.ERROR, message, Span(file, 1), hint)], PurePosixPath())
    match = COMMAND.fullmatch(said)
    assert match is not None
    assert match[2].count("=") - file.count("=") == 5
    assert unquote(match[3]).count("\n") == 1


def test_a_printed_page_is_said_in_words_too() -> None:
    shown = show([FULL], {}, colour=False)
    assert shown.startswith("manuscript/book.md:3:22: error M021: footnote has no text (page xii)\n")


def test_a_page_without_a_folio_is_none() -> None:
    assert BARE.on_page("12").page == "12"
    assert BARE.on_page("") == BARE


@pytest.mark.parametrize("problem", [FULL, BARE])
def test_a_kept_problem_is_the_same(problem: Problem) -> None:
    assert from_json(json.loads(json.dumps(to_json(problem)))) == problem
