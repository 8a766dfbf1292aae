"""Files that are never half made, and what a killed build leaves."""

import os
import subprocess
from pathlib import Path

import pytest

from publish.files import sweep, write_atomically


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "build" / "book.pdf"
    write_atomically(target, b"good")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"better")
    assert [path.name for path in target.parent.iterdir()] == ["book.pdf"]
    assert target.read_bytes() == b"good"


def test_what_a_killed_build_left_is_swept(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    (tmp_path / f".book.pdf.{ended.pid}-0a1b2c3d.octavo-part").write_bytes(b"half")
    (tmp_path / ".book.pdf.0a1b2c3d.octavo-part").write_bytes(b"half")
    (tmp_path / f".book.pdf.{10**30}-0a1b2c3d.octavo-part").write_bytes(b"no process has such a number")
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_another_build_is_writing_is_left_to_it(tmp_path: Path) -> None:
    part = tmp_path / f".book.epub.{os.getpid()}-0a1b2c3d.octavo-part"
    part.write_bytes(b"half")
    other = tmp_path / "notes.txt"
    other.write_text("mine", encoding="utf-8")
    sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == [part, other]
