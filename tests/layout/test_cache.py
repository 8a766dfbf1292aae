"""The cache can be lost, damaged or out of reach at any time, and nobody notices but by the clock."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish import cache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.binary())
def test_what_is_stored_is_loaded(data: bytes) -> None:
    name = cache.key("test", data)
    cache.store(name, data)
    assert cache.load(name) == data


def test_keys_differ_where_parts_do() -> None:
    assert len({cache.key("ab", "c"), cache.key("a", "bc"), cache.key("abc"), cache.key("abc", "")}) == 4


def test_what_was_never_stored_is_not_there() -> None:
    assert cache.load(cache.key("nothing")) is None


def test_damage_counts_as_nothing(folder: Path) -> None:
    name = cache.key("x")
    cache.store(name, b"good")
    (blob,) = folder.rglob(name)
    for damage in (b"", b"short", blob.read_bytes()[:-1], blob.read_bytes() + b"x"):
        blob.write_bytes(damage)
        assert cache.load(name) is None
    cache.store(name, b"good")
    assert cache.load(name) == b"good"


def test_a_blob_under_another_name_counts_as_nothing(folder: Path) -> None:
    one, two = cache.key("1"), cache.key("2")
    cache.store(one, b"one")
    (blob,) = folder.rglob(one)
    (folder / "blobs" / two[:2]).mkdir(exist_ok=True)
    (folder / "blobs" / two[:2] / two).write_bytes(blob.read_bytes())
    assert cache.load(two) is None


def test_the_oldest_blobs_go_when_there_are_too_many(folder: Path) -> None:
    names = [cache.key(str(number)) for number in range(10)]
    for age, name in enumerate(names):
        cache.store(name, bytes(100), limit=10_000)
        os.utime(next(folder.rglob(name)), (age, age))
    cache.store(cache.key("last"), bytes(100), limit=1000)
    left = [name for name in names if cache.load(name) is not None]
    assert left == names[-len(left) :]
    assert sum(blob.stat().st_size for blob in folder.rglob("*") if blob.is_file()) <= 1000
    assert cache.load(cache.key("last")) is not None


def test_what_is_larger_than_the_store_is_not_kept() -> None:
    cache.store(cache.key("big"), bytes(1000), limit=100)
    assert cache.load(cache.key("big")) is None


def test_a_folder_that_cannot_be_written_costs_time_only(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file stands where the folder should be")
    cache.store(cache.key("x"), b"good")
    assert cache.load(cache.key("x")) is None


def test_two_processes_share_it(folder: Path) -> None:
    program = (
        "from publish import cache\n"
        "for turn in range(40):\n"
        "    for n in range(5):\n"
        "        cache.store(cache.key(str(n)), str(n).encode() * 5000, limit=60_000)\n"
        "        assert cache.load(cache.key(str(n))) in (None, str(n).encode() * 5000)\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(2)]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    assert not list(folder.rglob("*.octavo-part"))
