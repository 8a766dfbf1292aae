"""Notes stand at the foot of the page of their call; where they cannot, somebody says so.

A long note goes on at the foot of the next page (`test_long_notes.py`); here a style forbids that where it matters.
"""

from publish.places import Span

from .paper import book, paper, section

TEXT = "<p>" + "Some text of a paragraph that goes on. " * 12 + "</p>"
SOME = "Some words here to read. " * 3
TALL = " ".join(f"word{n}" for n in range(500))
MIDDLING = " ".join(f"word{n}" for n in range(130))
UNDIVIDED = ".footnote { break-inside: avoid }"


def test_notes_that_fit_are_no_matter() -> None:
    made = paper(book(section(f"<h1>One</h1><p>A call[1] and another[2].</p>{TEXT}", notes=("A note.", "Another."))))
    assert made.codes == []
    assert made.typeset.overflowing == frozenset()


def test_a_note_taller_than_the_page_is_to_be_set_elsewhere() -> None:
    made = paper(book(section(f"<h1>One</h1><p>A call[1] and[2].</p>{TEXT}", notes=("Short.", TALL))), UNDIVIDED)
    assert made.typeset.overflowing == {"one-note-2"}


def test_a_note_that_is_cut_off_is_lost_text() -> None:
    made = paper(book(section(f"<h1>One</h1><p>A call[1].</p>{TEXT}", notes=(TALL,))), UNDIVIDED)
    lost = next(problem for problem in made.problems if problem.code == "C001")
    assert "“word0 word1" in lost.message


def test_a_note_that_was_moved_is_said_to_have_been() -> None:
    one = book(section(f"<h1>One</h1><p>A call[1].</p>{TEXT}", notes=(TALL,), title="One"))
    made = paper(one, moved=frozenset(("one-note-1",)))
    assert made.codes == ["P005"]
    assert made.typeset.overflowing == frozenset()
    assert next(iter(made.problems)).span == Span("note.md", 1)


def test_notes_that_the_author_wants_at_chapter_ends_are_no_matter() -> None:
    one = book(section("<h1>One</h1><p>A call[1].</p>", notes=("A note.",)), notes="chapter")
    assert paper(one, moved=frozenset(("one-note-1",))).codes == []


def test_a_note_on_the_page_after_its_call_is_a_warning_with_both_pages() -> None:
    made = paper(
        book(section(f"<h1>One</h1>{TEXT * 2}<p>{SOME} A call[1].</p>{TEXT * 3}", notes=(MIDDLING,))), UNDIVIDED
    )
    assert made.codes == ["P006"]
    assert next(iter(made.problems)).message == "note 1 is called on page 2 but stands on page 3"


def test_a_note_two_pages_after_its_call_is_to_be_set_elsewhere() -> None:
    notes = (MIDDLING, MIDDLING, MIDDLING)
    made = paper(
        book(section(f"<h1>One</h1>{TEXT * 2}<p>Calls[1], [2] and [3].</p>{TEXT * 5}", notes=notes)), UNDIVIDED
    )
    assert "one-note-3" in made.typeset.overflowing
    assert "one-note-1" not in made.typeset.overflowing
