"""The files of a manuscript: which there are, in which order, and their bytes."""

import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from publish.files import look
from publish.manuscript import findings
from publish.places import Span
from publish.problems import Problems

FOLDER = "manuscript"
"""The folder, in a project, that holds its manuscript."""

LARGEST_FILE = 5_000_000
"""Bytes of one file at most; the longest novels have about three million, and are seldom one file."""

OTHER_FORMATS = {".txt", ".text", ".markdown", ".mdown", ".docx", ".doc", ".odt", ".rtf", ".pages", ".tex", ".html"}
"""Endings of files that hold text which somebody may expect to see in the book."""

FIGURES = re.compile(r"(\d+)")


def find(project: Path, problems: Problems) -> Iterator[tuple[str, bytes]]:
    """Yield path (relative to the project, forward slashes) and bytes of the manuscript's files in natural order.

    What is skipped, refused or cannot be read is a problem.
    """
    folder = look(project / FOLDER)
    if not _inside(folder, project):
        problems.add(findings.outside(None, FOLDER))
        return
    if not folder.is_dir():
        problems.add(findings.no_folder(None))
        return
    try:
        entries = sorted(folder.iterdir(), key=_order)
    except OSError as failure:
        problems.add(findings.unreadable(None, FOLDER, failure.strerror or str(failure)))
        return
    chosen = [entry for entry in entries if _chosen(entry, problems)]
    if not chosen:
        problems.add(findings.no_files(None))
    for entry in chosen:
        data = _bytes(entry, project, problems)
        if data is not None:
            yield _name(entry), data


def _order(entry: Path) -> tuple[object, ...]:
    """Natural order of the names (2 before 10), whatever form of Unicode the file system keeps."""
    stem = unicodedata.normalize("NFC", entry.stem)
    pieces = FIGURES.split(unicodedata.normalize("NFD", stem).casefold())
    return ([int(piece) if place % 2 else piece for place, piece in enumerate(pieces)], stem, entry.name)


def _chosen(entry: Path, problems: Problems) -> bool:
    """Whether a file is part of the manuscript; a likely one that is not is said."""
    hidden = entry.name.startswith((".", "_"))
    if entry.suffix.lower() == ".md":
        if hidden or entry.name.lower() == "readme.md":
            problems.add(findings.skipped(Span(_name(entry), 1)))
            return False
        return True
    if hidden:
        return False
    if entry.suffix.lower() in OTHER_FORMATS:
        problems.add(findings.other_format(Span(_name(entry), 1), entry.suffix))
    elif entry.is_dir() and not entry.is_symlink() and any(look(entry).glob("*.md")):
        problems.add(findings.subfolder(Span(_name(entry), 1)))
    return False


def _bytes(entry: Path, project: Path, problems: Problems) -> bytes | None:
    """The bytes of a file, None where it is refused or cannot be read."""
    place = Span(_name(entry), 1)
    try:
        if not _inside(entry, project):
            problems.add(findings.outside(place, _name(entry)))
            return None
        status = look(entry).stat()
        if not stat.S_ISREG(status.st_mode):
            problems.add(findings.not_a_file(place))
        elif status.st_size > LARGEST_FILE:
            problems.add(findings.too_large(place, status.st_size, LARGEST_FILE))
        else:
            return entry.read_bytes()
    except OSError as failure:
        problems.add(findings.unreadable(place, _name(entry), failure.strerror or str(failure)))
    return None


def _inside(path: Path, project: Path) -> bool:
    """Whether a path, its symbolic links followed, stays in the project."""
    try:
        return path.resolve().is_relative_to(project.resolve())
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        return False


def _name(entry: Path) -> str:
    """The file's name as problems speak of it; bytes that are not UTF-8 show as U+FFFD."""
    return f"{FOLDER}/{entry.name}".encode("utf-8", "surrogateescape").decode("utf-8", "replace")
