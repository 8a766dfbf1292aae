"""Links and cross references: every target is found, or its absence is said."""

import pytest
from lxml import etree

from book.reading import codes, read_book, section
from publish.book.model import Book


def links(book: Book, ident: str) -> list[tuple[str, str | None]]:
    """Text and target of the links in a section."""
    root = etree.fromstring(section(book, ident).xhtml)
    return [("".join(map(str, a.itertext())), a.get("href")) for a in root.iter("a")]


def test_a_link_leads_to_an_id_in_any_file() -> None:
    book, problems = read_book("# One\n\n[there](#spot) [so](02.md#spot) [chapter](02.md)", "# Two\n\n[x]{#spot}")
    assert problems == []
    assert links(book, "one") == [("there", "#spot"), ("so", "#spot"), ("chapter", "#two")]


def test_a_link_may_name_a_file_as_seen_from_the_project() -> None:
    book, problems = read_book("# One\n\n[on](manuscript/02.md)", "# Two\n\nx")
    assert problems == []
    assert links(book, "one") == [("on", "#two")]


def test_a_link_to_a_file_that_goes_on_a_chapter_leads_to_that_chapter() -> None:
    book, problems = read_book("# One\n\nx", "More of it.", "# Two\n\n[back](02.md)")
    assert problems == []
    assert links(book, "two") == [("back", "#one")]


@pytest.mark.parametrize("target", ["#spots", "02.md#spots", "03.md"])
def test_a_link_to_nowhere_is_an_error_with_its_place(target: str) -> None:
    _, problems = read_book(f"# One\n\nGo [there]({target}).", "# Two\n\n[x]{#spot}")
    assert codes(problems) == ["B003"]
    assert problems[0].span is not None
    assert (problems[0].span.file, problems[0].span.line) == ("manuscript/01.md", 3)
    assert "did you mean" in (problems[0].hint or "")


@pytest.mark.parametrize("address", ["https://a.org/b?c#d", "http://a.org", "mailto:a@b.org", "tel:+123", "doi:10.1/x"])
def test_addresses_that_a_reader_can_open_stay_as_they_are(address: str) -> None:
    book, problems = read_book(f"# One\n\n[x]({address})")
    assert problems == []
    assert links(book, "one") == [("x", address)]


@pytest.mark.parametrize("address", ["javascript:alert", "file:///etc/passwd", "www.a.org", "other.html", "//a.org"])
def test_other_addresses_are_errors_and_lead_nowhere(address: str) -> None:
    book, problems = read_book(f"# One\n\n[x]({address})")
    assert codes(problems) == ["B019"]
    assert links(book, "one") == [("x", None)]


def test_cross_references_say_what_they_point_to() -> None:
    text = (
        '# One {#one}\n\n## Within {#within}\n\n![A whale](w.jpg){#fig alt="A whale"}\n\n| a |\n|---|\n| b |\n\n'
        "Table: Whales {#tbl}\n\n# Two\n\n[](#one), [](#within), [](#fig), [](#tbl)"
    )
    book, problems = read_book(text, numbering="sections")
    assert problems == []
    assert [text for text, _ in links(book, "two")] == ["Chapter 1", "Section 1.1", "Figure 1.1", "Table 1.1"]
    book, _ = read_book(text)
    assert [text for text, _ in links(book, "two")] == ["One", "Within", "Figure 1", "Table 1"]


def test_cross_references_speak_the_language_of_their_passage() -> None:
    text = "# One {#one}\n\nx\n\n# Two\n\n[](#one) [voir [](#one)]{lang=fr}"
    book, _ = read_book(text, numbering="chapters")
    assert [text for text, _ in links(book, "two")] == ["Chapter 1", "Chapitre 1"]


def test_a_reference_to_nowhere_leaves_a_mark_in_the_page() -> None:
    book, problems = read_book("# One\n\nSee [](#gone) on page [](#gone){.page}.")
    assert codes(problems) == ["B003", "B003"]
    assert section(book, "one").xhtml.count(b"draft-mark") == 2


def test_a_page_reference_waits_for_its_page() -> None:
    book, _ = read_book("# One {#one}\n\nPage [](#one){.page}.")
    assert links(book, "one") == [("888", "#one")]


def test_pictures_and_objects_that_nothing_names_have_no_number() -> None:
    book, _ = read_book('# One\n\n![A whale](w.jpg){alt="A whale"}')
    assert b"Figure" not in section(book, "one").xhtml


def test_the_book_knows_the_section_of_every_id() -> None:
    book, _ = read_book("# One\n\n[x]{#spot}^[n]\n\n## Sub")
    assert {ident: book.ids[ident] for ident in ("one", "spot", "one-sub", "one-note-1")} == dict.fromkeys(
        ("one", "spot", "one-sub", "one-note-1"), "one"
    )
