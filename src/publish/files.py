"""Writing files so that a reader never meets a half-made one; which files a build looked at; what one weighs."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

PART = ".octavo-part"

LARGEST = 64_000_000
"""Bytes of a file that count one by one; larger ones are refused wherever they are met, so their size tells enough."""

OUTSIDE = "outside"
"""The state of whatever lies outside the project, or leads there: no build reads it, and neither do we."""


@dataclass
class Looks:
    """The files and folders of a project that a build looked at, each with its state when it was first looked at.

    `root` is the project's folder, its own links followed.
    """

    project: Path
    root: str
    states: dict[Path, str] = field(default_factory=dict)

    def changed(self) -> list[Path]:
        """What is no longer as it was when it was first looked at."""
        return [path for path, found in self.states.items() if state(path, self.root) != found]


_looks: ContextVar[Looks | None] = ContextVar("looks", default=None)


@contextlib.contextmanager
def looking(project: Path) -> Iterator[Looks]:
    """Note what is looked at while the block runs."""
    looks = Looks(project, os.path.realpath(project))
    token = _looks.set(looks)
    try:
        yield looks
    finally:
        _looks.reset(token)


def look(path: Path) -> Path:
    """Note a path whose bytes, whose names or whose absence a build is about to depend on; gives it back.

    To be called before the file is read: one that changes between the two then counts as changed.
    """
    looks = _looks.get()
    if looks is not None and path not in looks.states:
        looks.states[path] = state(path, looks.root)
    return path


def state(path: Path, root: str) -> str:
    """What is at a path, as far as a build could tell: where links lead, a digest of the bytes or of a folder's names.

    `root` is the project's folder, its own links followed.
    """
    try:
        real = os.path.realpath(path)
        if not f"{real}{os.sep}".startswith(f"{root.rstrip(os.sep)}{os.sep}"):
            return OUTSIDE
        return f"{os.path.relpath(real, root)}: {_content(real)}"
    except ValueError:
        return "no path"
    except OSError as failure:
        return f"none: {failure.errno}"


def _content(real: str) -> str:
    # A Path for each file would take as long as reading it, and this is done for every file of every build.
    status = os.stat(real)  # noqa: PTH116
    if stat.S_ISDIR(status.st_mode):
        with os.scandir(real) as entries:
            names = sorted(f"{entry.name}/{_kind(entry)}" for entry in entries)
        return "folder " + sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()
    if not stat.S_ISREG(status.st_mode):
        return "special"
    if status.st_size > LARGEST:
        return f"large {status.st_size}"
    with open(real, "rb") as file:  # noqa: PTH123
        return sha256(file.read()).hexdigest()


def _kind(entry: "os.DirEntry[str]") -> str:
    if entry.is_symlink():
        return "link"
    return "folder" if entry.is_dir() else "file"


def write_atomically(target: Path, data: bytes, *, durable: bool = True) -> None:
    """Write bytes beside `target` and rename them into place. What need not be `durable` may be lost with the power.

    A crash, a full disk or a kill leaves the old file whole, and at most a `*.octavo-part` that `sweep` removes.

    Raises:
        OSError: the folder cannot be made or written, or the disk is full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}{PART}")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def sweep(folder: Path) -> None:
    """Remove what killed builds left in `folder`. What a build that still runs is writing stays, as do other files."""
    for part in folder.glob(f".*{PART}"):
        if not _is_running(part.name.removesuffix(PART).rpartition(".")[2].partition("-")[0]):
            with contextlib.suppress(OSError):
                part.unlink()


def _is_running(process: str) -> bool:
    """Whether the process that began a part is still there: `make -j2 pdf epub` writes two books into one folder."""
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True


def weight(size: int) -> str:
    """A number of bytes as people say it: 12 kB, 1.2 MB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
