"""Colours of style sheets that a reader may not see."""

from pathlib import Path

import pytest

from publish.layout.colours import contrast
from publish.problems import Problem

from .helpers import EPUB, PROOF, book, chapter, dressed
from .test_css import styled


def said(css: str, project: Path) -> list[Problem]:
    """What is said of contrast and of links in a style sheet for screens."""
    return [problem for problem in styled(project, css, EPUB)[1] if problem.code in ("L023", "L024")]


def test_contrast_is_that_of_wcag() -> None:
    black, white, grey = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0x77 / 255, 0x77 / 255, 0x77 / 255)
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.005)


FAINT = {
    "grey on the reader's white": "p { color: #777 }",
    "grey on grey": "p { color: #777; background-color: #ccc }",
    "the reader's black on navy": "p { background: navy }",
    "a picture on a dark colour": "p { background: no-repeat #222 }",
    "half-transparent black": "p { color: rgb(0 0 0 / 50%) }",
    "half-transparent text": "p { opacity: 0.4 }",
    "in two rules": "p { background: #444 } p { color: #999 }",
    "the last word of two": "p { color: #111 } p { color: #999 }",
    "through a custom property": ":root { --faint: #999 } p { color: var(--faint) }",
    "one of several selectors": "h1, p { color: #999 } h1 { color: #000 }",
    "inside another rule": "section { p { color: #999 } }",
    "on a dark page": "@media (prefers-color-scheme: dark) { p { color: #333 } }",
    "on screens": "@media screen { p { color: #999 } }",
    "not large enough": "p { color: #888; font-size: 1.4em }",
    "large, and yet too faint": "p { color: #aaa; font-size: 2em }",
    "by hue": "p { color: hsl(30deg 60% 60%) }",
}
CLEAR = {
    "black": "p { color: black }",
    "grey that is dark enough": "p { color: #767676 }",
    "light on dark": "p { color: #eee; background: #222 }",
    "a light ground": "p { background: #eee }",
    "no colour of its own": "p { color: inherit; background: transparent; border-color: #ddd }",
    "light on a dark page": "@media (prefers-color-scheme: dark) { p { color: #ddd } }",
    "on paper": "@media print { p { color: #999 } }",
    "large": "p { color: #888; font-size: 1.5em }",
    "large as it is bold": "p { color: #888; font-size: 120%; font-weight: bold }",
    "a rule between passages": "hr { color: #ddd; opacity: 0.3 }",
    "of a space that e-readers do not know": "p { color: oklch(70% 0.1 30) }",
    "set right later": "p { color: #999 } p { color: #111 }",
}


@pytest.mark.parametrize("css", FAINT.values(), ids=FAINT)
def test_text_that_is_too_faint(css: str, tmp_path: Path) -> None:
    (problem,) = said(css, tmp_path)
    assert problem.code == "L023"
    assert "contrast" in problem.message


@pytest.mark.parametrize("css", CLEAR.values(), ids=CLEAR)
def test_text_that_can_be_read(css: str, tmp_path: Path) -> None:
    assert said(css, tmp_path) == []


def test_the_place_is_the_line_of_the_colour(tmp_path: Path) -> None:
    (problem,) = said("p { margin: 0 }\n\nq {\n  margin: 0;\n  color: #999;\n}", tmp_path)
    assert str(problem.span) == "styles/custom.css:5:3"
    assert problem.message == "q: contrast 2.8, and 4.5 is needed"


def test_paper_is_not_asked(tmp_path: Path) -> None:
    assert styled(tmp_path, "p { color: #999 } a { text-decoration: none }", PROOF)[1] == []


HIDDEN = {
    "all links": "a { text-decoration: none }",
    "those that lead somewhere": "a:link { text-decoration: none; color: blue }",
    "links in paragraphs": "p a { text-decoration-line: none }",
    "cross references": ".ref { text-decoration: none }",
    "with a border of nothing": "a { text-decoration: none; border: 0; font-weight: normal }",
    "in two rules": "a { text-decoration: none } a { color: navy }",
}
TOLD = {
    "an underline": "a { color: navy }",
    "a dotted line": "a { text-decoration: none; border-bottom: 1px dotted }",
    "bold": "a { text-decoration: none } a { font-weight: bold }",
    "raised signs": "a.note-call { text-decoration: none } .note-back { text-decoration: none }",
    "the contents": "nav a { text-decoration: none }",
    "under the finger": "a:hover { text-decoration: none }",
    "no link": "ins { text-decoration: none }",
    "put back": "a { text-decoration: none } a { text-decoration: underline }",
}


@pytest.mark.parametrize("css", HIDDEN.values(), ids=HIDDEN)
def test_links_that_nothing_but_colour_tells_apart(css: str, tmp_path: Path) -> None:
    (problem,) = said(css, tmp_path)
    assert (problem.code, str(problem.span).rpartition(":")[0]) == ("L024", "styles/custom.css:1")


@pytest.mark.parametrize("css", TOLD.values(), ids=TOLD)
def test_links_that_can_be_told_apart(css: str, tmp_path: Path) -> None:
    assert said(css, tmp_path) == []


@pytest.mark.parametrize("theme", ["classic", "manual"])
def test_our_own_themes_can_be_read(theme: str, tmp_path: Path) -> None:
    _, problems = dressed(book(chapter(""), theme=theme), EPUB, tmp_path)
    assert problems == []
