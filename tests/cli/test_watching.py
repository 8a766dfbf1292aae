"""`publish build --watch` builds at each save, says what changed, and ends with Ctrl-C; `--explain-cache` says why."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from conftest import HOUSE
from publish.cli import watching
from publish.cli.options import Explain
from publish.files import Looks, look, looking
from publish.outputs import Output
from publish.unchanged import Build


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(HOUSE / "tests" / "books" / "lighthouse", tmp_path / "book", ignore=shutil.ignore_patterns("build"))
    return tmp_path / "book"


def add(project: Path, words: str) -> None:
    with (project / "manuscript" / "02-letter.md").open("a", encoding="utf-8") as text:
        text.write(f" {words}")


class Watched:
    """A running `publish build pdf --watch`, line by line."""

    def __init__(self, project: Path) -> None:
        command = [sys.executable, "-m", "publish", "build", "pdf", "--watch", "--project", str(project)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def until(self, part: str, seconds: float = 60) -> list[str]:
        """The lines up to one that has these words."""
        found: list[str] = []
        end = time.monotonic() + seconds
        while not found or part not in found[-1]:
            found.append(self._lines.get(timeout=max(end - time.monotonic(), 0.01)))
        return found

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                self._lines.put(line)


@pytest.fixture
def watched(project: Path) -> Iterator[Watched]:
    found = Watched(project)
    yield found
    found.process.kill()
    found.process.wait()
    found.reader.join()


def test_a_save_is_built_and_said_and_ctrl_c_ends_it(project: Path, watched: Watched) -> None:
    watched.until("watching")
    add(project, "One word more.")
    said = watched.until("watching")
    assert "changed: manuscript/02-letter.md\n" in said
    assert any("the-keeper-of-small-lights.pdf" in line for line in said)
    watched.process.send_signal(signal.SIGINT)
    assert watched.process.wait(timeout=20) == 130


def test_a_mistake_is_said_and_watching_goes_on(project: Path, watched: Watched) -> None:
    watched.until("watching")
    pdf = (project / "build" / "the-keeper-of-small-lights.pdf").read_bytes()
    add(project, "A note[^nowhere].")
    assert any("M021" in line for line in watched.until("watching"))
    assert (project / "build" / "the-keeper-of-small-lights.pdf").read_bytes() == pdf
    add(project, "\n\n[^nowhere]: It has a text now.\n")
    watched.until("watching")
    assert (project / "build" / "the-keeper-of-small-lights.pdf").read_bytes() != pdf


def test_what_is_saved_during_a_build_is_built_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, builds = tmp_path / "text.md", list[Path]()

    def run_in(*_: object, **__: object) -> tuple[tuple[Output, ...], Looks]:
        if builds:
            raise KeyboardInterrupt
        builds.append(text)
        text.write_text("before")
        with looking(tmp_path) as looks:
            look(text)
        text.write_text("after!")
        return (), looks

    def never(before: object) -> list[Path]:
        raise AssertionError("it waits for another save")

    monkeypatch.setattr(watching, "run_in", run_in)
    monkeypatch.setattr(watching, "_next_change", never)
    with pytest.raises(KeyboardInterrupt):
        watching.watch_project(Build(tmp_path, ("pdf",)), 1, "text", Explain())


def test_each_section_that_is_laid_out_again_is_named_with_why(project: Path) -> None:
    explained(project)
    add(project, f"A word that no build has met: {uuid4()}.")
    assert explained(project) == [
        "About the Authors: laid out, since its text has changed",
        "14 of 15 sections were laid out before",
    ]
    assert explained(project) == ["no section was laid out: nothing has changed since the last build"]
    (project / "styles").mkdir()
    (project / "styles" / "custom.css").write_text(f"p {{ text-align: left }} /* {uuid4()} */\n")
    assert explained(project)[0].endswith("laid out, since the styles have changed")


def explained(project: Path) -> list[str]:
    """What is said of sections."""
    command = [sys.executable, "-m", "publish", "build", "pdf", "--explain-cache", "--project", str(project)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ)).stdout
    return [line for line in said.split("\n") if "laid out" in line and ".pdf" not in line]
