"""Every block knows its lines, and whatever may be complained of its line, column and length."""

import pytest

from publish.book.parsed import Parsed

from .helpers import place, read


def of(parsed: Parsed, tag: str) -> list[tuple[int, int, int]]:
    return [place(element) for element in parsed.root.iter(tag) if element.get("data-column")]


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("See a.md and [x](a.md)", "a", [(1, 14, 9)]),
        ("`[x](#y)` then **b [x](#y)**", "a", [(1, 20, 7)]),
        (r"\[x](#y) [x](#y)", "a", [(1, 10, 7)]),
        ("&copy; &amp; [x](#y)", "a", [(1, 14, 7)]),
        ("> - text [a](#a)\n>   more [b](#b)", "a", [(1, 10, 7), (2, 10, 7)]),
        ("| x [c](#c) |\n|---|\n| \\| [e](#e) |", "a", [(1, 5, 7), (3, 6, 7)]),
        ("[](#a) and [](#a){.page}", "a", [(1, 1, 6), (1, 12, 13)]),
        ("a[^n] b[^n]", "a", [(1, 2, 4), (1, 8, 4)]),
        ("*a* ^[n [x](y)]", "a", [(1, 5, 11)]),
        ("x ![*w*](w.jpg){width=3}", "img", [(1, 3, 22)]),
        ("\n![w](w.jpg)", "img", [(2, 1, 11)]),
        ("- ![w](w.jpg)", "img", [(1, 3, 11)]),
        ("a\n\t[s]{.x}", "span", [(2, 2, 7)]),
        ("## *T* {#id}", "h2", [(1, 1, 12)]),
        ("> # T", "h1", [(1, 3, 3)]),
        ("a\n\nT\n---", "h2", [(3, 1, 1)]),
        ("<kbd>a</kbd> <b>[x](y)</b>", "a", [(1, 17, 6)]),
        ("[a\nb](c)", "a", [(1, 1, 2)]),
    ],
)
def test_places_of_constructs(text: str, tag: str, expected: list[tuple[int, int, int]]) -> None:
    parsed, _ = read(text)
    assert of(parsed, tag) == expected


def test_blocks_know_their_first_and_last_line() -> None:
    parsed, _ = read("One\ntwo\n\n- a\n- b\n\n> q\n\n::: x\ny\n:::\n\n```\nz\n```\n\n| v\n| w\n")
    lines = [(block.tag, block.get("data-line"), block.get("data-end")) for block in parsed.root]
    assert lines[:4] == [("p", "1", "2"), ("ul", "4", "5"), ("blockquote", "7", "7"), ("div", "9", "11")]
    assert [first for _, first, _ in lines[4:]] == ["13", "17"]


def test_lines_count_from_the_head_of_the_file_though_markdown_begins_later() -> None:
    from publish.book.markdown import parse
    from publish.manuscript.model import Source
    from publish.problems import Problems

    parsed = parse(Source("m/1.md", "---\ntitle: x\n---\n[a](#b)", first_line=4), Problems())
    assert [element.tag for element in parsed.root] == ["p"]
    assert of(parsed, "a") == [(4, 1, 7)]


def test_problems_point_at_what_they_speak_of() -> None:
    _, problems = read("> - so [@key] and <script>\n\n# T {#a b}\n")
    spans = {
        problem.code: (problem.span.line, problem.span.column, problem.span.length)
        for problem in problems
        if problem.span
    }
    assert spans == {"M010": (1, 8, 6), "M006": (1, 19, 8), "M004": (3, 5, 6)}
