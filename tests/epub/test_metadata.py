"""The package document: what libraries, shops and screen readers learn of a book."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from epub.reader import UUID, XML_LANG, Reader, read, said
from layout.helpers import photo
from publish.epub.accessibility import accessibility
from publish.manuscript.model import Accessibility, Contributor, Copyright, Metadata, Series, Subject


def about(**metadata: Any) -> Reader:
    """The EPUB of a book with these metadata."""
    return read("# One", **metadata)


def refined(epub: Reader, tag: str) -> list[dict[str, str]]:
    """Each of the elements `dc:tag`, with what refines it."""
    elements = []
    for element in epub.all("content.opf", f"//dc:{tag}"):
        more = epub.all("content.opf", f"//opf:meta[@refines='#{element.get('id')}']")
        elements.append({"": said(element), **{meta.get("property", ""): said(meta) for meta in more}})
    return elements


class TestIdentifiers:
    def test_the_book_s_own_is_unique(self) -> None:
        epub = about()
        assert epub.values("content.opf", "//dc:identifier[@id=/opf:package/@unique-identifier]/text()") == [UUID]

    def test_the_e_book_s_isbn_comes_first(self) -> None:
        epub = about(isbn={"epub": "978-1-56619-909-4", "print": "978-3-16-148410-0"})
        assert epub.meta("dc:identifier") == ["urn:isbn:9781566199094", UUID]
        assert epub.values("content.opf", "//dc:identifier[@id=/opf:package/@unique-identifier]/text()") == [
            "urn:isbn:9781566199094"
        ]

    def test_the_book_in_print_is_the_source(self) -> None:
        assert about(isbn={"print": "978-3-16-148410-0"}).meta("dc:source") == ["urn:isbn:9783161484100"]
        assert about().meta("dc:source") == []


class TestWho:
    def test_authors_are_creators_and_others_contributors_each_with_role_and_order(self) -> None:
        people = (Contributor("Sara Bergström", file_as="Bergström, Sara"), Contributor("Jane Okafor", "edt"))
        epub = about(contributors=people)
        assert refined(epub, "creator") == [
            {"": "Sara Bergström", "role": "aut", "file-as": "Bergström, Sara", "display-seq": "1"}
        ]
        assert refined(epub, "contributor") == [{"": "Jane Okafor", "role": "edt", "display-seq": "2"}]
        assert set(epub.values("content.opf", "//opf:meta[@property='role']/@scheme")) == {"marc:relators"}

    def test_the_house_is_the_publisher_else_the_imprint(self) -> None:
        assert about(publisher="Small Lights", imprint="Lantern").meta("dc:publisher") == ["Small Lights"]
        assert about(imprint="Lantern").meta("dc:publisher") == ["Lantern"]


class TestWhat:
    def test_title_and_subtitle_have_type_and_order(self) -> None:
        assert refined(about(title="Bees", subtitle="An essay"), "title") == [
            {"": "Bees", "title-type": "main", "display-seq": "1"},
            {"": "An essay", "title-type": "subtitle", "display-seq": "2"},
        ]

    def test_signs_of_markup_are_text(self) -> None:
        epub = about(title="A & <B>", description="First.\n\nSecond & last.")
        assert epub.meta("dc:title") == ["A & <B>"]
        assert epub.meta("dc:description") == ["First.\n\nSecond & last."]

    def test_a_series_has_its_number(self) -> None:
        epub = about(series=Series("Coasts", "2"))
        assert epub.meta("belongs-to-collection") == ["Coasts"]
        assert (epub.meta("collection-type"), epub.meta("group-position")) == (["series"], ["2"])

    @pytest.mark.parametrize(("number", "position"), [("98.4", ["98.4"]), ("III", []), ("Book 2", []), (None, [])])
    def test_a_position_is_figures_alone(self, number: str | None, position: list[str]) -> None:
        assert about(series=Series("Coasts", number)).meta("group-position") == position

    def test_subjects_are_words_or_codes_of_a_scheme(self) -> None:
        epub = about(subjects=(Subject("harbours"), Subject("FBA", "thema"), Subject("FIC019000", "bisac")))
        assert refined(epub, "subject") == [
            {"": "harbours"},
            {"": "FBA", "authority": "Thema", "term": "FBA"},
            {"": "FIC019000", "authority": "BISAC", "term": "FIC019000"},
        ]

    def test_rights_dates_and_edition(self) -> None:
        epub = about(rights="All rights reserved.", date="2024-05", modified="2024-06-07", edition="3")
        assert epub.meta("dc:rights") == ["All rights reserved."]
        assert (epub.meta("dc:date"), epub.meta("dcterms:modified")) == (["2024-05"], ["2024-06-07T00:00:00Z"])
        assert epub.meta("schema:bookEdition") == ["3"]

    def test_the_notice_stands_for_the_rights_where_it_is_all_there_is(self) -> None:
        assert about(copyright=Copyright(text="© Sara, 2024")).meta("dc:rights") == ["© Sara, 2024"]

    def test_what_the_author_does_not_say_is_not_made_up(self) -> None:
        epub = about()
        for name in ("creator", "contributor", "publisher", "date", "rights", "description", "subject", "source"):
            assert epub.meta(f"dc:{name}") == []


class TestLanguages:
    def test_the_main_one_comes_first_and_each_stands_once(self) -> None:
        epub = about(lang="en", languages=("az", "en", "fr"))
        assert epub.meta("dc:language") == ["en", "az", "fr"]
        assert epub.opf.get(XML_LANG) == "en"


def test_the_cover_is_named_in_both_ways() -> None:
    epub = read("# One", cover=True)
    assert epub.values("content.opf", "//opf:item[@properties='cover-image']/@href") == ["cover.png"]
    assert epub.values("content.opf", "//opf:meta[@name='cover']/@content") == ["cover-image"]


class TestAccessibility:
    @staticmethod
    def book(picture: str, tmp_path: Path, *, draft: bool = False) -> Reader:
        (tmp_path / "lamp.png").write_bytes(photo("PNG"))
        return read(f"# One\n\n{picture}\n\n## Sub {{#sub}}", root=tmp_path, draft=draft)

    def test_a_book_of_words_is_for_every_way_of_reading(self) -> None:
        epub = about()
        assert epub.meta("schema:accessMode") == ["textual"]
        assert epub.meta("schema:accessModeSufficient") == ["textual"]
        assert "alternativeText" not in epub.meta("schema:accessibilityFeature")
        assert "no pictures that bear meaning" in epub.meta("schema:accessibilitySummary")[0]

    def test_described_pictures_can_be_read(self, tmp_path: Path) -> None:
        epub = self.book('![](lamp.png){alt="A lamp"}', tmp_path)
        assert epub.meta("schema:accessMode") == ["textual", "visual"]
        assert epub.meta("schema:accessModeSufficient") == ["textual", "textual,visual"]
        assert "alternativeText" in epub.meta("schema:accessibilityFeature")
        assert "Every picture has a description" in epub.meta("schema:accessibilitySummary")[0]

    def test_a_picture_without_words_must_be_seen_in_a_draft(self, tmp_path: Path) -> None:
        epub = self.book("A ![](lamp.png) burns.", tmp_path, draft=True)
        assert epub.meta("schema:accessModeSufficient") == ["textual,visual"]
        assert "alternativeText" not in epub.meta("schema:accessibilityFeature")
        assert "Some pictures have no description" in epub.meta("schema:accessibilitySummary")[0]

    def test_a_picture_that_bears_no_meaning_does_not_count(self, tmp_path: Path) -> None:
        assert self.book("![](lamp.png){.decorative}", tmp_path).meta("schema:accessMode") == ["textual"]

    @pytest.mark.parametrize(("details", "there"), [("details=#sub", True), ("", False)])
    def test_long_descriptions_are_told(self, details: str, there: bool, tmp_path: Path) -> None:
        epub = self.book(f"![Lamp](lamp.png){{alt=Lamp {details}}}", tmp_path)
        assert ("longDescription" in epub.meta("schema:accessibilityFeature")) == there

    def test_what_every_book_of_ours_has_is_told(self) -> None:
        features = about().meta("schema:accessibilityFeature")
        assert features == [
            "displayTransformability",
            "readingOrder",
            "structuralNavigation",
            "tableOfContents",
            "ARIA",
        ]

    @pytest.mark.parametrize("hazards", [("unknown",), ("flashing", "noSoundHazard"), ("noFlashingHazard",)])
    def test_hazards_are_those_that_the_author_names(self, hazards: tuple[str, ...]) -> None:
        epub = about(accessibility=Accessibility(hazards=hazards))
        assert epub.meta("schema:accessibilityHazard") == list(hazards)

    def test_words_and_still_pictures_are_no_hazard(self) -> None:
        assert about().meta("schema:accessibilityHazard") == ["none"]

    def test_the_author_s_summary_holds(self) -> None:
        epub = about(accessibility=Accessibility(summary="Read it aloud."))
        assert epub.meta("schema:accessibilitySummary") == ["Read it aloud."]

    @pytest.mark.parametrize(
        ("lang", "words", "mark"),
        [
            ("az", "Məna daşıyan şəkil yoxdur.", None),
            ("de-CH", "Bilder, die etwas bedeuten, gibt es nicht.", None),
            ("sv", "It has no pictures that bear meaning.", "en"),
        ],
    )
    def test_ours_is_in_the_book_s_language_or_says_in_which(self, lang: str, words: str, mark: str | None) -> None:
        summary = about(lang=lang).find("content.opf", "//opf:meta[@property='schema:accessibilitySummary']")
        assert words in (summary.text or "")
        assert summary.get(XML_LANG) == mark

    @pytest.mark.parametrize(
        ("text", "feature", "there"),
        [
            ("<ruby>東<rt>tō</rt></ruby>", "rubyAnnotations", True),
            ("Plain.", "rubyAnnotations", False),
            ("Plain.", "MathML", False),
            ("Plain.", "pageBreakMarkers", False),
        ],
    )
    def test_what_some_books_have_is_told_of_these(self, text: str, feature: str, there: bool) -> None:
        epub = read(f"# One\n\n{text}", lang="ja")
        assert (feature in epub.meta("schema:accessibilityFeature")) == there

    def test_marks_of_pages_and_the_way_to_them_are_found_in_the_documents(self) -> None:
        mark = '<span xmlns="http://www.w3.org/1999/xhtml" role="doc-pagebreak" id="page-1" aria-label="1"/>'
        pages = '<nav xmlns="http://www.w3.org/1999/xhtml" xmlns:e="http://www.idpf.org/2007/ops" e:type="page-list"/>'
        documents = [etree.fromstring(mark), etree.fromstring(pages)]
        found = [meta.text for meta in accessibility(Metadata("A Book"), documents, claimed=False)]
        assert {"pageBreakMarkers", "pageNavigation"} <= set(found)

    def test_an_exemption_from_the_law_is_told(self) -> None:
        epub = about(accessibility=Accessibility(exemption="eaa-microenterprise"))
        assert epub.meta("a11y:exemption") == ["eaa-microenterprise"]
