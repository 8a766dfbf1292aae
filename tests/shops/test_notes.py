"""What shops ask of notes, so that they show them on top of the page."""

import pytest

from publish.places import Span

from .shelf import chapter, codes, epub, said

CALL = '<p>Words<a id="call" epub:type="noteref" href="#note">7</a></p>'


def note(text: str = "A note.") -> str:
    """A note."""
    return f'<aside epub:type="footnote" id="note"><p><a href="#call">7</a> {text}</p></aside>'


def test_a_short_note_after_its_call() -> None:
    assert codes(epub(chapter(CALL + note())), "kobo", "kindle") == []


def test_kobo_shows_no_long_note_in_place() -> None:
    place = Span("manuscript/a.md", 9)
    (problem,) = said(epub(chapter(CALL + note("x" * 5000))), "kobo", places={"#note": place})
    assert (problem.code, problem.severity, problem.span) == ("E065", "warning", place)
    assert "5002" in problem.message


def test_a_note_of_just_so_many_characters_is_shown_in_place() -> None:
    assert codes(epub(chapter(CALL + note("x" * 4998))), "kobo") == []


def test_kobo_shows_no_note_in_place_that_stands_before_its_call() -> None:
    (problem,) = said(epub(chapter(f"\n{note()}\n{CALL}")), "kobo")
    assert (problem.code, problem.severity) == ("E066", "warning")
    assert "that of 7" in problem.message
    assert problem.span == Span("EPUB/one.xhtml", 4)


@pytest.mark.parametrize(("notes", "found"), [("zero.xhtml", ["E066"]), ("two.xhtml", [])])
def test_documents_stand_before_one_another_as_in_the_spine(notes: str, found: list[str]) -> None:
    calling = chapter(CALL.replace("#note", f"{notes}#note"))
    files = [calling, chapter(note().replace("#call", "one.xhtml#call"), notes)]
    assert codes(epub(*(files if notes == "two.xhtml" else reversed(files))), "kobo") == found


@pytest.mark.parametrize(
    ("mark", "other"),
    [
        ("<aside epub:type", "<div epub:type"),
        ('epub:type="footnote"', 'epub:type="sidebar"'),
        (' epub:type="footnote"', ""),
    ],
)
def test_kindle_shows_notes_in_place_that_are_marked_as_such(mark: str, other: str) -> None:
    marked = note().replace(mark, other).replace("</aside>", "</div>" if "<div" in other else "</aside>")
    (problem,) = said(epub(chapter(CALL + marked)), "kindle")
    assert (problem.code, problem.severity) == ("E077", "warning")


def test_a_call_that_leads_nowhere_is_left_to_the_validator() -> None:
    assert codes(epub(chapter(CALL)), "kobo", "kindle") == []
