"""Notes: each call finds its text, gets its number, and none is lost or doubled."""

from lxml import etree

from book.reading import codes, read_book, section
from publish.book.model import Book


def signs(book: Book, ident: str) -> list[tuple[str | None, str | None, str | None]]:
    """Text, target and id of the calls in a section."""
    root = etree.fromstring(section(book, ident).xhtml)
    return [(a.text, a.get("href"), a.get("id")) for a in root.iter("a") if a.get("class") == "note-call"]


def test_numbers_begin_anew_in_every_section() -> None:
    book, problems = read_book("# One\n\nx[^a] y[^b]\n\n[^b]: B.\n[^a]: A.\n\n# Two\n\nz^[In place.]")
    assert problems == []
    assert [(note.id, note.number) for note in section(book, "one").notes] == [("one-note-1", "1"), ("one-note-2", "2")]
    assert [(note.id, note.number) for note in section(book, "two").notes] == [("two-note-1", "1")]
    assert signs(book, "one") == [("1", "#one-note-1", "fnref-one-note-1"), ("2", "#one-note-2", "fnref-one-note-2")]


def test_notes_stand_in_the_order_of_their_calls() -> None:
    book, _ = read_book("# One\n\nx[^late] y[^soon]\n\n[^soon]: Soon.\n\n[^late]: Late.")
    texts = ["".join(map(str, etree.fromstring(note.xhtml).itertext())) for note in section(book, "one").notes]
    assert texts == ["Late.", "Soon."]


def test_calls_in_a_link_stand_behind_it_in_their_order() -> None:
    book, problems = read_book("# One\n\n[x^[First.] y^[Second.] z](https://a.example) after.")
    assert problems == []
    root = etree.fromstring(section(book, "one").xhtml)
    assert [a.text for a in root.iter("a")][1:] == ["1", "2"]
    texts = ["".join(map(str, etree.fromstring(note.xhtml).itertext())) for note in section(book, "one").notes]
    assert texts == ["First.", "Second."]


def test_a_second_call_shows_the_same_number_and_has_an_id_of_its_own() -> None:
    book, problems = read_book("# One\n\nx[^a] y[^a]\n\n[^a]: A.")
    assert problems == []
    assert signs(book, "one") == [("1", "#one-note-1", "fnref-one-note-1"), ("1", "#one-note-1", "fnref-one-note-1-2")]
    assert len(section(book, "one").notes) == 1


def test_a_note_may_call_a_note_and_itself() -> None:
    book, problems = read_book("# One\n\nx[^a]\n\n[^a]: A, and more.[^b]\n[^b]: B.[^b]")
    assert problems == []
    assert [note.number for note in section(book, "one").notes] == ["1", "2"]


def test_a_call_in_a_heading_stays_out_of_titles() -> None:
    book, problems = read_book("# One^[A note.]\n\n## Sub^[Another.]\n\nx")
    assert problems == []
    assert (section(book, "one").title, section(book, "one").headings[0].title) == ("One", "Sub")
    assert len(section(book, "one").notes) == 2


def test_a_note_without_a_text_is_an_error_where_it_is_called() -> None:
    book, problems = read_book("# One\n\nHe wrote of it.[^whale] More.[^whales]\n\n[^whales]: Text.")
    assert codes(problems) == ["M021"]
    assert (problems[0].span.line, problems[0].span.column) == (3, 16)  # type: ignore[union-attr]
    assert "did you mean [^whales] (line 5)" in (problems[0].hint or "")
    assert b"draft-mark" in section(book, "one").xhtml


def test_a_note_that_nothing_calls_is_an_error_said_once() -> None:
    _, problems = read_book("# One\n\nx\n\n[^a]: Words that reach nobody.")
    assert codes(problems) == ["B001"]
    assert problems[0].span is not None
    assert problems[0].span.line == 5


def test_a_call_finds_the_text_in_another_file() -> None:
    book, problems = read_book("# One\n\nx[^a]", "# Notes {.notes}\n\n[^a]: Kept apart.")
    assert problems == []
    assert b"Kept apart." in section(book, "one").notes[0].xhtml


def test_a_note_called_in_two_chapters_is_questioned() -> None:
    book, problems = read_book("# One\n\nx[^a]\n\n[^a]: A.\n\n# Two\n\ny[^a]")
    assert codes(problems) == ["B015"]
    assert signs(book, "two") == [("1", "#one-note-1", None)]


def test_the_ids_of_notes_avoid_those_of_the_author() -> None:
    book, problems = read_book("# One\n\n[x]{#one-note-1}^[N.]")
    assert problems == []
    assert section(book, "one").notes[0].id == "one-note-1-2"
