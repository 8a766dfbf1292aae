"""The heads of files: their front matter, read and checked once as long as it stays the same.

To check metadata takes the libraries that do it longer to load than to run, so what they gave is kept as JSON.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin

from publish.manuscript.model import Metadata, SectionAttributes
from publish.places import Span
from publish.problems import Problems, from_json, to_json
from publish.steps import Given, Steps

OPENING = re.compile(r"---[ \t]*\n")
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)

Said = TypeVar("Said", Metadata, SectionAttributes)
Strangers = dict[str, Span]
"""Keys of other programs, each with its first place; they are reported together once the whole manuscript is read."""


@dataclass(frozen=True)
class Heads:
    """The heads of one manuscript. What is wrong goes to `problems`, keys of other programs to `strangers`."""

    first: str
    problems: Problems
    steps: Steps
    strangers: Strangers

    def of_book(self, text: str) -> tuple[Metadata, int]:
        """The book's metadata from its first file, and the line where the Markdown begins."""
        late = _late_front_matter(text)
        parts = ["head of book", self.first, str(late), _head(text) or ""]
        given = self.steps.once(parts, lambda: _read(self.first, text, None, late=late))
        return self._said(Metadata, given)

    def of_chapter(self, name: str, text: str) -> tuple[SectionAttributes, int]:
        """What a later file says of its first chapter, and the line where the Markdown begins."""
        head = _head(text)
        if head is None:
            return SectionAttributes(), 1
        parts = ["head of chapter", self.first, name, head]
        return self._said(SectionAttributes, self.steps.once(parts, lambda: _read(name, text, self.first)))

    def _said(self, kind: type[Said], given: Given) -> tuple[Said, int]:
        for problem in given.about["problems"]:
            self.problems.add(from_json(problem))
        for key, span in given.about["strangers"]:
            self.strangers.setdefault(key, Span(*span))
        said: Said = _built(kind, given.about["said"])
        return said, given.about["first line"]


def _head(text: str) -> str | None:
    """The part of a text that its front matter depends on; None where there is none."""
    opening = OPENING.match(text if text.endswith("\n") else text + "\n")
    if opening is None:
        return None
    closing = CLOSING.search(text, opening.end())
    return text if closing is None else text[: closing.end()]


def _late_front_matter(text: str) -> bool:
    """Whether front matter seems to begin below the first line."""
    return text != text.lstrip() and text.lstrip().startswith("---\n") and "\ntitle:" in text


def _read(name: str, text: str, first: str | None, *, late: bool = False) -> Given:
    """Read and check a front matter; `first` is the name of the book's first file where this is a later one."""
    # Loaded only where a head has changed: YAML, the checks, and the tables of languages take longer than all else.
    from publish.manuscript import metadata  # noqa: PLC0415
    from publish.manuscript.frontmatter import split  # noqa: PLC0415

    problems, strangers = Problems(), Strangers()
    front = split(text, name, problems)
    said = (
        metadata.of_book(front, problems, strangers, leading_blank=late)
        if first is None
        else metadata.of_chapter(front, first, problems, strangers)
    )
    about = {
        "said": _plain(said),
        "first line": front.first_line,
        "problems": [to_json(problem) for problem in problems],
        "strangers": [[key, [span.file, span.line, span.column, span.length]] for key, span in strangers.items()],
    }
    return Given(about, ())


def _plain(value: Any) -> Any:
    """A value of the manuscript's as JSON holds it."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def _built(kind: Any, data: Any) -> Any:
    """The value of a type that `_plain` gave."""
    if data is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{field.name: _built(field.type, data[field.name]) for field in fields(kind)})
    if isinstance(kind, UnionType):
        return _built(next(inner for inner in get_args(kind) if inner is not NoneType), data)
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], item) for item in data)
    if get_origin(kind) is Mapping:
        return {key: _built(get_args(kind)[1], item) for key, item in data.items()}
    return Decimal(data) if kind is Decimal else data
