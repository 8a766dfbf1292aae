"""Where something stands: in the author's files (`Span`) and in the finished book (`Address`)."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of one line in one of the author's files.

    `file` is relative to the project, with forward slashes; `line` and `column` count from 1, columns in
    characters of the text as read (NFC, line feeds); `length` is in characters, at least 1.
    """

    file: str
    line: int
    column: int = 1
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Address:
    """A passage in the book: section, serial of the element in its section, offset in that element's direct text.

    Serials restart in every section, so that an edit in one chapter leaves the addresses in all others alone.
    `offset` is None where the element itself is meant (a figure, say) and not a character of its text.
    """

    section: str
    serial: int
    offset: int | None = None
