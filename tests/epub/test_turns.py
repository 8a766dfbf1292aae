"""The pages of the printed book in the e-book: marks, page list, and references to pages."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from book.reading import read_book
from publish.book.flow import image
from publish.book.model import Book
from publish.epub import package, print_pages
from publish.epub.turns import PrintPages
from publish.layout import dress
from publish.layout.model import EPUB, PROOF, Rendition
from publish.manuscript.model import Trim
from publish.pages import PageMap, References
from publish.pdf.typeset import Typesetter
from publish.pdf.workshop import Workshop
from publish.problems import Problems

from .reader import NS, TYPE, UUID, Reader, found

LONG = " ".join(f"Sentence number {n} speaks of the harbour and of its lamps." for n in range(90))
NOWHERE = Path("nowhere")
ON_PAPER = ("half-title", "contents")
LONGEST_REST = 8
"""Letters of a word that can stand on the next page."""
TEXTS = (
    f"# Preface {{.preface}}\n\n{LONG}\n\n# One {{#one}}\n\n{LONG}\n\nSee [](#two){{.page}}.[^a]\n\n[^a]: A note.\n\n"
    f"# Two {{#two}}\n\n{LONG}\n\n- {LONG}\n- {LONG}\n",
)


def laid_out(*texts: str, **metadata: object) -> tuple[Book, PageMap]:
    """A small book, and its pages as they are printed."""
    book, problems = read_book(*texts, root=None, **{"identifier": UUID, "trim": Trim(100, 150), **metadata})
    assert [problem for problem in problems if problem.severity == "error"] == []
    said = Problems()
    laid = Typesetter(Workshop(1), lambda stage: None).lay_out(dress(book, PROOF, NOWHERE, References(), said), said)
    assert laid is not None
    return book, replace(laid.pages, source=book.metadata.identifier_of("print"))


def on_screen(book: Book, pages: PageMap) -> Rendition:
    return replace(dress(book, EPUB, NOWHERE, References(pages.anchors), Problems()), fonts=())


def read(book: Book, pages: PageMap, *, by_block: bool = False) -> Reader:
    rendition, problems = on_screen(book, pages), Problems()
    known = print_pages(pages, book, rendition, problems, by_block=by_block)
    assert list(problems) == []
    return Reader(package(rendition, known))


@pytest.fixture(scope="module")
def printed() -> tuple[Book, PageMap]:
    return laid_out(*TEXTS, isbn={"print": "978-3-16-148410-0"})


@pytest.fixture(scope="module")
def reader(printed: tuple[Book, PageMap]) -> Reader:
    return read(*printed)


def words_after(reader: Reader, address: str) -> str:
    """The text after a mark as far as its document goes."""
    name, _, ident = address.partition("#")
    mark = reader.find(name, f"//*[@id='{ident}']")
    return "".join(str(text) for text in found(mark, "following::text()"))


def test_the_page_list_names_every_page_that_has_text(printed: tuple[Book, PageMap], reader: Reader) -> None:
    _, pages = printed
    labels = reader.values("nav.xhtml", "//h:nav[@epub:type='page-list']//h:a/text()")
    assert labels == [page.label for page in pages.pages if page.start and page.start.section not in ON_PAPER]
    assert {"iii", "1", "2"} <= {*labels}
    assert len(labels) > 10


def test_each_page_begins_with_its_first_words(printed: tuple[Book, PageMap], reader: Reader) -> None:
    _, pages = printed
    addresses = reader.values("nav.xhtml", "//h:nav[@epub:type='page-list']//h:a/@href")
    labels = reader.values("nav.xhtml", "//h:nav[@epub:type='page-list']//h:a/text()")
    starts = {page.label: page for page in pages.pages}
    parted = 0
    for label, address in zip(labels, addresses, strict=True):
        said, expected = image(words_after(reader, address)), starts[label].after
        # The rest of a word that the page turn parts stands before the mark.
        rest = next(rest for rest in range(len(expected) + 1) if said.startswith(expected[rest:]))
        assert rest < LONGEST_REST
        parted += bool(rest)
    assert parted < len(labels) / 2


def test_the_ncx_lists_the_same_pages(reader: Reader) -> None:
    labels = reader.values("nav.xhtml", "//h:nav[@epub:type='page-list']//h:a/text()")
    assert reader.values("toc.ncx", "//ncx:pageTarget/ncx:navLabel/ncx:text/text()") == labels
    kinds = dict(zip(labels, reader.values("toc.ncx", "//ncx:pageTarget/@type"), strict=True))
    assert kinds["1"] == "normal"
    assert {kind for label, kind in kinds.items() if not label.isdecimal()} == {"front"}
    assert reader.values("toc.ncx", "//ncx:meta[@name='dtb:totalPageCount']/@content") == [str(len(labels))]
    orders = reader.values("toc.ncx", "//@playOrder")
    assert [int(order) for order in orders] == list(range(1, len(orders) + 1))


def test_the_package_says_whose_pages_they_are(reader: Reader) -> None:
    assert reader.meta("pageBreakSource") == ["urn:isbn:9783161484100"]
    assert reader.meta("dc:source") == ["urn:isbn:9783161484100"]
    assert {"pageBreakMarkers", "pageNavigation"} <= set(reader.meta("schema:accessibilityFeature"))


def test_a_book_without_an_isbn_names_its_own_identifier() -> None:
    book, pages = laid_out("# One\n\nText.\n")
    assert read(book, pages).meta("pageBreakSource") == [UUID]


def test_an_e_book_without_pages_says_nothing_of_them(printed: tuple[Book, PageMap]) -> None:
    book, _ = printed
    reader = read(book, PageMap(()))
    assert reader.meta("pageBreakSource") == []
    assert "pageNavigation" not in reader.meta("schema:accessibilityFeature")
    assert reader.values("nav.xhtml", "//h:nav[@epub:type='page-list']") == []
    assert reader.values("toc.ncx", "//ncx:pageList") == []


def test_a_page_reference_is_a_link_with_the_printed_page(printed: tuple[Book, PageMap], reader: Reader) -> None:
    _, pages = printed
    link = reader.find("chapter-01.xhtml", "//h:a[contains(@class, 'page-ref')]")
    assert link.text == pages.anchors["two"]
    assert link.get("href") == "chapter-02.xhtml"


def test_pages_of_what_we_made_begin_with_its_documents(printed: tuple[Book, PageMap], reader: Reader) -> None:
    _, pages = printed
    title = next(page for page in pages.pages if page.start and page.start.section == "title-page")
    marks = reader.all("title-page.xhtml", "//*[@role='doc-pagebreak']")
    assert [mark.get("aria-label") for mark in marks] == [title.label]


def test_a_page_that_begins_with_a_passage_for_paper_begins_with_what_stands_next_on_it() -> None:
    paper = f"::: print-only\n{LONG}\n:::\n\n"
    book, pages = laid_out(f"# One\n\n{paper}After it.\n\n{LONG}\n")
    reader = read(book, pages)
    labels = reader.values("nav.xhtml", "//h:nav[@epub:type='page-list']//h:a/text()")
    body = [page for page in pages.pages if page.start and page.start.section == "one"]
    missing = [page.label for page in body if page.label not in labels]
    assert missing, "some pages hold nothing but the passage"
    after = next(page.label for page in body if page.label not in missing and page is not body[0])
    address = next(
        value
        for value in reader.values("nav.xhtml", "//h:nav[@epub:type='page-list']//h:a/@href")
        if value.endswith(f"#page-{after}")
    )
    assert words_after(reader, address).strip().startswith("After it.")


def test_by_block_pages_begin_before_paragraphs(printed: tuple[Book, PageMap], reader: Reader) -> None:
    rough = read(*printed, by_block=True)
    path = "//h:nav[@epub:type='page-list']//h:a/text()"
    assert rough.values("nav.xhtml", path) == reader.values("nav.xhtml", path)
    for name in rough.documents():
        assert rough.all(name, "//h:p//*[@role='doc-pagebreak']") == []
    assert reader.all("chapter-01.xhtml", "//h:p//*[@role='doc-pagebreak']")


def test_a_page_map_of_another_text_is_an_error_at_its_place(printed: tuple[Book, PageMap]) -> None:
    book, pages = printed
    inside = next(page for page in pages.pages if page.start and page.start.offset)
    wrong = replace(inside, after="notthesewords")
    problems = Problems()
    moved = replace(pages, pages=tuple(wrong if page is inside else page for page in pages.pages))
    known = print_pages(moved, book, on_screen(book, pages), problems)
    (problem,) = problems
    assert problem.code == "E018"
    assert f"page {inside.label} " in problem.message
    assert problem.span is not None
    assert inside.label not in {turn.label for turn in known.turns}


def test_ids_of_marks_are_ascii_and_no_others() -> None:
    book, pages = laid_out('# One {#page-1}\n\nText.\n\n# Two\n\n<span id="page-2">Text.</span>\n')
    labels = {"1": "ω", "2": "2"}
    pages = replace(pages, pages=tuple(replace(page, label=labels.get(page.label, page.label)) for page in pages.pages))
    reader = read(book, pages)
    marks = {
        mark.get("aria-label", ""): mark.get("id", "")
        for name in reader.documents()
        for mark in reader.all(name, "//*[@role='doc-pagebreak']")
    }
    assert marks["ω"].isascii()
    assert marks["2"] not in ("page-2", "page-1")


def test_marks_stand_in_documents_as_epub_wants_them(reader: Reader) -> None:
    for name in reader.documents():
        for mark in reader.all(name, "//*[@role='doc-pagebreak']"):
            assert mark.get(TYPE) == "pagebreak"
            assert len(mark) == 0
            assert not mark.text
            assert etree.QName(mark).namespace == NS["h"]
            assert [other for other in mark.attrib if str(other).startswith("data-")] == []


def test_nothing_is_known_of_pages_unless_they_are_given() -> None:
    assert PrintPages().turns == ()
