"""The two layers of a page, laid out by the engine, are what it lays out in one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from html import escape
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageChops

from pdf.paper import face
from publish.book.model import Matter, Section
from publish.layout.html import compose
from publish.layout.model import FontFace, Rendition, Stylesheet
from publish.layout.numerals import numeral
from publish.layout.pagecss import FOLIO, TOTAL, folio_style, text_sheets
from publish.layout.pageseams import FOLIO_STYLES
from publish.pdf import engine

from .helpers import book, chapter, dressed

WORDS = "Some words of text that fill a line or two of the page, and then some more words. "
LONG = "A Title So Long That It Does Not Fit on One Line of a Page and Must Be Broken into Two"


def section(ident: str, title: str, role: str = "chapter", matter: Matter = Matter.BODY) -> Section:
    paragraphs = "".join(f'<p data-p="{n}">{WORDS * 6}</p>' for n in range(2, 20))
    made = chapter(paragraphs, ident, title=title)
    xhtml = made.xhtml.replace(b"chapter body", f"{role} {matter.value}".encode())
    return Section(ident, role, matter, title, "", xhtml=xhtml)


def small_book(theme: str, css: str = "") -> Rendition:
    sections = [section("p", "A Word Before", "preface", Matter.FRONT), section("a", "One"), section("b", LONG)]
    whole = book(*sections, section("c", "A Word After", "afterword", Matter.BACK), theme=theme)
    rendition, problems = dressed(whole)
    assert not problems
    return replace(rendition, stylesheets=(*rendition.stylesheets, *one_sheet(css)))


def one_sheet(css: str) -> tuple[Stylesheet, ...]:
    return (Stylesheet("styles/custom.css", css),)


def laid_out(html: str, sheets: Sequence[Stylesheet], faces: Sequence[FontFace]) -> Any:
    def nothing(url: str) -> tuple[bytes, str]:
        raise ValueError(url)

    press = engine.Press(sheets, faces, nothing)
    with engine.listening(lambda _: None) as log:
        document = press.lay_out(html, nothing)
    assert not log.remarks
    assert not press.remarks
    return document


def pictures(document: Any) -> list[Image.Image]:
    pdf = pypdfium2.PdfDocument(engine.paint(document))
    return [page.render(scale=1.5).to_pil().convert("L") for page in pdf]


def folio_pages(document: Any, rendition: Rendition) -> str:
    """The pages of a laid-out book without their text, as the folio layer has them: names, sides, strings, numbers."""
    heads = {one.section.id: etree.fromstring(one.xhtml).get("data-short", "") for one in rendition.documents}
    body, number, current = [], 0, ""
    strings = {"book": "The Lamp", "author": "Ada Brandt", "short": ""}
    for page in document.pages:
        kind = page._page_box.page_type
        number = 1 if kind.name == "first" and ("first", 0) in kind.groups else number + 1
        started = next((ident for ident in page.anchors if ident in heads), None)
        if kind.blank:
            continue
        if started and started != current:
            current, strings["short"] = started, heads[started]
            body.append(f'</div><div style="page: {kind.name}; break-before: {kind.side}">')
        pairs = [(name, value) for name, value in strings.items() if started or name != "short"]
        pairs += [(FOLIO + style, numeral(number, style)) for style in FOLIO_STYLES]
        pairs += [(TOTAL + style, numeral(len(document.pages), style)) for style in FOLIO_STYLES]
        said = ", ".join(f'{name} "{value}"' for name, value in pairs)
        body.append(f'<div style="break-before: page; string-set: {escape(said)}"></div>')
    classes = f"theme-{rendition.theme.name} proof" if rendition.theme else ""
    return f'<!DOCTYPE html><html lang="en" class="{classes}"><body>{"".join(body)[6:]}</div></body></html>'


def assert_same(pages: list[Image.Image], *layers: list[Image.Image]) -> None:
    """That layers drawn over one another are these pages, pixel by pixel, and that none of them is empty."""
    assert [len(layer) for layer in layers] == [len(pages)] * len(layers)
    assert all(any(ImageChops.invert(page).getbbox() for page in layer) for layer in layers)
    for number, (page, *parts) in enumerate(zip(pages, *layers, strict=True), 1):
        union = reduce(ImageChops.darker, parts)
        assert ImageChops.difference(page, union).getbbox() is None, f"page {number}"


@pytest.mark.parametrize("theme", ["classic", "manual"])
def test_the_layers_of_our_themes_are_their_pages(theme: str) -> None:
    rendition = small_book(theme)
    sheets, faces, html = rendition.stylesheets, rendition.fonts, compose(rendition)
    style = folio_style(sheets)
    assert style.split
    assert style.slides
    assert style.horizon == 1
    assert style.strings == {"book", "short", "author"}
    assert style.formats == {"decimal", "lower-roman"}
    whole = laid_out(html, sheets, faces)
    kinds = {(page._page_box.page_type.name, page._page_box.page_type.side) for page in whole.pages}
    assert {(name, side) for name in ("front", "first", "chapter") for side in ("left", "right")} <= kinds
    folios = folio_pages(whole, rendition)
    text = laid_out(html, text_sheets(sheets, opens=True), faces)
    numbers, heads = (laid_out(folios, of, faces) for of in (style.numbers, style.heads))
    assert_same(pictures(whole), pictures(text), pictures(numbers), pictures(heads))


OWN = """
@page { background: device-cmyk(0 0 0 0.1); @left-middle { content: counter(page, upper-roman) " of " counter(pages) }
  @bottom-right { content: string(short, first-except) " " counter(page); border-top: 1pt solid } }
@page :first { background: none; @top-right { content: "The first page" } }
@page :blank { background: device-cmyk(0 0 0 0.5); @left-middle { content: none } }
section { visibility: hidden }
"""


def test_an_authors_style_is_drawn_in_one_sheet_with_its_backgrounds() -> None:
    rendition = small_book("classic", OWN)
    style = folio_style(rendition.stylesheets)
    assert not style.split
    assert style.excepts
    assert style.formats == {"decimal", "lower-roman", "upper-roman"}
    assert style.totals == {"decimal"}
    whole = laid_out(compose(rendition), rendition.stylesheets, rendition.fonts)
    assert_same(pictures(whole), pictures(laid_out(folio_pages(whole, rendition), style.heads, rendition.fonts)))


@pytest.mark.parametrize("first", ["<h2>Head</h2>", "<blockquote><p>Said</p></blockquote>", "<p>Plain</p>"])
def test_text_behind_a_page_that_is_cut_off_begins_as_in_the_book(first: str) -> None:
    """The engine discards no margin on the first page of a document (`margin-break`), whatever the style says."""
    rendition, _ = dressed(book(chapter("<p>One</p>"), chapter(first + f"<p>{WORDS}</p>", "two"), theme="classic"))
    spaced = one_sheet("section > h2, section > blockquote { margin-top: 3em !important }")
    sheets, faces = text_sheets((*rendition.stylesheets, *spaced), opens=True), rendition.fonts
    one, two = (re.sub(r"<header.*?</header>", "", part.xhtml.decode()) for part in rendition.documents)
    whole = laid_out(one + two, sheets, faces).pages[-1]
    alone = laid_out(two, (*sheets, *one_sheet("html { break-before: left }")), faces).pages[0]
    begun = one_sheet("html { break-before: right } section { break-before: page !important }")
    behind = laid_out(f"<div>&#8203;</div>{two}", (*sheets, *begun), faces).pages[1]
    assert list(shown(behind)) == list(shown(whole))
    assert (list(shown(alone)) == list(shown(whole))) is first.startswith("<p>")


def test_numbers_of_a_theme_do_not_depend_on_its_heads() -> None:
    rendition = small_book("classic")
    style = folio_style(rendition.stylesheets)
    pages = folio_pages(laid_out(compose(rendition), rendition.stylesheets, rendition.fonts), rendition)
    other = pages.replace("The Lamp", LONG).replace("A Word After", "Short")
    assert pages != other
    numbers = [pictures(laid_out(html, style.numbers, rendition.fonts)) for html in (pages, other)]
    assert_same(*numbers)
    heads = [pictures(laid_out(html, style.heads, rendition.fonts)) for html in (pages, other)]
    assert [page.tobytes() for page in heads[0]] != [page.tobytes() for page in heads[1]]


CONTENTS = st.sampled_from(["none", "counter(page)", '"p. " counter(page, upper-roman)', '"Short"', f'"{LONG}"', '""'])
WIDTHS = st.sampled_from(["", "width: 30%", "width: 45mm", "width: auto", "width: calc(10% + 5mm)"])
BOX = st.tuples(CONTENTS, WIDTHS, st.sampled_from(["", "text-align: center", "text-align: right"]))


def shown(page: Any) -> Iterator[tuple[str, float, float]]:
    """The texts of a page with their places."""
    for box in page._page_box.descendants():
        if getattr(box, "text", ""):
            yield box.text, round(box.position_x, 6), round(box.position_y, 6)


@settings(max_examples=60, deadline=None)
@given(st.tuples(BOX, BOX, BOX), st.integers(1, 4000))
def test_what_is_split_stands_where_it_stood(boxes: tuple[tuple[str, str, str], ...], number: int) -> None:
    declared = [
        f"@top-{name} {{ content: {content}; {width}; {align} }}"
        for name, (content, width, align) in zip(("left", "center", "right"), boxes, strict=True)
    ]
    css = f"@page {{ size: 120mm 60mm; margin: 20mm; font: 10pt Text; {' '.join(declared)} }}"
    style = folio_style(one_sheet(css + " @page { counter-reset: page 0 }"))
    if not style.split:
        return
    faces = (face(),)
    whole = laid_out("<p></p>", one_sheet(css + f"@page {{ counter-reset: page {number} }}"), faces)
    strings = ", ".join(f'{FOLIO}{name} "{numeral(number, name)}"' for name in style.formats)
    pages = f"<p style='string-set: {strings}'></p>"
    apart = [laid_out(pages, of, faces) for of in (style.numbers, style.heads)]
    assert sorted(shown(whole.pages[0])) == sorted(part for layer in apart for part in shown(layer.pages[0]))
