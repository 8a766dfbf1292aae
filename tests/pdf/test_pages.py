"""A book on paper: what stands on which page, under which label, and where it was typed."""

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.book.flow import digest, image
from publish.book.model import Matter
from publish.layout.numerals import numeral
from publish.pages import PageStart
from publish.places import Address

from .paper import Paper, book, html, paper, section

SENTENCES = "".join(f"Sentence number {n} speaks of the harbour and of its lamps. " for n in range(60))
FIGURE = '<figure><div style="height: 60mm"></div><figcaption>What it shows</figcaption></figure>'


@pytest.fixture(scope="module")
def small() -> Paper:
    """A preface, two chapters of several pages, the second on a right-hand page."""
    return paper(
        book(
            section(f"<h1>Preface</h1><p>{SENTENCES}</p>", "preface", matter=Matter.FRONT),
            section(f"<h1>Departure</h1><p>{SENTENCES}</p>", "first"),
            section(f'<h1>Arrival</h1><p>{SENTENCES}</p><h2 id="inside">A turn</h2><p>Late.</p>', "second"),
        ),
        css="#first, #second { break-before: right }",
    )


def test_nothing_is_wrong_with_a_plain_book(small: Paper) -> None:
    assert small.codes == []
    assert small.typeset.coverage == 1


def test_nothing_is_printed_not_even_by_the_libraries_below(capfd: pytest.CaptureFixture[str]) -> None:
    paper(book(section("<h1>漢</h1>")), css="h1 { colour: red; background: url(nowhere.png) }")
    assert capfd.readouterr() == ("", "")


def test_labels_are_the_folios_that_the_pages_show(small: Paper) -> None:
    document = pypdfium2.PdfDocument(small.pdf)
    shown = 0
    for page, start in zip(document, small.typeset.pages.pages, strict=True):
        width, _ = page.get_size()
        folio = page.get_textpage().get_text_bounded(0, 0, width, 25).strip()
        assert folio == ("" if start.blank else start.label)
        shown += bool(folio)
    assert shown > 6
    assert [document.get_page_label(start.index) for start in small.typeset.pages.pages] == [
        start.label for start in small.typeset.pages.pages
    ]


def test_front_matter_counts_in_roman_figures_and_the_body_begins_at_1(small: Paper) -> None:
    labels = [start.label for start in small.typeset.pages.pages]
    body = labels.index("1")
    assert labels[:body] == [numeral(n, "lower-roman") for n in range(1, body + 1)]
    assert labels[body:] == [str(n) for n in range(1, len(labels) - body + 1)]


@pytest.mark.parametrize(
    ("number", "figures"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (1994, "mcmxciv"), (0, "0")]
)
def test_roman_figures(number: int, figures: str) -> None:
    assert numeral(number, "lower-roman") == figures


def test_each_page_starts_where_its_first_words_were_typed(small: Paper) -> None:
    document = pypdfium2.PdfDocument(small.pdf)
    for page, start in zip(document, small.typeset.pages.pages, strict=True):
        if start.blank:
            assert start.start is None
            continue
        width, height = page.get_size()
        text = page.get_textpage().get_text_bounded(0, 0, width, height - 28)
        first = "".join(text.split())[:20].casefold()
        assert start.after.startswith(first)


def test_a_page_start_is_an_address_in_the_authors_text(small: Paper) -> None:
    second = next(
        start
        for start in small.typeset.pages.pages
        if start.start and start.start.section == "first" and start.label == "2"
    )
    assert second.start is not None
    assert second.start.serial == 2
    assert second.start.offset is not None
    assert "".join(SENTENCES[second.start.offset :].split()).casefold().startswith(second.after)
    assert second.before in "".join(SENTENCES[: second.start.offset].split()).casefold()


def test_ids_are_found_on_their_pages(small: Paper) -> None:
    anchors = small.typeset.pages.anchors
    assert anchors["preface"] == "i"
    assert anchors["first"] == "1"
    assert int(anchors["second"]) % 2 == 1
    assert int(anchors["inside"]) > int(anchors["second"])


def test_a_page_that_begins_with_a_figure_starts_at_the_figure() -> None:
    made = paper(
        book(section(f'<h1>One</h1><div class="page-break"></div>{FIGURE}')), css=".page-break { break-after: page }"
    )
    start = made.typeset.pages.pages[1]
    assert start.start is not None
    assert start.start.offset is None
    assert start.after.startswith("whatitshows")


def test_a_page_that_begins_with_an_initial_starts_at_the_initial() -> None:
    initial = '<p class="opening"><span class="initial">I</span> was there. ' + SENTENCES
    made = paper(book(section(f"{initial}</p><p>{SENTENCES}</p>")), css=".initial { float: left; font-size: 40pt }")
    first = made.typeset.pages.pages[0]
    assert first.after.startswith("iwasthere.sentence")
    assert first.before == ""


def test_a_section_of_ours_begins_as_a_whole() -> None:
    one = book(section("<h1>One</h1>"))
    words = "A Small Book" * 400
    title = f'<section id="title-page" class="title-page front" data-short="" data-made=""><p>{words}</p></section>'
    made = paper(one, markup=html(one).replace("<body>", f"<body>{title}"))
    first, *rest, last = [start.start for start in made.typeset.pages.pages]
    assert first == Address("title-page", 0)
    assert rest
    assert set(rest) == {None}
    assert last is not None
    assert last.section == "one"
    assert made.codes == []


def test_notes_at_the_end_of_a_section_begin_pages_as_its_text_does() -> None:
    one = book(section("<h1>One</h1><p>A call[1].</p>", notes=(SENTENCES,)))
    made = paper(one, markup=html(one, moved=frozenset({"one-note-1"})))
    second = made.typeset.pages.pages[1]
    assert second.start is not None
    assert second.after
    assert second.after in "".join(SENTENCES.split()).casefold()


def test_labels_are_folios_with_letters_too() -> None:
    css = """#two { page: again } @page again:nth(1 of again) { counter-reset: page 1 }
    @page again { @bottom-center { content: "A-" counter(page) } }"""
    made = paper(book(section("<h1>A</h1>"), section(f"<h1>B</h1><p>{SENTENCES}</p>", "two")), css=css)
    labels = [start.label for start in made.typeset.pages.pages]
    assert labels[:3] == ["1", "A-1", "A-2"]
    document = pypdfium2.PdfDocument(made.pdf)
    assert [document.get_page_label(index) for index in range(len(document))] == labels
    assert made.typeset.pages.anchors["two"] == "A-1"


def test_a_page_start_knows_its_block() -> None:
    one = book(section(f"<h1>One</h1><p>Short.</p><p>{SENTENCES}</p>"))
    second = paper(one).typeset.pages.pages[1]
    whole = image(SENTENCES)
    name, offset = second.block
    assert name == digest(whole)
    assert whole[offset:].startswith(second.after)


def test_a_restart_of_the_page_numbers_is_followed() -> None:
    made = paper(
        book(section(f"<h1>A</h1><p>{SENTENCES}</p>"), section("<h1>B</h1>", "two")),
        css="#two { page: again } @page again:nth(1 of again) { counter-reset: page 90 }",
    )
    assert made.typeset.pages.pages[-1].label == "90"


def test_progress_tells_the_page(small: Paper) -> None:
    assert small.heard[:2] == ["page 1", "page 2"]
    assert f"page {small.typeset.page_count}" in small.heard


words = st.text(st.sampled_from("abcßİığéﬁ’“”—-  \u00a0\u00adАбвΣς.,"), min_size=1, max_size=40)
blocks = st.one_of(
    words.map(lambda t: f"<p>{t}</p>"),
    st.tuples(words, words, words).map(lambda t: f"<p>{t[0]}<em>{t[1]}</em>{t[2]}</p>"),
    st.lists(words, min_size=1, max_size=3).map(lambda ts: "<ul>" + "".join(f"<li>{t}</li>" for t in ts) + "</ul>"),
    st.lists(words, min_size=2, max_size=2).map(
        lambda ts: "<table><thead><tr><th>H</th><th>I</th></tr></thead>"
        + "<tbody>" + 6 * ("<tr>" + "".join(f"<td>{t}</td>" for t in ts) + "</tr>") + "</tbody></table>"
    ),
    words.map(lambda t: f'<p class="stanza"><span class="line">{t}</span><span class="line in-2">{t}</span></p>'),
    words.map(lambda t: f"<blockquote><p>{t * 5}</p></blockquote>"),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=6))
def test_every_text_is_on_the_pages_once_and_in_order(markup: list[str]) -> None:
    made = paper(
        book(section("<h1>Any</h1>" + "".join(markup))),
        css="@page { size: 60mm 50mm } p, td { hyphens: auto; text-align: justify; overflow-wrap: anywhere }"
        " em { text-transform: uppercase } p::first-letter { font-size: 200% } .line { display: block }",
    )
    # A word may be too wide for this paper, and this face lacks a letter or two: both are said, nothing is lost.
    assert set(made.codes) <= {"C004", "P002"}
    assert made.typeset.coverage == 1
    positions = [_position(start) for start in made.typeset.pages.pages if start.start]
    assert positions == sorted(positions)


def _position(start: PageStart) -> tuple[int, int]:
    assert start.start is not None
    return start.start.serial, start.start.offset or 0
