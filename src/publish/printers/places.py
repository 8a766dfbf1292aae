"""Where the keys of a TOML file stand: Python's own reader gives values without their places."""

import re
from collections.abc import Iterator

from publish.places import Span

PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
DOTTED = rf"{PART}(?:\s*\.\s*{PART})*"
HEAD = re.compile(rf"\s*\[\s*({DOTTED})\s*\]")
KEY = re.compile(rf"\s*({DOTTED})\s*=")

Path = tuple[str, ...]


class Places:
    """The places of groups and keys in a file that problems call `file`."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._lines = file, text.split("\n")
        self._known: dict[Path, tuple[int, int, int]] = {}
        for path, place in _read(self._lines):
            self._known.setdefault(path, place)

    def of(self, *path: str) -> Span:
        """The place of a key; of the group or the line that holds it where it is nowhere to be seen."""
        for length in range(len(path), 0, -1):
            if (found := self._known.get(path[:length])) is not None:
                return self._inside(found, path[length:])
        return Span(self._file, 1)

    def _inside(self, found: tuple[int, int, int], path: Path) -> Span:
        """The place of a key in the braces behind another, on one line."""
        line, column, length = found
        for name in path:
            text = self._lines[line - 1]
            inner = re.compile(rf"""["']?{re.escape(name)}["']?\s*=""").search(text, column + length - 1)
            if inner is None:
                break
            column, length = inner.start() + 1, len(name)
        return Span(self._file, line, column, length)


def _read(lines: list[str]) -> Iterator[tuple[Path, tuple[int, int, int]]]:
    group: Path = ()
    for number, line in enumerate(lines, 1):
        head = HEAD.match(line)
        found = head or KEY.match(line)
        if found:
            path = tuple(part.strip("\"'") for part in re.findall(PART, found[1]))
            group, path = (path, path) if head else (group, (*group, *path))
            yield path, (number, found.start(1) + 1, len(found[1]))
