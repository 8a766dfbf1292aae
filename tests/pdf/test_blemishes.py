"""What a typesetter would say of the pages: each with a page that is so and one that is not."""

import io
from hashlib import sha256
from types import SimpleNamespace

import pytest
from PIL import Image

from publish.layout.model import Picture
from publish.pdf.boxes import _hanging
from publish.places import Span
from publish.problems import Problem, Severity

from .paper import Paper, book, paper, section

WORDS = "Some plain words of a paragraph that goes on and on as paragraphs do. "
LONG = "incomprehensibilities "
JUSTIFIED = "p { text-align: justify; hyphens: none }"
NARROW = "@page { size: 44mm 110mm } p { text-align: justify; hyphens: auto }"


def said(made: Paper, *codes: str) -> list[Problem]:
    """The problems with these codes."""
    return [problem for problem in made.problems if problem.code in codes]


def lines(count: int) -> str:
    """A paragraph of so many lines, since each is broken by hand."""
    return "<p>" + "<br/>".join(f"Line number {number}" for number in range(1, count + 1)) + "</p>"


def text(markup: str, css: str = "") -> Paper:
    """A book of one section on paper."""
    return paper(book(section(markup)), css)


def test_a_word_that_is_wider_than_its_column_runs_out_of_it() -> None:
    wide = f"<p>Before it.</p><p>{'unbreakable' * 5}</p>"
    (problem,) = said(text(wide, "p { width: 40mm }"), "Q001")
    assert problem.severity is Severity.WARNING
    assert problem.span == Span("text.md", 2)
    assert problem.page == "1"
    assert "mm out of its column: “unbreakableunbreakable" in problem.message
    assert said(text(wide, "p { width: 40mm; overflow-wrap: anywhere }"), "Q001") == []


@pytest.mark.parametrize(("words", "hangs"), [("were in ", 10), ("were in", 0), ("  ", 80), ("", 0)])
def test_a_space_at_the_end_of_a_line_is_no_part_of_it(words: str, hangs: float) -> None:
    """In code the engine leaves it there, in other text it takes it away."""
    last = SimpleNamespace(text=words, width=80.0)
    line = SimpleNamespace(children=[SimpleNamespace(children=[SimpleNamespace(text="as its ", width=70.0), last])])
    assert _hanging(line) == hangs


def test_a_justified_line_with_two_words_is_loose() -> None:
    loose = f"<p>Two words {'unbreakable' * 4} and so on to the end of it.</p>"
    (problem,) = said(text(loose, JUSTIFIED), "Q002")
    assert problem.message == "a loose line: “Two words”"


@pytest.mark.parametrize("css", ["", JUSTIFIED])
def test_ragged_lines_and_even_ones_are_not_loose(css: str) -> None:
    words = WORDS if css else f"Two words {'unbreakable' * 4} and so on. "
    assert said(text(f"<p>{words * 3}</p>", css), "Q002", "Q003") == []


def test_words_that_a_style_pushes_together_are_tight() -> None:
    found = said(text(f"<p>{WORDS}</p>", "p { word-spacing: -0.12em }"), "Q003")
    assert found[0].message.startswith("a tight line: “Some plain words")
    assert said(text(f"<p>{WORDS}</p>", "p { word-spacing: -0.05em }"), "Q003") == []


def test_three_hyphens_below_each_other_are_a_ladder() -> None:
    (problem,) = said(text(f"<p>{LONG * 6}</p>", NARROW), "Q004")
    assert problem.message.startswith("8 lines in a row end with a hyphen, from “incom")
    assert said(text(f"<p>{LONG * 2}</p>", NARROW), "Q004") == []


def test_a_word_over_the_turn_of_a_leaf_is_said_to_be_so() -> None:
    """The last line of the first page, a right one, ends in the middle of a word."""
    page = f"{NARROW} @page {{ size: 44mm 40mm }}"
    found = said(text(f"<p>{LONG * 9}</p>", page), "Q005")
    assert "the leaf must be turned" in found[0].message
    assert found[0].page == "1"
    assert said(text(f"<p>{LONG * 9}</p>", f"{page} p {{ hyphens: none }}"), "Q005") == []


@pytest.mark.parametrize(("kept", "code"), [("widows: 1; orphans: 1", ["Q006"]), ("widows: 2; orphans: 2", [])])
def test_a_last_line_alone_at_the_head_of_a_page(kept: str, code: list[str]) -> None:
    made = text(lines(19), f"p {{ {kept} }}")
    assert [problem.code for problem in said(made, "Q006", "Q007")] == code


@pytest.mark.parametrize(("kept", "code"), [("widows: 1; orphans: 1", ["Q007"]), ("widows: 2; orphans: 2", [])])
def test_a_first_line_alone_at_the_foot_of_a_page(kept: str, code: list[str]) -> None:
    made = text(lines(16) + lines(4), f"p {{ {kept} }}")
    assert [problem.code for problem in said(made, "Q006", "Q007")] == code


def test_a_last_line_shorter_than_the_next_indent() -> None:
    made = text("<p>A line that is broken before<br/>it.</p><p>And the next one.</p>", "p { text-indent: 15mm }")
    (problem,) = said(made, "Q008")
    assert problem.message == "the last line of a paragraph is only “it.”"
    assert said(text("<p>A line that is broken before<br/>it.</p>"), "Q008") == []


def test_the_rest_of_a_divided_word_is_too_little_for_a_line() -> None:
    short = "<p>To the very end of it went the ex\u00adtra.</p>"
    css = "@page { size: 66mm 110mm } p { hyphens: manual }"
    assert [problem.message for problem in said(text(short, css), "Q008")] == [
        "the last line of a paragraph is only “tra.”"
    ]


@pytest.mark.parametrize(("kept", "code"), [("auto", ["Q009"]), ("avoid", [])])
def test_a_heading_alone_at_the_foot_of_a_page(kept: str, code: list[str]) -> None:
    made = text(f'{lines(16)}<h2 id="next">Next</h2>{lines(4)}', f"h2 {{ break-after: {kept} }}")
    assert [problem.code for problem in said(made, "Q009")] == code


@pytest.mark.parametrize(("kept", "code"), [("auto", ["Q010"]), ("avoid", [])])
def test_a_table_row_on_two_pages(kept: str, code: list[str]) -> None:
    table = f"{lines(12)}<table><tr><td>{lines(9)}</td></tr></table>"
    assert [problem.code for problem in said(text(table, f"tr {{ break-inside: {kept} }}"), "Q010")] == code


def test_a_note_that_takes_its_line_along_leaves_a_page_empty_at_its_foot() -> None:
    note = "A note of many words. " * 24
    held = ".footnote { footnote-policy: line; break-inside: avoid }"
    made = paper(book(section(f"{lines(11)}<p>A call[1] here.</p>{lines(2)}", notes=(note,))), held)
    (problem,) = said(made, "Q011")
    assert "of the page stay empty at its foot, since note 1 found no room" in problem.message
    assert problem.page == "1"


def test_a_page_that_ends_where_somebody_broke_it_is_not_empty() -> None:
    for css in ("p + p { break-before: page }", "p { break-after: page }"):
        assert said(text(lines(3) + lines(3), css), "Q011") == []


def picture(width: int, height: int) -> dict[str, Picture]:
    """A picture by the name of a.png."""
    file = io.BytesIO()
    Image.new("L", (width, height), 128).save(file, "PNG")
    data = file.getvalue()
    return {"a.png": Picture("a.png", "image/png", data, sha256(data).hexdigest(), width, height)}


@pytest.mark.parametrize(("pixels", "ppi"), [(300, "152"), (600, None)])
def test_a_picture_with_too_few_pixels(pixels: int, ppi: str | None) -> None:
    one = book(section('<p>Words.</p><figure><img src="octavo:a.png" alt="A"/></figure>'))
    found = said(paper(one, "img { width: 50mm }", pictures=picture(pixels, pixels)), "Q012")
    assert [problem.message for problem in found] == (
        [f"a picture is printed at {ppi} pixels per inch; print wants 300"] if ppi else []
    )


@pytest.mark.parametrize(("between", "code"), [(60, ["Q013"]), (4, [])])
def test_a_figure_far_from_the_words_that_speak_of_it(between: int, code: list[str]) -> None:
    label = '<figcaption><span class="label" data-made="">Figure 1</span></figcaption>'
    figure = f'<figure id="map"><img src="octavo:a.png" alt="A"/>{label}</figure>'
    spoken = '<p>See <a class="ref" href="#map" data-made="">Figure 1</a>.</p>'
    one = book(section(spoken + lines(between) + figure))
    found = said(paper(one, "img { width: 20mm }", pictures=picture(600, 600)), "Q013")
    assert [problem.code for problem in found] == code
    if found:
        assert found[0].message == "Figure 1 stands on page 4, and the text speaks of it on page 1"


def test_of_many_the_worst_are_named_and_the_others_counted() -> None:
    many = "".join(f"<p>{'unbreakable' * (count + 5)}</p>" for count in range(14))
    made = text(many, "p { width: 30mm; break-inside: avoid }")
    named = said(made, "Q001")
    assert len(named) == 12
    assert named[0].span == Span("text.md", 14)
    assert said(made, "Q014")[0].message == "2 more like Q001 that are less bad, or come later"
