"""Writing files so that a reader never meets a half-made one."""

import contextlib
import os
import secrets
from pathlib import Path

PART = ".octavo-part"


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
    except (ValueError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True
