"""Ace by DAISY 1.4 finds no violation in whole books."""

import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from publish.checks import ace

from .shelf import THREE, Shelf

pytestmark = pytest.mark.proof


def assess(book: Path) -> Mapping[str, Any]:
    """Ace's report on a book."""
    command = ace.find()
    assert command is not None, "Ace is missing: a checker that is not there has found nothing out"
    return ace.run(command, book)


@pytest.mark.parametrize("name", THREE)
def test_ace_finds_no_violation(name: str, shelf: Shelf) -> None:
    book = shelf.take(name)
    report = assess(book.epub)
    found = [
        (document["earl:testSubject"]["url"], one["earl:test"]["dct:title"], one["earl:result"]["dct:description"])
        for document in report["assertions"]
        for one in document["assertions"]
    ]
    assert found == []
    assert report["earl:result"]["earl:outcome"] == "pass"
    assert report["earl:assertedBy"]["doap:release"]["doap:revision"] == "1.4.6"
    read = {document["earl:testSubject"]["url"] for document in report["assertions"]}
    assert read >= {posixpath.basename(place.item.name) for place in book.opened().spine}
