"""A book of a dozen chapters in words of no sense, built by the command, and the processes that build it."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import pytest

TITLES = "Ebb Flood Slack Spring Neap Race Eddy Swell Surf Bore Rip Drift".split()
VOCABULARY = """the a some every no this that harbour lamp keeper boat tide storm letter window gull rope stair clock
sailor child road hill night morning winter bell voice shadow stone sees hears leaves keeps finds loses carries mends
follows forgets quietly slowly never again at last before noon without a word in the rain under the bridge""".split()
IDENT = "urn:uuid:0d4f1b52-7c1e-4d0a-9a53-6b1c2f3e4d5a"
PATIENCE = 15
"""Seconds in which a process that has lost its parent must be gone."""


class Alone(Protocol):
    """Builds the book of a seed in one process, with nothing in the cache and nobody to disturb it."""

    def __call__(self, seed: int, paragraphs: int = 14) -> bytes: ...


@dataclass
class Place:
    """A project of a dozen chapters, with a cache and a temporary directory of its own."""

    project: Path
    cache: Path
    temporary: Path
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, seed: int, paragraphs: int = 14) -> None:
        """Write the book anew: another text in every chapter, so that none is in any cache."""
        chance = random.Random(seed)
        for number, title in enumerate(TITLES, 1):
            words = (chance.choices(VOCABULARY, k=70) for _ in range(paragraphs))
            text = "\n\n".join(" ".join(some).capitalize() + "." for some in words)
            head = f"---\ntitle: Tides\nauthor: Ada Brandt\nlang: en\ndate: 2020-01-01\nidentifier: {IDENT}\n---\n\n"
            path = self.project / "manuscript" / f"{number:02}-{title.lower()}.md"
            path.write_text((head if number == 1 else "") + f"# {title}\n\n{text}\n", encoding="utf-8")

    def start(self, *options: str, **environment: str) -> "Running":
        """Begin a build of the PDF, in a group of processes of its own."""
        mark = uuid4().hex
        command = [sys.executable, "-m", "publish", "build", "pdf", "--project", str(self.project), *options]
        own = {"OCTAVO_CACHE": str(self.cache), "TMPDIR": str(self.temporary), "OCTAVO_PROOF": mark}
        child = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **self.environment, **own, **environment},
            start_new_session=True,
        )
        return Running(child, mark)

    def build(self, *options: str, **environment: str) -> bytes:
        """Build the PDF; it must go well."""
        status, said = self.start(*options, **environment).end()
        assert status == 0, said
        return self.pdf

    @property
    def pdf(self) -> bytes:
        return (self.project / "build" / "tides.pdf").read_bytes()

    @property
    def outputs(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.project / "build").iterdir() if path.is_file()}


@dataclass
class Running:
    """A build that goes on; all its processes bear a mark in their environment."""

    child: subprocess.Popen[str]
    mark: str

    def end(self) -> tuple[int, str]:
        """The status with which it ends, and what it said."""
        _, said = self.child.communicate(timeout=120)
        return self.child.returncode, said

    @property
    def processes(self) -> list[int]:
        """All that belong to it and have not ended."""
        mark = f"OCTAVO_PROOF={self.mark}".encode()
        return [pid for pid in pids() if mark in read(pid, "environ") and state(pid)[0] != "Z"]

    @property
    def workers(self) -> list[int]:
        """The processes that set chapters: those that the parent of all workers has begotten, whose name they bear."""
        family = [pid for pid in self.processes if b"multiprocessing.forkserver" in read(pid, "cmdline")]
        return [pid for pid in family if state(pid)[1] != str(self.child.pid)]

    def wait_for_workers(self, count: int) -> list[int]:
        """Wait until so many workers are there."""
        while self.child.poll() is None:
            if len(found := self.workers) >= count:
                return found
            time.sleep(0.01)
        pytest.fail("the build was over before there were workers")

    def is_gone(self) -> bool:
        """Whether no process is left of it, soon."""
        deadline = time.monotonic() + PATIENCE
        while self.processes:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True


def pids() -> Iterator[int]:
    yield from (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())


def read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def state(pid: int) -> tuple[str, str]:
    """The state of a process, and its parent."""
    fields = read(pid, "stat").decode().rpartition(") ")[2].split()
    return (fields[0], fields[1]) if fields else ("Z", "0")
