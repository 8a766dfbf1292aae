"""Every block of the language, as it is written and as it is read."""

import pytest

from .helpers import codes, read, shown, xhtml


def test_a_heading_carries_what_it_says_of_its_chapter() -> None:
    heading = '# The *Sea* {#sea .preface subtitle="A start" short="Sea" author="Ann Lee" lang=az}'
    assert xhtml(heading) == (
        '<h1 id="sea" class="preface" data-subtitle="A start" data-short="Sea" data-author="Ann Lee" lang="az">'
        "The <em>Sea</em></h1>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Part One {.part}", '<h1 class="part">Part One</h1>'),
        ("# Bare {-}", '<h1 class="unnumbered">Bare</h1>'),
        ("# Bare {.unnumbered}", '<h1 class="unnumbered">Bare</h1>'),
        ("### Third ###", "<h3>Third</h3>"),
        ("# Sets like {1, 2}", "<h1>Sets like {1, 2}</h1>"),
        ("# “Quoted” {subtitle=“Typed in a word processor”}", None),
        ("Chapter\n===", "<h1>Chapter</h1>"),
        ("Section\n---", "<h2>Section</h2>"),
        ("#hashtag", "<p>#hashtag</p>"),
        ("#", "<h1/>"),
        ("#\t", "<h1/>"),
        ("# {#id}", '<h1 id="id"/>'),
    ],
)
def test_headings(text: str, expected: str | None) -> None:
    expected = expected or '<h1 data-subtitle="Typed in a word processor">“Quoted”</h1>'
    assert xhtml(text) == expected


@pytest.mark.parametrize(
    "name", ["dedication", "epigraph", "copyright", "letter", "right", "center", "small", "columns"]
)
def test_a_fenced_block_is_a_div_of_its_name(name: str) -> None:
    assert xhtml(f"::: {name}\nTo Ann\n:::") == f'<div class="{name}"><p>To Ann</p></div>'


@pytest.mark.parametrize("edition", ["print-only", "ebook-only"])
def test_editions(edition: str) -> None:
    assert xhtml(f"::: {edition}\nx\n:::") == f'<div class="{edition}"><p>x</p></div>'
    assert xhtml(f"[x]{{.{edition}}}") == f'<p><span class="{edition}">x</span></p>'


def test_a_bare_row_of_colons_closes_the_innermost_block() -> None:
    text = "::: {.letter lang=fr}\nBonjour\n\n:::::: tip\nHi\n:::\nAdieu\n::::"
    assert xhtml(text) == (
        '<div class="letter" lang="fr"><p>Bonjour</p><aside class="admonition tip"><p>Hi</p></aside><p>Adieu</p></div>'
    )


def test_colons_inside_code_close_nothing() -> None:
    assert xhtml("::: a\n```\n:::\n```\n:::") == '<div class="a"><pre class="code"><code>:::\n</code></pre></div>'


def test_blank_lines_divide_paragraphs_and_so_does_an_indented_line() -> None:
    assert xhtml("One\ntwo\n\nthree") == "<p>One two</p><p>three</p>"
    assert xhtml("One\n\ttwo\n    three") == "<p>One</p><p>two</p><p>three</p>"


def test_indented_lines_go_on_where_indentation_says_what_belongs_together() -> None:
    assert xhtml("- One\n      two") == "<ul><li>One two</li></ul>"
    assert xhtml("Word\n: One\n      two") == "<dl><dt>Word</dt><dd>One two</dd></dl>"


def test_a_backslash_or_two_spaces_break_a_line() -> None:
    assert xhtml("a\\\nb  \nc") == "<p>a<br/>b<br/>c</p>"
    assert xhtml("a\\\n    b") == "<p>a<br/>b</p>"


def test_verse_keeps_lines_stanzas_and_indents() -> None:
    verse = (
        '<div class="verse"><p class="stanza"><span class="line">Roses</span><span class="line in-2">are <em>red</em>'
        '</span></p><p class="stanza"><span class="line">Violets</span></p></div>'
    )
    assert xhtml("| Roses\n|     are *red*\n|\n| Violets") == verse
    assert xhtml("::: verse\nRoses\n    are *red*\n\nViolets\n:::") == verse
    assert xhtml("::: verse\n| Roses\n|     are *red*\n|\n| Violets\n:::") == verse


def test_a_second_row_of_bars_and_dashes_makes_a_table() -> None:
    assert xhtml("| a | b |\n|---|--:|\n| `x|y` | *z* \\| |") == (
        '<div class="table"><table><thead><tr><th scope="col">a</th><th scope="col" class="right">b</th></tr></thead>'
        '<tbody><tr><td><code>x|y</code></td><td class="right"><em>z</em> |</td></tr></tbody></table></div>'
    )


@pytest.mark.parametrize(
    "text", ["a | b\n--|--\n1 | 2\n\nTable: Cap *x* {#t}", "Table: Cap *x* {#t}\n\na | b\n--|--\n1 | 2"]
)
def test_a_caption_stands_before_or_after_its_table(text: str) -> None:
    assert xhtml(text).startswith('<div class="table" id="t"><p class="caption">Cap <em>x</em></p><table>')


@pytest.mark.parametrize("line", ["***", "* * *", "---", "⁂", "___", "  ***  "])
def test_scene_breaks(line: str) -> None:
    assert xhtml(f"a\n\n{line}\n\nb") == '<p>a</p><hr class="scene-break"/><p>b</p>'


def test_a_page_break() -> None:
    assert xhtml("a\n\n\\newpage\n\nb") == '<p>a</p><div class="page-break"/><p>b</p>'


@pytest.mark.parametrize("dash", ["—", "--", "― "])
def test_the_last_paragraph_of_a_quotation_that_begins_with_a_dash_is_its_source(dash: str) -> None:
    quotation = f'<p>To be</p><p class="source">{dash}Hamlet</p>'
    assert xhtml(f"> To be\n>\n> {dash}Hamlet") == f"<blockquote>{quotation}</blockquote>"
    assert xhtml(f"::: quote\nTo be\n\n{dash}Hamlet\n:::") == f'<blockquote class="quote">{quotation}</blockquote>'
    assert xhtml(f"::: epigraph\nTo be\n\n{dash}Hamlet\n:::") == f'<div class="epigraph">{quotation}</div>'


def test_a_quotation_goes_on_lazily() -> None:
    assert xhtml("> a\nb\n\nc") == "<blockquote><p>a b</p></blockquote><p>c</p>"


def test_a_figure_is_an_image_alone_in_its_paragraph() -> None:
    assert xhtml('![A *whale*](whale.jpg "Moby"){#fig-whale alt="A whale" width=80%}') == (
        '<figure id="fig-whale"><img src="whale.jpg" title="Moby" alt="A whale" data-width="80%"/>'
        "<figcaption>A <em>whale</em></figcaption></figure>"
    )
    assert xhtml("![](w.jpg){.decorative details=#long}") == (
        '<figure class="decorative" data-details="#long"><img src="w.jpg" alt="" role="presentation"/></figure>'
    )
    assert xhtml("![Cap][w]\n\n[w]: whale.jpg") == (
        '<figure><img src="whale.jpg"/><figcaption>Cap</figcaption></figure>'
    )


def test_in_a_line_of_text_the_brackets_of_an_image_are_its_words() -> None:
    assert xhtml("See ![a *b*](w.jpg) here") == '<p>See <img src="w.jpg" alt="a b"/> here</p>'


def test_code_stands_between_fences_anywhere() -> None:
    assert xhtml("```{.python #lst-x}\na = 1  # *x*\n```") == (
        '<pre class="code" data-language="python" id="lst-x"><code>a = 1  # *x*\n</code></pre>'
    )
    assert xhtml("- a\n\n  ~~~\n  \tb\n  ~~~") == '<ul><li><p>a</p><pre class="code"><code>\tb\n</code></pre></li></ul>'
    assert xhtml("> ```c\n> x\n> ```") == (
        '<blockquote><pre class="code" data-language="c"><code>x\n</code></pre></blockquote>'
    )


@pytest.mark.parametrize("marker", ["-", "*", "+"])
def test_bullets(marker: str) -> None:
    assert xhtml(f"{marker} a\n{marker} b") == "<ul><li>a</li><li>b</li></ul>"


@pytest.mark.parametrize(
    ("first", "second", "attributes"),
    [
        ("1.", "2.", 'type="1"'),
        ("1)", "2)", 'type="1"'),
        ("a.", "b.", 'type="a"'),
        ("i.", "ii.", 'type="i"'),
        ("A.", "B.", 'type="A"'),
        ("7.", "8.", 'type="1" start="7"'),
    ],
)
def test_numbered_and_lettered_lists(first: str, second: str, attributes: str) -> None:
    assert xhtml(f"{first}  x\n{second}  y") == f"<ol {attributes}><li>x</li><li>y</li></ol>"


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_lists_nest_by_two_three_or_four_spaces(indent: int) -> None:
    inner = " " * indent
    assert xhtml(f"- a\n{inner}- b\n{inner * 2}- c\n- d") == (
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"
    )
    assert xhtml(f"1. a\n{inner}1. b") == '<ol type="1"><li>a<ol type="1"><li>b</li></ol></li></ol>'


def test_blank_lines_make_a_list_loose() -> None:
    assert xhtml("- a\n\n- b") == "<ul><li><p>a</p></li><li><p>b</p></li></ul>"


@pytest.mark.parametrize("marker", ["-", "*", "+", "1.", "1)"])
def test_some_lists_may_begin_directly_after_a_paragraph(marker: str) -> None:
    assert xhtml(f"Text\n{marker} a").startswith("<p>Text</p><")


@pytest.mark.parametrize("marker", ["2.", "1984.", "a.", "i."])
def test_other_lists_begin_only_after_a_blank_line(marker: str) -> None:
    assert xhtml(f"Text\n{marker} a") == f"<p>Text {marker} a</p>"


def test_initials_begin_no_list() -> None:
    assert xhtml("B. Russell was a philosopher.") == "<p>B. Russell was a philosopher.</p>"


def test_tasks() -> None:
    assert xhtml("- [ ] a\n- [x] b") == '<ul><li class="task open">a</li><li class="task done">b</li></ul>'


def test_definitions() -> None:
    assert xhtml("Term\n: One\n\n: Two\n\nOther\n\n:   Three") == (
        "<dl><dt>Term</dt><dd>One</dd><dd>Two</dd><dt>Other</dt><dd>Three</dd></dl>"
    )


def test_notes_are_taken_out_of_the_text() -> None:
    parsed, problems = read("Call[^whale].\n\n[^whale]: The *text*\n\n    and more.\n\nOn.")
    assert problems == []
    assert shown(parsed.root) == '<p>Call<a class="note-call" data-note="whale"/>.</p><p>On.</p>'
    assert shown(parsed.notes["whale"].element) == "<p>The <em>text</em></p><p>and more.</p>"
    assert str(parsed.notes["whale"].span) == "manuscript/book.md:3:1"


def test_notes_in_place_have_labels_that_nobody_can_type() -> None:
    parsed, problems = read("A^[one ^[inner *x*]] b^[two]")
    assert problems == []
    assert [call.get("data-note") for call in parsed.root.iter("a")] == ["^1", "^3"]
    assert [shown(note.element) for note in parsed.notes.values()] == [
        '<p>one <a class="note-call" data-note="^2"/></p>', "<p>inner <em>x</em></p>", "<p>two</p>",
    ]  # fmt: skip


def test_abbreviations() -> None:
    assert xhtml("HTML, `HTML` and XHTML.\n\n*[HTML]: Hypertext") == (
        '<p><abbr title="Hypertext">HTML</abbr>, <code>HTML</code> and XHTML.</p>'
    )


def test_comments_reach_no_output() -> None:
    assert xhtml("a<!-- one --> b\n\n<!-- two\n\nthree -->\n\nc") == "<p>a b</p><p>c</p>"


def test_raw_blocks_keep_what_is_allowed() -> None:
    assert xhtml('<table class="x"><tr><td colspan="2">a</td></tr></table>') == (
        '<table class="x"><tr><td colspan="2">a</td></tr></table>'
    )


def test_markdown_stands_between_the_tags_of_a_container() -> None:
    assert xhtml('<div class="x">\n*a*\n\n- b\n</div>') == '<div class="x"><p><em>a</em></p><ul><li>b</li></ul></div>'


def test_what_stands_in_the_middle_of_the_language_stays_as_typed() -> None:
    assert codes("Price: $5 to $10, 50 % off; ring @ann or a@b.example; x < y & y > z; a|b; 2^10; {x}; [sic]") == []
    assert xhtml("[sic] {x} @ann a|b 2^10 and 2^20 ~5 or ~6") == "<p>[sic] {x} @ann a|b 2^10 and 2^20 ~5 or ~6</p>"
