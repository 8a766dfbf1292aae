"""Where the books of a shelf come from: projects, and EPUBs that are finished."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.delivery.shelf_findings import no_books
from publish.problems import Problems


@dataclass(frozen=True)
class Found:
    """What is in the folders that were named: projects, and EPUBs outside of any."""

    projects: tuple[Path, ...]
    epubs: tuple[Path, ...]


def find(named: Iterable[Path], shelf: Path, problems: Problems) -> Found:
    """Look for books in what was named, however deep they lie, each once; but never on the shelf itself."""
    projects: dict[str, Path] = {}
    epubs: dict[str, Path] = {}
    for one in named:
        found = list(_books(one, os.path.realpath(shelf)))
        if not found:
            problems.add(no_books(None, str(one)))
        for path in found:
            (projects if path.is_dir() else epubs).setdefault(os.path.realpath(path), path)
    return Found(tuple(projects.values()), tuple(epubs.values()))


def _books(named: Path, shelf: str) -> Iterator[Path]:
    if named.is_file():
        yield from [named] if named.suffix.lower() == ".epub" else []
        return
    for folder, folders, files in os.walk(named):
        if (Path(folder) / "manuscript").is_dir():
            folders.clear()
            yield Path(folder)
            continue
        inside = (name for name in sorted(folders) if not name.startswith("."))
        folders[:] = [name for name in inside if os.path.realpath(Path(folder) / name) != shelf]
        for name in sorted(files):
            # A link may lead anywhere, and a pipe would be waited at for ever.
            path = Path(folder) / name
            if name.lower().endswith(".epub") and not name.startswith(".") and path.is_file():
                yield path
