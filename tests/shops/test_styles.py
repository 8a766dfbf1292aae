"""What Kindle asks of styles: the text keeps its reader's size, face and colour."""

import pytest

from publish.layout.wholetext import LOOKS, forced
from publish.places import Span

from .shelf import XHTML, File, codes, epub, page, said


def sheet(css: str) -> File:
    """A style sheet."""
    return File("a.css", "text/css", css)


@pytest.mark.parametrize(
    ("css", "declaration"),
    [
        ("body { font-size: 12pt }", "font-size: 12pt"),
        ("html { font: 1em/1.2 serif }", "font: 1em/1.2 serif"),
        ("p { font-family: Garamond }", "font-family: Garamond"),
        ("h1, body p { color: #000 }", "color: #000"),
        ("html > body > section > p { COLOR: black }", "COLOR: black"),
        ("* { background: white }", "background: white"),
        (":root { background-color: #fff }", "background-color: #fff"),
        ("@media screen { @supports (color: red) { body { font-size: 0.9em } } }", "font-size: 0.9em"),
    ],
)
def test_a_style_for_the_whole_text(css: str, declaration: str) -> None:
    (problem,) = said(epub(sheet(f"\n\n{css}")), "kindle")
    assert (problem.code, problem.severity, problem.span) == ("E078", "warning", Span("EPUB/a.css", 3))
    assert f"{{ {declaration} }}" in problem.message


@pytest.mark.parametrize(
    "css",
    [
        "body { margin: 0; line-height: 1.4; font-size: 1em; color: inherit; background: none }",
        "html { font-size: 100%; background-color: transparent; color: currentColor }",
        "h1, p.caption, .note p, blockquote p, pre, code { font-size: 0.9em; font-family: monospace; color: #555 }",
        "p:first-child, p#a, p[lang], p::first-letter { color: red }",
        "@media print { body { font: 10pt serif } }",
        "@page { color: red }",
        "@font-face { font-family: X; src: url(x.ttf) }",
        "body { font-size",
        "body { --size: 12pt }",
    ],
)
def test_a_style_for_parts_of_it_or_for_what_the_reader_leaves_open(css: str) -> None:
    assert codes(epub(sheet(css)), "kindle") == []


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [("<body>", "<body style='color: black'>", 2), ("</body>", "\n<style>p { font-size: 9pt }</style></body>", 3)],
    ids=["on the body", "in the document"],
)
def test_a_style_inside_a_document(before: str, after: str, line: int) -> None:
    styled = File("one.xhtml", XHTML, page("<p style='color: black'>x</p>").replace(before, after))
    (problem,) = said(epub(styled), "kindle")
    assert (problem.code, problem.span) == ("E078", Span("EPUB/one.xhtml", line))


def test_a_style_sheet_nested_without_end_is_left_alone() -> None:
    assert list(forced("@media screen {" * 100_000 + "body { color: red }", LOOKS)) == []
