"""A shelf made, or made anew: books read and put in place first, then the lists that lead to them."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from publish import cache
from publish.checks.opened import open_epub
from publish.delivery.shelf.books import Book, dumped, loaded, read_book
from publish.delivery.shelf.covers import Cover, covers, plain_cover
from publish.delivery.shelf.feeds import File, Picture, Placed, by_title, catalogue
from publish.delivery.shelf.folder import Folder, digest_of
from publish.delivery.shelf.opds1 import SUFFIX as XML
from publish.delivery.shelf.opds1 import atom
from publish.delivery.shelf.opds2 import SUFFIX as JSON
from publish.delivery.shelf.opds2 import publications
from publish.delivery.shelf.page import NAME, page
from publish.delivery.shelf_findings import book_unreadable, cannot_write_shelf, no_shelf, same_book
from publish.manuscript.slug import slug
from publish.problems import Problem, Problems
from publish.versions import maker

EPUB, PDF = "application/epub+zip", "application/pdf"
EDITIONS = {"screen": "PDF", "large-print": "PDF, large print"}
"""Editions besides the EPUB that readers may want, and what people call them."""
PLAIN = "books/plain.jpg"
"""The cover of books that have none."""
NAMES = ("cover", "thumbnail")
WORKERS = min(4, os.cpu_count() or 1)
"""Threads that read books: what takes the time (unpacking, digests, pictures) lets others run."""

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Source:
    """A book for the shelf: its EPUB, and the files of other `EDITIONS` by their names."""

    epub: Path
    others: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True)
class Made:
    """How it went: books on the shelf, files that were written anew, and removed."""

    books: int
    written: int
    removed: int


@dataclass(frozen=True)
class _Read:
    """A book that was read, and the digest of its EPUB."""

    source: Source
    digest: str
    book: Book

    @property
    def name(self) -> str:
        """What its files are called."""
        return slug(self.book.title)

    @property
    def folder(self) -> str:
        """Its folder on the shelf, which stays the same whatever other books come and go."""
        return f"books/{self.name[:40].strip('-')}-{sha256(self.book.identifier.encode()).hexdigest()[:8]}"


def make_shelf(path: Path, title: str, sources: Sequence[Source], problems: Problems) -> Made | None:
    """Make the shelf at `path`; None, and the shelf as it was, where a book cannot be put on it."""
    folder = Folder(path)
    if not folder.usable:
        problems.add(no_shelf(None, str(path)))
        return None
    books = _books(sources, problems)
    if problems.errors:
        return None
    try:
        folder.claim()
        folder.put(PLAIN, plain_cover().data)
        placed = _each(lambda read: _place(folder, read), books)
        for feed in catalogue(title, placed):
            folder.put(feed.name + XML, atom(feed, title))
            folder.put(feed.name + JSON, publications(feed, title))
        folder.put(NAME, page(title, sorted(placed, key=lambda one: by_title(one.book))))
        return Made(len(placed), len(folder.written), folder.finish())
    except OSError as failure:
        problems.add(cannot_write_shelf(None, str(failure.filename or path), failure.strerror or str(failure)))
        return None


def _books(sources: Sequence[Source], problems: Problems) -> list[_Read]:
    """The books of all sources. A copy of the very same file is the same book; two files that only say so are not."""
    books: dict[str, _Read] = {}
    for read in _each(_read, sources):
        if isinstance(read, Problem):
            problems.add(read)
            continue
        known = books.setdefault(read.book.identifier, read)
        if known.digest != read.digest:
            problems.add(same_book(None, str(read.source.epub), str(known.source.epub), read.book.identifier))
    return list(books.values())


def _each(work: Callable[[T], U], things: Iterable[T]) -> list[U]:
    with ThreadPoolExecutor(WORKERS) as threads:
        return list(threads.map(work, things))


def _read(source: Source) -> _Read | Problem:
    """What a source's EPUB tells, read at most once for the same bytes."""
    try:
        data = source.epub.read_bytes()
    except OSError as failure:
        return book_unreadable(None, str(source.epub), failure.strerror or str(failure))
    digest = sha256(data).hexdigest()
    key = cache.key("book of a shelf", maker(), digest, source.epub.stem)
    if (kept := cache.load(key)) is not None:
        return _Read(source, digest, loaded(json.loads(kept)))
    found = Problems()
    epub = open_epub(data, found)
    if epub is None:
        return book_unreadable(None, str(source.epub), next(iter(found)).message)
    book = read_book(epub, source.epub.stem)
    cache.store(key, json.dumps(dumped(book)).encode())
    return _Read(source, digest, book)


def _place(folder: Folder, read: _Read) -> Placed:
    """Put a book's files and covers on the shelf."""
    files = [_copied(folder, read.source.epub, File(f"{read.folder}/{read.name}.epub", EPUB, "EPUB"), read.digest)]
    for edition, path in read.source.others:
        file = File(f"{read.folder}/{read.name}-{edition}.pdf", PDF, EDITIONS[edition])
        files.append(_copied(folder, path, file, digest_of(path)))
    return Placed(read.book, tuple(files), *_pictures(folder, read))


def _copied(folder: Folder, path: Path, file: File, digest: str | None) -> File:
    if digest is None or not folder.holds(file.name, digest):
        folder.put(file.name, path.read_bytes())
    return file


def _pictures(folder: Folder, read: _Read) -> tuple[Picture, Picture]:
    """The cover and a small one. Only where they are not on the shelf already is the EPUB opened for them."""
    key = cache.key("covers of a shelf", maker(), read.digest, read.folder)
    kept = [(Picture(*row[:4]), row[4]) for row in json.loads(cache.load(key) or b"[]")]
    if kept and all(folder.holds(picture.name, digest) for picture, digest in kept):
        return kept[0][0], kept[1][0]
    epub = open_epub(read.source.epub.read_bytes(), Problems())
    found = covers(epub) if epub else None
    if found is None:
        plain = plain_cover()
        picture = Picture(PLAIN, plain.media_type, plain.width, plain.height)
        return picture, picture
    whole, small = (_put(folder, f"{read.folder}/{name}", one) for name, one in zip(NAMES, found, strict=True))
    rows = [[*astuple(picture), folder.sums[picture.name]] for picture in (whole, small)]
    cache.store(key, json.dumps(rows).encode())
    return whole, small


def _put(folder: Folder, stem: str, cover: Cover) -> Picture:
    name = f"{stem}.{cover.suffix}"
    folder.put(name, cover.data)
    return Picture(name, cover.media_type, cover.width, cover.height)
