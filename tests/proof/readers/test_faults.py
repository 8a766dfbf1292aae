"""Every fault that is put into a finished e-book is found: by a rule of our own, by EPUBCheck, or by Ace."""

from pathlib import Path

import pytest

from publish.checks import access_rules, ace, epub_rules
from publish.checks.opened import open_epub
from publish.problems import Problems

from .faults import FOUND_BY_ACE, FOUND_BY_EPUBCHECK, FOUND_BY_US, Fault, put
from .shelf import Shelf
from .validator import validate

pytestmark = pytest.mark.proof

RULES = {f"E{number:03}" for number in (10, *range(12, 17), *range(24, 30), *range(37, 45))}
"""Our own rules for what stands in an EPUB. E011, on names of files, changes the zip and is tried in another place."""


def codes(book: Path) -> set[str]:
    """The codes of what our own rules say of a book."""
    problems = Problems()
    epub = open_epub(book.read_bytes(), problems)
    if epub is not None:
        epub_rules.check(epub, problems)
        access_rules.check(epub, problems)
    return {problem.code for problem in problems}


def test_our_own_rules_say_nothing_of_sound_books(shelf: Shelf) -> None:
    assert codes(shelf.take("handbook").epub) | codes(shelf.take("letter").epub) == set()


def test_every_rule_of_ours_has_a_fault() -> None:
    assert {fault.finder for fault in FOUND_BY_US} >= RULES


@pytest.mark.parametrize("fault", FOUND_BY_US, ids=lambda fault: fault.name)
def test_a_fault_that_our_own_rules_find(fault: Fault, shelf: Shelf, tmp_path: Path) -> None:
    assert fault.finder in codes(put(fault, shelf.take("handbook").epub, tmp_path))


def test_faults_that_epubcheck_finds_and_our_rules_do_not(shelf: Shelf, tmp_path: Path) -> None:
    sound = shelf.take("handbook").epub
    books = {fault.name: put(fault, sound, tmp_path) for fault in FOUND_BY_EPUBCHECK}
    said = {name: {message["ID"] for message in messages} for name, messages in validate(books).items()}
    assert [fault.name for fault in FOUND_BY_EPUBCHECK if fault.finder not in said[fault.name]] == []
    assert [name for name, book in books.items() if codes(book)] == []


@pytest.mark.parametrize("fault", FOUND_BY_ACE, ids=lambda fault: fault.name)
def test_a_fault_that_ace_alone_finds(fault: Fault, shelf: Shelf, tmp_path: Path) -> None:
    command = ace.find()
    assert command is not None, "Ace is missing: a checker that is not there has found nothing out"
    faulty = put(fault, shelf.take("letter").epub, tmp_path)
    assert codes(faulty) == set()
    rows = [one for document in ace.run(command, faulty)["assertions"] for one in document["assertions"]]
    assert fault.finder in {row["earl:test"]["dct:title"] for row in rows}
