"""YAML at a file's head, split from the Markdown and read as texts with places.

Every scalar stays the text that was typed (`007`, `1.10` and `no` too), with its line and column.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from publish.manuscript import yaml_findings as findings
from publish.manuscript.decoding import without_unprintable
from publish.manuscript.heads import CLOSING, OPENING
from publish.places import Span
from publish.problems import Problem, Problems

DEEPEST = 20
"""Levels of lists and mappings in each other at most."""

LONGEST = 100_000
"""Characters of front matter at most."""

_ABSENT = {"", "~", "null"}


@dataclass(frozen=True)
class Value:
    """A scalar, list or mapping as typed, and its place. `keys` holds the places of a mapping's keys."""

    data: "str | list[Value] | dict[str, Value]"
    span: Span
    keys: dict[str, Span] = field(default_factory=dict)

    @property
    def absent(self) -> bool:
        """Whether nothing was said: an empty text, list or mapping."""
        return not self.data


@dataclass(frozen=True)
class FrontMatter:
    """The mapping at a file's head (empty where there is none or it cannot be read), and where the Markdown begins.

    `broken` says that there was front matter that could not be read, which has been reported.
    """

    value: Value
    first_line: int
    broken: bool = False


def split(text: str, name: str, problems: Problems) -> FrontMatter:
    """Split the front matter off a file's text and read it. Whatever is wrong with it is a problem."""
    nothing = Value({}, Span(name, 1))
    opening = OPENING.match(text if text.endswith("\n") else text + "\n")
    if opening is None:
        return FrontMatter(nothing, 1)
    closing = CLOSING.search(text, opening.end())
    if closing is None:
        problems.add(findings.unclosed(Span(name, 1, 1, 3)))
        return FrontMatter(nothing, 2, broken=True)
    first_line = text.count("\n", 0, closing.end()) + 2
    source = text[opening.end() : closing.start()]
    value = _read(source, _Placing(name, source, line=2), problems)
    return FrontMatter(value or nothing, first_line, broken=value is None)


class _Placing:
    """Turns offsets in the YAML into places in the file."""

    def __init__(self, name: str, source: str, line: int) -> None:
        self.name, self.source, self.line = name, source, line
        self._starts = [0, *(match.end() for match in re.finditer("\n", source))]

    def span(self, start: int, end: int | None = None) -> Span:
        """The place from `start` to `end` (default: one character), or to the end of its first line."""
        start = min(start, len(self.source))
        row = bisect_right(self._starts, start) - 1
        line_end = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else len(self.source)
        length = min(start + 1 if end is None else end, line_end) - start
        return Span(self.name, self.line + row, start - self._starts[row] + 1, max(1, length))

    def of(self, event: yaml.Event) -> Span:
        """The place of an event of the YAML parser."""
        start, end = _index(event.start_mark), _index(event.end_mark)
        return self.span(start, start + len(self.source[start:end].rstrip()))


def _read(source: str, placing: _Placing, problems: Problems) -> Value | None:
    """The mapping that the YAML says, None (and a problem) where it says none."""
    if len(source) > LONGEST:
        problems.add(findings.too_long(placing.span(0), LONGEST))
        return None
    try:
        value = _Reader(source, placing, problems).document()
    except yaml.YAMLError as failure:
        _report(failure, placing, problems)
        return None
    if value is None:
        return None
    if isinstance(value.data, dict):
        return value
    if value.absent:
        return Value({}, value.span)
    problems.add(findings.not_a_mapping(value.span))
    return None


def _report(failure: yaml.YAMLError, placing: _Placing, problems: Problems) -> None:
    """Say what the parser says; what was never closed has its place where it was opened."""
    if not isinstance(failure, yaml.MarkedYAMLError):
        span = placing.span(int(getattr(failure, "position", 0)))
        problems.add(findings.not_yaml(span, "a sign that YAML forbids"))
        return
    reason = failure.problem or failure.context or ""
    if failure.context in ("while scanning an alias", "while scanning an anchor"):
        problems.add(findings.alias(placing.span(_index(failure.context_mark))))
        return
    unclosed = "end of stream" in reason or "expected ',' or" in reason
    mark = failure.context_mark if unclosed else failure.problem_mark
    problems.add(findings.not_yaml(placing.span(_index(mark)), reason))


class _Refused(Exception):  # noqa: N818  no error of the program: it carries the problem that ends the reading
    """The front matter holds what is not read here."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Reader:
    """Builds values from the parser's events, one at a time, so that no depth of nesting costs more than its limit."""

    def __init__(self, source: str, placing: _Placing, problems: Problems) -> None:
        self.placing, self.problems = placing, problems
        self.events: Iterator[yaml.Event] = yaml.parse(source, Loader=yaml.BaseLoader)

    def document(self) -> Value | None:
        """The value of the one document; None where it holds what is refused."""
        values = []
        try:
            for event in self.events:
                if isinstance(event, yaml.NodeEvent):
                    values.append(self._value(event, 1))
        except _Refused as refused:
            self.problems.add(refused.problem)
            return None
        if len(values) > 1:
            self.problems.add(findings.not_yaml(values[1].span, "a second --- in it"))
            return None
        return values[0] if values else Value("", self.placing.span(0))

    def _value(self, event: yaml.Event, depth: int) -> Value:
        span = self.placing.of(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(findings.alias(span))
        if getattr(event, "tag", None) is not None:
            raise _Refused(findings.tag(span))
        if isinstance(event, yaml.ScalarEvent):
            self._warn_of_comment(event)
            plain = event.style is None
            text = without_unprintable(event.value, span, self.problems)
            return Value("" if plain and text in _ABSENT else text, span)
        if depth > DEEPEST:
            raise _Refused(findings.too_deep(span, DEEPEST))
        return self._sequence(span, depth) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(span, depth)

    def _sequence(self, span: Span, depth: int) -> Value:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, depth + 1))
        return Value(items, span)

    def _mapping(self, span: Span, depth: int) -> Value:
        items: dict[str, Value] = {}
        keys: dict[str, Span] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            value = self._value(next(self.events), depth + 1)
            if not isinstance(key.data, str):
                self.problems.add(findings.key_not_text(key.span))
            elif key.data in items:
                self.problems.add(findings.twice(key.span, key.data, keys[key.data].line))
            else:
                items[key.data], keys[key.data] = value, key.span
        return Value(items, span, keys)

    def _warn_of_comment(self, event: yaml.ScalarEvent) -> None:
        """Warn where a sharp sign that looks like text has cut a value short (`Room #9` reads `Room`)."""
        end = _index(event.end_mark)
        rest = self.placing.source[end : end + 1000].partition("\n")[0]
        if event.style is None and event.value and re.match(r"[ \t]+#\w", rest):
            start = end + rest.index("#")
            self.problems.add(findings.cut_by_comment(self.placing.span(start, end + len(rest)), event.value))


def _index(mark: object) -> int:
    """The offset that a mark of PyYAML's stands for; errors and events may have none."""
    return int(getattr(mark, "index", 0))
