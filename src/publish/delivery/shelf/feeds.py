"""The lists of a shelf, whatever they are written in: all books, and those of an author, a series, a language."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from anyascii import anyascii

from publish.delivery.shelf.books import UNDATED, Book
from publish.manuscript.slug import slug
from publish.manuscript.values import language_name

T = TypeVar("T")
PAGE = 100
"""Entries of a feed. Reading apps fetch one after another, and some give up over a long one."""
ROOT = "opds"
"""The name of the first feed: it is the address that is given to a reading app."""
NEWEST = "http://opds-spec.org/sort/new"
SUBSECTION = "subsection"
"""Relations of one feed to another (OPDS 1.2, section 2.3)."""


@dataclass(frozen=True)
class File:
    """A file that can be fetched: its name on the shelf, its media type, what people call it."""

    name: str
    media_type: str
    label: str


@dataclass(frozen=True)
class Picture:
    """A cover on the shelf, its sides in pixels."""

    name: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True)
class Placed:
    """A book on the shelf, the files that it can be had in, its cover and a small one."""

    book: Book
    files: tuple[File, ...]
    cover: Picture
    small: Picture


@dataclass(frozen=True)
class Branch:
    """A way from one list to another, and how many entries that has. `leads_on`: they are lists themselves."""

    feed: str
    title: str
    relation: str
    count: int
    leads_on: bool = False


@dataclass(frozen=True)
class Feed:
    """A page of a list, of books or of ways on. `name` is its file's without an ending.

    `total` counts all entries of the list; `others` are its other pages by relation (`next`, `first`).
    """

    name: str
    title: str
    updated: str
    total: int
    number: int = 1
    branches: tuple[Branch, ...] = ()
    books: tuple[Placed, ...] = ()
    others: Mapping[str, str] | None = None
    up: str | None = None


def catalogue(title: str, books: Sequence[Placed]) -> Iterator[Feed]:
    """All feeds of a shelf, the first one first."""
    ordered = sorted(books, key=lambda placed: by_title(placed.book))
    newest = sorted(ordered, key=lambda placed: placed.book.modified, reverse=True)
    ways = [
        Branch("feeds/new", "Newest", NEWEST, len(books)),
        Branch("feeds/titles", "All books", SUBSECTION, len(books)),
    ]
    lists = [*_pages("feeds/new", "Newest", newest, ROOT), *_pages("feeds/titles", "All books", ordered, ROOT)]
    for name, heading, keys, least in DIVISIONS:
        shelves = _grouped(ordered, keys)
        if len(shelves) < least:
            continue
        branches, feeds = _division(name, heading, shelves)
        ways.append(Branch(f"feeds/{name}", heading, SUBSECTION, len(branches), leads_on=True))
        lists += [*_ways(f"feeds/{name}", heading, branches, _last(books)), *feeds]
    yield Feed(ROOT, title, _last(books), len(ways), branches=tuple(ways))
    yield from lists


def _authors(book: Book) -> Iterable[tuple[str, str]]:
    return [(person.name, person.sorted_as) for person in book.authors]


def _series(book: Book) -> Iterable[tuple[str, str]]:
    return [(book.series, book.series)] if book.series else []


def _languages(book: Book) -> Iterable[tuple[str, str]]:
    """The language that a book is in; what else it has words of is no reason to look for it there."""
    languages = (tag.partition("-")[0].lower() for tag in book.languages[:1])
    return [(tag, language_name(tag) or tag) for tag in languages]


Keys = Callable[[Book], Iterable[tuple[str, str]]]
DIVISIONS: tuple[tuple[str, str, Keys, int], ...] = (
    ("authors", "Authors", _authors, 1),
    ("series", "Series", _series, 1),
    ("languages", "Languages", _languages, 2),
)
"""Ways to divide the books: name, heading, under what a book stands and is sorted, how many parts are worth a list."""


def _grouped(books: Iterable[Placed], keys: Keys) -> dict[tuple[str, str], list[Placed]]:
    groups: dict[str, tuple[str, list[Placed]]] = {}
    for placed in books:
        for key, sorted_as in dict(keys(placed.book)).items():
            # The first book decides how a name is sorted: else one author would stand in two places.
            groups.setdefault(key, (sorted_as, []))[1].append(placed)
    return {(key, sorted_as): found for key, (sorted_as, found) in groups.items()}


def _division(
    name: str, heading: str, groups: Mapping[tuple[str, str], Sequence[Placed]]
) -> tuple[list[Branch], list[Feed]]:
    """The ways to the parts of a division in alphabetic order, and the feeds of those parts."""
    branches: list[Branch] = []
    feeds: list[Feed] = []
    for key, sorted_as in sorted(groups, key=lambda group: (anyascii(group[1]).lower(), group)):
        books = groups[key, sorted_as]
        feed = f"feeds/{name}-{named(key)}"
        title = sorted_as if name == "languages" else key
        ordered = sorted(books, key=_by_position) if name == "series" else books
        branches.append(Branch(feed, title, SUBSECTION, len(books)))
        feeds += _pages(feed, f"{heading}: {title}", ordered, f"feeds/{name}")
    return branches, feeds


def named(key: str) -> str:
    """A name for files that belong to a key: to be read by people, and no two the same."""
    return f"{slug(key)[:40].strip('-')}-{sha256(key.encode()).hexdigest()[:8]}"


def _pages(name: str, title: str, books: Sequence[Placed], up: str) -> Iterator[Feed]:
    for number, part in enumerate(_cut(books), 1):
        others = _others(name, number, len(books))
        yield Feed(_page(name, number), title, _last(books), len(books), number, books=part, others=others, up=up)


def _ways(name: str, title: str, branches: Sequence[Branch], updated: str) -> Iterator[Feed]:
    for number, part in enumerate(_cut(branches), 1):
        others = _others(name, number, len(branches))
        yield Feed(_page(name, number), title, updated, len(branches), number, branches=part, others=others, up=ROOT)


def _cut(entries: Sequence[T]) -> Iterator[tuple[T, ...]]:
    for start in range(0, len(entries), PAGE):
        yield tuple(entries[start : start + PAGE])


def _others(name: str, number: int, total: int) -> dict[str, str]:
    last = -(-total // PAGE)
    pages = {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    return {relation: _page(name, at) for relation, at in pages.items() if last > 1 and 1 <= at <= last}


def _page(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-p{number}"


def by_title(book: Book) -> tuple[str, str]:
    """The key that puts books in the order of their titles."""
    return anyascii(book.sorted_as).lower(), book.identifier


def _by_position(placed: Placed) -> float:
    """A book without a number stands behind those that have one."""
    return float(placed.book.position or "inf")


def _last(books: Iterable[Placed]) -> str:
    return max((placed.book.modified for placed in books), default=UNDATED)
