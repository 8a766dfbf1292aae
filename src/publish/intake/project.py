"""A new project: from the starter, or from a text. It is written whole or not at all."""

import contextlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from uuid import UUID

from publish.files import write_atomically
from publish.intake import findings
from publish.intake.imported import front_matter
from publish.intake.markdown import from_markdown
from publish.intake.text import from_text
from publish.manuscript.decoding import decode
from publish.manuscript.files import LARGEST_FILE
from publish.manuscript.findings import too_large
from publish.manuscript.slug import slug
from publish.places import Span
from publish.problems import Problems

TYPED = {".txt", ".text"}
MARKDOWN = {".md", ".markdown", ".mdown"}

IGNORED = b"/build/\n"
"""What a project's .gitignore holds: builds can be made anew."""


def create(folder: Path, problems: Problems, *, today: str, identifier: UUID) -> list[Path]:
    """Start a book in a new folder, under the folder's name as its title. Returns the files made, none on errors.

    `today` (ISO 8601) becomes the book's date; `identifier` tells it from all other books, for ever.
    """
    title = title_of(folder.resolve().name)
    starter = {path: _starter(path) for path in ("manuscript/01-the-first-page.md", "manuscript/02-the-second-page.md")}
    head = front_matter(
        {"title": title, "author": "Your Name", "lang": "en", "identifier": identifier.urn, "date": today}
    )
    first, *_ = starter
    starter[first] = f"---\n{head}---\n\n".encode() + starter[first]
    contents = {**starter, "styles/custom.css": _starter("styles/custom.css")}
    return _write(folder, {**contents, **_surroundings(title)}, problems)


def import_file(text: Path, folder: Path, problems: Problems, *, today: str) -> list[Path]:
    """Make a book in a new folder from a typed text or from Markdown. Returns the files made, none on errors.

    `today` (ISO 8601) becomes the book's date where the text has none.
    """
    kind = text.suffix.lower()
    if kind not in TYPED | MARKDOWN:
        problems.add(findings.other_format(None, text.suffix))
        return []
    typed = _read(text, problems)
    if typed is None:
        return []
    name = text.name
    imported = from_text(typed, name, problems) if kind in TYPED else from_markdown(typed, name, problems)
    if imported is None:
        return []
    title = imported.title or title_of(text.stem)
    if imported.title is None and "title" not in imported.given:
        problems.add(findings.title_from_name(Span(name, 1), title))
    if "author" not in imported.given:
        problems.add(findings.no_author(Span(name, 1)))
    if "lang" not in imported.given:
        problems.add(findings.language_taken(Span(name, 1), imported.lang))
    manuscript = {f"manuscript/01-{slug(title)}.md": imported.file(title, today).encode()}
    return _write(folder, {**manuscript, **_surroundings(title)}, problems)


def title_of(name: str) -> str:
    """A title from the name of a file or folder: `my-first_book` is *My First Book*."""
    words = name.replace("-", " ").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words) or "Untitled"


def _read(path: Path, problems: Problems) -> str | None:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            problems.add(too_large(Span(path.name, 1), size, LARGEST_FILE))
            return None
        data = path.read_bytes()
    except OSError as failure:
        problems.add(findings.cannot_read(None, str(path), failure.strerror or str(failure)))
        return None
    errors = problems.errors
    text = decode(data, path.name, problems)
    if text is not None and not text.strip():
        problems.add(findings.no_words(Span(path.name, 1)))
    return text if problems.errors == errors else None


def _surroundings(title: str) -> dict[str, bytes]:
    readme = _starter("README.md").decode().replace("TITLE", title)
    return {"README.md": readme.encode(), ".gitignore": IGNORED}


def _starter(path: str) -> bytes:
    return (files("publish.intake") / "starter" / path).read_bytes()


def _write(folder: Path, contents: Mapping[str, bytes], problems: Problems) -> list[Path]:
    """Write a project's files into a folder that is new or empty; what fails takes the others with it."""
    if folder.exists() and not folder.is_dir():
        problems.add(findings.not_a_folder(None, str(folder)))
        return []
    made: list[Path] = []
    new = not folder.exists()
    try:
        if folder.is_dir() and any(folder.iterdir()):
            problems.add(findings.not_empty(None, str(folder)))
            return []
        for name, data in contents.items():
            made.append(folder / name)
            write_atomically(folder / name, data)
    except BaseException as failure:
        _undo(folder, made, new=new)
        if not isinstance(failure, OSError):
            raise
        where = made[-1] if made else folder
        problems.add(findings.cannot_write(None, str(where), failure.strerror or str(failure)))
        return []
    return made


def _undo(folder: Path, made: list[Path], *, new: bool) -> None:
    """Remove files, then the folders that they leave empty, the project's own last if it is new."""
    for path in made:
        with contextlib.suppress(OSError):
            path.unlink()
    for path in [*(path.parent for path in made if path.parent != folder), *([folder] if new else [])]:
        with contextlib.suppress(OSError):
            path.rmdir()
