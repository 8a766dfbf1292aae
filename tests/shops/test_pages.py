"""What Kindle asks of the page numbers of the printed book."""

import pytest

from publish.places import Span

from .shelf import chapter, codes, epub, page_list, said

TEXT = chapter('<p id="p">Text.</p>')
ISBN = "<dc:source>urn:isbn:9783161484100</dc:source>"


def pages(*labels: str, metadata: str = ISBN) -> bytes:
    """An EPUB with pages of these labels."""
    return epub(TEXT, nav=page_list(*labels), metadata=metadata)


def test_arabic_and_roman_numbers_are_good() -> None:
    assert codes(pages("i", "iv", "XIV", "xxxix", "1", "12", "1040"), "kindle") == []


@pytest.mark.parametrize("label", ["Page 12", "A-3", "12a", "iiii", "vx", "[12]", "١٢", "-1"])
def test_other_labels_are_not(label: str) -> None:
    (problem,) = said(pages("1", label), "kindle")
    assert (problem.code, problem.severity) == ("E072", "warning")
    assert label in problem.message
    assert problem.span == Span("EPUB/nav.xhtml", 1)


def test_many_strange_labels_are_one_problem() -> None:
    (problem,) = said(pages(*(f"A-{number}" for number in range(1, 41))), "kindle")
    assert "A-1, A-2, A-3, A-4, A-5 and 35 more" in problem.message


def test_a_number_that_stands_twice() -> None:
    (problem,) = said(pages("1", "2", "1"), "kindle")
    assert (problem.code, problem.severity) == ("E073", "warning")
    assert problem.message.endswith("twice 1")


def test_a_page_without_a_number() -> None:
    assert codes(pages("1", "", "2"), "kindle") == ["E074"]


def test_pages_of_the_ncx_count_where_the_navigation_has_none() -> None:
    row = '<pageTarget><navLabel><text>Page 1</text></navLabel><content src="one.xhtml#p"/></pageTarget>'
    assert codes(epub(TEXT, ncx=f"<pageList>{row}</pageList>", metadata=ISBN), "kindle") == ["E072"]


@pytest.mark.parametrize("metadata", ["", "<dc:source>Penguin</dc:source>", ISBN.replace("4100", "4101")])
def test_the_printed_book_has_to_be_named_by_its_isbn(metadata: str) -> None:
    place = Span("manuscript/a.md", 3)
    (problem,) = said(pages("1", metadata=metadata), "kindle", places={"isbn": place})
    assert (problem.code, problem.severity, problem.span) == ("E075", "warning", place)


@pytest.mark.parametrize(
    "metadata",
    [ISBN, '<meta property="pageBreakSource">urn:isbn:978-3-16-148410-0</meta>', "<dc:source>316148410X</dc:source>"],
)
def test_a_printed_book_named_by_its_isbn(metadata: str) -> None:
    assert codes(pages("1", metadata=metadata), "kindle") == []


def test_an_epub_without_pages_needs_no_printed_book() -> None:
    assert codes(epub(TEXT), "kindle") == []


@pytest.mark.parametrize(
    ("text", "lang", "reference"),
    [
        ("See page 12.", "en", "page 12"),
        ("(cf. the map on page\u00a012)", "en", "page 12"),
        ("The map (p. 12) is old.", "en", "p. 12"),
        ("Siehe Seite <b>12</b>.", "de", "Seite 12"),
        ("voir page 12", "fr-CA", "page 12"),
        ("см. с. 12", "ru", "с. 12"),
        ('see page <a id="x">12</a>', "en", "page 12"),
    ],
)
def test_a_page_that_the_text_names_and_does_not_lead_to(text: str, lang: str, reference: str) -> None:
    (problem,) = said(epub(chapter(f"<p>{text}</p>", lang=lang)), "kindle")
    assert (problem.code, problem.severity) == ("E076", "warning")
    assert problem.message.endswith(f": {reference}")


@pytest.mark.parametrize(
    "text",
    [
        'See <a href="#p">page 12</a>.',
        'see page <a href="#p">12</a>',
        "Page 1 is the first page of the text.",
        "See the page. Page 12 is torn.",
        "see <code>page 12</code>",
        "see Smith, page 12",
    ],
)
def test_links_and_pages_nobody_is_sent_to_are_good(text: str) -> None:
    assert codes(epub(chapter(f'<p id="p">{text}</p>')), "kindle") == []


def test_the_numbers_of_an_index_are_links() -> None:
    rows = '<p>Lamp, {}12{}, 14–{}15{}</p><p>Battle of 1812, <a href="#p">3</a></p>'
    bare = f'<section role="doc-index" id="p">{rows.format("", "", "", "")}</section>'
    (problem,) = said(epub(chapter(bare)), "kindle")
    assert problem.code == "E076"
    assert problem.message.endswith(": 12, 14, 15")
    linked = rows.replace("14", "{}14{}").format(*['<a href="#p">', "</a>"] * 3)
    assert codes(epub(chapter(f'<section epub:type="index" id="p">{linked}</section>')), "kindle") == []
