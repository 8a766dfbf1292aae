"""Colours of style sheets that are good by day alone."""

from pathlib import Path

import pytest

from publish.places import Span
from publish.problems import Problem

from .helpers import EPUB, PROOF, book, chapter, dressed
from .test_css import styled


def said(css: str, project: Path) -> list[Problem]:
    """What is said of the night under a style sheet for screens."""
    return [problem for problem in styled(project, css, EPUB)[1] if problem.code == "L025"]


GONE = {
    "black letters": ("h1 { color: black }", "color: black"),
    "nearly black ones": (".letter { color: #222 }", "color: #222"),
    "black through a custom property": (":root { --ink: #000 } h1 { color: var(--ink) }", "color: #000"),
    "a light ground": ("pre { background: #eee }", "background: #eee"),
    "a light ground in other words": ("pre { background-color: ivory }", "background-color: ivory"),
    "black lines": ("table { border-top: 1px solid black }", "border-top: 1px solid black"),
    "the colour of lines": ("td { border-color: #000 #111 }", "border-color: #000 #111"),
    "on some screens": ("@media (min-width: 30em) { h1 { color: black } }", "color: black"),
    "by night something else": (
        "h1 { color: black } @media (prefers-color-scheme: dark) { h1 { font-size: 2em } }",
        "color: black",
    ),
}
SEEN = {
    "no colour": "h1 { font-weight: bold; border-bottom: 1px solid }",
    "both colours": "pre { background: #eee; color: #222 }",
    "both, in two rules": "pre { background: #eee } pre { color: #222; border: 1px solid black }",
    "a colour for day and night": "h1 { color: #a8442a }",
    "a ground that lets the page through": "pre { background: rgb(128 128 128 / 15%) }",
    "no ground": "pre { background: none; border-color: transparent }",
    "another colour by night": "h1 { color: black } @media (prefers-color-scheme: dark) { h1 { color: #eee } }",
    "another ground by night": (
        "pre { background: #eee } @media (prefers-color-scheme: dark) { pre { background: #222 } }"
    ),
    "paper behind a drawing": "img { background: white }",
    "on paper": "@media print { h1 { color: black } }",
}


@pytest.mark.parametrize("case", GONE.values(), ids=GONE.keys())
def test_what_is_gone_by_night_is_said_with_its_place(case: tuple[str, str], tmp_path: Path) -> None:
    css, declaration = case
    (problem,) = said(f"\n{css}", tmp_path)
    assert (problem.severity, problem.span and problem.span.file, problem.span and problem.span.line) == (
        "warning",
        "styles/custom.css",
        2,
    )
    assert f"{{ {declaration} }}" in problem.message


@pytest.mark.parametrize("css", SEEN.values(), ids=SEEN.keys())
def test_what_is_seen_is_not(css: str, tmp_path: Path) -> None:
    assert said(css, tmp_path) == []


def test_paper_has_no_night(tmp_path: Path) -> None:
    assert styled(tmp_path, "h1 { color: black }", PROOF)[1] == []


@pytest.mark.parametrize("theme", ["classic", "manual"])
def test_our_own_themes_leave_colours_to_the_reader(theme: str) -> None:
    assert dressed(book(chapter('<p data-p="2">x</p>'), theme=theme), EPUB)[1] == []


FORCED = {
    "size": ("body { font-size: 12pt }", "font-size: 12pt"),
    "face": ("html { font-family: Garamond }", "font-family: Garamond"),
    "all of the face": ("* { font: 1em/1.2 serif }", "font: 1em/1.2 serif"),
    "colour": ("h1, body p { color: #a8442a }", "color: #a8442a"),
    "ground": (":root { background-color: #777 }", "background-color: #777"),
    "distance of lines": ("p { line-height: 1.2 }", "line-height: 1.2"),
    "margins of the page": ("body { margin-left: 4em }", "margin-left: 4em"),
    "on some screens": ("@media screen { body { font-size: 0.9em } }", "font-size: 0.9em"),
}
LEFT = {
    "what the reader has": "body { font-size: 1em; color: inherit; background: none; margin: 0; line-height: normal }",
    "paragraphs and their margins": "p { margin: 1em 0; text-indent: 0; hyphens: none }",
    "parts of the text": "h1, .letter, .letter p, pre { font-size: 0.9em; line-height: 1.2; margin: 2em }",
    "paper": "@media print { body { font-size: 10pt } }",
    "pages": "@page { margin: 2cm }",
}


@pytest.mark.parametrize("case", FORCED.values(), ids=FORCED.keys())
def test_what_is_the_readers_to_choose_is_said_with_its_place(case: tuple[str, str], tmp_path: Path) -> None:
    css, declaration = case
    problems = [problem for problem in styled(tmp_path, css, EPUB)[1] if problem.code == "L026"]
    assert [problem.span for problem in problems] == [Span("styles/custom.css", 1, css.index(declaration) + 1)]
    assert f"{{ {declaration} }}" in problems[0].message


@pytest.mark.parametrize("css", LEFT.values(), ids=LEFT.keys())
def test_what_sets_parts_apart_is_not(css: str, tmp_path: Path) -> None:
    assert [problem.code for problem in styled(tmp_path, css, EPUB)[1] if problem.code == "L026"] == []
