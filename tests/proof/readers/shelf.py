"""Finished books for the readers, built once for all workers of a run."""

import fcntl
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from conftest import HOUSE, build_book, copy_novel, copy_project, import_essay
from epub.odd import build_epub, harbour
from publish.checks.opened import Opened, open_epub
from publish.problems import Problems

OURS = ("lighthouse", "letter", "hurt", "restless", "tagged", "knots")
THREE = ("handbook", "essay", "novel")
HARBOURS = {"harbour": "chapter", "harbour, endnotes": "book"}
"""The book of every element, by where its notes stand: e-books alone."""
BOOKS = (*THREE, *OURS, *HARBOURS)


@dataclass(frozen=True)
class Finished:
    """A book's files, and nothing of what it was made from. Some are e-books alone."""

    name: str
    epub: Path

    def opened(self) -> Opened:
        """The e-book as our own checks read it."""
        epub = open_epub(self.epub.read_bytes(), Problems())
        assert epub is not None
        return epub

    @property
    def pdf(self) -> Path:
        """The printed book."""
        return self.epub.with_suffix(".pdf")

    @property
    def pages(self) -> Path:
        """The page map of the printed book."""
        return self.epub.with_suffix(".pages.json")


@dataclass(frozen=True)
class Shelf:
    """Where finished books stand. A book is built by the first worker that asks for it; all others wait."""

    folder: Path
    corpus: Callable[[], Path]
    """Asked for where a book of the corpus is built, so that it is a test of that book that is skipped without one."""

    def take(self, name: str) -> Finished:
        """The files of a book."""
        place = self.folder / name
        self.once(name, lambda: self._build(name, place))
        (epub,) = place.glob("build/*.epub")
        return Finished(name, epub)

    def once(self, name: str, make: Callable[[], object]) -> None:
        """Make something that has this name, if no worker has made it yet."""
        with (self.folder / f"{name}.done").open("a") as mark:
            # The lock ends with the process at the latest.
            fcntl.flock(mark, fcntl.LOCK_EX)
            if not os.fstat(mark.fileno()).st_size:
                make()
                mark.write("done")

    def _build(self, name: str, place: Path) -> None:
        shutil.rmtree(place, ignore_errors=True)
        if name in HARBOURS:
            build_epub(harbour(place, HARBOURS[name]))
        elif name == "handbook":
            build_book(copy_project(HOUSE, place))
        elif name in OURS:
            build_book(copy_project(HOUSE / "tests" / "books" / name, place))
        else:
            build_book((import_essay if name == "essay" else copy_novel)(self.corpus(), place))
