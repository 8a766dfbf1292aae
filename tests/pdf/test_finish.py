"""The finished PDF: what a reader, a library and a screen reader find in it, and the same bytes every time."""

import io
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from publish.book.model import Matter
from publish.layout.model import Picture
from publish.manuscript.model import Contributor, Subject

from .paper import book, html, paper, section

ABOUT = {
    "subtitle": "With Lamps",
    "contributors": (Contributor("Ann Author"), Contributor("Öz Übersetzer", "trl"), Contributor("Bo Author")),
    "lang": "en-GB",
    "languages": ("az",),
    "identifier": "urn:uuid:1234",
    "date": "2024-05",
    "rights": "All rights reserved.",
    "publisher": "The House",
    "description": "Of harbours – and lamps.",
    "subjects": (Subject("lamps"), Subject("harbours"), Subject("FBA", "thema")),
}
WORDS = "<p>" + "Some text of a paragraph that goes on. " * 12 + "</p>"


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF, to be looked into."""
    return pikepdf.open(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    """A book with a preface, a part with a chapter, headings, a note, a table and a link."""
    table = "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><th>r</th><td>1</td></tr></tbody></table>"
    one = book(
        section("<h1>Preface</h1><p>Words.</p>", "preface", matter=Matter.FRONT, title="Preface"),
        section("<h1>Sea</h1>", "sea", title="The Sea", label="Part I"),
        section(
            f'<h1>One</h1><h2 id="h-in">In</h2>{WORDS}<h3 id="h-deep">Deep</h3><h2 id="h-out">Out</h2>'
            f'<p>A call[1], <a href="https://example.org/">a <em>link</em></a>, <a href="#preface">the preface</a>.</p>'
            f"{table}",
            "one",
            title="One: the lamp",
            part="sea",
            notes=("The note.",),
        ),
        section("<h1>After</h1>", "after", matter=Matter.BACK, title="After"),
        **ABOUT,
    )
    made = paper(one)
    assert made.codes == []
    return opened(made.pdf)


def test_the_document_information(pdf: pikepdf.Pdf) -> None:
    info = {key: str(value) for key, value in pdf.docinfo.items()}
    assert info.pop("/Creator").startswith("Octavo ")
    assert info.pop("/Producer").startswith("WeasyPrint ")
    assert info == {
        "/Title": "A Small Book: With Lamps",
        "/Author": "Ann Author, Bo Author",
        "/Subject": "Of harbours – and lamps.",
        "/Keywords": "lamps, harbours",
        "/CreationDate": "D:20240501000000Z",
        "/ModDate": "D:20240501000000Z",
    }


def test_the_same_in_xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "A Small Book: With Lamps"
        assert xmp["dc:creator"] == ["Ann Author", "Bo Author"]
        assert list(xmp["dc:contributor"]) == ["Öz Übersetzer"]
        assert xmp["dc:description"] == "Of harbours – and lamps."
        assert set(xmp["dc:language"]) == {"en-GB", "az"}
        assert xmp["dc:rights"] == "All rights reserved."
        assert xmp["dc:identifier"] == "urn:uuid:1234"
        assert list(xmp["dc:publisher"]) == ["The House"]
        assert set(xmp["dc:subject"]) == {"lamps", "harbours"}
        assert list(xmp["dc:date"]) == ["2024-05"]
        assert xmp["xmp:ModifyDate"] == "2024-05-01T00:00:00Z"
        assert "pdfuaid:part" not in xmp


def test_language_title_bar_and_view(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.PageMode == pikepdf.Name.UseOutlines
    assert pdf.Root.MarkInfo.Marked


def test_the_outline_is_the_books_order_with_chapters_in_their_parts(pdf: pikepdf.Pdf) -> None:
    document = pypdfium2.PdfDocument(_bytes(pdf))
    found = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert [(level, title) for level, title, _ in found] == [
        (0, "Preface"),
        (0, "Part I: The Sea"),
        (1, "One: the lamp"),
        (2, "In"),
        (3, "Deep"),
        (2, "Out"),
        (0, "After"),
    ]
    pages = [page for _, _, page in found]
    assert pages == sorted(pages)
    assert pages[:3] == [0, 1, 2]


def test_every_id_is_a_place_that_links_can_lead_to(pdf: pikepdf.Pdf) -> None:
    names = dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())
    assert {"preface", "sea", "one", "h-in", "h-out", "after", "one-note-1", "fnref-one-note-1"} <= set(names)
    pages = [page.obj.objgen for page in pdf.pages]
    assert [pages.index(names[name][0].objgen) for name in ("preface", "sea", "one")] == [0, 1, 2]


def test_page_labels_are_ranges(pdf: pikepdf.Pdf) -> None:
    numbers = list(pdf.Root.PageLabels.Nums)
    assert [(int(numbers[i]), str(numbers[i + 1].S)) for i in range(0, len(numbers), 2)] == [(0, "/r"), (1, "/D")]


def test_links_lead_out_and_in_and_may_be_printed(pdf: pikepdf.Pdf) -> None:
    links = [link for page in pdf.pages for link in page.get("/Annots", ())]
    assert {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A} == {"https://example.org/"}
    assert len(links) >= 3
    assert all(int(link.F) == 4 for link in links)
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    tagged = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    assert {str(tagged[int(link.StructParent)].S) for link in links} == {"/Link"}


def test_links_say_where_they_lead(pdf: pikepdf.Pdf) -> None:
    links = [link for page in pdf.pages for link in page.get("/Annots", ())]
    said = {str(link.Dest if "/Dest" in link else link.A.URI): str(link.Contents) for link in links}
    assert said == {
        "https://example.org/": "https://example.org/",
        "preface": "Preface",
        "one-note-1": "Note 1",
    }


def test_links_out_of_notes_say_that_they_lead_back() -> None:
    back = '<p>A call[1]. <a href="#fnref-one-note-1">1</a></p>'
    with opened(paper(book(section(back, notes=("The note.",)))).pdf) as pdf:
        said = {str(link.Dest): str(link.Contents) for page in pdf.pages for link in page.get("/Annots", ())}
    assert said == {"one-note-1": "Note 1", "fnref-one-note-1": "Back to the text"}


def test_running_heads_and_folios_are_no_part_of_the_text(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        stream = page.Contents.read_bytes()
        artifacts = stream.count(b"/Artifact <</Type /Pagination>> BDC")
        assert artifacts >= 1
    tree = pdf.Root.StructTreeRoot
    held = [entry for number in _pairs(tree.ParentTree.Nums) if isinstance(number, pikepdf.Array) for entry in number]
    assert all(entry is None or _reached(entry, tree.K[0]) for entry in held)


def test_notes_and_header_cells_are_tagged_as_such(pdf: pikepdf.Pdf) -> None:
    tags = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and e.get("/Type") == pikepdf.Name.StructElem]
    assert [str(tag.ID) for tag in tags if pikepdf.Name.Note == tag.S] == ["book-note-00001"]
    scopes = [str(tag.A.Scope) for tag in tags if tag.S == pikepdf.Name.TH]
    assert sorted(scopes) == ["/Column", "/Column", "/Row"]
    assert "book-note-00001" in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)


def test_a_picture_without_words_is_no_part_of_the_text() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect fill="none"/></svg>'
    shown = '<p>Words. <img src="octavo:a.svg" alt=""/> and <img src="octavo:a.svg" alt="a square"/> more.</p>'
    made = paper(book(section(shown)), pictures={"a.svg": Picture("a.svg", "image/svg+xml", svg, "d", 9, 9)})
    assert made.codes == []
    pdf = opened(made.pdf)
    tags = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and e.get("/Type") == pikepdf.Name.StructElem]
    assert [str(tag.Alt) for tag in tags if pikepdf.Name.Figure == tag.S] == ["a square"]
    stream = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert len(re.findall(rb"/Figure\s+<<", stream)) == 1
    assert stream.count(b"/Artifact <</Type /Layout>>") == 1


def test_without_dates_and_authors_nothing_is_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    pdf = opened(paper(book(section("<h1>One</h1>"))).pdf)
    assert set(pdf.docinfo.keys()) == {"/Title", "/Creator", "/Producer"}


def test_the_epoch_dates_a_book_that_has_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    undated = book(section("<h1>One</h1>"))
    assert str(opened(paper(undated).pdf).docinfo.CreationDate) == "D:19700102000000Z"
    dated = book(section("<h1>One</h1>"), date="2020", modified="2021-02-03")
    assert str(opened(paper(dated).pdf).docinfo.ModDate) == "D:20210203000000Z"


def test_two_processes_make_the_same_bytes_wherever_and_whenever() -> None:
    program = (
        "import sys; sys.path[:0] = [sys.argv[1]]\n"
        "from hashlib import sha256\n"
        "from pdf.test_finish import WORDS, ABOUT\n"
        "from pdf.paper import book, paper, section\n"
        "one = book(section(f'<h1>One</h1>{WORDS}<p>Call[1] <em>x</em></p>', notes=('N.',)), **ABOUT)\n"
        "print(sha256(paper(one).pdf).hexdigest())"
    )
    tests = str(Path(__file__).parent.parent)
    digests = set()
    for zone, seed in (("UTC", "0"), ("Asia/Baku", "1"), ("America/New_York", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", program, tests], env=environment, capture_output=True, check=True)
        digests.add(run.stdout)
    assert len(digests) == 1
    assert len(digests.pop().strip()) == len(sha256().hexdigest())


def test_the_file_is_sound(tmp_path: Path, pdf: pikepdf.Pdf) -> None:
    assert opened(_bytes(pdf)).check_pdf_syntax() == []


def test_html_in_a_title_is_plain_text() -> None:
    one = book(section("<h1>One</h1>"), title="Q&A: <b>bold</b> (yes) \\ no")
    assert str(opened(paper(one, markup=html(one)).pdf).docinfo.Title) == "Q&A: <b>bold</b> (yes) \\ no"


def _bytes(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _pairs(numbers: pikepdf.Object) -> list[pikepdf.Object]:
    return [numbers[i] for i in range(1, len(numbers), 2)]


def _reached(entry: pikepdf.Object, document: pikepdf.Object) -> bool:
    while entry.P.objgen != document.objgen:
        entry = entry.P
    return any(child.objgen == entry.objgen for child in document.K)
