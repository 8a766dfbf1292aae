"""The style sheets of the two layers: what is out of force in each, and that together they draw what one run draws."""

import re

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.css import parse_page_selectors

from publish.layout.model import Stylesheet
from publish.layout.pagecss import FolioStyle, folio_style, text_sheets
from publish.layout.pageselectors import parts


def sheet(css: str) -> tuple[Stylesheet, ...]:
    return (Stylesheet("styles/custom.css", css),)


def folio(css: str) -> FolioStyle:
    return folio_style(sheet(css))


def plain(css: str) -> str:
    """A style sheet without what does not matter here."""
    return re.sub(r"[\s;]+", " ", css).strip()


def text(css: str, *, opens: bool = True) -> str:
    return plain(text_sheets(sheet(css), opens=opens)[0].css)


# ---- The text layer.


def test_the_text_layer_has_no_heads_and_no_page_backgrounds() -> None:
    css = "@page{size:1mm;BACKGROUND-color:red;@Top-Left{content:'}'}@footnote{width:2mm}margin:0}p{background:blue}"
    assert text(css) == "@page{size:1mm @footnote{width:2mm}margin:0}p{background:blue}"


def test_the_text_layer_looks_into_groups_but_not_into_texts() -> None:
    rest = "/* @page{@top-left{content:''}} */p::before{content:'@top-left{}'}"
    assert (
        text("@media print{@layer a{@page{@top-left{content:''}}}}" + rest) == "@media print{@layer a{@page{}}}" + rest
    )


FIRST = {
    "@page :first{margin:0}": "",
    "@page :FIRST, chapter:left{margin:0}": "@page chapter:left {margin:0}",
    "@page chapter , front:first:left/* , */ , :blank{margin:0}": "@page chapter, :blank {margin:0}",
    "@page :left{margin:0}": "@page :left{margin:0}",
    "@page{margin:0}": "@page{margin:0}",
    "@page first{margin:0}": "@page first{margin:0}",
    "@page :first, :nonsense{margin:0}": "@page :first, :nonsense{margin:0}",
    "@page:first{margin:0}p{color:red}": "p{color:red}",
}


@pytest.mark.parametrize("css", FIRST)
def test_only_the_section_that_opens_the_book_has_its_first_page(css: str) -> None:
    assert text(css, opens=False) == FIRST[css]
    assert text(css, opens=True) == plain(css)


STRANGE = """@page /* a */ :first, /* b
*/ chapter {
  background: url("a;b}");
  @top-left { content: "}" counter(page,
    lower-roman) }
  @bottom-right {
    content: string(x)
  }
}
:root {
  background: red
}
p { color: red }
"""


def test_lines_keep_their_numbers() -> None:
    made = folio(STRANGE)
    for css in (text_sheets(sheet(STRANGE), opens=False)[0].css, made.heads[0].css, made.numbers[0].css):
        assert css.count("\n") == STRANGE.count("\n")
    assert ":root {" in made.heads[0].css.split("\n")[9]
    assert "string(x-folio-lower-roman)" in made.numbers[0].css.split("\n")[3]
    assert "p { color: red }" in text_sheets(sheet(STRANGE), opens=False)[0].css.split("\n")[12]


# ---- The folio layer.

SPLIT = (
    "@page { background: red; @top-left { content: counter(page); color: red }"
    " @top-center { content: string(a); width: 80% } }"
    "@page :blank { @top-left { content: none } @top-center { content: '' } }"
    "@page front { @top-left { content: '– ' counter(page, lower-roman) ' of ' counter(pages) !important } }"
)


def test_numbers_have_no_heads() -> None:
    made = folio(SPLIT)
    assert made.split
    assert plain(made.numbers[0].css) == (
        '@page { @top-left { content: string(x-folio-decimal) color: red } @top-center { content: "" width: 80% } }'
        "@page :blank { @top-left { content: none } @top-center { content: '' } }"
        "@page front { @top-left { content: '– ' string(x-folio-lower-roman)"
        " ' of ' string(x-total-decimal) !important } }"
    )


def test_heads_have_no_numbers() -> None:
    assert plain(folio(SPLIT).heads[0].css) == (
        '@page { background: red @top-left { content: "" color: red } @top-center { content: string(a) width: 80% } }'
        "@page :blank { @top-left { content: none } @top-center { content: '' } }"
        '@page front { @top-left { content: "" !important} }'
    )


def test_of_other_rules_only_those_remain_that_pages_inherit() -> None:
    css = (
        "html, p { color: red; background: red; border: 1pt solid; font: 9pt serif } .theme-classic { --a: 1 }"
        "body { color: red } p, section { color: red } html::before { content: 'x' } html:after { content: 'x' }"
        "h1 { color: red; & em { color: red } }"
        ":root { --b: 2; &.proof { --c: 3 } p { color: red } } @media print { h2 { color: red } * { color: black } }"
        "@counter-style x { symbols: a }"
    )
    assert plain(folio(css).heads[0].css) == (
        "html, p { color: red font: 9pt serif } .theme-classic { --a: 1 } "
        ":root { --b: 2 &.proof { --c: 3 } } @media print { * { color: black } }@counter-style x { symbols: a }"
    )


def test_what_pages_depend_on_is_told() -> None:
    made = folio(
        "@page { @top-left { content: string(a) } @top-right { content: string(b, first-except) }"
        " @left-top { content: counter(pages, upper-roman) } }"
        "@page x:nth(3 of x) { @bottom-left { content: counter(page) ' ' counter(page, lower-alpha) } }"
        "p { string-set: c content() }"
    )
    assert made.strings == {"a", "b"}
    assert made.formats == {"decimal", "lower-alpha"}
    assert made.totals == {"upper-roman"}
    assert made.excepts
    assert made.horizon == 3


def test_what_stands_in_the_text_is_none_of_it() -> None:
    made = folio("@page { margin: 0 } p::before { content: string(a, first-except) counter(page) }")
    assert not (made.strings | made.formats | made.totals)
    assert not made.excepts
    assert made.horizon == 0


UNSPLIT = {
    "number and head in one box": "@top-left { content: counter(page) string(a) }",
    "a property in the content": "@top-left { content: counter(page) var(--dash) }",
    "a property beside": "@top-left { content: counter(page) } @left-top { content: var(--ornament) }",
    "a box with a border": "@top-left { content: counter(page); border-bottom: 1pt solid }",
    "a box with a background": "@left-middle { background: red; content: '' } @top-left { content: counter(page) }",
    "a box that is moved": "@top-left { content: counter(page); position: relative; top: 1mm }",
    "no number": "@top-left { content: string(a) }",
    "a head of its own width in the middle": "@top-left { content: counter(page) } @top-center { content: string(a) }",
    "a head of its own width opposite": "@top-left { content: counter(page) } @top-right { content: string(a) }",
    "a width on some": "@top-left { content: counter(page) } } @page x { @top-right { content: string(a); width: 9% }",
    "a width taken back": (
        "@top-left { content: counter(page) } @top-right { content: string(a); width: 50% } }"
        " @page x { @top-right { width: auto }"
    ),
    "what the engine does not take": "@top-left { content: COUNTER(page) } @left-top { content: counter(page) }",
}
WHOLE = {
    "number and words": "@top-left { content: '– ' counter(page) ' –' }",
    "a box without a border": "@top-left { content: counter(page); border: 0; background: none }",
    "a border of a page's notes": "@top-left { content: counter(page) } @footnote { border-top: 1pt solid }",
    "a width of its own": "@top-left { content: counter(page) } @top-right { content: string(a); width: calc(1cm) }",
    "one edge each": "@top-left { content: string(a) } @bottom-left { content: counter(page) }",
    "boxes with places of their own": (
        "@left-top { content: string(a) } @left-middle { content: counter(page) }"
        " @top-right-corner { content: string(b) }"
    ),
}


@pytest.mark.parametrize("case", UNSPLIT)
def test_what_cannot_be_told_apart_is_drawn_in_one(case: str) -> None:
    made = folio(f"@page {{ {UNSPLIT[case]} }}")
    assert not made.split
    assert made.numbers == ()
    assert "counter(page)" not in made.heads[0].css


@pytest.mark.parametrize("case", WHOLE)
def test_what_can_be_told_apart_is_drawn_apart(case: str) -> None:
    made = folio(f"@page {{ {WHOLE[case]} }}")
    assert made.split
    assert "string(x-folio-decimal)" in made.numbers[0].css
    assert "string(x-folio-decimal)" not in made.heads[0].css


SLIDES = {
    "@page { margin: 1cm }": True,
    "@page :left { margin-left: 1cm; margin-right: 2cm } @page :right { margin-right: 1cm; margin-left: 2cm }": True,
    "@page :left { margin: 1cm 2cm 3cm 4cm } @page :right { margin: 1cm 4cm 3cm 2cm; background: red }": True,
    "@page x:left { @top-left { content: 'a' } }": True,
    "@page :left { margin-left: 1cm; margin-right: 2cm } @page :right { margin-right: 1cm; margin-left: 3cm }": False,
    "@page :left { margin: 1cm 2cm 3cm 4cm } @page :right { margin: 2cm 4cm 3cm 2cm }": False,
    "@page :left { margin-left: 1cm; margin-right: 2cm }": False,
    "@page :left { padding-left: 1cm }": False,
    "@page :left, :right { size: a5 }": False,
    "@page :left { @footnote { width: 3cm } }": False,
    "@page { margin: 1cm } @page x { margin-left: 2cm }": False,
    "@page :left { margin: var(--a) } @page :right { margin: var(--a) }": False,
}


@pytest.mark.parametrize("css", SLIDES)
def test_text_slides_where_left_pages_mirror_right_ones(css: str) -> None:
    assert folio(css).slides is SLIDES[css]


# ---- As the engine reads pages.

TOKENS = st.sampled_from(
    ["a", "chapter", ":", ":left", ":right", ":first", ":blank", ":LEFT", ",", " ", "/**/", ":nth(2)"]
) | st.sampled_from(
    [
        ":nth(2n+1)",
        ":nth(1 of a)",
        ":nth( 3 of b )",
        ":nth(of)",
        ":nth(1 of a b)",
        ":NTH(1)",
        ":nth(even of a)",
        ":x",
        "5",
    ]
)


@given(st.lists(TOKENS, max_size=7).map("".join))
def test_selectors_of_pages_are_the_engines(prelude: str) -> None:
    (rule,) = tinycss2.parse_stylesheet(f"@page {prelude} {{}}")
    theirs, ours = parse_page_selectors(rule), parts(rule.prelude)
    assert (theirs is None) == (ours is None)
    for one, other in zip(theirs or (), ours or (), strict=True):
        selector = other.selector
        assert (one["name"], one["side"], one["index"]) == (selector.name, selector.side, selector.nth)
        assert (bool(one["first"]), bool(one["blank"])) == (selector.first, selector.blank)


PIECES = st.sampled_from(
    [
        "p { color: red }",
        "@page",
        ":first",
        "{",
        "}",
        ";",
        "/* } */",
        '"}"',
        "\n",
        "@top-left",
        "content:",
        "counter(page)",
        "string(a)",
    ]
) | st.sampled_from(
    [
        ",",
        "html",
        ":root",
        "@media print {",
        "background: url(a)",
        "& p",
        "(",
        "\\",
        "'",
        "!important",
        "@footnote {",
        "x:left ",
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_layers_of_whatever_text(css: str) -> None:
    made = folio(css)
    for layer in (*text_sheets(sheet(css), opens=False), *made.heads, *made.numbers):
        assert layer.css.count("\n") == css.count("\n")
