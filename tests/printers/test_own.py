"""A printer of the author's own: its file is read like ours, and every mistake in it is said at its place."""

from importlib.resources import files
from pathlib import Path

import pytest

from publish.pdf.stripping import PARTS
from publish.printers import PRINTERS
from publish.printers.form import STRIPPED
from publish.printers.own import find_printer, own_names, unusable_names
from publish.printers.profiles import INCH, Printer
from publish.problems import Problem, Problems

from .own import HARBOUR, put


def read(project: Path, text: str = HARBOUR, name: str = "harbour") -> tuple[Printer | None, list[Problem]]:
    problems = Problems()
    put(project, text, name)
    return find_printer(name, project, problems), list(problems)


def changed(old: str, new: str) -> str:
    assert HARBOUR.count(old) == 1
    return HARBOUR.replace(old, new)


def test_a_whole_file_is_a_printer(tmp_path: Path) -> None:
    found, problems = read(tmp_path)
    assert problems == []
    assert found is not None
    assert (found.key, found.name, found.checked) == ("harbour", "Harbour Press", "2026-08")
    assert found.sources["cover"] == "by letter"
    assert found.takes(129, 198)
    assert found.pages("black", "munken") == (4, 300)
    assert found.spine(100, "black", "munken") == pytest.approx((0.31 + 0.02) * INCH, abs=0.01)
    assert found.gutter(101) == pytest.approx(0.75 * INCH, abs=0.001)


@pytest.mark.parametrize("ours", PRINTERS)
def test_our_own_files_keep_to_the_form(tmp_path: Path, ours: str) -> None:
    text = (files("publish.printers") / f"{ours}.toml").read_text(encoding="utf-8")
    found, problems = read(tmp_path, text, "copied")
    assert problems == []
    assert found is not None
    assert found.name == find_printer(ours, tmp_path, Problems()).name  # type: ignore[union-attr]


def test_what_may_be_taken_out_is_what_we_can_take_out() -> None:
    assert {*STRIPPED} == {*PARTS}


MISTAKES = {
    "no name": (changed('name = "Harbour Press"\n', ""), "N023", 1, 1, "name is missing"),
    "no name in the name": (changed('"Harbour Press"', '" "'), "N021", 2, 1, "name must be the printer's name"),
    "a text for a length": (
        changed("outer = 0.4", 'outer = "10 mm"'),
        "N021",
        13,
        1,
        "outer must be a length in inches",
    ),
    "a truth for a length": (changed("outer = 0.4", "outer = true"), "N021", 13, 1, "outer must be a length"),
    "a length of no end": (changed("outer = 0.4", "outer = inf"), "N021", 13, 1, "outer must be a length"),
    "gutters that shrink": (changed("[400, 0.75]", "[400, 0.25]"), "N021", 12, 1, "both growing"),
    "no gutters": (changed("[[100, 0.5], [400, 0.75]]", "[]"), "N021", 12, 1, "inner must be a list of counts"),
    "a size of one side": (changed("largest = [8, 11]", "largest = [8]"), "N021", 7, 1, "a width and a height"),
    "a largest that is smaller": (
        changed("largest = [8, 11]", "largest = [8, 5]"),
        "N021",
        7,
        1,
        "as high as smallest",
    ),
    "limits that cross": (changed("[4, 300]", "[300, 4]"), "N021", 25, 29, "the fewest and the most pages"),
    "no thickness": (changed("0.0031", "0"), "N021", 30, 26, "black on munken must be the thickness"),
    "papers without values": (
        changed("black = { white = 0.002, munken = 0.0031 }", "black = 0.002"),
        *("N021", 30, 1, "black must be papers with a value each"),
    ),
    "no ink": (changed("black = { white = [4, 400], munken = [4, 300] }\n", ""), "N023", 24, 2, "[pages] lacks an ink"),
    "an unknown flavour": (changed('flavour = "pdf"', 'flavour = "x3"'), "N021", 45, 1, "one of pdf, x1a, x4"),
    "an unknown part": (changed('["outline"]', '["outlines"]'), "N021", 46, 1, "outline, annotations"),
    "a misspelt key": (changed("spine-clear = 0.0625", "spine-clear = 0.0625\nsave = 1"), "N022", 39, 1, "no save"),
    "a misspelt group": (HARBOUR + "\n[covers]\nsafe = 1\n", "N022", 52, 2, "no group or key covers"),
    "an unknown ink": (
        changed("added = 0.02", "blue = { white = 0.002 }"),
        "N022",
        31,
        1,
        "in [spine] there is no blue",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_at_its_place(tmp_path: Path, mistake: str) -> None:
    text, code, line, column, words = MISTAKES[mistake]
    found, problems = read(tmp_path, text)
    assert found is None
    (problem,) = problems
    assert problem.code == code
    assert str(problem.span) == f"printers/harbour.toml:{line}:{column}"
    assert words in problem.message


@pytest.mark.parametrize(
    ("old", "words", "hint"),
    [
        ('checked = "2026-08"\nsource = "Data sheet, page 2"', "[trims] lacks checked", '"2026-09"'),
        ('source = "Data sheet, page 2"', "[trims] lacks source", "where you read them"),
        ("outer = 0.4\n", "[margins] lacks outer", "a length in inches"),
        (
            '[bleed]\nbleed = 0.118\nchecked = "2026-08"\nsource = "Data sheet, page 3"\n',
            "the group [bleed]",
            "[bleed]",
        ),
    ],
)
def test_what_is_missing_is_said_with_what_to_add(tmp_path: Path, old: str, words: str, hint: str) -> None:
    _, problems = read(tmp_path, changed(old, ""))
    assert problems
    first = problems[0]
    assert first.code == "N023"
    assert words in first.message
    assert first.hint is not None
    assert first.hint.startswith("add ")
    assert hint in first.hint


def test_a_date_is_a_month_and_no_day(tmp_path: Path) -> None:
    _, problems = read(
        tmp_path, changed('"2026-08"\nsource = "Data sheet, page 2"', '2026-08-01\nsource = "Data sheet"')
    )
    assert [problem.code for problem in problems] == ["N021"]
    assert "checked must be the month" in problems[0].message


def test_all_mistakes_are_said_at_once_and_a_near_key_is_named(tmp_path: Path) -> None:
    text = changed("outer = 0.4", "outre = 0.4").replace("ppi = 300", "ppi = -1").replace("[4, 400]", "4")
    _, problems = read(tmp_path, text)
    assert [problem.code for problem in problems] == ["N022", "N023", "N021", "N021"]
    assert problems[0].hint == "did you mean outer?"


@pytest.mark.parametrize(
    ("text", "line", "column"), [("name = \n", 1, 8), ("name = 'a'\nname = 'b'\n", 2, 11), ("a = " + "[" * 9000, 1, 1)]
)
def test_what_is_no_toml_is_no_traceback(tmp_path: Path, text: str, line: int, column: int) -> None:
    found, problems = read(tmp_path, text)
    assert found is None
    (problem,) = problems
    assert problem.code == "N020"
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (line, column)


@pytest.mark.parametrize(
    "text", ["", "name = 1", "trims = 1\nmargins = []", "[trims.sizes]\na = 1", "[[pages]]\na = 1"]
)
def test_a_file_of_another_shape_is_said_to_be_so(tmp_path: Path, text: str) -> None:
    found, problems = read(tmp_path, text)
    assert found is None
    assert {problem.code for problem in problems} <= {"N021", "N022", "N023"}
    assert len(problems) > 3


def test_what_lies_outside_is_not_read(tmp_path: Path) -> None:
    project = tmp_path / "book"
    secret = put(tmp_path / "elsewhere", HARBOUR)
    (project / "printers").mkdir(parents=True)
    (project / "printers" / "harbour.toml").symlink_to(secret)
    problems = Problems()
    assert find_printer("harbour", project, problems) is None
    assert [problem.code for problem in problems] == ["N020"]
    assert "leads out of the project" in next(iter(problems)).message


def test_a_folder_that_lies_outside_has_no_printers(tmp_path: Path) -> None:
    project = tmp_path / "book"
    put(tmp_path / "elsewhere", HARBOUR)
    project.mkdir()
    (project / "printers").symlink_to(tmp_path / "elsewhere" / "printers")
    assert own_names(project) == ()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"a" * 200_000])
def test_bytes_that_are_no_text_or_too_many(tmp_path: Path, data: bytes) -> None:
    put(tmp_path, "").write_bytes(data)
    problems = Problems()
    assert find_printer("harbour", tmp_path, problems) is None
    assert [problem.code for problem in problems] == ["N020"]


def test_names(tmp_path: Path) -> None:
    for name in ("harbour", "my-press", "Harbour", "harbour press", "proof", "kdp"):
        put(tmp_path, HARBOUR, name)
    assert own_names(tmp_path) == ("harbour", "my-press")
    assert unusable_names(tmp_path) == ("Harbour.toml", "harbour press.toml", "proof.toml")


def test_the_name_of_one_of_ours_is_taken(tmp_path: Path) -> None:
    found, problems = read(tmp_path, HARBOUR, "kdp")
    assert found is None
    (problem,) = problems
    assert problem.code == "N024"
    assert str(problem.span) == "printers/kdp.toml:1:1"
    assert problem.hint == "rename the file: printers/my-kdp.toml"
    other, none = read(tmp_path, HARBOUR, "harbour")
    assert other is not None
    assert none == []
