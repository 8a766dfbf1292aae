"""The command as a writer types it: what it prints, how it ends, and what it leaves on disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from publish.cli import publish

HEAD = "---\ntitle: The Whale\nauthor: Ada Brandt\nlang: en\ndate: 2025-03-14\n---\n\n"
"""What a book needs; the text begins in line 8."""

Content = str | bytes


@dataclass(frozen=True)
class Ran:
    """A finished command: its exit status, and what it printed on either stream."""

    status: int
    out: str
    said: str


def run(*words: str | Path) -> Ran:
    """Run `publish` with these words; a traceback fails the test."""
    result = CliRunner().invoke(publish, [str(word) for word in words], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    assert isinstance(result.return_value, int)
    return Ran(result.return_value, result.stdout, result.stderr)


def write(project: Path, files: Mapping[str, Content]) -> Path:
    """Write a project's files; a text without a path is the manuscript."""
    for name, content in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return project


def book(text: str) -> dict[str, Content]:
    """A project of one file: what a book needs, and a text that begins in line 8."""
    return {"manuscript/a.md": HEAD + text}
