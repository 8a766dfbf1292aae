"""A real reader opens our books: contents, landmarks, printed pages and notes are what the files say."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from conftest import HOUSE
from epub.reader import XHTML, found
from publish.checks.navigation import Entry, resolved, said
from publish.checks.opened import Opened
from publish.pages import load

from . import foliate
from .shelf import BOOKS, OURS, THREE, Shelf

pytestmark = pytest.mark.proof

MADE = frozenset(("half-title", "contents"))
"""Sections of the printed book that are not in the text of the e-book."""
PICTURES = HOUSE / "build" / "proof"
"""Where the pictures are left for people to look at."""
SIX = {
    "title": "//h:section[@epub:type='titlepage']",
    "opening": "//h:section[@epub:type='chapter']",
    "table": "//h:div[h:table and @id]",
    "figure": "//h:figure[h:img and @id]",
    "code": "//h:figure[contains(@class, 'listing') and @id]",
    "note": "//h:a[@epub:type='noteref']",
}
"""Where each picture is taken: the first such place of the handbook."""
DARK, BRIGHT = 60, 200
"""Of 255: night is darker than the one for the most part, day brighter than the other."""


def lines(entries: Iterable[Entry], depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """The lines of the contents: how deep each stands, its words, where it leads."""
    for entry in entries:
        yield depth, entry.title, str(entry.target)
        yield from lines(entry.below, depth + 1)


def shown(rows: foliate.Rows, depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """The lines of the contents as the reader has them."""
    for row in rows:
        yield depth, row["label"], row["href"]
        yield from shown(row["below"], depth + 1)


def all_rows(rows: foliate.Rows) -> Iterator[Any]:
    """Every line of the contents."""
    for row in rows:
        yield row
        yield from all_rows(row["below"])


def notes(epub: Opened) -> Iterator[tuple[str, str, str]]:
    """Each call of a note in the order of the text: its file, where it leads, and the words of the note."""
    ids = {(name, e.get("id")): e for name, document in epub.documents.items() for e in document.iter(etree.Element)}
    for place in epub.spine:
        name = place.item.name
        for call in epub.documents[name].iter(f"{XHTML}a"):
            if call.get("role") == "doc-noteref":
                target = resolved(call.get("href", ""), name)
                assert target is not None
                yield name, call.get("href", ""), said(ids[target.document, target.fragment])


@pytest.mark.parametrize("name", BOOKS)
def test_a_reader_shows_what_a_book_says(name: str, shelf: Shelf) -> None:
    book = shelf.take(name)
    epub = book.opened()
    assert epub.nav is not None
    seen = foliate.seen(name, shelf)
    assert seen.errors == []

    assert list(shown(seen.contents)) == list(lines(epub.nav.contents))
    led = [(row["file"], row["seen"]) for row in all_rows(seen.contents)]
    assert led == [(row["href"].partition("#")[0], True) for row in all_rows(seen.contents)]

    landmarks = [(row["type"], row["label"], row["href"]) for row in seen.landmarks]
    assert landmarks == [(entry.kind.split(), entry.title, str(entry.target)) for entry in epub.nav.landmarks]
    for row in seen.landmarks:
        assert row["seen"], row
        assert row["file"] == row["href"].partition("#")[0]
        assert set(row["type"]) <= set(row["types"]), row

    popped = [(note["file"], note["href"], " ".join(note["text"].split())) for note in seen.notes]
    assert popped == list(notes(epub))
    assert [note for note in seen.notes if note["type"] not in ("footnote", "endnote")] == []


@pytest.mark.parametrize("name", [*THREE, *OURS])
def test_a_reader_goes_to_every_printed_page_and_knows_which_it_is(name: str, shelf: Shelf) -> None:
    book = shelf.take(name)
    pages = load(book.pages.read_bytes()).pages.pages
    with_text = [page.label for page in pages if page.start is not None and page.start.section not in MADE]
    seen = foliate.seen(name, shelf)
    assert [page["label"] for page in seen.pages] == with_text
    assert [page for page in seen.pages if page["status"] != page["label"]] == []


def test_six_pages_by_day_and_night_narrow_and_wide(shelf: Shelf) -> None:
    book = shelf.take("handbook")
    shutil.rmtree(PICTURES, ignore_errors=True)
    foliate.read(book.epub, dict(six(book.opened())), PICTURES)
    for name in SIX:
        for size in foliate.SIZES:
            day, night = (brightness(PICTURES / f"{name}-{size}-{light}.png") for light in foliate.LIGHTS)
            assert day[0] > BRIGHT, f"{name}, {size}: by day the page is bright"
            assert night[0] < DARK, f"{name}, {size}: by night it is dark"
            assert min(day) < DARK, f"{name}, {size}: something dark stands on it by day"
            assert max(night) > BRIGHT, f"{name}, {size}: something bright stands on it by night"


def six(epub: Opened) -> Iterator[tuple[str, str]]:
    """Where each of the six pictures is taken."""
    for picture, path in SIX.items():
        for name, document in epub.documents.items():
            place = next(iter(found(document, path)), None)
            if isinstance(place, etree._Element):
                yield picture, f"{name}#{place.get('id')}" if place.get("id") else name
                break


def brightness(picture: Path) -> tuple[int, int, int]:
    """The middle, the least and the greatest of the brightness of a picture's points."""
    with Image.open(picture) as image:
        points = sorted(image.convert("L").tobytes())
    return points[len(points) // 2], points[0], points[-1]
