"""A long note begins on the page of its call and goes on at the foot of the next, and no word is lost between them."""

import io
from itertools import groupby

import pikepdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.book.model import Book
from publish.checks.paper_text import read_pages, read_pdf
from publish.pdf.grafts import guard
from publish.pdf.grafts.foot import CROWDED

from .feet import NOTES, Set, laid
from .paper import book, paper, section

NOTE = "one-note-1"
LINES = 17
"""About the lines of text that a page holds."""


def words(count: int, mark: str = "w", start: int = 0) -> str:
    return " ".join(f"{mark}{number}" for number in range(start, start + count))


def called(before: int, after: int, sign: str = "[1]") -> str:
    """A paragraph with a call after so many words, which stands in text between brackets, so that it can be found."""
    return f"<p>{words(before)} ({sign}) {words(after, start=before)}</p>"


def one(markup: str, *notes: str) -> Book:
    return book(section(f"<h1>One</h1>{markup}", notes=notes))


def whole(made: Set) -> None:
    """All words stand once and in order, text above notes, and each note in one run of pages, in the order of calls."""
    verdict = made.verdict
    assert (verdict.missing, verdict.lost, verdict.disordered, verdict.unexpected) == (0, (), (), ())
    for page in made.pages:
        assert page.end <= page.foot + 0.01
    idents = [ident for page in made.pages for ident, _ in page.notes]
    assert [ident for ident, _ in groupby(idents)] == sorted(
        set(idents), key=lambda ident: int(ident.rpartition("-")[2])
    )
    for ident in set(idents):
        on = [index for index, page in enumerate(made.pages) if page.note(ident)]
        assert on == list(range(on[0], on[-1] + 1))
        assert made.call(ident) <= on[0]


# ---- What becomes of one long note.


def test_a_note_that_fits_is_not_divided() -> None:
    made = laid(one(called(40, 200), words(60, "n")))
    whole(made)
    assert made.lines(NOTE) == [4]


def test_a_note_of_three_lines_called_near_the_foot_of_a_page_begins_there() -> None:
    found = set()
    for before in range(130, 190, 3):
        made = laid(one(called(before, 100), words(40, "n")))
        whole(made)
        assert made.first(NOTE) == made.call(NOTE)
        found.add(tuple(made.lines(NOTE)))
    assert (3,) in found
    assert found <= {(3,), (1, 2), (2, 1)}


def test_a_note_longer_than_half_a_page_is_divided_with_two_lines_on_either_side() -> None:
    """One line alone begins it only where there is no room for another one."""
    divided, lonely = 0, 0
    for before in range(20, 200, 12):
        made = laid(one(called(before, 300), words(150, "n")))
        whole(made)
        assert made.first(NOTE) == made.call(NOTE)
        assert made.lines(NOTE)[-1] >= 2
        divided += len(made.lines(NOTE)) == 2
        lonely += made.lines(NOTE)[0] == 1
    assert divided > 3
    assert lonely <= 1


def test_a_note_longer_than_a_page_leaves_room_for_text_on_each() -> None:
    made = laid(one(called(60, 500), words(700, "n")))
    whole(made)
    assert made.first(NOTE) == made.call(NOTE) == 0
    assert len(made.lines(NOTE)) == 4
    for page in made.pages[:4]:
        assert len(page.text) >= LINES * (1 - CROWDED) - 1


def test_of_three_long_notes_called_on_a_page_each_goes_on_before_the_next_begins() -> None:
    text = f"<p>{words(60)} ([1]) {words(9)} ([2]) {words(20)} ([3]) {words(400)}</p>"
    made = laid(one(text, *(words(150, mark) for mark in "abc")))
    whole(made)
    assert made.first(NOTE) == made.call(NOTE)
    assert made.overflowing == frozenset()


def test_the_rule_stands_above_the_rest_and_the_number_does_not() -> None:
    text = called(100, 400)
    made = laid(one(text, f'<span class="note-number">1. </span>{words(150, "n")}'))
    first, second = made.pages[0], made.pages[1]
    assert first.rule == second.rule > 0
    assert first.note(NOTE)[0].startswith("1. n0")
    assert not second.note(NOTE)[0].startswith("1.")


def test_the_last_line_before_the_turn_is_as_long_as_the_others() -> None:
    made = laid(one(called(100, 400), words(150, "n")))
    lines = made.pages[0].note(NOTE)
    assert len(lines[-1]) > 0.8 * len(lines[0])


def test_a_note_of_two_paragraphs_is_divided_in_either() -> None:
    found = set()
    for before in range(60, 160, 8):
        note = f"{words(60, 'm')}</p><p>{words(60, 'n')}"
        made = laid(one(called(before, 300), note))
        whole(made)
        assert made.first(NOTE) == made.call(NOTE)
        found.add(made.pages[made.first(NOTE)].note(NOTE)[-1].split()[-1][0])
    assert found == {"m", "n"}


def test_a_note_that_is_called_in_italics_is_divided() -> None:
    text = f"<p>{words(100)} <em>{words(9, 'e')} ([1]) {words(9, 'f')}</em> {words(300)}</p>"
    made = laid(one(text, words(150, "n")))
    whole(made)
    assert len(made.lines(NOTE)) == 2


def test_the_text_takes_lines_back_so_that_none_stands_alone() -> None:
    """The paragraph has four lines; the page does not end after its first or third, wherever the note is called."""
    for before in range(1, 33, 3):
        made = laid(one(f"<p>{words(90)}</p>{called(before, 34 - before)}<p>{words(300)}</p>", words(150, "n")))
        whole(made)
        assert made.first(NOTE) == made.call(NOTE) == 0
        assert len(made.lines(NOTE)) == 2
        assert len(made.pages[0].text) in (9 + 1 + n for n in (2, 4, 6, 7, 8))


def test_a_paragraph_that_must_not_be_divided_takes_as_many_lines_back_as_it_needs() -> None:
    css = "p + p { break-inside: avoid }"
    text = f"<p>{words(60)}</p>{called(5, 70)}<p>{words(300)}</p>"
    for length in (150, 300):
        made = laid(one(text, words(length, "n")), css)
        whole(made)
        assert made.first(NOTE) == made.call(NOTE) == 0
        assert len(made.lines(NOTE)) == 2
        assert any(f"w{5 + 69}" in line for line in made.pages[0].text)


def test_no_line_more_of_text_divides_a_note_that_fits() -> None:
    """The engine would send it to the next page to have the second line of a paragraph that begins at the foot."""
    for lines in range(8, 14):
        made = laid(one(called(20, 11 * lines) + f"<p>{words(44)}</p>" * 9, words(60, "n")))
        whole(made)
        assert made.lines(NOTE) == [4]
        assert made.first(NOTE) == made.call(NOTE) == 0


def test_a_line_at_the_foot_of_a_page_goes_on_with_its_note_where_that_has_no_room_at_all() -> None:
    """The note stands where it is called; a page may be a few lines short."""
    for before in range(180, 215, 3):
        made = laid(one(called(before, 200), "Short."))
        whole(made)
        assert made.first(NOTE) == made.call(NOTE)
        assert len(made.pages[0].text) >= LINES - 3


def test_a_note_that_must_not_be_divided_goes_to_the_next_page_as_a_whole() -> None:
    made = laid(one(called(100, 400), words(150, "n")), ".footnote { break-inside: avoid }")
    whole(made)
    assert made.first(NOTE) == made.call(NOTE) + 1
    assert len(made.lines(NOTE)) == 1


def test_a_note_that_calls_another_is_not_divided() -> None:
    """A link in a note has a note of its own, with its address."""
    link = '<span class="footnote" id="one-note-2">address</span>'
    made = laid(one(called(100, 400), f"{words(140, 'n')} {link} {words(10, 'm')}"))
    assert (made.verdict.missing, made.verdict.unexpected) == (0, ())
    assert len(made.lines(NOTE)) == 1
    assert made.lines("one-note-2") == [1]


def test_notes_called_in_columns_are_divided_on_the_next_page_if_at_all() -> None:
    text = f'<div style="columns: 2">{called(60, 300)}</div><p>{words(400)}</p>'
    made = laid(one(text, words(250, "n")))
    assert (made.verdict.missing, made.verdict.unexpected) == (0, ())


def test_a_note_that_would_run_past_its_section_is_to_stand_at_the_sections_end() -> None:
    """In one piece it would go on below the next section; by itself it would have a page without text."""
    ends = section(f"<h1>One</h1><p>{words(150)} ([1])</p>", notes=(words(150, "n"),))
    after = section(f"<h1>Two</h1><p>{words(50)}</p>", "two")
    for made in (laid(book(ends)), laid(book(ends, after))):
        assert made.overflowing == {NOTE}


def test_a_note_that_ends_with_its_section_stays() -> None:
    made = laid(
        book(section(f"<h1>One</h1>{called(150, 60)}", notes=(words(100, "n"),)), section("<p>Two.</p>", "two"))
    )
    whole(made)
    assert len(made.lines(NOTE)) == 2
    assert made.overflowing == frozenset()


def test_without_the_seam_notes_go_where_the_engine_puts_them() -> None:
    text = one(called(100, 400), words(150, "n"))
    with guard.laid_aside():
        made = laid(text)
    assert made.first(NOTE) == made.call(NOTE) + 1
    assert len(made.lines(NOTE)) == 1
    assert laid(text).first(NOTE) == made.call(NOTE)


def test_a_page_that_is_made_again_has_the_rest_of_the_note_of_the_page_before() -> None:
    """The page's own text names a page that is not known yet, so that the engine makes it twice."""
    css = "a.see::after { content: ' ' target-counter(attr(href), page) }"
    text = f'{called(100, 100)}<p><a class="see" href="#end">see</a></p><p>{words(500)}</p><p id="end">End.</p>'
    made = laid(one(text, words(150, "n")), css)
    whole(made)
    assert len(made.lines(NOTE)) == 2


# ---- For those who do not see the pages, and for the second reader.


def test_a_divided_note_is_one_tag_and_one_text() -> None:
    divided, short = words(150, "n"), "Short."
    text = f"<p>{words(100)} ([1]) {words(60)} ([2]) {words(200)}</p>"
    made = paper(one(text, divided, short), NOTES)
    assert [page.notes for page in made.typeset.sets[0].record.pages[:2]] == [(NOTE,), (NOTE, "one-note-2")]
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        tags = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == pikepdf.Name.Note]
        pages = [page.obj.objgen for page in pdf.pages]
        parts = [kid for kid in tags[0].K if isinstance(kid, pikepdf.Dictionary)]
        assert len(tags) == 2
        assert {pages.index(part.Pg.objgen) for part in parts} == {0, 1}
        assert parts[-1].P.objgen == tags[0].objgen
    read = read_pdf(made.pdf)
    assert [" ".join(note.split()) for note in read.notes] == [divided, short]
    assert "n0" not in read.flow
    assert [page.goes_on for page in read_pages(made.pdf)[:3]] == [False, True, False]


# ---- All of it at random.

SIZES = st.integers(1, 90)
STYLES = (
    "",
    "p { orphans: 3; widows: 4 } .footnote { orphans: 1; widows: 1 }",
    "p { break-inside: avoid }",
    "p + p { break-before: avoid }",
    "@page { margin: 10mm 10mm 30mm } .footnote .p + .p { text-indent: 1em }",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(SIZES, st.lists(st.integers(1, 200), max_size=2), SIZES), min_size=1, max_size=7),
    st.sampled_from(STYLES),
    st.booleans(),
)
def test_no_word_is_lost_or_said_twice(
    paragraphs: list[tuple[int, list[int], int]], css: str, in_paragraphs: bool
) -> None:
    text = ""
    notes: list[str] = []
    for before, lengths, after in paragraphs:
        signs = ""
        for length in lengths[: 9 - len(notes)]:
            notes.append(words(length, "n").replace(" n50 ", "</p><p>" if in_paragraphs else " n50 "))
            signs += f" ([{len(notes)}])"
        text += f"<p>{words(before)}{signs} {words(after, start=before)}</p>"
    whole(laid(one(f"{text}<p>{words(500)}</p>", *notes), css))
