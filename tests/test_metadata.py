"""Where each key of the metadata stands: Info and XMP, the EPUB's package, the made pages, or nowhere and why."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from conftest import HOUSE, Built
from publish.manuscript.model import Metadata
from test_section_order import Package, found, letters, pages_of


@dataclass(frozen=True)
class Row:
    """One key: the texts that it gives, and where they must be found."""

    key: str
    texts: Callable[[Metadata], Iterable[str | None]]
    info: str = ""
    xmp: str = ""
    opf: str = ""
    page: str = ""
    why: str = ""


def isbns(metadata: Metadata) -> list[str]:
    return [metadata.isbn[edition] for edition in ("print", "epub") if edition in metadata.isbn]


TABLE = [
    Row("title", lambda m: [m.title], "/Title", "dc:title", "dc:title", "title-page"),
    Row("subtitle", lambda m: [m.subtitle], "/Title", "dc:title", "dc:title", "title-page"),
    Row("author", lambda m: [a.name for a in m.authors], "/Author", "dc:creator", "dc:creator", "title-page"),
    Row("author (other roles)", lambda m: [c.name for c in m.contributors if c.role != "aut"], "", "dc:contributor",
        "dc:contributor", "title-page"),
    Row("author.role", lambda m: [c.role for c in m.contributors], "", "", "opf:meta[@property='role']"),
    Row("author.file-as", lambda m: [c.file_as for c in m.contributors], "", "", "opf:meta[@property='file-as']"),
    Row("lang", lambda m: [m.lang], "", "dc:language", "dc:language"),
    Row("languages", lambda m: m.languages, "", "dc:language", "dc:language"),
    Row("identifier", lambda m: [m.identifier], "", "dc:identifier", "dc:identifier"),
    Row("date", lambda m: [m.date], "", "dc:date", "dc:date"),
    Row("isbn.print", lambda m: [m.isbn.get("print", "").replace("-", "")], "", "", "dc:source"),
    Row("isbn.epub", lambda m: [m.isbn.get("epub", "").replace("-", "")], "", "", "dc:identifier"),
    Row("isbn (as printed)", isbns, page="copyright"),
    Row("edition", lambda m: [m.edition], "", "", "opf:meta[@property='schema:bookEdition']", "copyright"),
    Row("series.name", lambda m: [m.series.name] if m.series else [], "", "",
        "opf:meta[@property='belongs-to-collection']", "copyright"),
    Row("series.number", lambda m: [m.series.number] if m.series else [], "", "",
        "opf:meta[@property='group-position']", "copyright"),
    Row("publisher", lambda m: [m.publisher], "", "dc:publisher", "dc:publisher", "copyright"),
    Row("imprint", lambda m: [m.imprint], page="title-page"),
    Row("place", lambda m: [m.place], page="title-page"),
    Row("rights", lambda m: [m.rights], "", "dc:rights", "dc:rights", "copyright"),
    Row("copyright.year", lambda m: [m.copyright.year], page="copyright"),
    Row("copyright.holder", lambda m: [m.copyright.holder], page="copyright"),
    Row("copyright.credits", lambda m: [m.copyright.credits], page="copyright"),
    Row("description", lambda m: [m.description], "/Subject", "dc:description", "dc:description"),
    Row("subject (words)", lambda m: [s.term for s in m.subjects if not s.scheme], "/Keywords", "dc:subject",
        "dc:subject"),
    Row("subject (codes)", lambda m: [s.term for s in m.subjects if s.scheme], "", "", "opf:meta[@property='term']"),
    Row("accessibility.summary", lambda m: [m.accessibility.summary], "", "",
        "opf:meta[@property='schema:accessibilitySummary']"),
    Row("accessibility.hazards", lambda m: m.accessibility.hazards, "", "",
        "opf:meta[@property='schema:accessibilityHazard']"),
]  # fmt: skip

NOWHERE = {
    "modified": "is the date that both files bear, checked below",
    "blurb": "stands on the back of a printed cover",
    "price": "goes to shops with the book, not into it",
    "territories": "goes to shops with the book, not into it",
    "cover_image": "is a picture: the EPUB's cover",
    "icc_profile": "says with which inks a printer prints colours",
    "theme": "decides how pages look",
    "trim": "is the size of the pages, checked below",
    "paper": "decides the spine of a printed cover",
    "ink": "decides what a printer charges",
    "pages": "names the pages of an edition in print",
    "start": "decides where chapters begin",
    "numbering": "decides which headings have numbers",
    "notes": "decides where notes stand",
    "quotes": "decides what quotation marks look like",
    "where": "is the place of each key in the manuscript",
}


def folded(text: str) -> str:
    return letters(re.sub(r"\s+", " ", text))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.key)
def test_each_key_stands_where_the_table_says(built: Built, row: Row) -> None:
    for text in filter(None, row.texts(built.manuscript.metadata)):
        if row.info:
            assert folded(text) in folded(info(built)[row.info])
        if row.xmp:
            assert any(folded(text) in folded(one) for one in xmp(built, row.xmp))
        if row.opf:
            values = found(package(built).opf, f"//opf:metadata/{row.opf}/text()")
            assert any(text.casefold() in one.casefold() for one in values), (text, values)
        if row.page and not built.book.piece:
            page = next(section for section in built.book.sections if section.role == row.page)
            if page.made:
                assert folded(text) in folded(" ".join(pages_of(built, page)))


DC = "http://purl.org/dc/elements/1.1/"


def package(built: Built) -> Package:
    return Package(built.epub.read_bytes())


def info(built: Built) -> dict[str, str]:
    with pikepdf.open(built.pdf) as pdf:
        return {key: str(value) for key, value in pdf.docinfo.items()}


def xmp(built: Built, name: str) -> list[str]:
    with pikepdf.open(built.pdf) as pdf:
        packet = etree.fromstring(pdf.Root.Metadata.read_bytes())
    elements = packet.iter(f"{{{DC}}}{name.partition(':')[2]}")
    return ["".join(map(str, element.itertext())) for element in elements]


def test_every_key_is_in_the_table_or_has_a_reason_to_be_nowhere() -> None:
    keys = {row.key.partition(" ")[0].partition(".")[0] for row in TABLE}
    names = {"author": "contributors", "subject": "subjects"}
    named = {names.get(key, key) for key in keys} | set(NOWHERE)
    assert named == set(Metadata.__dataclass_fields__)


def test_a_piece_bears_title_subtitle_and_author_over_its_text(build: Callable[[Path], Built]) -> None:
    letter = build(HOUSE / "tests" / "books" / "letter")
    pdf = pypdfium2.PdfDocument(letter.pdf)
    text = pdf[0].get_textpage().get_text_range()
    pdf.close()
    metadata = letter.manuscript.metadata
    places = [folded(text).find(folded(part)) for part in (metadata.title, metadata.subtitle or "", "hive on a roof")]
    assert -1 < places[0] < places[1] < places[2]
    assert folded("Ada Brandt") in folded(text)


def test_both_files_bear_the_date_of_the_book(built: Built) -> None:
    date = (built.manuscript.metadata.modified or built.manuscript.metadata.date or "").replace("-", "")
    assert date
    assert info(built)["/ModDate"].removeprefix("D:").startswith(date)
    (modified,) = found(package(built).opf, "//opf:meta[@property='dcterms:modified']/text()")
    assert modified.replace("-", "").startswith(date)


def test_pages_have_the_size_of_the_trim(built: Built) -> None:
    trim = built.manuscript.metadata.trim
    pdf = pypdfium2.PdfDocument(built.pdf)
    sizes = {tuple(round(side / 72 * 25.4, 1) for side in pdf[n].get_size()) for n in range(len(pdf))}
    pdf.close()
    assert sizes == {(round(trim.width, 1), round(trim.height, 1))}


def test_language_is_said_to_every_kind_of_reader(built: Built) -> None:
    lang = built.manuscript.metadata.lang
    with pikepdf.open(built.pdf) as pdf:
        assert str(pdf.Root.Lang) == lang
    opened = package(built)
    assert opened.opf.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    assert all(opened.xml(name).get("lang") for name in opened.spine())
