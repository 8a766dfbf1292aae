"""A folder for the temporary files of a whole program, so that none is left of it, however it ends.

The engine, the pool of processes and we all write temporary files. A program removes its folder when it ends; where it
is killed, its workers do; where they are killed too, the next one that begins.
"""

import atexit
import contextlib
import fcntl
import os
import shutil
import sys
import tempfile
from pathlib import Path

PREFIX = "octavo-run-"

_folders: list[str] = []


def folder() -> str | None:
    """The folder of this program, if it has one."""
    return _folders[0] if _folders else None


def settle() -> None:
    """Have all temporary files of this program in one folder, and remove those of programs that were killed.

    It is for the beginning of a program: what was loaded before would look for its own files after the folder is gone.
    Nothing is done where it is too late, or where there is no place for temporary files. The folder is locked while the
    program runs.
    """
    if _folders or "multiprocessing.util" in sys.modules:
        return
    try:
        _sweep(Path(tempfile.gettempdir()))
        made = _locked()
    except OSError:
        return
    atexit.register(remove)
    tempfile.tempdir = made
    _folders.append(made)


def remove() -> None:
    """Remove the folder of this program."""
    for made in _folders:
        shutil.rmtree(made, ignore_errors=True)


def _locked() -> str:
    """A new folder, locked. One that another program sweeps away before is made again."""
    while True:
        made = tempfile.mkdtemp(prefix=PREFIX)
        with contextlib.suppress(FileNotFoundError, BlockingIOError):
            fcntl.flock(os.open(made, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
            Path(made).stat()
            return made


def _sweep(place: Path) -> None:
    for left in place.glob(f"{PREFIX}*"):
        try:
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except OSError:
            continue
        finally:
            os.close(handle)
