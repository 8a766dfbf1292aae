"""A store of blobs in the user's cache folder: what is dear to compute and depends on nothing but its key.

Everything in it can be lost at any time: a blob that is missing, damaged or unreadable is computed anew, and a folder
that cannot be written costs time but never the build. Two processes may use it at once.
"""

import contextlib
import os
from hashlib import sha256
from pathlib import Path

import platformdirs

from publish.files import sweep, write_atomically

LIMIT = 512 * 1024 * 1024
"""Bytes that the store may hold before its oldest blobs go."""
SPARE = 0.8
"""The share of the limit that is left after a clearing, so that not every write clears."""
HEAD = sha256().digest_size
SHELVES = 256
"""Folders that blobs are spread over evenly, by the first two figures of their keys."""


def folder() -> Path:
    """Where the blobs are: OCTAVO_CACHE, else the user's own cache folder."""
    named = os.environ.get("OCTAVO_CACHE")
    return Path(named) if named else platformdirs.user_cache_path("octavo", appauthor=False)


def key(*parts: str | bytes) -> str:
    """The key of what is computed from these parts. Each part counts with its length, so that no two lists collide."""
    digest = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def load(name: str) -> bytes | None:
    """The blob of a key, None where there is none or it is not what was stored."""
    path = _path(name)
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    head, data = stored[:HEAD], stored[HEAD:]
    if sha256(name.encode() + data).digest() != head:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return data


def store(name: str, data: bytes, *, limit: int = LIMIT) -> None:
    """Keep a blob under a key. What does not fit, or cannot be written, is not kept."""
    if len(data) > limit * SPARE:
        return
    path = _path(name)
    with contextlib.suppress(OSError):
        write_atomically(path, sha256(name.encode() + data).digest() + data, durable=False)
        if _bytes_on(path.parent) * SHELVES > limit:  # To look at one shelf tells enough, and is done for every blob.
            _clear(limit)


def _path(name: str) -> Path:
    return folder() / "blobs" / name[:2] / name


def _bytes_on(shelf: Path) -> int:
    return sum(blob.stat().st_size for blob in shelf.iterdir())


def _clear(limit: int) -> None:
    """Remove the blobs that were used longest ago, if there are too many bytes, and what a killed process left."""
    blobs = [(blob.stat().st_mtime_ns, blob.stat().st_size, blob) for blob in _blobs()]
    total = sum(size for _, size, _ in blobs)
    if total <= limit:
        return
    for _, size, blob in sorted(blobs):
        with contextlib.suppress(OSError):
            blob.unlink()
        total -= size
        if total <= limit * SPARE:
            break
    for shelf in sorted((folder() / "blobs").iterdir()):
        sweep(shelf)


def _blobs() -> list[Path]:
    return [blob for blob in sorted((folder() / "blobs").glob("??/*")) if not blob.name.startswith(".")]
