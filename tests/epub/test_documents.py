"""A document of the EPUB: what each passage is, in the words of readers, shops and screen readers."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from epub.reader import TYPE, XML_LANG, Reader, dressed, heard, read, said
from layout.helpers import photo
from publish.checks.completeness import compare_epub
from publish.checks.opened import open_epub
from publish.epub import package
from publish.problems import Problems

CHAPTER = "chapter-01.xhtml"


def chapter(text: str, root: Path | None = None) -> Reader:
    """A book of one chapter."""
    return read(f"# One {{#one}}\n\n{text}", root=root)


def kinds(element: etree._Element) -> tuple[str | None, str | None]:
    """What an element is, in EPUB's word and in ARIA's."""
    return element.get(TYPE), element.get("role")


class TestSections:
    @pytest.mark.parametrize(
        ("heading", "document", "kind", "role"),
        [
            ("# One", "chapter-01", "chapter", "doc-chapter"),
            ("# One {.part}", "part-01", "part", "doc-part"),
            ("# One {.foreword}", "foreword", "foreword", "doc-foreword"),
            ("# One {.preface}", "preface", "preface", "doc-preface"),
            ("# One {.introduction}", "introduction", "introduction", "doc-introduction"),
            ("# One {.prologue}", "prologue", "prologue", "doc-prologue"),
            ("# One {.epilogue}", "epilogue", "epilogue", "doc-epilogue"),
            ("# One {.afterword}", "afterword", "afterword", "doc-afterword"),
            ("# One {.appendix}", "appendix", "appendix", "doc-appendix"),
            ("# One {.acknowledgements}", "acknowledgements", "acknowledgments", "doc-acknowledgments"),
            ("# One {.colophon}", "colophon", "colophon", "doc-colophon"),
            ("# One {.notes}", "notes", "endnotes", "doc-endnotes"),
            ("# One {.about-the-author}", "about-the-author", None, None),
            ("::: dedication\nFor you.\n:::\n\n# One", "dedication", "dedication", "doc-dedication"),
            ("::: epigraph\nStill.\n:::\n\n# One", "epigraph", "epigraph", "doc-epigraph"),
        ],
    )
    def test_a_section_says_its_role(self, heading: str, document: str, kind: str | None, role: str | None) -> None:
        epub = read(f"{heading}\n\nText.")
        assert kinds(epub.find(f"{document}.xhtml", "/h:html/h:body/h:section")) == (kind, role)

    def test_the_body_says_the_matter(self) -> None:
        epub = read("# Before {.preface}\n\n# One\n\n# After {.afterword}")
        for document, matter in (("preface", "front"), ("chapter-01", "body"), ("afterword", "back")):
            assert epub.find(f"{document}.xhtml", "/h:html/h:body").get(TYPE) == f"{matter}matter"

    def test_pages_that_we_make_say_what_they_are(self) -> None:
        epub = read("# One")
        assert epub.find("title-page.xhtml", "//h:section").get(TYPE) == "titlepage"
        assert epub.find("copyright.xhtml", "//h:section").get(TYPE) == "copyright-page"

    def test_a_section_is_called_by_its_title(self) -> None:
        epub = read('# The "One" & *only*')
        assert epub.find(CHAPTER, "//h:section").get("aria-label") == "The “One” & only"
        assert epub.values(CHAPTER, "/h:html/h:head/h:title/text()") == ["The “One” & only"]

    def test_the_prefix_is_the_one_that_readers_look_for(self) -> None:
        epub = chapter("Call.^[Note.]")
        assert 'epub:type="chapter"' in epub.text(CHAPTER)
        assert 'epub:type="noteref"' in epub.text(CHAPTER)
        assert "ns0:" not in epub.text(CHAPTER)

    def test_no_mark_of_the_house_is_left(self) -> None:
        epub = chapter("Text [one](#one).\n\n## Head\n\n- [x] done\n\nTable: A {#t}\n\n| a |\n|---|\n| b |")
        for document in epub.documents():
            assert "data-" not in epub.text(document)

    def test_what_we_say_is_marked_as_ours(self) -> None:
        epub = read("# One\n\nSee [](#two).\n\n# Two {#two}", numbering="chapters")
        made = epub.all(CHAPTER, "//h:*[contains(concat(' ', @class, ' '), ' made ')]")
        assert [said(element) for element in made] == ["Chapter 1", "Chapter 2"]


class TestParts:
    TEXT = "# First {.part}\n\nIt begins.\n\n# One\n\n# Two\n\n# Second {.part}\n\n# Three"

    def test_a_part_is_a_document_before_its_chapters(self) -> None:
        assert read(self.TEXT).spine[3:] == [
            "part-01.xhtml", "chapter-01.xhtml", "chapter-02.xhtml", "part-02.xhtml", "chapter-03.xhtml",
        ]  # fmt: skip

    def test_the_text_of_a_part_is_its_introduction(self) -> None:
        assert "It begins." in said(read(self.TEXT).find("part-01.xhtml", "//h:section"))


class TestPieces:
    """A manuscript without a level-1 heading."""

    def test_its_head_stands_over_its_text(self) -> None:
        epub = read("The whole text.", title="Bees", subtitle="An essay")
        assert epub.values(CHAPTER, "//h:header/h:h1/text()") == ["Bees"]
        subtitle = epub.find(CHAPTER, "//h:header/h:p[@class='subtitle']")
        assert (said(subtitle), subtitle.get("role")) == ("An essay", "doc-subtitle")

    def test_it_is_one_document_and_its_navigation_stands_aside(self) -> None:
        assert read("The whole text.").spine == [CHAPTER, "(nav.xhtml)"]

    def test_contents_that_were_asked_for_stand_before_it(self) -> None:
        assert read("::: contents\n:::\n\nThe whole text.\n\n## A head").spine == ["nav.xhtml", CHAPTER]


class TestTables:
    def test_a_table_can_be_moved_by_keys_and_has_a_name(self) -> None:
        epub = read("# One {#one}\n\nTable: Tides of a week {#t}\n\n| a |\n|---|\n| b |", numbering="chapters")
        table = epub.find(CHAPTER, "//h:div[@class='table']")
        assert [table.get(name) for name in ("role", "tabindex", "aria-label")] == [
            "group",
            "0",
            "Tides of a week",
        ]

    def test_one_without_a_caption_is_called_a_table(self) -> None:
        epub = read("# Eins\n\n| a |\n|---|\n| b |", lang="de")
        assert epub.values(CHAPTER, "//h:div[@class='table']/@aria-label") == ["Tabelle"]


class TestNotes:
    TEXT = "Called[^a] and called again[^a], and in place.^[There.]\n\n[^a]: Here, with *stress*.\n\n    And more."

    def test_a_call_and_its_note_lead_to_each_other(self) -> None:
        epub = chapter(self.TEXT)
        calls = epub.all(CHAPTER, "//h:a[@epub:type='noteref']")
        notes = epub.all(CHAPTER, "//h:aside[@epub:type='footnote']")
        backs = epub.all(CHAPTER, "//h:aside//h:a[@role='doc-backlink']")
        assert [said(call) for call in calls] == ["1", "1", "2"]
        first, _, last = calls
        assert [first.get("href"), last.get("href")] == [f"#{note.get('id')}" for note in notes]
        assert [back.get("href") for back in backs] == [f"#{call.get('id')}" for call in (first, last)]

    def test_both_say_what_they_are(self) -> None:
        epub = chapter(self.TEXT)
        assert kinds(epub.find(CHAPTER, "//h:a[text()='2']")) == ("noteref", "doc-noteref")
        assert kinds(epub.find(CHAPTER, "//h:aside[2]")) == ("footnote", "doc-footnote")
        assert epub.find(CHAPTER, "//h:section/h:section").get(TYPE) == "footnotes"

    def test_notes_at_the_end_of_the_book_lead_across_documents_both_ways(self) -> None:
        epub = read("# One\n\nx[^a]\n\n[^a]: Here.\n\n# Two\n\ny^[There.]\n\n# After {.afterword}", notes="book")
        assert epub.spine[-3:] == ["chapter-02.xhtml", "endnotes.xhtml", "afterword.xhtml"]
        for document, ident in ((CHAPTER, "one-note-1"), ("chapter-02.xhtml", "two-note-1")):
            call = epub.find(document, "//h:a[@epub:type='noteref']")
            assert call.get("href") == f"endnotes.xhtml#{ident}"
            back = epub.find("endnotes.xhtml", f"//h:aside[@id='{ident}']//h:a[@role='doc-backlink']")
            assert back.get("href") == f"{document}#{call.get('id')}"
        assert epub.all(CHAPTER, "//h:aside") == []

    def test_and_say_what_they_are(self) -> None:
        epub = read("# One\n\nx^[Here.]\n\n# Two\n\ny^[There.]", notes="book")
        assert kinds(epub.find("endnotes.xhtml", "/h:html/h:body/h:section")) == ("endnotes", "doc-endnotes")
        assert [kinds(note) for note in epub.all("endnotes.xhtml", "//h:aside")] == [("footnote", "doc-footnote")] * 2
        assert [group.get(TYPE) for group in epub.all("endnotes.xhtml", "//h:section/h:section")] == [None, None]
        assert [said(head) for head in epub.all("endnotes.xhtml", "//h:h1 | //h:h2")] == ["Notes", "One", "Two"]
        assert "endnotes.xhtml" in epub.values("nav.xhtml", "//h:nav[@epub:type='toc']//h:a/@href")

    def test_and_are_all_there_in_the_order_of_their_calls(self) -> None:
        text = "# One\n\nx[^b] y[^a]\n\n[^a]: Here.\n\n[^b]: There.\n\n# Two\n\nz^[Last.]"
        rendition, problems = dressed(text, "# After {.afterword}\n\nw^[Later.]", notes="book"), Problems()
        data = package(rendition)
        opened = open_epub(data, problems)
        assert opened is not None
        compare_epub(rendition.book, opened, problems)
        assert list(problems) == heard(data) == []
        notes = [said(note) for note in Reader(data).all("endnotes.xhtml", "//h:aside")]
        assert [note.partition(" ")[2] for note in notes] == ["There.", "Here.", "Last.", "Later."]

    def test_the_way_back_is_named_by_its_number_first(self) -> None:
        epub = read("# Eins\n\nText.^[Note.]", lang="de")
        assert epub.values(CHAPTER, "//h:a[@role='doc-backlink']/@aria-label") == ["1. Zurück zum Text"]

    def test_a_note_is_whole(self) -> None:
        note = chapter(self.TEXT).find(CHAPTER, "//h:aside[1]")
        assert said(note) == "1. Here, with stress.And more."

    def test_a_note_called_from_another_chapter_is_reached_there(self) -> None:
        epub = read("# One\n\nx[^a]\n\n[^a]: A.\n\n# Two\n\ny[^a]")
        assert epub.values("chapter-02.xhtml", "//h:a/@href") == ["chapter-01.xhtml#one-note-1"]

    def test_a_note_that_paper_calls_first_leads_back_to_the_call_on_the_screen(self) -> None:
        epub = chapter("::: print-only\nPaper.[^a]\n:::\n\nGlass.[^a]\n\n[^a]: A.")
        (call,) = epub.all(CHAPTER, "//h:a[@role='doc-noteref']")
        assert epub.values(CHAPTER, "//h:a[@role='doc-backlink']/@href") == [f"#{call.get('id')}"]


class TestPassages:
    @pytest.mark.parametrize(
        ("text", "path", "expected"),
        [
            ("::: tip\nDo.\n:::", "//h:aside", (None, "doc-tip")),
            ("::: warning\nMind.\n:::", "//h:aside", (None, "note")),
            ("::: note\nNoted.\n:::", "//h:aside", (None, "note")),
            ("::: epigraph\nStill.\n:::", "//h:div", ("epigraph", "doc-epigraph")),
            ("<aside class='note'>\n\nTyped.\n\n</aside>", "//h:aside", (None, None)),
            ("[words](#one){.note-back}", "//h:section/h:p/h:a", (None, None)),
        ],
    )
    def test_a_passage_says_what_it_is(self, text: str, path: str, expected: tuple[str | None, str | None]) -> None:
        assert kinds(chapter(text).find(CHAPTER, path)) == expected

    def test_a_subtitle_says_that_it_is_one(self) -> None:
        epub = read('# One {subtitle="And more"}')
        assert epub.find(CHAPTER, "//h:header/h:p[@class='subtitle']").get("role") == "doc-subtitle"

    def test_paper_s_own_passages_are_left_out(self) -> None:
        epub = chapter("::: print-only\nPaper.\n:::\n\n::: ebook-only\nGlass.\n:::\n\n\\newpage\n\nBoth.")
        assert [said(p) for p in epub.xml(CHAPTER).iter("{*}p")] == ["Glass.", "Both."]


class TestLanguages:
    def test_html_and_xml_hear_of_the_language_of_a_document(self) -> None:
        epub = read("# One\n\n# Un {lang=fr}", lang="en-GB")
        for document, lang in ((CHAPTER, "en-GB"), ("chapter-02.xhtml", "fr"), ("nav.xhtml", "en-GB")):
            root = epub.xml(document)
            assert (root.get("lang"), root.get(XML_LANG)) == (lang, lang)
            assert root.get("dir") is None

    def test_and_of_that_of_a_passage(self) -> None:
        epub = chapter("He said [iyi geceler]{lang=tr}.\n\n::: {.letter lang=fr}\nMadame,\n:::")
        for path, lang in (("//h:p/h:span[@lang]", "tr"), ("//h:div", "fr")):
            passage = epub.find(CHAPTER, path)
            assert (passage.get("lang"), passage.get(XML_LANG)) == (lang, lang)

    def test_the_way_of_writing_is_said_where_it_changes(self) -> None:
        epub = chapter("[שלום [and]{lang=en} שוב]{lang=he}, [and]{lang=fr}")
        ways = [(e.get("lang"), e.get("dir")) for e in epub.all(CHAPTER, "//h:p//h:span[@lang]")]
        assert ways == [("he", "rtl"), ("en", "ltr"), ("fr", None)]

    def test_a_book_from_right_to_left_says_so_everywhere(self) -> None:
        epub = read("# אחת\n\nטקסט [english]{lang=en} [نص]{lang=ar}.", lang="he")
        assert epub.xml(CHAPTER).get("dir") == epub.xml("nav.xhtml").get("dir") == epub.opf.get("dir") == "rtl"
        assert epub.values("content.opf", "//opf:spine/@page-progression-direction") == ["rtl"]
        ways = [(e.get("lang"), e.get("dir")) for e in epub.all(CHAPTER, "//h:p//h:span[@lang]")]
        assert ways == [("en", "ltr"), ("ar", None)]

    def test_what_the_author_says_of_the_way_holds(self) -> None:
        passage = chapter('<span lang="he" dir="ltr">SHALOM</span>').find(CHAPTER, "//h:p/h:span[@lang]")
        assert passage.get("dir") == "ltr"


class TestPictures:
    def test_a_picture_is_a_file_of_the_package_with_words_and_size(self, tmp_path: Path) -> None:
        (tmp_path / "My lamp.png").write_bytes(photo("PNG"))
        epub = chapter('![Lamp](<My lamp.png>){alt="A brass lamp" width=60%}', root=tmp_path)
        image = epub.find(CHAPTER, "//h:figure/h:img")
        assert (image.get("src"), image.get("alt")) == ("images/my-lamp.png", "A brass lamp")
        assert "width: 60%" in (image.get("style") or "")
        assert epub.bytes("images/my-lamp.png").startswith(b"\x89PNG")

    def test_one_that_needs_no_words_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "rule.png").write_bytes(photo("PNG"))
        image = chapter("![](rule.png){.decorative}", root=tmp_path).find(CHAPTER, "//h:figure/h:img")
        assert (image.get("alt"), image.get("role")) == ("", "presentation")

    def test_a_picture_of_the_styles_is_found_from_them(self, tmp_path: Path) -> None:
        (tmp_path / "styles").mkdir()
        (tmp_path / "styles" / "flower.png").write_bytes(photo("PNG"))
        (tmp_path / "styles" / "custom.css").write_text("hr { background: url(flower.png) }")
        epub = chapter("Text.", root=tmp_path)
        (sheet,) = [name for name in epub.zip.namelist() if b"flower" in epub.zip.read(name) and name.endswith("css")]
        assert 'url("../images/flower.png")' in epub.zip.read(sheet).decode()
        assert epub.bytes("images/flower.png").startswith(b"\x89PNG")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=40)


@settings(max_examples=30, deadline=None)
@given(title=WORDS.filter(lambda text: text.strip()), name=WORDS, about=WORDS)
def test_whatever_a_book_is_called_its_documents_are_sound(title: str, name: str, about: str) -> None:
    epub = read("# One", title=title, subtitle=name or None, description=about or None, cover=True)
    for document in (*epub.documents(), "toc.ncx"):
        epub.xml(document)
    assert epub.values("cover.xhtml", "//h:img/@alt") == [title]
