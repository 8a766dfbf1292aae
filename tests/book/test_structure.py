"""Sections: which text belongs to which, and in which order they make a book."""

from book.reading import codes, read_book, read_sources, section
from publish.manuscript.model import SectionAttributes, Source


def order(book: object) -> list[tuple[str, str]]:
    return [(part.role, part.title) for part in book.sections if not part.made]  # type: ignore[attr-defined]


def test_every_first_level_heading_begins_a_section() -> None:
    book, problems = read_book("# One\n\nText.\n\n# Two\n\nMore.", "# Three\n\nEnd.")
    assert order(book) == [("chapter", "One"), ("chapter", "Two"), ("chapter", "Three")]
    assert problems == []


def test_text_without_first_level_headings_is_a_piece() -> None:
    book, _ = read_book("Just a letter.\n\n## With a heading\n\nAnd an end.")
    assert book.piece
    assert [part.id for part in book.sections] == ["text"]


def test_a_book_has_its_front_matter_in_the_order_of_the_trade() -> None:
    book, _ = read_book(
        "::: epigraph\nWords.\n:::\n\n::: dedication\nFor you.\n:::\n\n# Preface {.preface}\n\nP.\n\n# One\n\nT."
    )
    roles = [part.role for part in book.sections]
    assert roles == [
        "half-title", "title-page", "copyright", "dedication", "epigraph", "contents", "preface", "chapter",
    ]  # fmt: skip


def test_a_page_of_the_authors_replaces_the_made_one() -> None:
    book, _ = read_book("::: copyright\nAll mine.\n:::\n\n# One\n\nT.")
    assert not section(book, "copyright").made
    assert b"All mine." in section(book, "copyright").xhtml


def test_a_piece_gets_the_pages_it_asks_for() -> None:
    book, _ = read_book("::: contents\n:::\n\nText of the piece.")
    assert [(part.role, part.made) for part in book.sections] == [("contents", True), ("chapter", False)]


def test_parts_hold_the_chapters_behind_them() -> None:
    book, _ = read_book("# P {.part}\n\n# One\n\nx\n\n# Q {.part}\n\n# Two\n\nx\n\n# End {.afterword}\n\nx")
    assert {part.title: part.part for part in book.sections if not part.made} == {
        "P": None, "One": "p", "Q": None, "Two": "q", "End": None,
    }  # fmt: skip


def test_a_file_without_a_heading_goes_on_the_chapter_before() -> None:
    book, problems = read_book("# One\n\nBegun here.", "Ended here.")
    assert b"Ended here." in section(book, "one").xhtml
    assert problems == []


def test_front_matter_of_a_later_file_speaks_for_its_heading() -> None:
    later = Source("manuscript/02.md", "Thanks to all.", 1, SectionAttributes(title="Thanks", role="acknowledgements"))
    book, _ = read_sources(Source("manuscript/01.md", "# One\n\nx"), later)
    assert order(book)[-1] == ("acknowledgements", "Thanks")


def test_text_before_the_first_heading_of_a_book_is_kept_and_reported() -> None:
    book, problems = read_book("Lost?\n\n# One\n\nx")
    assert codes(problems) == ["B006"]
    assert any(b"Lost?" in part.xhtml or b"ost?" in part.xhtml for part in book.sections)


def test_matter_behind_a_heading_is_an_error_but_an_epigraph_is_not() -> None:
    _, problems = read_book("# One\n\n::: dedication\nFor you.\n:::\n\nText.")
    assert codes(problems) == ["B005"]
    book, problems = read_book("# One\n\n::: epigraph\nWords.\n:::\n\nText.")
    assert problems == []
    assert b'class="epigraph"' in section(book, "one").xhtml


def test_a_role_nearly_spelt_right_is_questioned() -> None:
    assert codes(read_book("# One\n\nx\n\n# Z {.apendix}\n\nx")[1]) == ["B007"]
    assert codes(read_book("# One\n\nx\n\n# Z {.moonlit}\n\nx")[1]) == []


def test_front_matter_after_the_text_is_questioned() -> None:
    assert codes(read_book("# One\n\nx\n\n# Z {.preface}\n\nx")[1]) == ["B009"]


def test_ids_are_ascii_and_unique() -> None:
    book, _ = read_book("# Über Şuşa\n\nx\n\n# Über Şuşa\n\nx\n\n# 42\n\nx")
    assert [part.id for part in book.sections if not part.made] == ["uber-susa", "uber-susa-2", "s-42"]


def test_two_things_of_one_id_are_an_error_that_names_both_places() -> None:
    _, problems = read_book("# One {#a}\n\nx\n\n# Two {#a}\n\nx")
    assert codes(problems) == ["B002"]
    assert "manuscript/01.md:1:1" in problems[0].message
    assert problems[0].span is not None
    assert problems[0].span.line == 5


def test_an_id_that_epub_cannot_take_is_an_error() -> None:
    assert codes(read_book("# One {#1a}\n\nx")[1]) == ["B004"]


def test_a_manuscript_without_text_is_an_error() -> None:
    assert codes(read_book("")[1]) == ["B014"]


def test_levels_are_not_skipped_unseen() -> None:
    assert codes(read_book("# One\n\n### Deep\n\nx")[1]) == ["B008"]
    assert codes(read_book("# One\n\n## Next\n\n### Deep\n\nx")[1]) == []


def test_a_first_level_heading_inside_a_block_begins_no_chapter() -> None:
    book, problems = read_book("# One\n\n> # Quoted\n>\n> x")
    assert codes(problems) == ["B013"]
    assert order(book) == [("chapter", "One")]


def test_titles_have_the_signs_that_their_headings_have() -> None:
    text = '# It\'s "so" -- `a -- b`^[A note.] {#one}\n\n## L\'"eau" {lang=fr}\n\n# Two\n\nSee [](#one).'
    book, problems = read_book(text)
    first = section(book, "one")
    assert (first.title, first.short) == ("It’s “so”—a -- b", "It’s “so”—a -- b")
    assert first.headings[0].title == "L’« eau »"
    assert "It’s “so”—a -- b</a>" in section(book, "two").xhtml.decode()
    assert problems == []


def test_a_short_title_is_set_as_well() -> None:
    book, _ = read_book('# A long one {#one short="It\'s -- so"}')
    assert section(book, "one").short == "It’s—so"
