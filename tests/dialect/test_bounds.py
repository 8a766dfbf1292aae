"""Whatever is typed, reading ends soon, and what is too much of something is said with its place."""

import time

import pytest

from publish.book.dialect.blocks import DEPTH

from .helpers import read, text_of

SECONDS = 20.0
"""Far above what any of them takes: the bound tells work that grows with the text from work that explodes."""


def seconds(text: str) -> float:
    start = time.perf_counter()
    read(text)
    return time.perf_counter() - start


@pytest.mark.parametrize(
    "sign",
    [
        "[", "]", "*", "`", ">", "<", "![", "^[", "_", "[^", "](", "[a](", "**a", "*a ", "{#", "~", "^", "|", "\\", "&",
        "<!--", "<b>", "</b>", "<div>", "$", "$a", "[@a", "- ", "1. ", "> ", "- > ", "::: a\n", ":::\n", "```\n",
        "a\n: b\n", "#", "[a]: b\n", "[^a]: b\n", "*[a]: b\n", "`` ", "`a``", "<a@b", "<a:", "\t", "\n",
    ],
)  # fmt: skip
def test_ten_thousand_of_any_sign(sign: str) -> None:
    assert seconds(sign * 10_000) < SECONDS


@pytest.mark.parametrize("step", ["  ", "    ", "> ", "- "])
def test_four_hundred_levels(step: str) -> None:
    text = "\n".join(step * level + "- a" for level in range(400))
    start = time.perf_counter()
    parsed, problems = read(text)
    assert time.perf_counter() - start < SECONDS
    assert {problem.code for problem in problems} == {"M008"}
    assert str(DEPTH) in problems[0].message
    assert text_of(parsed.root).count("a") == 400


@pytest.mark.parametrize(
    "text",
    ["[a]{" + "' " * 60, "# a {" + "' " * 60 + "}", "***" + " " * 100_000 + "x", "|-" + " " * 100_000 + "x",
     "a" + " " * 100_000 + "b", "```" + "`" * 100_000, "Table: a\n\n" * 10_000],
    ids=range(7),
)  # fmt: skip
def test_long_rows_of_a_sign_are_read_once(text: str) -> None:
    assert seconds(text) < SECONDS


def test_a_long_manuscript_takes_time_in_proportion() -> None:
    paragraph = "A *line* of text, [linked](https://e.org), with `code`.\n\n"
    once, four = seconds(paragraph * 1_000), seconds(paragraph * 4_000)
    assert four < 10 * once + 0.5


def test_a_long_paragraph_with_many_marks_ends_soon() -> None:
    assert seconds("plain words and *one* [link](x) " * 400 + "words " * 20_000) < SECONDS


@pytest.mark.parametrize(
    "text",
    ["[" * 200 + "a" + "]{.b}" * 200, "^[" * 200 + "a" + "]" * 200, "<b>" * 200 + "a" + "</b>" * 200,
     "<div>" * 300 + "a" + "</div>" * 300, "<div>\n" * 300 + "a\n" + "</div>\n" * 300,
     "::: b\n" * 300 + "a\n" + ":::\n" * 300],
)  # fmt: skip
def test_marks_too_deep_inside_each_other_are_said_and_their_text_stays(text: str) -> None:
    parsed, problems = read(text)
    assert [problem.code for problem in problems] == ["M008"]
    assert "a" in text_of(parsed.root)
