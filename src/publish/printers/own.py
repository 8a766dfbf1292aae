"""The printers there are for a project: those that come with the program, and the author's own in `printers/`."""

import re
import tomllib
from pathlib import Path

from publish.files import look
from publish.places import Span
from publish.printers import PRINTERS
from publish.printers.findings import printer_name_taken, printer_unreadable
from publish.printers.form import complaints
from publish.printers.places import Places
from publish.printers.profiles import Printer, printer, printer_of
from publish.problems import Problems
from publish.shops import SHOPS

FOLDER = "printers"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
"""What a printer can be called: its name stands in those of its files."""
EDITIONS = ("proof", "print", "epub", "hardback", "screen", "large-print", "booklet", *SHOPS)
"""What other editions, and parcels for shops, are called, so that no printer can be."""
LARGEST = 100_000
"""Bytes of a printer's file, at most."""
_AT = re.compile(r"at line (\d+), column (\d+)")


def own_names(project: Path) -> tuple[str, ...]:
    """The printers that the project has files of."""
    return tuple(name for name in _stems(project) if NAME.fullmatch(name) and name not in (*PRINTERS, *EDITIONS))


def unusable_names(project: Path) -> tuple[str, ...]:
    """The files in the project's folder of printers that no printer can be called by."""
    return tuple(f"{name}.toml" for name in _stems(project) if name not in (*own_names(project), *PRINTERS))


def find_printer(name: str, project: Path, problems: Problems) -> Printer | None:
    """The printer of a name; None, and all that is wrong with its file, where that cannot be used.

    A file of the project that has the name of one of ours is a problem: nobody could tell whose rules were meant.
    """
    path, file = look(project / FOLDER / f"{name}.toml"), f"{FOLDER}/{name}.toml"
    if name in PRINTERS:
        if path.is_file():
            problems.add(printer_name_taken(Span(file, 1), name))
            return None
        return printer(name)
    text = _text(path, file, project, problems)
    if text is None:
        return None
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        at = _AT.search(str(fault))
        span = Span(file, int(at[1]), int(at[2])) if at else Span(file, text.count("\n") + 1)
        problems.add(printer_unreadable(span, str(fault)))
        return None
    found = list(complaints(said, Places(file, text)))
    problems.add_all(found)
    return None if found else printer_of(name, said)


def _stems(project: Path) -> list[str]:
    """The names of the files in the project's folder of printers; none where that leads out of the project."""
    folder = project / FOLDER
    try:
        inside = folder.resolve().is_relative_to(project.resolve())
        return sorted(path.stem for path in folder.glob("*.toml") if path.is_file()) if inside else []
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        return []


def _text(path: Path, file: str, project: Path, problems: Problems) -> str | None:
    reason = "it is not a plain text in UTF-8"
    try:
        if not path.resolve().is_relative_to(project.resolve()):
            reason = "it is a link that leads out of the project"
        elif path.stat().st_size > LARGEST:
            reason = f"it is larger than {LARGEST // 1000} kB"
        else:
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        pass
    except RuntimeError:
        reason = "it is a link that leads to itself"
    except OSError as failure:
        reason = (failure.strerror or "it cannot be opened").lower()
    problems.add(printer_unreadable(Span(file, 1), reason))
    return None
