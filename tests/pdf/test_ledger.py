"""The ledger: no word of the author's is lost, moved or written twice without a problem that names the passage."""

import re

import pytest

from publish.places import Span

from .paper import Paper, book, html, paper, section

TEXT = "The lamp was lit at dusk. It burned all night over the bar."
LONG = " ".join(f"This is sentence {n} of a long account." for n in range(80))

WORDS = "Straße, ﬁnance, naïve résumé, İzmir, ığdır, ʼn: a well-known mother-in-law’s 20 000 §§ — and so on. "
SOFT = "Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesell\u00adschafts\u00adkapitän. "
RICH = f"<p>{(WORDS + SOFT) * 6}<em>inter</em>national<br/>line {WORDS}<code>a  b</code></p>"


def only(made: Paper, code: str) -> str:
    """The message of the one problem there is."""
    assert made.codes == [code]
    return next(iter(made.problems)).message


def test_text_that_a_style_hides_is_named_with_its_place() -> None:
    made = paper(
        book(section(f'<h1>One</h1><p>Before it.</p><p class="gone">{TEXT}</p><p>After it.</p>')),
        css=".gone { display: none }",
    )
    message = only(made, "C001")
    assert f"“{TEXT}”" not in message
    assert "“The lamp was lit at dusk. … " in message or "13 words" in message
    assert "after “One Before it.”" in message
    assert "before “After it.”" in message
    assert next(iter(made.problems)).span == Span("text.md", 3, 1)
    assert 0 < made.typeset.coverage < 1


@pytest.mark.parametrize(
    "css",
    [
        ".gone { visibility: hidden }",
        ".gone { position: absolute; left: 500mm }",
        ".gone { position: absolute; top: -500mm }",
        "section { string-set: none } .gone { position: running(elsewhere) }",
    ],
)
def test_text_that_nobody_can_see_is_lost(css: str) -> None:
    made = paper(book(section('<h1>One</h1><p>Before it.</p><p class="gone">The lamp.</p><p>After it.</p>')), css=css)
    assert "“The lamp.”" in only(made, "C001")


def test_a_hidden_word_is_named_with_the_words_around_it() -> None:
    made = paper(book(section("<p>He saw the <em>white</em> whale at last.</p>")), css="em { display: none }")
    assert only(made, "C001") == "missing from the PDF: “white” (after “He saw the” and before “whale at last.”)"


def test_text_that_the_engine_itself_loses_is_found() -> None:
    """A grid whose second column breaks over the page loses the rest of the first."""
    made = paper(
        book(section(f'<h1>One</h1><div class="two">{RICH}{RICH}</div>{RICH}')),
        css=".two { display: grid; grid-template-columns: 1fr 1fr }",
    )
    lost = [problem.message for problem in made.problems if problem.code == "C001"]
    assert any("“international”" in message for message in lost)
    assert made.typeset.coverage < 0.7


def test_a_line_that_runs_over_the_edge_of_the_paper_is_cut() -> None:
    code = "<pre class='code'><code>short\n" + "x" * 90 + "</code></pre>"
    made = paper(book(section(f"<h1>One</h1>{code}")), css="pre { white-space: pre }")
    assert "xxx”" in only(made, "C004")
    assert (
        paper(book(section(f"<h1>One</h1>{code}")), css="pre { overflow-wrap: anywhere; white-space: pre-wrap }").codes
        == []
    )


def test_of_a_thousand_hidden_words_the_first_few_are_named() -> None:
    words = "".join(f"<p>word <em>number{n}</em> here</p>" for n in range(100))
    made = paper(book(section(f"<h1>One</h1>{words}")), css="em { display: none }")
    assert made.codes == ["C001"] * 12 + ["C005"]
    assert list(made.problems)[-1].message == "88 more passages are missing from the PDF"


def test_a_chapter_that_a_template_leaves_out_is_one_problem() -> None:
    whole = book(section("<h1>One</h1><p>First words.</p>"), section(f"<h1>Two</h1><p>{LONG}</p>", "two"))
    without = re.sub(r'<section id="two".*?</section>', "", html(whole))
    made = paper(whole, markup=without)
    assert "641 words" in only(made, "C001")
    assert next(iter(made.problems)).span == Span("text.md", 1, 1)


def test_a_text_that_a_style_moves_is_out_of_order() -> None:
    made = paper(
        book(section('<h1>One</h1><div class="turned"><p>First.</p><p>Second.</p></div>')),
        css=".turned { display: flex; flex-direction: column-reverse }",
    )
    assert "“First." in only(made, "C002")


def test_a_text_written_twice_is_too_much() -> None:
    one = book(section("<h1>One</h1><p>Only once.</p>"))
    made = paper(one, markup=html(one).replace("</p>", '</p><p data-p="2">Only once.</p>'))
    assert "“Only once.”" in only(made, "C003")


def test_words_that_a_template_adds_to_the_authors_are_too_many() -> None:
    one = book(section("<h1>One</h1><p>Only this.</p>"))
    assert "C003" in paper(one, markup=html(one).replace("Only this.", "Only this. And more.")).codes


def test_what_we_make_may_stand_anywhere() -> None:
    made = paper(
        book(
            section('<p class="label" data-made="">Chapter 1</p><h1><span data-made="">1 </span>One</h1><p>Words.</p>')
        )
    )
    assert made.codes == []


def test_a_table_over_several_pages_repeats_its_head_and_breaks_its_rows() -> None:
    row = f"<tr><td>{LONG[:800]}</td><td>{LONG[800:1500]}</td></tr>"
    table = f"<table><thead><tr><th>Left</th><th>Right</th></tr></thead><tbody>{row * 4}</tbody></table>"
    made = paper(book(section(f"<h1>One</h1>{table}<p>After it.</p>")))
    assert made.typeset.page_count > 3
    assert made.codes == []


@pytest.mark.parametrize(
    "css",
    [
        "p { text-transform: uppercase }",
        "p { text-transform: capitalize; hyphens: auto; text-align: justify }",
        "p::first-line { font-variant: small-caps } p::first-letter { font-size: 150% }",
        ".two { columns: 2 }",
        ".two { float: left; width: 40% }",
        "p { white-space: pre-wrap; overflow-wrap: anywhere }",
        "p::before { content: '❦ ' } p::after { content: ' more of it' }",
    ],
)
def test_styles_that_lose_nothing_are_let_be(css: str) -> None:
    made = paper(book(section(f'<h1>One</h1><div class="two">{RICH}{RICH}</div>{RICH}')), css=css)
    assert [code for code in made.codes if code != "P002"] == []


def test_only_screens_show_what_is_for_screens_only() -> None:
    one = book(section('<h1>One</h1><p class="ebook-only">Tap here.</p><p>Words.</p>'))
    without = re.sub(r'<p class="ebook-only".*?</p>', "", html(one))
    assert paper(one, markup=without).codes == []
