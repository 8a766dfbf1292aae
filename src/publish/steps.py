"""Dear steps of assembling a book, done once for the same input: what they gave is kept from build to build.

A step is a pure function of the bytes in its key. What it gives goes through the same form whether it was kept or has
just been made, so that a book put together from kept steps is the same, byte for byte. One blob in the user's cache
holds the steps of a project's last build: a hundred small ones take longer to read.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from publish import cache
from publish.versions import maker

KEY = sha256().digest_size
LENGTH = 8


@dataclass(frozen=True)
class Given:
    """What a step gives: something that JSON can say, and stretches of bytes."""

    about: Any
    blobs: tuple[bytes, ...]


class Steps:
    """The steps of one book: those of the last build, and those made since."""

    def __init__(self, name: str | None = None) -> None:
        self._name = name
        self._kept = _unpacked(cache.load(name) if name else None)
        self._used: dict[bytes, bytes] = {}

    @classmethod
    def of(cls, project: Path) -> "Steps":
        """The steps that the same program kept of a project."""
        return cls(cache.key("steps", maker(), sys.byteorder, os.path.realpath(project)))

    def once(self, parts: Sequence[str | bytes], make: Callable[[], Given]) -> Given:
        """What a step gives for an input: kept, else made now."""
        key = bytes.fromhex(cache.key(*parts))
        data = self._used.get(key) or self._kept.get(key)
        if data is None:
            data = _encoded(make())
        self._used[key] = data
        return _decoded(data)

    def keep(self) -> None:
        """Keep the steps of this build, and no others, for the next one."""
        if self._name and self._used.keys() != self._kept.keys():
            cache.store(self._name, _packed(self._used))
        self._kept, self._used = self._used, {}


def _encoded(given: Given) -> bytes:
    head = json.dumps([given.about, [len(blob) for blob in given.blobs]]).encode()
    return b"".join((len(head).to_bytes(LENGTH, "big"), head, *given.blobs))


def _decoded(data: bytes) -> Given:
    at = LENGTH + int.from_bytes(data[:LENGTH], "big")
    about, lengths = json.loads(data[LENGTH:at])
    blobs = []
    for length in lengths:
        blobs.append(data[at : at + length])
        at += length
    return Given(about, tuple(blobs))


def _packed(steps: dict[bytes, bytes]) -> bytes:
    return b"".join(piece for key, data in steps.items() for piece in (key, len(data).to_bytes(LENGTH, "big"), data))


def _unpacked(blob: bytes | None) -> dict[bytes, bytes]:
    steps, at, data = {}, 0, blob or b""
    while at < len(data):
        key, start = data[at : at + KEY], at + KEY + LENGTH
        at = start + int.from_bytes(data[at + KEY : start], "big")
        steps[key] = data[start:at]
    return steps
