"""The print styles of our themes say nothing that would tie one section's pages to another's.

A section can then be laid out by itself, with the same lines on the same pages as in the whole book.
"""

import re
from pathlib import Path

import pytest

from conftest import HOUSE

STYLES = sorted((HOUSE / "styles").glob("*/*.css"))
TYING = {
    "a page number in the text": r"target-(counter|counters|text)\(",
    "a counter of our own": r"counter-(increment|set)\s*:|counter-reset:(?!\s*page\s)",
    "a counter in the text": r"^[^@{}]*::(before|after)[^{}]*\{[^}]*counter\(",
    "an element taken into the margin": r"running\(|element\(",
    "a box fixed to all pages": r"position:\s*fixed",
    "the first of a page's strings": r"string\([^)]*,",
    "a page by its number in the book": r"@page[^{]*:nth\((?![^)]*\bof\b)",
    "a section by its neighbours": r"section[\w.-]*\s*[+~]|[+~]\s*section\b",
    "a section by its place": r"section[\w.-]*:(first|last|nth|only)-",
}


@pytest.mark.parametrize("file", STYLES, ids=lambda file: f"{file.parent.name}/{file.name}")
@pytest.mark.parametrize("what", TYING)
def test_no_style_ties_sections_together(what: str, file: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.search(TYING[what], css, re.MULTILINE) is None


@pytest.mark.parametrize(
    ("what", "css"),
    [
        ("a page number in the text", "a::after { content: target-counter(attr(href), page) }"),
        ("a counter of our own", "h1 { counter-increment: chapter }"),
        ("a counter of our own", "h1 { counter-reset: note }"),
        ("a counter in the text", "h1::before { content: counter(chapter) }"),
        ("an element taken into the margin", "h1 { position: running(head) }"),
        ("a box fixed to all pages", ".mark { position: fixed }"),
        ("the first of a page's strings", "@page { @top-left { content: string(short, start) } }"),
        ("a page by its number in the book", "@page :nth(3) { margin: 0 }"),
        ("a section by its neighbours", "section + section { margin: 0 }"),
        ("a section by its place", "section.chapter:first-child { margin: 0 }"),
    ],
)
def test_what_ties_sections_together_is_found(what: str, css: str) -> None:
    assert re.search(TYING[what], css, re.MULTILINE)


def test_left_and_right_pages_have_text_areas_of_one_size() -> None:
    base = (HOUSE / "styles" / "base" / "print.css").read_text(encoding="utf-8")
    assert "@page :left { margin-left: var(--outer); margin-right: var(--inner) }" in base
    assert "@page :right { margin-left: var(--inner); margin-right: var(--outer) }" in base
