"""EPUBCheck 5.3 on all our books: no error, no warning, and no note on usage that is not answered."""

import re
from pathlib import Path

import pytest

from epub.odd import odd_books
from epub.reader import dressed
from publish.epub import package

from .shelf import BOOKS, Shelf
from .validator import validate

pytestmark = pytest.mark.proof

ANSWERS = {
    r"CSS-028 ": "Faces that a theme brings are declared, as they must be; readers may leave them out.",
    r"OPF-097 .*-licence\.txt": "A font's licence must go where the font goes (OFL 1.1, 2); no text refers to it.",
}
"""Notes on usage that stand, and why."""


def test_no_book_gives_epubcheck_anything_to_say(shelf: Shelf, tmp_path: Path) -> None:
    books = {name: shelf.take(name).epub for name in BOOKS}
    for name, data in odd_books(tmp_path).items():
        books[name] = tmp_path / f"{name}.epub"
        books[name].write_bytes(data)
    said = {
        (name, message["severity"], f"{message['ID']} {message['message']}")
        for name, messages in validate(books).items()
        for message in messages
    }
    answered = {row for row in said if row[1] == "USAGE" and any(re.match(note, row[2]) for note in ANSWERS)}
    assert sorted(said - answered) == []
    assert [note for note in ANSWERS if not any(re.match(note, text) for *_, text in answered)] == []


def test_a_fault_is_found(tmp_path: Path) -> None:
    sound = package(dressed("# One\n\n[there](#one)"))
    (tmp_path / "faulty.epub").write_bytes(sound.replace(b"EPUB/chapter-01.xhtml", b"EPUB/chapter-99.xhtml"))
    (messages,) = validate({"faulty": tmp_path / "faulty.epub"}).values()
    assert {"ERROR", "FATAL"} & {message["severity"] for message in messages}
