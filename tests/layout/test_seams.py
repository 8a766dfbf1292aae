"""What in a style sheet makes a book be laid out in one piece; each rule fires, and has a neighbour that does not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.layout.model import Stylesheet
from publish.layout.seams import Seam, seams
from publish.pdf.findings import one_piece
from publish.places import Span
from publish.problems import Severity
from publish.versions import styles

from .helpers import book, chapter, dressed


def found(css: str) -> tuple[Seam, ...]:
    return seams((Stylesheet("styles/custom.css", css),))


def whats(css: str) -> list[str]:
    return [seam.what for seam in found(css)]


@pytest.mark.parametrize("theme", ["classic", "manual"])
def test_our_themes_have_no_seam(theme: str) -> None:
    rendition, _ = dressed(book(chapter("<p>Text.</p>"), theme=theme))
    assert {sheet.name.split("/")[0] for sheet in rendition.stylesheets} == {"base", theme, "edition"}
    assert seams(rendition.stylesheets) == ()


def test_a_seam_has_its_place() -> None:
    css = (
        '/* a,\n b */ p { color: black }\n@media print {\n  a::after { content: " " target-counter(attr(x), page) }\n}'
    )
    assert found(css) == (
        Seam("styles/custom.css", 4, 27, "target-counter()", "looks at other pages while these are laid out"),
    )


def test_seams_come_in_order_each_once() -> None:
    css = "h1 { position: fixed }\nh2 { position: fixed; counter-reset: a }"
    assert [(seam.line, seam.what) for seam in found(css)] == [
        (1, "position: fixed"),
        (2, "position: fixed"),
        (2, "counter-reset"),
    ]


VALUES = {
    "page references": ("a::after { content: target-counter(attr(x), page) }", "a::after { content: attr(data-page) }"),
    "text from elsewhere": ("a::after { content: target-text(attr(x)) }", "a::after { content: '(target-text())' }"),
    "several counters": ("a::after { content: target-counters(attr(x), c, '.') }", "a::after { content: '' }"),
    "page number in the text": ("p::before { content: counter(page) }", "p::before { content: 'counter(page)' }"),
    "pages in the text": ("p::before { content: counter(pages) }", "p::before { content: '' }"),
    "page number in capitals": ("P::BEFORE { CONTENT: COUNTER(page) }", "P::BEFORE { CONTENT: ATTR(id) }"),
    "a quotation that is not closed": (
        "p::before { content: open-quote }",
        "p::before { content: open-quote } p:after { content: close-quote }",
    ),
    "one closed elsewhere": (
        "p.a::before { content: open-quote } p.b::after { content: close-quote }",
        "q::before { content: open-quote } q::after { content: close-quote }",
    ),
    "an escaped counter": (r"p::before { content: \63ounter(c) }", r"p::before { content: '\63ounter(c)' }"),
    "a counter": ("h1::before { content: counter(chapter) }", "li::before { content: counter(list-item) '.' }"),
    "nested counters": (
        "h1::before { content: counters(part, '.') }",
        "li::before { content: counters(list-item, '.') }",
    ),
    "counting": ("h1 { counter-increment: chapter }", "li { counter-increment: list-item 2 }"),
    "beginning to count": ("body { counter-reset: chapter }", "ol { counter-reset: list-item 4 }"),
    "setting a count": ("h1 { counter-set: chapter 4 }", "h1 { counter-set: none }"),
    "the page counter in the text": (
        "h1 { counter-reset: page 1 }",
        "@page one:nth(1 of one) { counter-reset: page 1 }",
    ),
    "a counter of pages": ("@page { counter-increment: sheet }", "@page { counter-increment: page 2 }"),
    "a strange counter in the margin": (
        "@page { @top-left { content: counter(c) } }",
        "@page { @top-left { content: counter(page) } }",
    ),
    "counters in the margin": (
        "@page { @top-left { content: counters(page, '.') } }",
        "@page { @top-left { content: counter(pages) } }",
    ),
    "numbers that we cannot write": (
        "@page { @top-left { content: counter(page, hebrew) } }",
        "@page { @top-left { content: counter(page, upper-roman) } }",
    ),
    "symbols": (
        "@page { @top-left { content: counter(page, symbols('*' '+')) } }",
        "@page { @top-left { content: counter(page, lower-greek) } }",
    ),
    "a style of one's own": (
        "@counter-style lower-roman { symbols: a b } @page { @top-left { content: counter(page, lower-roman) } }",
        "@counter-style fancy { symbols: a b } @page { @top-left { content: counter(page, lower-roman) } }",
    ),
    "a running element": ("h1 { position: running(head) }", "h1 { position: relative }"),
    "an element in the margin": (
        "@page { @top-left { content: element(head) } }",
        "@page { @top-left { content: string(head) } }",
    ),
    "a fixed element": ("p { position: fixed }", "p { position: absolute }"),
    "the string at the page's start": (
        "@page { @top-left { content: string(a, start) } }",
        "@page { @top-left { content: string(a, first) } }",
    ),
    "all strings of a page": (
        "@page { @top-left { content: string(a, all-once) } }",
        "@page { @top-left { content: string(a, first-except) } }",
    ),
    "a number hidden in a property": (":root { --folio: counter(page) }", ":root { --folio: '57' }"),
    "the size of the first page": ("p { margin-left: 10vw }", "p { margin-left: 10% }"),
    "the size of the page's box": (
        "@page { @top-left { width: calc(2 * 10PVH) } }",
        "@page { @top-left { width: calc(2 * 10mm) } }",
    ),
    "an address in the text": ("a::after { content: attr(href) }", "a[href^='http']::after { content: attr(href) }"),
    "bookmarks": ("h2 { bookmark-label: counter(c) }", "h2 { bookmark-label: content(); bookmark-level: 2 }"),
}


@pytest.mark.parametrize("case", VALUES)
def test_values(case: str) -> None:
    seam, neighbour = VALUES[case]
    assert len(found(seam)) == 1 + (case == "one closed elsewhere"), whats(seam)
    assert whats(neighbour) == []


PAGES = {
    "a page by its number": ("@page :nth(4) { margin: 0 }", "@page :nth(4 of chapter) { margin: 0 }"),
    "every second page": ("@page :nth(2n) { margin: 0 }", "@page :left { margin: 0 }"),
    "every second page of a chapter": (
        "@page :nth(2n of chapter) { margin: 0 }",
        "@page :nth(0n + 2 of chapter) { margin: 0 }",
    ),
    "one of several selectors": (
        "@page chapter, :first:nth( odd ) { margin: 0 }",
        "@page chapter, :first { margin: 0 }",
    ),
    "a border": ("@page { border: 1pt solid black }", "@page { border: 0; border-style: none }"),
    "a border on a side": ("@page { border-top: 1pt solid }", "@page { @top-left { border-top: 1pt solid } }"),
    "an outline": (
        "@page chapter { outline: 1pt solid }",
        "@page { @footnote { border-top: 1pt solid; outline: none } }",
    ),
    "crop marks": ("@page { marks: crop }", "@page { marks: none; bleed: 3mm }"),
    "a pale page": ("@page { opacity: 0.5 }", "@page { opacity: 1 }"),
    "a background": (
        "@page { transform: rotate(1deg) }",
        "@page { background: url('octavo:a.png'); size: 100mm 150mm }",
    ),
}


@pytest.mark.parametrize("case", PAGES)
def test_pages(case: str) -> None:
    seam, neighbour = PAGES[case]
    assert len(found(seam)) == 1, whats(seam)
    assert whats(neighbour) == []


BREAKS = {
    "inside a section": ("div.plate { break-before: right }", "div.plate { break-before: page }"),
    "after something inside": ("h2 { break-after: verso }", "h2 { break-after: avoid }"),
    "under its old name": ("p { page-break-before: left }", "p { page-break-before: always }"),
    "of any section": ("section { break-before: right }", "body > section { break-before: right }"),
    "of notes inside a section": (
        "section.endnotes { break-before: right }",
        "section.appendix { break-before: right }",
    ),
    "of a section in a section": (
        "section.chapter section { break-before: recto }",
        "section.chapter { break-before: recto }",
    ),
    "of a class of passages too": (".epigraph { break-before: left }", ".chapter { break-before: left }"),
    "of one of two": (
        "section.part, .plate { break-after: right }",
        "section.part, section.chapter { break-after: right }",
    ),
    "through a property": ("div { break-before: var(--side) }", "section.part { break-before: var(--side) }"),
    "of the whole book": ("html { break-before: left }", "html { break-before: page }"),
    "of a nested rule": ("div { & > p { break-before: right } }", "section.part { &.long { break-before: right } }"),
    "in a media query": ("@media print { p { break-before: right } }", "@media screen { p { break-before: right } }"),
    "sections that begin in a page": (
        "section.chapter { break-before: auto }",
        "section.chapter p { break-before: auto }",
    ),
    "notes of the book that begin in a page": (".endnotes { break-before: avoid }", ".caption { break-before: avoid }"),
}


@pytest.mark.parametrize("case", BREAKS)
def test_breaks(case: str) -> None:
    seam, neighbour = BREAKS[case]
    assert len(found(seam)) == 1, whats(seam)
    assert whats(neighbour) == []


SELECTORS = {
    "a section after another": ("section + section", "p + section"),
    "a section after others": ("section.part ~ .chapter h1", ".toc .part ~ .chapter"),
    "anything after anything": ("* + *", "p + *"),
    "a class after a class": (".verse + .prose p", ".poem .verse + .prose p"),
    "under the theme's class": (".theme-classic section + section", ".columns section + section"),
    "the first section": ("section:first-child", "section > p:first-child"),
    "the last": ("body > :last-child h1", "section :last-child h1"),
    "the only": (".chapter:only-child", "p:only-child"),
    "every third": ("section:nth-child(3n)", "tr:nth-child(2n)"),
    "the third of a kind": ("section:nth-child(3 of .chapter)", "li:nth-child(3 of .done)"),
    "the last but one": ("section:nth-last-of-type(2)", "p:nth-last-of-type(2)"),
    "what is not the first": ("section:not(:first-child) h1", "p:not(:first-child)"),
    "a choice": (":is(section, article):first-of-type", ":is(p, li):first-of-type"),
    "what follows in a choice": (":is(section + section) h1", "h2:is(h1 + h2)"),
    "a book with parts": ("body:has(section.part) h1", "section:has(h2) h1"),
    "a root with parts": (":root:has(.part) h1", "h1:has(em)"),
    "a section before another": ("section:has(+ .part) h1", "p:has(+ ul)"),
    "in capitals": ("SECTION:FIRST-CHILD", "P:FIRST-CHILD"),
    "a link in the book": ("a[href^='#']", "a[href^='https:']"),
    "an address": ('a[HREF$=".html"]', 'a[href], img[src$=".png"]'),
    "a link without a scheme": ("a:local-link", "a:any-link"),
    "with a comment": ("section/* + */+/**/section", "section/* + section */"),
    "with an escape": (r"\73 ection + section", r".\+section"),
}


@pytest.mark.parametrize("case", SELECTORS)
def test_selectors(case: str) -> None:
    seam, neighbour = (f"{selector} {{ color: black }}" for selector in SELECTORS[case])
    assert len(found(seam)) == 1, whats(seam)
    assert whats(neighbour) == []


def test_nested_rules_and_groups_are_looked_into() -> None:
    assert whats("section { + section { color: black } }") == [":is(section) + section"]
    assert whats("section { & h1, &:last-child { color: black } }") == [":is(section) h1, :is(section):last-child"]
    assert whats("@layer a { @supports (x: y) { @page :nth(2) { margin: 0 } } }") == [":nth(2)"]
    assert whats("p { @media print { position: fixed } }") == ["position: fixed"]
    assert whats("p { & + p { color: black } }") == []


BODY = {
    "space above all": ("body { margin: 5mm 0 0 }", "body { margin: 0 5mm }"),
    "padding above all": ("body { padding-top: 5mm }", "body { padding-left: 5mm }"),
    "a rule above all": ("html { border-top: 1pt solid }", "html { border-left: 1pt solid; border-top: none }"),
    "columns": ("body { columns: 2 }", "section { columns: 2 }"),
    "a grid": ("body { display: grid }", "body { display: block }"),
    "a height": ("html.proof { height: 100% }", "html.proof { height: auto }"),
    "a place for what is placed": ("body { position: relative }", "section { position: relative }"),
    "the colour of blank pages": (":root { background: beige }", "body { background: beige }"),
}


@pytest.mark.parametrize("case", BODY)
def test_the_box_around_all_sections(case: str) -> None:
    seam, neighbour = BODY[case]
    assert len(found(seam)) == 1, whats(seam)
    assert whats(neighbour) == []


def test_notes_numbered_by_the_typesetter() -> None:
    notes = ".footnote { float: footnote }"
    assert whats(notes) == ["float: footnote"]
    assert whats(notes + "::footnote-call { content: none }") == ["float: footnote"]
    assert whats(notes + ".other::footnote-call, ::footnote-marker { content: none }") == ["float: footnote"]
    assert whats(notes + "::footnote-call { content: none } ::footnote-marker { content: none }") == []
    assert whats("::footnote-call, ::footnote-marker { content: none } p { float: footnote } div { float: left }") == []
    assert whats("::footnote-call, ::footnote-marker { content: counter(footnote) }") == ["counter(footnote)"]


EVERY = {
    **{name: seam for table in (VALUES, PAGES, BREAKS, BODY) for name, (seam, _) in table.items()},
    **{name: f"{seam} {{ color: black }}" for name, (seam, _) in SELECTORS.items()},
}


@pytest.mark.parametrize("case", EVERY)
def test_no_group_and_no_comment_hides_a_seam(case: str) -> None:
    css = EVERY[case]
    assert whats(f"@layer a {{ @media print, screen {{ {css} }} }}") == whats(css)
    crowded = css.replace("{", "{ /* ( */ ").replace(";", " /* } */;")
    assert whats(f"/* }} */ @supports (a: b) {{ {crowded} }}") == whats(css)


def test_the_author_hears_of_it() -> None:
    (seam,) = found("p { color: black }\nsection + section { color: black }")
    problem = one_piece(Span(seam.sheet, seam.line, seam.column), seam.what, seam.why)
    assert (problem.code, problem.severity) == ("P010", Severity.HINT)
    assert problem.span == Span("styles/custom.css", 2, 1)
    assert "“section + section” asks how sections stand to one another" in problem.message


CHARACTERS = st.sampled_from(
    list("{}()[]:;,.@#&>+~*/\\\"' \n-") + "section p page first nth of left content counter".split()
)


@given(st.lists(CHARACTERS, max_size=40).map("".join))
def test_no_text_is_too_strange_to_read(css: str) -> None:
    for seam in found(css):
        lines = css.split("\n")
        assert 1 <= seam.line <= len(lines)
        assert 1 <= seam.column <= len(lines[seam.line - 1]) + 1


def test_every_style_sheet_of_ours_is_looked_at() -> None:
    assert sorted(path.parent.name for path in Path(styles()).glob("*/print.css")) == ["base", "classic", "manual"]
