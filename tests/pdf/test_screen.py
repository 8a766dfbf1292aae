"""The edition for screens: the cover first, even margins, no blank pages, links that show, and the claim."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from publish.layout.model import PROOF, SCREEN
from publish.pdf.claim import claimed
from publish.problems import Problem, Problems

from .editions import letters, set_in

HEAD = 45
"""Points from the top of a page within which nothing stands but running heads and folios."""
TEXT = (
    """---
title: The Lamp
author: Ada Brandt
lang: en
date: 2025
theme: THEME
---

# One

Words and [a link](https://example.org/), [the other chapter](#two), and a call.[^1]

| Lamp | Oil |
|------|-----|
| one  | two |

[^1]: A note.

# Two

"""
    + "The keeper climbed the stairs once more and counted all of them again. " * 120
)


@pytest.fixture(scope="module", params=["classic", "manual"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screen")
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "book.md").write_text(TEXT.replace("THEME", request.param))
    return folder


@pytest.fixture(scope="module")
def screen(project: Path) -> tuple[bytes, list[Problem]]:
    return set_in(SCREEN, project)


def test_the_cover_comes_first_and_no_page_is_blank(screen: tuple[bytes, list[Problem]], project: Path) -> None:
    cover, *pages = pypdfium2.PdfDocument(screen[0])
    assert list(letters(cover)) == []
    assert [kind.type for kind in cover.get_objects()].count(3) == 1
    assert all(list(letters(page)) for page in pages)
    assert not all(list(letters(page)) for page in pypdfium2.PdfDocument(set_in(PROOF, project)[0]))


def test_the_picture_of_the_cover_says_the_title(screen: tuple[bytes, list[Problem]]) -> None:
    with pikepdf.open(io.BytesIO(screen[0])) as pdf:
        tags = [held for held in pdf.objects if isinstance(held, pikepdf.Dictionary) and "/Alt" in held]
        assert [str(tag.Alt) for tag in tags] == ["The Lamp"]


def test_margins_are_the_same_on_both_sides_of_every_page(screen: tuple[bytes, list[Problem]]) -> None:
    width = pypdfium2.PdfDocument(screen[0])[0].get_width()
    pages = [list(letters(page)) for page in pypdfium2.PdfDocument(screen[0])]
    full = [page for page in pages if len(page) > 1000]
    assert len(full) > 1
    for page in full:
        left = min(letter.left for letter in page)
        right = width - max(letter.left + letter.size / 2 for letter in page)
        assert left == pytest.approx(right, abs=4)


def test_folios_are_at_one_place_since_no_page_is_a_left_or_a_right_one(
    screen: tuple[bytes, list[Problem]],
) -> None:
    pages = [list(letters(page)) for page in pypdfium2.PdfDocument(screen[0])]
    heads = [head for page in pages if (head := [letter for letter in page if letter.down < HEAD])]
    folios = [max(head, key=lambda letter: letter.left) for head in heads]
    assert len(folios) > 1
    assert all(folio.sign.isdigit() for folio in folios)
    assert max(folio.left for folio in folios) - min(folio.left for folio in folios) < 2


def test_links_in_the_text_are_blue_and_those_of_notes_are_not(screen: tuple[bytes, list[Problem]]) -> None:
    with pikepdf.open(io.BytesIO(screen[0])) as pdf:
        drawn = b"".join(b"".join(part.read_bytes() for part in page.Contents) for page in pdf.pages)
    assert drawn.count(b"0.058824 0.423529 0.741176") > 0


def test_colour_costs_nothing_here_and_the_book_makes_its_claim(screen: tuple[bytes, list[Problem]]) -> None:
    pdf, said = screen
    assert [problem.code for problem in said] == []
    problems = Problems()
    claimed(pdf, said, problems)
    assert list(problems) == []
