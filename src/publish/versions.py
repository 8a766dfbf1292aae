"""Which program made something: our own files, and the versions of the libraries beside it."""

import ctypes
import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parent
PANGO = ("libpango-1.0", "pango_version_string")
HARFBUZZ = ("libharfbuzz", "hb_version_string")
NOT_READ = ("__pycache__",)


def styles() -> Path:
    """The folder of our own themes: in the installed package, or beside the sources in a checkout."""
    inside = PACKAGE / "styles"
    return inside if inside.is_dir() else PACKAGE.parent.parent / "styles"


@cache
def maker() -> str:
    """A digest of the program itself, so that a changed one never takes an older one's work for its own.

    It counts every file of ours (code, tables, themes) and every library that is installed by name and version. To
    read our files whole takes a few milliseconds, so no date of a file is trusted.
    """
    digest = sha256("\n".join((sys.version, *_installed())).encode())
    for folder in dict.fromkeys((PACKAGE, styles())):
        for path in _files(folder):
            with open(path, "rb") as file:  # noqa: PTH123  a Path for each file takes as long as reading it
                data = file.read()
            digest.update(f"\n{path.removeprefix(str(folder))} {len(data)}\n".encode() + data)
    return digest.hexdigest()


@cache
def shapers() -> str:
    """The versions of the libraries that shape text and set lines. They are the system's, and can change under us."""
    return " ".join(_asked(*library) for library in (PANGO, HARFBUZZ))


def _asked(name: str, function: str) -> str:
    """The version that a library says of itself; nothing where it is not found under its usual names."""
    for file in (f"{name}.so.0", f"{name}.0.dylib", f"{name}.dylib"):
        try:
            ask = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return str(ask().decode())
    return ""


def _installed() -> list[str]:
    """What is installed: the folders that installers leave bear names and versions (`weasyprint-70.0.dist-info`)."""
    found: set[str] = set()
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as entries:
                found.update(entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
    return sorted(found)


def _files(folder: Path) -> list[str]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in NOT_READ]
        found += [os.path.join(place, name) for name in names]  # noqa: PTH118  as above
    return sorted(found)
