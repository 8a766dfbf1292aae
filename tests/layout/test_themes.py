"""Themes are found by name, ours and the project's; what is wrong with one is said where it stands."""

from pathlib import Path

import pytest

from publish.layout.palette import properties
from publish.layout.themefile import settings
from publish.layout.themes import themes
from publish.places import Span
from publish.problems import Problems

from .helpers import book, chapter, codes, dressed, xhtml


def write(project: Path, name: str, text: str) -> None:
    path = project / "styles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_our_themes_are_listed_with_what_they_are_for() -> None:
    assert set(themes()) == {"classic", "manual"}
    assert all(themes().values())


def test_a_theme_of_the_project_is_found(tmp_path: Path) -> None:
    write(
        tmp_path,
        "mine/theme.toml",
        'description = "Mine"\n[fonts]\nbody = "Alegreya Sans"\n[options]\nopening = "smallcaps"\n',
    )
    assert themes(tmp_path)["mine"] == "Mine"
    rendition, problems = dressed(book(chapter(""), theme="mine"), project=tmp_path)
    assert not problems
    assert rendition.theme
    assert (rendition.theme.name, rendition.theme.body) == ("mine", "Alegreya Sans")
    assert "opening-smallcaps" in xhtml(rendition)


def test_a_project_changes_one_template_of_our_theme(tmp_path: Path) -> None:
    write(tmp_path, "classic/book.html.j2", "<html>{% for d in documents %}{{ d }}{% endfor %}</html>")
    rendition, problems = dressed(book(chapter("")), project=tmp_path)
    assert not problems
    assert rendition.theme
    assert rendition.theme.templates["book.html.j2"].origin == "styles/classic/book.html.j2"
    assert rendition.theme.templates["contents.j2"].origin in ("base/contents.j2", "classic/contents.j2")


@pytest.mark.parametrize("name", ["clasic", "../classic", "base", "", "/etc", "."])
def test_an_unknown_theme_is_told_with_those_there_are(name: str) -> None:
    span = Span("manuscript/book.md", 9, 1)
    rendition, problems = dressed(book(chapter(""), theme=name, where={"theme": span}))
    assert codes(problems) == ["L001"]
    assert problems[0].span == span
    assert "classic, manual" in problems[0].message
    assert rendition.theme
    assert rendition.theme.name == "classic"


def test_a_near_miss_is_guessed() -> None:
    assert dressed(book(chapter(""), theme="clasic"))[1][0].hint == "did you mean classic?"


def test_a_family_that_is_not_installed_is_told(tmp_path: Path) -> None:
    write(tmp_path, "classic/theme.toml", '[fonts]\nbody = "EB Garamont"\n')
    rendition, problems = dressed(book(chapter("")), project=tmp_path)
    assert codes(problems) == ["L004"]
    assert problems[0].hint == "did you mean EB Garamond?"
    assert rendition.theme
    assert rendition.theme.body == "EB Garamond"


FAULTS = {
    "not TOML": ("name = \n", "L002", 1),
    "an unknown key": ('name = "x"\ncolour = "red"\n', "L003", 2),
    "an unknown option": ('[options]\nopenning = "plain"\n', "L003", 2),
    "an unknown value": ('[options]\nopening = "drop"\n', "L003", 2),
    "a wrong weight": ("[weights]\nbody = [4000]\n", "L003", 2),
    "a group that is none": ('fonts = "EB Garamond"\n', "L003", 1),
    "a family that is a number": ("[fonts]\n\nbody = 3\n", "L003", 3),
    "a colour for screens alone": ('[colours]\nground = "#20343a"\n', "L003", 2),
    "more ink than there is": ('[colours]\nground = { rgb = "#000000", cmyk = [0, 0, 0, 101] }\n', "L003", 2),
    "a colour whose name is none": ('[colours]\n"}x" = { rgb = "#000000", cmyk = [0, 0, 0, 100] }\n', "L003", 2),
    "deep nesting": ("x = " + "[" * 5000, "L002", 1),
}


@pytest.mark.parametrize(("text", "code", "line"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_theme_toml_has_its_line(text: str, code: str, line: int) -> None:
    problems = Problems()
    assert settings(text, "styles/mine/theme.toml", problems) == {}
    (problem,) = problems
    assert problem.code == code
    assert problem.span
    assert (problem.span.file, problem.span.line) == ("styles/mine/theme.toml", line)


def test_what_is_right_in_theme_toml_is_taken() -> None:
    problems = Problems()
    said = settings('name = "X"\n[weights]\nbody = [700, 400]\n[options]\nlinks = "notes"\n', "t", problems)
    assert said == {"weights": ((400, 700), (400, 700), (400, 700)), "links": "notes"}
    assert not list(problems)


def test_a_theme_changes_some_colours_and_has_the_others_of_the_base(tmp_path: Path) -> None:
    write(tmp_path, "classic/theme.toml", '[colours]\nground = { rgb = "#7A1F1F", cmyk = [25, 95, 90, 20] }\n')
    rendition, problems = dressed(book(chapter("")), project=tmp_path)
    assert not problems
    assert rendition.theme
    light, inks = (properties(rendition.theme, inks=inks).split("; ") for inks in (False, True))
    assert "--ground: #7a1f1f" in light
    assert "--ground: device-cmyk(0.25 0.95 0.9 0.2)" in inks
    assert "--accent: #c9b58a" in light


@pytest.mark.parametrize("name", ["classic", "manual"])
def test_our_colours_ask_no_printer_for_more_ink_than_it_recommends_nor_for_faint_tints(name: str) -> None:
    rendition, _ = dressed(book(chapter(""), theme=name))
    assert rendition.theme
    for colour in rendition.theme.colours.values():
        assert sum(colour.cmyk) <= 240  # IngramSpark, File Creation Guide
        assert all(share == 0 or share >= 15 for share in colour.cmyk)
