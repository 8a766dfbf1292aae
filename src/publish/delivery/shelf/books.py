"""What a shelf says of a book, read from its EPUB, whoever made that."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import html

from publish.checks.opened import Opened
from publish.epub.model import Meta

UNDATED = "1970-01-01T00:00:00Z"
"""When a book was last changed that does not say it."""
LONGEST = 4_000
"""Characters of a description; a catalogue is no place for more."""
ADDRESS = re.compile(r"(?:urn:[a-z0-9][a-z0-9-]{0,31}:|https?://)[!-~]+", re.IGNORECASE)
DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Person:
    """Somebody who had a part in a book; `role` is a MARC relator, `sorted_as` the name by which lists sort."""

    name: str
    role: str
    sorted_as: str


@dataclass(frozen=True)
class Subject:
    """What a book is about; `scheme` names the list that a code is from, and is empty for free words."""

    term: str
    code: str
    scheme: str


@dataclass(frozen=True)
class Book:
    """A book as its EPUB tells of it. `identifier` is an address (URN), `modified` a time in UTC, `issued` a date."""

    identifier: str
    title: str
    sorted_as: str
    subtitle: str = ""
    people: tuple[Person, ...] = ()
    languages: tuple[str, ...] = ()
    series: str = ""
    position: str = ""
    publisher: str = ""
    issued: str = ""
    modified: str = UNDATED
    description: str = ""
    rights: str = ""
    subjects: tuple[Subject, ...] = ()

    @property
    def authors(self) -> tuple[Person, ...]:
        """Those who wrote it."""
        return tuple(person for person in self.people if person.role == "aut")


def read_book(epub: Opened, name: str) -> Book:
    """What an EPUB tells of its book; `name` is the file's, for a book that has no title."""
    titles = [meta for meta in epub.metadata if meta.tag == "dc:title" and meta.text]
    main = next((one for one in titles if epub.refined(one, "title-type") in (None, "main")), None)
    title = main.text if main else name
    series, position = next(_series(epub), ("", ""))
    return Book(
        identifier=_identifier(epub, title),
        title=title,
        sorted_as=(epub.refined(main, "file-as") if main else None) or title,
        subtitle=next((one.text for one in titles if epub.refined(one, "title-type") == "subtitle"), ""),
        people=tuple(_people(epub)),
        languages=tuple(dict.fromkeys(tag for tag in epub.values("dc:language") if LANGUAGE.fullmatch(tag))),
        series=series,
        position=position if NUMBER.fullmatch(position) else "",
        publisher=_first(epub.values("dc:publisher")),
        issued=_first(found.group() for text in epub.values("dc:date") if (found := DATE.match(text))),
        modified=_moment(epub.values("dcterms:modified")),
        description=_plain(_first(epub.values("dc:description"))),
        rights=_first(epub.values("dc:rights"))[:LONGEST],
        subjects=tuple(_subjects(epub)),
    )


def dumped(book: Book) -> dict[str, Any]:
    """A book as JSON holds it."""
    return asdict(book)


def loaded(stored: dict[str, Any]) -> Book:
    """The book that `dumped` gave.

    Raises:
        KeyError: this is none.
        TypeError: this is none.
    """
    people = tuple(Person(**one) for one in stored["people"])
    subjects = tuple(Subject(**one) for one in stored["subjects"])
    return Book(**{**stored, "people": people, "subjects": subjects, "languages": tuple(stored["languages"])})


def _identifier(epub: Opened, title: str) -> str:
    """The identifier that counts, as an address: one that is none is made into one, always the same."""
    key = epub.package.get("unique-identifier")
    found = [meta for meta in epub.metadata if meta.tag == "dc:identifier" and meta.text]
    said = _first(meta.text for meta in (*(one for one in found if one.attributes.get("id") == key), *found))
    if ADDRESS.fullmatch(said):
        return said
    people = " ".join(epub.values("dc:creator"))
    return uuid5(NAMESPACE_URL, said or json.dumps([title, people])).urn


def _people(epub: Opened) -> Iterator[Person]:
    for meta in epub.metadata:
        if meta.tag in ("dc:creator", "dc:contributor") and meta.text:
            role = epub.refined(meta, "role") or ("aut" if meta.tag == "dc:creator" else "ctb")
            yield Person(meta.text, role, epub.refined(meta, "file-as") or meta.text)


def _series(epub: Opened) -> Iterator[tuple[str, str]]:
    """The series of a book, and its number there: as EPUB 3 says it, else as calibre writes it."""
    for meta in epub.metadata:
        of_series = epub.refined(meta, "collection-type") in (None, "series")
        if meta.attributes.get("property") == "belongs-to-collection" and meta.text and of_series:
            yield meta.text, epub.refined(meta, "group-position") or ""
    for name in epub.values("calibre:series"):
        yield name, _first(epub.values("calibre:series_index"))


def _subjects(epub: Opened) -> Iterator[Subject]:
    for meta in epub.metadata:
        if meta.tag == "dc:subject" and meta.text:
            scheme, code = epub.refined(meta, "authority"), epub.refined(meta, "term")
            yield Subject(meta.text, code or meta.text, _scheme(scheme, meta) if code else "")


def _scheme(authority: str | None, meta: Meta) -> str:
    """The address of a list of subjects; lists known by a name alone get one of their own."""
    name = authority or meta.attributes.get("scheme", "")
    return name if ADDRESS.fullmatch(name) else f"urn:x-subjects:{re.sub(r'[^a-z0-9]+', '-', name.lower())}"


def _moment(texts: Iterable[str]) -> str:
    """The first of these times that is one, in UTC."""
    for text in texts:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            continue
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        try:
            return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
        except OverflowError:
            continue
    return UNDATED


def _plain(text: str) -> str:
    """A description without the tags that some put into theirs."""
    if "<" in text and ">" in text:
        fragment = html.fragment_fromstring(text, create_parent="div")
        text = " ".join(" ".join(str(part) for part in fragment.itertext()).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _first(texts: Iterable[str]) -> str:
    return next(iter(texts), "")
