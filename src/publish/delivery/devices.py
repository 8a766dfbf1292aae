"""E-readers that are connected as drives: found by what is on them, and a book copied so that it arrives whole."""

import contextlib
import getpass
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from publish.delivery.device_findings import arrived_damaged, no_device, no_room, not_copied, several_devices
from publish.files import PART
from publish.problems import Problems

ROOM = 1_000_000
"""Bytes that stay free: a reader has to write its own list of books."""


@dataclass(frozen=True)
class Kind:
    """A kind of e-reader: what lies on every one of them, the folder for books, the edition that it reads by cable."""

    name: str
    marks: tuple[str, ...]
    folder: str = ""
    edition: str = "epub"


KINDS = (
    Kind("Kobo", (".kobo",)),
    Kind("Kindle", ("documents", "system/version.txt"), "documents", "screen"),
    Kind("PocketBook", ("system/config",), "Books"),
)
OTHER = Kind("e-reader", ())
"""A reader, or any folder, that was named and is none of these."""


@dataclass(frozen=True)
class Device:
    """A reader that is connected: its kind, and the folder at which it is mounted."""

    kind: Kind
    root: Path

    @property
    def folder(self) -> Path:
        """Where its books go."""
        return self.root / self.kind.folder


def find_device(named: Path | None, problems: Problems) -> Device | None:
    """The reader that was named, else the one that is connected; None, and a problem, where that is not one."""
    if named is not None:
        return Device(kind_of(named) or OTHER, named)
    found = [Device(kind, root) for root in drives() if (kind := kind_of(root))]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{device.kind.name} at {device.root}" for device in found)
    problems.add(several_devices(None, names) if found else no_device(None))
    return None


def kind_of(root: Path) -> Kind | None:
    """What kind of reader a drive is; None where it is none that we know."""
    return next((kind for kind in KINDS if all((root / mark).exists() for mark in kind.marks)), None)


def drives() -> Iterator[Path]:
    """The drives that desktops mount, each at a folder of its own (udisks on Linux, macOS)."""
    with contextlib.suppress(OSError, KeyError):  # There is no name for a user that the system does not know.
        user = getpass.getuser()
        for base in (Path("/run/media") / user, Path("/media") / user, Path("/media"), Path("/mnt"), Path("/Volumes")):
            yield from _folders(base)


def _folders(base: Path) -> Sequence[Path]:
    try:
        return [path for path in sorted(base.iterdir()) if path.is_dir()]
    except OSError:
        return []


def copy(file: Path, device: Device, problems: Problems) -> bool | None:
    """Copy a file to a reader; False where it was there already, None and a problem where it could not be copied.

    The copy is written beside and read back from the device before it takes its name, so that a cable pulled out
    leaves the old file or the new one, never half of either.
    """
    target, data = device.folder / file.name, file.read_bytes()
    digest = sha256(data).hexdigest()
    try:
        if target.is_file() and _read_back(target) == digest:
            return False
        device.folder.mkdir(exist_ok=True)
        free = shutil.disk_usage(device.folder).free
        if free < len(data) + ROOM:
            problems.add(no_room(None, str(device.folder), len(data), free))
            return None
        if not _written(target, data, digest):
            problems.add(arrived_damaged(None, str(target)))
            return None
    except OSError as failure:
        problems.add(not_copied(None, str(target), failure.strerror or str(failure)))
        return None
    return True


def _written(target: Path, data: bytes, digest: str) -> bool:
    part = target.with_name(f".{target.name}{PART}")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        arrived = _read_back(part) == digest
        if arrived:
            part.replace(target)
            _settle(target.parent)
        return arrived
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _read_back(path: Path) -> str:
    """The digest of what is on the device, not of what the system still has of it in memory."""
    with path.open("rb") as stream:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file_digest(stream, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """See that the new name is on the device, too. Not every file system can be asked for that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
