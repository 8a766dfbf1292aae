"""Writing files so that a reader never meets a half-made one."""

import contextlib
import os
import secrets
from pathlib import Path

PART = ".octavo-part"


def write_atomically(target: Path, data: bytes) -> None:
    """Write bytes beside `target` and rename them into place.

    A crash, a full disk or a kill leaves the old file whole, and at most a `*.octavo-part` that `sweep` removes.

    Raises:
        OSError: the folder cannot be made or written, or the disk is full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}{PART}")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def sweep(folder: Path) -> None:
    """Remove what a killed build left in `folder`. Files that are in use or not ours stay."""
    for part in folder.glob(f".*{PART}"):
        with contextlib.suppress(OSError):
            part.unlink()
