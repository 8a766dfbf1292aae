"""Problems as an author reads them."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from publish.places import Span
from publish.problems import Problem, Severity
from publish.report import WIDE, show

FILE = "manuscript/book.md"


def problem(
    line: int = 1, column: int = 1, length: int = 1, message: str = "words", hint: str | None = None
) -> Problem:
    return Problem("M021", Severity.ERROR, message, Span(FILE, line, column, length), hint)


def excerpt(source: str, column: int, length: int = 1) -> tuple[str, str]:
    """The shown line and the row of carets, gutters taken off."""
    _, line, carets = show([problem(1, column, length)], {FILE: source}, colour=False).split("\n")
    assert line.startswith("  1 | ")
    assert carets.startswith("    | ")
    return line[6:], carets[6:]


def test_a_problem_has_place_code_words_line_carets_and_hint() -> None:
    source = "One.\n\nHe wrote of the whale[^whale] in 1851.\n"
    shown = show([problem(3, 22, 8, "footnote [^whale] has no text", "add a line")], {FILE: source}, colour=False)
    assert shown == (
        "manuscript/book.md:3:22: error M021: footnote [^whale] has no text\n"
        "  3 | He wrote of the whale[^whale] in 1851.\n"
        "    |                      ^^^^^^^^\n"
        "  hint: add a line"
    )


def test_problems_stand_below_each_other_in_the_order_given() -> None:
    second = Problem("F001", Severity.WARNING, "no folder", None, None)
    assert show([problem(), second], {}, colour=False) == (
        "manuscript/book.md:1:1: error M021: words\nwarning F001: no folder"
    )


def test_nothing_is_shown_of_no_problems() -> None:
    assert show([], {}, colour=False) == ""


@pytest.mark.parametrize(("line", "column"), [(9, 1), (0, 1)])
def test_a_line_that_is_not_there_is_not_shown(line: int, column: int) -> None:
    assert show([problem(line, column)], {FILE: "one\n"}, colour=False).count("\n") == 0


@pytest.mark.parametrize(
    ("source", "column", "length", "line", "carets"),
    [
        ("abc", 2, 1, "abc", " ^"),
        ("abc", 2, 9, "abc", " ^^"),
        ("abc", 4, 1, "abc", "   ^"),
        ("\tabc", 2, 3, "    abc", "    ^^^"),
        ("a\tbc", 3, 2, "a   bc", "    ^^"),
        ("日本語", 2, 1, "日本語", "  ^^"),
        ("q\u0323ab", 3, 1, "q\u0323ab", " ^"),
        ("cafe\u0301 x", 6, 1, "café x", "     ^"),
        ("a\u202eb", 3, 1, "a<U+202E>b", "         ^"),
        ("a\u202eb", 2, 1, "a<U+202E>b", " ^^^^^^^^"),
        ("Əğ İ", 4, 1, "Əğ İ", "   ^"),
        ("", 1, 1, "", "^"),
    ],
)
def test_carets_stand_under_what_they_mean(source: str, column: int, length: int, line: str, carets: str) -> None:
    assert excerpt(source, column, length) == (line, carets)


def test_other_line_ends_count_as_lines() -> None:
    shown = show([problem(3)], {FILE: "\ufeffone\r\ntwo\rthree"}, colour=False)
    assert "  3 | three\n" in shown


@pytest.mark.parametrize("column", [1, 30, 90, 500, 1000])
def test_a_long_line_is_cut_around_the_carets(column: int) -> None:
    source = "".join(f"{number:04d} " for number in range(200))
    line, carets = excerpt(source, column, 4)
    at = carets.index("^")
    assert line[at : at + 4].rstrip() == source[column - 1 : column + 3].rstrip()
    assert cell_len(line) <= WIDE + 1
    assert line.endswith("…") == (column < 900)
    assert line.startswith("…") == (column > 60)


def test_a_letter_keeps_its_marks_where_a_line_is_cut() -> None:
    line, _ = excerpt("q\u0323" * 300, 401)
    assert not unicodedata.combining(line[1])


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J", "\x07", "\u202eevil", "\u2028", "\u2066", "\x9b31m", "\ud800", "\ufffe"]
)
def test_no_text_can_forge_what_the_terminal_shows(hostile: str) -> None:
    span = Span(f"manuscript/{hostile}.md", 1)
    for colour in (False, True):
        shown = show([Problem("M021", Severity.ERROR, hostile, span, hostile)], {span.file: hostile}, colour=colour)
        plain = re.sub("\x1b\\[[0-9;]*m", "", shown) if colour else shown
        assert not set(plain) & (set(hostile) - set(" -~[2Jevil31m"))
        assert f"<U+{ord(hostile[0]):04X}>" in plain


def test_a_line_end_in_a_message_begins_no_line() -> None:
    assert show([problem(message="a\nerror: forged")], {}, colour=False).count("\n") == 0


def test_colour_changes_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    many = [problem(1, 3, 2, "[bold]words[/bold] :smile:", "a hint " * 30)]
    coloured = show(many, {FILE: "one two " * 40}, colour=True)
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == show(many, {FILE: "one two " * 40}, colour=False)


@given(st.text(max_size=300), st.integers(1, 320), st.integers(1, 50))
def test_every_line_is_shown_in_bounds(source: str, column: int, length: int) -> None:
    lines = show([problem(1, column, length)], {FILE: source}, colour=False).split("\n")
    assert len(lines) == 3
    assert all(cell_len(line) <= WIDE + 8 for line in lines[1:])
    assert "^" in lines[2]
