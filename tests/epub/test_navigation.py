"""Navigation: the contents for readers new and old, and the places that they jump to."""

from lxml import etree

from epub.reader import NS, TYPE, UUID, XML_LANG, Reader, dressed, read, said
from publish.epub.links import names_of
from publish.epub.navigation import Entry, contents

BOOK = (
    "# Before {.preface}\n\n# Harbour {.part}\n\n# Stone\n\n## Inside\n\n### Deeper\n\n## Outside\n\n# Tower",
    "# After {.epilogue}\n\n# Lights {.appendix}",
)

Tree = list[tuple[str, str, "Tree"]]


def tree(rows: etree._Element) -> Tree:
    """The entries of a list: title, address, entries below."""
    found: Tree = []
    for row in rows.iterfind("h:li", NS):
        (link,) = row.findall("h:a", NS)
        below = row.find("h:ol", NS)
        found.append((said(link), link.get("href", ""), [] if below is None else tree(below)))
    return found


def toc(epub: Reader) -> Tree:
    """The contents of nav.xhtml."""
    return tree(epub.find("nav.xhtml", "//h:nav[@epub:type='toc']/h:ol"))


def test_parts_hold_their_chapters_and_chapters_their_second_level_headings() -> None:
    assert toc(read(*BOOK, numbering="chapters")) == [
        ("Before", "preface.xhtml", []),
        ("Part I: Harbour", "part-01.xhtml", [
            ("Chapter 1: Stone", "chapter-01.xhtml", [
                ("Inside", "chapter-01.xhtml#stone-inside", []), ("Outside", "chapter-01.xhtml#stone-outside", []),
            ]),
            ("Chapter 2: Tower", "chapter-02.xhtml", []),
        ]),
        ("After", "epilogue.xhtml", []),
        ("Appendix A: Lights", "appendix.xhtml", []),
    ]  # fmt: skip


def test_headings_have_their_numbers() -> None:
    assert toc(read("# Stone\n\n## Inside", numbering="sections")) == [
        ("Chapter 1: Stone", "chapter-01.xhtml", [("1.1 Inside", "chapter-01.xhtml#stone-inside", [])])
    ]


def test_every_entry_leads_to_a_place_that_is_there() -> None:
    epub = read(*BOOK, "## Late\n\n::: print-only\n## Paper\n:::")
    for address in epub.values("nav.xhtml", "//h:a/@href"):
        file, _, ident = address.partition("#")
        assert not ident or ident in epub.values(file, "//@id")
    assert "Paper" not in epub.text("nav.xhtml")


def test_pages_without_a_heading_have_no_entry() -> None:
    epub = read("::: dedication\nFor you.\n:::\n\n::: epigraph\nStill.\n:::\n\n# One")
    assert [title for title, _, _ in toc(epub)] == ["One"]


def test_a_piece_has_its_title_and_its_headings() -> None:
    assert toc(read("Text.\n\n## Later", title="Bees")) == [
        ("Bees", "chapter-01.xhtml", [("Later", "chapter-01.xhtml#text-later", [])])
    ]


def test_a_book_in_which_nothing_has_a_name_is_one_entry() -> None:
    nameless = dressed("::: dedication\nFor you.\n:::", title="Bees")
    assert [(one.title, one.address) for one in contents(nameless, names_of(nameless))] == [
        ("Bees", "dedication.xhtml")
    ]


def test_an_entry_in_another_language_says_so() -> None:
    epub = read("# One\n\n# Deux {lang=fr}\n\n## Là\n\n# שלוש {lang=he}")
    links = epub.all("nav.xhtml", "//h:nav[@epub:type='toc']//h:a")
    marks = [(link.get("lang"), link.get(XML_LANG), link.get("dir")) for link in links]
    assert marks == [(None,) * 3, ("fr", "fr", None), ("fr", "fr", None), ("he", "he", "rtl")]


def test_titles_are_plain_text_with_their_signs() -> None:
    epub = read('# The *"Whale"* & `<b>`^[A note.]')
    assert [title for title, _, _ in toc(epub)] == ["The “Whale” & <b>"]
    assert epub.values("toc.ncx", "//ncx:navLabel/ncx:text/text()") == ["The “Whale” & <b>"]


def test_the_contents_stand_in_the_spine_where_paper_has_them() -> None:
    epub = read("::: dedication\nFor you.\n:::\n\n# Before {.foreword}\n\n# One")
    assert epub.spine == [
        "title-page.xhtml", "copyright.xhtml", "dedication.xhtml", "nav.xhtml", "foreword.xhtml", "chapter-01.xhtml",
    ]  # fmt: skip


def test_landmarks_lead_to_cover_title_page_contents_and_text() -> None:
    epub = read(*BOOK, cover=True)
    links = epub.all("nav.xhtml", "//h:nav[@epub:type='landmarks']//h:a")
    assert [(link.get(TYPE), said(link), link.get("href")) for link in links] == [
        ("cover", "Cover", "cover.xhtml"),
        ("titlepage", "Title page", "title-page.xhtml"),
        ("toc", "Contents", "nav.xhtml"),
        ("bodymatter", "Harbour", "part-01.xhtml"),
    ]


def test_landmarks_of_a_piece_are_its_contents_and_its_text() -> None:
    links = read("Text.").all("nav.xhtml", "//h:nav[@epub:type='landmarks']//h:a")
    assert [link.get(TYPE) for link in links] == ["toc", "bodymatter"]


def test_landmarks_are_for_programs_and_not_to_be_seen() -> None:
    assert read("# One").find("nav.xhtml", "//h:nav[@epub:type='landmarks']").get("hidden") == "hidden"


def test_the_words_are_those_of_the_book_s_language() -> None:
    epub = read("# Bir", lang="az")
    assert said(epub.find("nav.xhtml", "//h:nav[@epub:type='toc']/h:h1")) == "Mündəricat"
    assert epub.values("nav.xhtml", "//h:nav/@aria-label") == ["Mündəricat", "Əsas yerlər"]


def test_older_readers_find_the_same_contents() -> None:
    epub = read(*BOOK, title="Coast")
    flat: Tree = []
    rows = toc(epub)
    while rows:
        title, address, below = rows.pop(0)
        flat.append((title, address, []))
        rows = [*below, *rows]
    titles = epub.values("toc.ncx", "//ncx:navPoint/ncx:navLabel/ncx:text/text()")
    addresses = epub.values("toc.ncx", "//ncx:navPoint/ncx:content/@src")
    assert [(title, address, []) for title, address in zip(titles, addresses, strict=True)] == flat
    assert epub.values("toc.ncx", "//ncx:navPoint/@playOrder") == [str(n) for n in range(1, len(flat) + 1)]
    assert epub.values("toc.ncx", "//ncx:docTitle/ncx:text/text()") == ["Coast"]


def test_older_readers_know_the_book_by_the_same_identifier() -> None:
    epub = read(*BOOK)
    assert epub.values("toc.ncx", "//ncx:meta[@name='dtb:uid']/@content") == epub.meta("dc:identifier") == [UUID]
    assert epub.values("toc.ncx", "//ncx:meta[@name='dtb:depth']/@content") == ["3"]


def test_entries_are_told_one_after_the_other() -> None:
    inner = Entry("Inside", "b", "en")
    assert [one.title for one in Entry("Stone", "a", "en", [inner]).flat()] == ["Stone", "Inside"]
