"""Front matter becomes metadata: every value checked, all that is wrong said at once, each with its place."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from publish.manuscript import keys
from publish.manuscript import metadata_findings as findings
from publish.manuscript.fields import BOOK, CHAPTER, EXAMPLES, BookFields, ChapterFields, Group, PersonFields, fields_of
from publish.manuscript.frontmatter import FrontMatter, Value
from publish.manuscript.heads import Strangers
from publish.manuscript.model import (
    Accessibility,
    Contributor,
    Copyright,
    Metadata,
    Paper,
    SectionAttributes,
    Series,
)
from publish.places import Span
from publish.problems import Problem, Problems

UNTITLED = "Untitled"
"""Stands for the title of a book without one, which is an error."""

UNDATED = "2000-01-01"
"""What the files of a book without a date carry; it is never printed."""

DEFAULT_LANG = "en"

BOOKS = uuid.UUID("7e3c7a52-5ac1-5d8f-9a35-3f2f6a0c8a11")
"""The namespace of the identifiers that are made from title, author and language."""

CONVERTED = {
    *("title", "author", "lang", "languages", "identifier", "modified", "series"),
    *("copyright", "subject", "territories", "accessibility", "trim", "paper"),
}
"""The fields that are not in the metadata just as they were checked."""

Path = tuple[str | int, ...]
Fields = TypeVar("Fields", bound=Group)


def of_book(front: FrontMatter, problems: Problems, strangers: Strangers, *, leading_blank: bool = False) -> Metadata:
    """The book's metadata from its first file's front matter.

    `leading_blank` says that what looks like front matter stands after blank lines, for the hint.
    """
    known, where = _known(front.value, BOOK, problems, strangers)
    fields = _validated(BookFields, known, problems)
    head = Span(front.value.span.file, 1)
    title = known.get("title", Value("", head))
    if not fields.title and not front.broken and isinstance(title.data, str):
        problems.add(findings.no_title(title.span, leading_blank, front.first_line > 1))
    _warn_of_equal_isbns(fields.isbn, where, problems)
    metadata = _metadata(fields, where)
    if metadata.series and metadata.series.number and not metadata.series.position:
        problems.add(findings.series_unordered(where["series"], metadata.series.number))
    if not front.broken and fields.date is None and "date" not in known:
        problems.add(findings.no_date(head, fields.modified or UNDATED))
    if not front.broken and "lang" not in known:
        problems.add(findings.no_language(head, DEFAULT_LANG))
    return metadata


def of_chapter(front: FrontMatter, first: str, problems: Problems, strangers: Strangers) -> SectionAttributes:
    """What a later file's front matter says of its first chapter."""
    value = front.value
    items = value.data if isinstance(value.data, dict) else {}
    misplaced = [key for key in items if key in BOOK and key not in (*CHAPTER, "extra")]
    if misplaced:
        problems.add(findings.wrong_file(value.keys[misplaced[0]], misplaced, first))
    rest = Value({key: item for key, item in items.items() if key not in misplaced}, value.span, value.keys)
    known, where = _known(rest, CHAPTER, problems, strangers)
    fields = _validated(ChapterFields, known, problems)
    return SectionAttributes(**fields.model_dump(), where=where)


def _known(
    value: Value, names: Sequence[str], problems: Problems, strangers: Strangers
) -> tuple[dict[str, Value], dict[str, Span]]:
    """The items with known keys that say something, and the places of their keys.

    A near miss is an error and then stands for what it was likely meant to be; strangers are collected.
    """
    known: dict[str, Value] = {}
    where: dict[str, Span] = {}
    for key, item in (value.data if isinstance(value.data, dict) else {}).items():
        meant = key if key in names else keys.nearest(key, names)
        if key == "extra":
            continue
        if meant is None:
            strangers.setdefault(key[:60], value.keys[key])
            continue
        if meant != key:
            problems.add(findings.near_miss(value.keys[key], key[:60], meant))
        if meant in names and not item.absent:
            known.setdefault(meant, item)
            where.setdefault(meant, value.keys[key])
    return known, where


def _validated(model: type[Fields], known: Mapping[str, Value], problems: Problems) -> Fields:
    """The fields; those that are wrong are reported and left out."""
    spans: dict[Path, Span] = {}
    data = {key: _plain(value, (key,), spans) for key, value in known.items()}
    try:
        return model.model_validate(data)
    except ValidationError as failure:
        details = failure.errors(include_url=False)
    for detail in details:
        problems.add(_problem(detail, spans))
    wrong = {detail["loc"][0] for detail in details}
    return model.model_validate({key: value for key, value in data.items() if key not in wrong})


def _plain(value: Value, path: Path, spans: dict[Path, Span]) -> Any:
    """A value without its places, which go to `spans` by path; absent parts are left out."""
    spans[path] = value.span
    if isinstance(value.data, str):
        return value.data
    if isinstance(value.data, list):
        return [_plain(item, (*path, index), spans) for index, item in enumerate(_present(value.data))]
    for key, span in value.keys.items():
        spans[(*path, key, "[key]")] = span
    return {key: _plain(item, (*path, key), spans) for key, item in value.data.items() if not item.absent}


def _present(items: list[Value]) -> list[Value]:
    return [item for item in items if not item.absent]


def _problem(detail: ErrorDetails, spans: Mapping[Path, Span]) -> Problem:
    """A pydantic error as one of ours, at the place of the innermost value it speaks of."""
    path = detail["loc"]
    if path[:2] not in spans and path[1:2] == (0,):  # one value alone, where a list may stand
        path = (path[0], *path[2:])
    key = str(path[0])
    if detail["type"] == "extra_forbidden":
        field, known = str(path[-1]), fields_of(key)
        span = spans.get((*path, "[key]")) or _place(path, spans)
        return findings.unknown_field(span, field[:60], key, known, keys.closest(field, known))
    span = _place(path, spans)
    if detail["type"] == "missing":
        return findings.too_little(span, key, str(path[-1]))
    if detail["type"] in vars(findings):
        rule = getattr(findings, detail["type"])
        problem: Problem = rule(span, *detail["ctx"]["details"])
        return problem
    return findings.wrong_shape(span, ".".join(map(str, path)), EXAMPLES.get(key, f"{key}: one text"))


def _place(path: Path, spans: Mapping[Path, Span]) -> Span:
    """The place of the longest beginning of a path that was typed."""
    return next(spans[path[:length]] for length in range(len(path), 0, -1) if path[:length] in spans)


def _warn_of_equal_isbns(isbn: Mapping[str, str], where: Mapping[str, Span], problems: Problems) -> None:
    for number in dict.fromkeys(isbn.values()):
        editions = [edition for edition, other in isbn.items() if other == number]
        if len(editions) > 1:
            problems.add(findings.isbn_twice(where["isbn"], number, editions))


def _metadata(fields: BookFields, where: Mapping[str, Span]) -> Metadata:
    simple = fields.model_dump(exclude=CONVERTED)
    title = fields.title or UNTITLED
    lang = fields.lang or DEFAULT_LANG
    contributors = tuple(_contributor(person) for person in fields.author)
    return Metadata(
        title=title,
        contributors=contributors,
        lang=lang,
        languages=tuple(fields.languages),
        identifier=fields.identifier or _identifier(title, contributors, lang),
        modified=fields.modified or fields.date or UNDATED,
        series=Series(**fields.series.model_dump()) if fields.series else None,
        copyright=Copyright(**fields.copyright.model_dump()),
        subjects=tuple(fields.subject),
        territories=tuple(fields.territories),
        accessibility=Accessibility(
            **fields.accessibility.model_dump(exclude={"hazards"}), hazards=tuple(fields.accessibility.hazards)
        ),
        trim=fields.trim,
        paper=Paper(**fields.paper.model_dump()),
        where=where,
        **simple,
    )


def _contributor(person: PersonFields) -> Contributor:
    return Contributor(**person.model_dump())


def _identifier(title: str, contributors: tuple[Contributor, ...], lang: str) -> str:
    """An identifier for a book that has none: the same as long as title, authors and language are."""
    authors = [person.name for person in contributors if person.role == "aut"]
    return uuid.uuid5(BOOKS, "\n".join([title, *authors, lang])).urn
