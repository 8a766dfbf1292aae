"""Typesetting in pieces: only what changed is set again, and the pages are those of the book in one piece."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from exact.compare import Allowed, differences
from exact.plain import plain_run
from layout import helpers as small
from publish import cache
from publish.book.model import Book, Matter, Section
from publish.layout.model import Document, Rendition
from publish.pdf import furnish as furnishing
from publish.pdf import tasks
from publish.pdf.folios import Folio, FolioSheet
from publish.pdf.record import Record, Set, packed, unpacked
from publish.pdf.typeset import Laid, Typesetter
from publish.pdf.workshop import Workshop
from publish.places import Span
from publish.problems import Problems

from .paper import book, rendition, section, shown

WORDS = "Some words of a paragraph that goes on for a while. "
PAGE = f"<p>{WORDS * 18}</p>"
"""A little more than a page."""
NAMES = ("one", "two", "three", "four")
MIRRORED = "@page :right { margin: 10mm 8mm 10mm 16mm } @page :left { margin: 10mm 16mm 10mm 8mm }"


HOUSE_CACHE = os.environ.get("OCTAVO_CACHE")


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def _house_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache of all tests, for a theme whose faces take long to make ready."""
    if HOUSE_CACHE is None:
        monkeypatch.delenv("OCTAVO_CACHE")
    else:
        monkeypatch.setenv("OCTAVO_CACHE", HOUSE_CACHE)


def chapters(**texts: str) -> Book:
    """Four short chapters, some of them with these texts."""
    return book(*(chapter(name, texts.get(name, PAGE)) for name in NAMES))


def chapter(name: str, text: str, *notes: str) -> Section:
    return section(f'<h1 id="{name}-head">{name.title()}</h1>{text}', name, title=name.title(), notes=notes)


def dressed(whole: Book, css: str = MIRRORED, moved: frozenset[str] = frozenset()) -> Rendition:
    parts = zip(whole.sections, shown(whole, moved), strict=True)
    return replace(rendition(whole, css), documents=tuple(Document(one, text.encode()) for one, text in parts))


class Press:
    """A typesetter whose work is watched."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, jobs: int = 1) -> None:
        self.set: list[str] = []
        """The fragments that the engine laid out, in their order."""
        self.painted: list[Folio] = []
        """The folios that the engine painted."""
        self.problems = Problems()
        self._workshop = Workshop(jobs)
        real = tasks.set_batch, tasks.paint

        def set_batch(batch: tasks.Batch, progress: object = None) -> list[tasks.Numbered]:
            self.set += [fragment.name for _, fragment in batch.fragments]
            return real[0](batch)

        def paint(sheet: FolioSheet) -> list[Set]:
            self.painted += sheet.folios
            return real[1](sheet)

        monkeypatch.setattr("publish.pdf.typeset.set_batch", set_batch)
        monkeypatch.setattr(furnishing, "paint", paint)

    def build(self, made: Rendition) -> tuple[Laid, bytes]:
        """Lay out and bind as a new build does, which knows nothing but the cache."""
        self.set, self.painted, self.problems = [], [], Problems()
        setter = Typesetter(self._workshop, lambda stage: None)
        laid = setter.lay_out(made, self.problems)
        assert laid is not None
        pdf = setter.bind(laid, self.problems)
        assert pdf
        return laid, pdf


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    return Press(monkeypatch)


def unlike_one_run(laid: Laid, pdf: bytes) -> list[str]:
    """How the pages differ from those of one plain run of the engine."""
    pages = laid.placing.pages
    slid = frozenset(page.index for page in pages if page.record is not None and page.record.side != page.side)
    return [str(difference) for difference in differences(plain_run(laid.rendition), pdf, Allowed(slid))]


def blobs() -> Iterator[Path]:
    yield from sorted((cache.folder() / "blobs").glob("??/*"))


# ---- Only what changed is set again.


def test_nothing_is_set_twice(press: Press) -> None:
    _, first = press.build(dressed(chapters()))
    assert press.set == list(NAMES)
    assert press.painted
    _, second = press.build(dressed(chapters()))
    assert (press.set, press.painted) == ([], [])
    assert second == first


def test_a_changed_word_sets_one_section(press: Press) -> None:
    press.build(dressed(chapters()))
    laid, pdf = press.build(dressed(chapters(two=PAGE.replace("words", "verse", 1))))
    assert press.set == ["two"]
    assert press.painted == []
    assert unlike_one_run(laid, pdf) == []


def test_what_was_undone_is_not_set_again(press: Press) -> None:
    _, before = press.build(dressed(chapters()))
    press.build(dressed(chapters(two=PAGE * 2)))
    _, after = press.build(dressed(chapters()))
    assert (press.set, press.painted) == ([], [])
    assert after == before


def test_a_chapter_that_only_moves_is_not_set_again_and_only_new_folios_are_painted(press: Press) -> None:
    css = MIRRORED + "@page { @bottom-center { content: counter(page) } @top-center { content: string(short) } }"
    before, _ = press.build(dressed(chapters(), css))
    laid, pdf = press.build(dressed(chapters(two=PAGE * 3), css))
    assert laid.page_count > before.page_count
    assert press.set == ["two"]
    numbers = [text for folio in press.painted for name, text, *_ in folio.strings if name == "x-folio-decimal"]
    assert sorted(numbers, key=int) == [str(n) for n in range(before.page_count + 1, laid.page_count + 1)]
    assert unlike_one_run(laid, pdf) == []


def test_a_longer_book_needs_no_folio_of_the_shorter_one_anew(press: Press) -> None:
    long = replace(chapters(), sections=(*chapters().sections, chapter("five", PAGE)))
    press.build(dressed(long))
    press.build(dressed(chapters()))
    assert (press.set, press.painted) == ([], [])


def test_a_changed_style_sets_all_sections(press: Press) -> None:
    press.build(dressed(chapters()))
    press.build(dressed(chapters(), MIRRORED + "p { text-indent: 1em }"))
    assert press.set == list(NAMES)


# ---- A cache that cannot be trusted.


def poisoned(blob: Path, data: bytes) -> None:
    """Put something else under a key, with the digest that it must have."""
    blob.write_bytes(sha256(blob.name.encode() + data).digest() + data)


def folio_lists() -> dict[Path, dict[str, tuple[str, int]]]:
    """The lists of folios that are kept, each with what it says."""
    found = {}
    for blob in blobs():
        with contextlib.suppress(ValidationError):
            found[blob] = furnishing.PLACES.validate_json(blob.read_bytes()[cache.HEAD :])
    return found


def with_no_pages(made: Set) -> bytes:
    return packed(replace(made, record=Record()))


POISON = {
    "nothing": lambda made: b"",
    "rubbish": lambda made: b"\0\0\0\x04rubbish",
    "a number for a length": lambda made: b"\xff" * 40,
    "a record of another form": lambda made: b'\0\0\0\x0c{"pages": 7}',
    "a record without its PDF": lambda made: packed(replace(made, pdf=b"")),
    "a PDF that breaks off": lambda made: packed(replace(made, pdf=made.pdf[: len(made.pdf) // 2])),
    "a record of other pages": with_no_pages,
}


@pytest.mark.parametrize("kind", POISON)
def test_what_is_not_a_set_section_is_dropped_and_set_again(kind: str, press: Press) -> None:
    _, before = press.build(dressed(chapters()))
    for blob in blobs():
        stored = unpacked(blob.read_bytes()[cache.HEAD :])
        if stored is not None:
            poisoned(blob, POISON[kind](stored))
    _, after = press.build(dressed(chapters()))
    assert press.set == list(NAMES)
    assert press.painted
    assert after == before
    press.build(dressed(chapters()))
    assert (press.set, press.painted) == ([], [])


@pytest.mark.parametrize("index", [b"", b"[]", b'{"a": 7}', b'{"a": ["b"]}', b'{"a": ["b", "c"]}', b"\xff"])
def test_a_list_of_folios_that_is_none_is_dropped(index: bytes, press: Press) -> None:
    _, before = press.build(dressed(chapters()))
    lists = folio_lists()
    assert lists
    for blob in lists:
        poisoned(blob, index)
    _, after = press.build(dressed(chapters()))
    assert press.painted
    assert after == before


def test_a_folio_said_to_stand_where_no_page_is_is_painted_again(press: Press) -> None:
    _, before = press.build(dressed(chapters()))
    for blob, places in folio_lists().items():
        poisoned(blob, furnishing.PLACES.dump_json({name: (key, 99) for name, (key, _) in places.items()}))
    _, after = press.build(dressed(chapters()))
    assert press.painted
    assert after == before


def test_damaged_bytes_are_dropped_and_laid_out_again(press: Press) -> None:
    _, before = press.build(dressed(chapters()))
    for blob in blobs():
        data = bytearray(blob.read_bytes())
        data[-100] ^= 1
        blob.write_bytes(data)
    _, after = press.build(dressed(chapters()))
    assert press.set == list(NAMES)
    assert after == before


# ---- Notes.


def test_a_note_that_runs_over_the_chapters_end_is_to_stand_at_the_chapters_end(press: Press) -> None:
    """The engine would carry it to a page after the chapter's last, where the next chapter begins."""
    for lines in range(8, 30):
        text = f"<p>{WORDS * lines}</p><p>The end.[1]</p>"
        noted = book(chapter("one", text, "A note of some length. " * 12), chapter("two", PAGE))
        laid, _ = press.build(dressed(noted))
        if laid.overflowing:
            break
    assert laid.overflowing == {"one-note-1"}
    again, pdf = press.build(dressed(noted, moved=laid.overflowing))
    assert press.set == ["one"]
    assert again.overflowing == frozenset()
    assert [problem.code for problem in press.problems] == ["P005"]
    assert unlike_one_run(again, pdf) == []


def test_notes_that_go_on_over_page_turns_do_so_in_pieces_as_in_one(press: Press) -> None:
    long = "A note that goes on and on. " * 60
    text = f"<p>{WORDS * 20}[1]{WORDS * 12}[2] {WORDS * 90}</p>"
    noted = book(chapter("one", text, long, "Short."), chapter("two", text, long, long))
    laid, pdf = press.build(dressed(noted))
    assert len(laid.sets) == 2
    turns = [page.record.notes for page in laid.placing.pages if page.record]
    assert sum(before[-1:] == after[:1] != () for before, after in pairwise(turns)) >= 3
    assert (laid.overflowing, codes(press.problems)) == (frozenset(), [])
    assert unlike_one_run(laid, pdf) == []


@pytest.mark.usefixtures("_house_cache")
def test_the_notes_of_the_book_are_a_section_with_links_both_ways(press: Press) -> None:
    texts = (f'<p data-p="2">Words{small.call(f"n{n}")}.</p>' for n in (1, 2))
    one, two = (small.chapter(text, f"c{n}", (small.note(f"n{n}", "1"),)) for n, text in enumerate(texts, 1))
    made, said = small.dressed(small.book(one, two, notes="book"))
    laid, pdf = press.build(made)
    assert [document.section.role for document in made.documents] == ["chapter", "chapter", "endnotes"]
    assert len(laid.sets) == 3
    assert laid.placing.anchors["n1"][0] == laid.placing.anchors["n2"][0] == laid.page_count - 1
    assert (said, codes(press.problems)) == ([], [])
    assert unlike_one_run(laid, pdf) == []


# ---- Where a book is cut, and where not.


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


def test_a_seam_in_a_style_sheet_leaves_the_book_in_one_piece_and_is_said_at_its_place(press: Press) -> None:
    laid, pdf = press.build(dressed(chapters(), "p { color: inherit }\nh1 { counter-increment: chapter }"))
    assert press.set == ["book"]
    (hint,) = press.problems
    assert (hint.code, hint.severity, hint.span) == ("P010", "hint", Span("styles/custom.css", 2, 6))
    assert unlike_one_run(laid, pdf) == []


def test_sections_that_may_share_a_page_leave_the_book_in_one_piece(press: Press) -> None:
    short = chapters(**dict.fromkeys(NAMES, "<p>Few words.</p>"))
    laid, pdf = press.build(dressed(short, "section { break-before: auto; page: text !important }"))
    assert laid.page_count == 1
    assert len(laid.sets) == 1
    assert codes(press.problems) == ["P010"]
    assert unlike_one_run(laid, pdf) == []


def test_sections_found_on_one_page_leave_the_book_in_one_piece(press: Press) -> None:
    """A style that says so only for some sections, or nothing at all: it shows when they are laid out."""
    short = replace(dressed(chapters(**dict.fromkeys(NAMES, "<p>Few words.</p>"))))
    plain, *others = short.stylesheets
    sheets = (replace(plain, css=plain.css.replace("break-before: page;", "").replace("first-body", "none")), *others)
    laid, pdf = press.build(replace(short, stylesheets=sheets))
    assert laid.page_count == 1
    assert press.set == [*NAMES, "book"]
    (hint,) = press.problems
    assert (hint.code, hint.span) == ("P010", Span("two.md", 1))
    assert "“Two” has no page to itself" in hint.message
    assert unlike_one_run(laid, pdf) == []


def test_the_side_of_the_text_is_slid_where_margins_are_mirrored(press: Press) -> None:
    laid, pdf = press.build(dressed(chapters(one=PAGE * 2)))
    assert sorted(press.set) == sorted(NAMES), "each is set once"
    assert any(page.record and page.record.side != page.side for page in laid.placing.pages)
    assert unlike_one_run(laid, pdf) == []


LOPSIDED = "@page { margin: 8mm 10mm } @page :left { margin-top: 52mm }"


def test_sections_are_set_by_side_where_left_pages_hold_less_than_right_ones(press: Press) -> None:
    laid, pdf = press.build(dressed(chapters(), LOPSIDED))
    assert all(page.record is None or page.record.side == page.side for page in laid.placing.pages)
    assert all(press.set.count(name) <= 2 for name in NAMES)
    assert unlike_one_run(laid, pdf) == []


def test_however_many_sections_turn_each_other_over_all_are_set_for_their_side(press: Press) -> None:
    """Each takes one page if it begins on the right and two on the left, so each one moves all that follow."""
    text = f"<p>{WORDS * 9}</p>"
    many = book(chapter("zero", PAGE), *(chapter(f"n{n}", text) for n in range(12)))
    laid, pdf = press.build(dressed(many, LOPSIDED))
    assert all(page.record is None or page.record.side == page.side for page in laid.placing.pages)
    assert len({len(made.record.pages) for made in laid.sets[1:]}) == 2
    assert unlike_one_run(laid, pdf) == []


# ---- Front matter, blank pages.


def test_front_matter_blank_pages_and_counters_are_those_of_one_run(press: Press) -> None:
    front = section("<h1>Preface</h1><p>Words.</p>", "preface", matter=Matter.FRONT, title="Preface")
    whole = book(front, *chapters().sections)
    laid, pdf = press.build(dressed(whole, MIRRORED + "body > section { break-before: right }"))
    assert [page.label for page in laid.placing.pages if page.record is None][:1] == ["ii"]
    assert unlike_one_run(laid, pdf) == []
