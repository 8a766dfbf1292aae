"""What can happen to a build that works with several processes: each of them is real here, and so is what ends it."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .tides import TITLES, Alone, Place, state

pytestmark = pytest.mark.proof
FAKETIME = sorted(Path("/usr").glob("lib/*/faketime/libfaketime.so.1"))


# ---- Workers.


@pytest.mark.parametrize("whom", ["a worker", "the parent of all workers"])
def test_a_process_that_is_killed_changes_nothing(whom: str, place: Place, alone: Alone) -> None:
    place.write(1)
    build = place.start("--jobs", "2")
    before = build.wait_for_workers(2)
    time.sleep(0.3)
    os.kill(before[0] if whom == "a worker" else int(state(before[0])[1]), signal.SIGKILL)
    seen = set(before)
    while build.child.poll() is None:
        seen.update(build.workers)
        time.sleep(0.1)
    status, said = build.end()
    assert status == 0, said
    assert "Traceback" not in said
    assert len(seen) > 2, "another took its place"
    assert place.pdf == alone(1)
    assert build.is_gone()
    assert not list(place.temporary.iterdir())


def test_a_chapter_over_which_workers_die_again_and_again_is_named_and_nothing_is_written(place: Place) -> None:
    place.write(2)
    place.build("--jobs", "2")
    good = place.outputs
    place.write(3)
    build = place.start("--jobs", "2")
    while build.child.poll() is None:
        for worker in build.workers:
            os.kill(worker, signal.SIGKILL)
        time.sleep(0.02)
    status, said = build.end()
    assert status == 1
    assert "Traceback" not in said
    (line,) = [line for line in said.splitlines() if "P011" in line]
    assert any(f"{title.lower()}.md:" in line for title in TITLES), line
    assert place.outputs == good
    assert build.is_gone()
    assert not list(place.temporary.iterdir())


# ---- Ends before the end.


MOMENTS = 10
TRIES = 40
SOONER = 0.85
"""By how much sooner the next moment comes where a build was over before it."""


def seconds(place: Place) -> float:
    """How long a build takes."""
    started = time.monotonic()
    place.build("--jobs", "2")
    return time.monotonic() - started


def test_no_moment_for_ctrl_c_leaves_anything_behind(place: Place, alone: Alone) -> None:
    """Ctrl-C goes to all processes of a terminal at once."""
    place.write(10)
    whole, seed = seconds(place), 10
    moments, stopped = random.Random(7), 0
    while stopped < MOMENTS and seed < 10 + TRIES:
        seed += 1
        good = place.outputs
        place.write(seed)
        build = place.start("--jobs", "2")
        time.sleep(moments.uniform(0.3, whole))
        os.killpg(build.child.pid, signal.SIGINT)
        status, said = build.end()
        assert status in (0, 130, -signal.SIGINT), said  # to a shell, the last two are the same
        words = [line for line in said.splitlines() if line and not is_progress(line)]
        if status:
            stopped += 1
            assert words == ["stopped; the last good files are untouched"], said
            assert set(good.items()) <= set(place.outputs.items()) or place.pdf != good["tides.pdf"]
        else:
            whole *= SOONER
        assert place.pdf.startswith(b"%PDF-")
        assert place.pdf.rstrip().endswith(b"%%EOF")
        assert build.is_gone()
        assert not list(place.temporary.iterdir())
    assert stopped == MOMENTS
    assert place.build("--jobs", "2") == alone(seed)


def is_progress(line: str) -> bool:
    return line.lstrip()[:1].isdecimal() and " s  " in line


def test_no_moment_for_a_kill_leaves_a_worker_or_the_next_build_in_trouble(place: Place, alone: Alone) -> None:
    place.write(30)
    whole, seed = seconds(place), 30
    moments, killed = random.Random(8), 0
    while killed < MOMENTS and seed < 30 + TRIES:
        seed += 1
        place.write(seed)
        build = place.start("--jobs", "2")
        time.sleep(moments.uniform(0.3, whole))
        build.child.kill()
        status, said = build.end()
        if status == -signal.SIGKILL:
            killed += 1
        else:
            whole *= SOONER
        assert "Traceback" not in said
        assert place.pdf.startswith(b"%PDF-")
        assert place.pdf.rstrip().endswith(b"%%EOF")
        assert build.is_gone()
    assert killed == MOMENTS
    assert place.build("--jobs", "2") == alone(seed)
    assert not list(place.temporary.iterdir())
    assert not list((place.project / "build").glob(".*octavo-part"))


# ---- Several at once.


def test_two_builds_of_one_book_at_once_both_end_well(place: Place, alone: Alone) -> None:
    place.write(50)
    both = [place.start("--jobs", "2") for _ in range(2)]
    for build in both:
        status, said = build.end()
        assert status == 0, said
        assert "Traceback" not in said
    assert place.pdf == alone(50)
    assert place.build() == place.pdf
    assert not list(place.temporary.iterdir())


def test_two_books_with_one_cache_at_once_both_end_well(settle: Callable[[], Place], alone: Alone) -> None:
    one, two = settle(), settle()
    two.cache = one.cache
    one.write(60)
    two.write(61)
    for build in [one.start("--jobs", "2"), two.start("--jobs", "2")]:
        status, said = build.end()
        assert status == 0, said
    assert (one.pdf, two.pdf) == (alone(60), alone(61))


# ---- Clocks and disks.


def test_a_clock_that_was_set_changes_nothing(place: Place, alone: Alone) -> None:
    place.write(70)
    first = place.build("--jobs", "2")
    assert first == alone(70)
    for date in (0, 315_532_800, 4_102_444_800):
        for path in (*place.cache.rglob("*"), *place.project.rglob("*")):
            os.utime(path, (date, date))
        place.write(71)
        place.build("--jobs", "2")
        place.write(70)
        assert place.build("--jobs", "2") == first


@pytest.mark.parametrize("date", ["1980-01-01 00:00:00", "2090-06-01 12:00:00"])
def test_a_clock_that_goes_wrong_changes_nothing(date: str, place: Place, alone: Alone) -> None:
    assert FAKETIME, "libfaketime is missing"
    place.write(72)
    place.environment = {"LD_PRELOAD": str(FAKETIME[0]), "FAKETIME": date, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    assert place.build("--jobs", "2") == alone(72)


@pytest.fixture
def small_disk(place: Place) -> Iterator[Path]:
    """A small disk of its own under the cache."""
    if os.geteuid() != 0:
        pytest.fail("this proof mounts a small disk and needs root")
    kept = place.cache.rename(place.cache.with_name("kept"))
    place.cache.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place.cache)], check=True)
    shutil.copytree(kept, place.cache, dirs_exist_ok=True)
    yield place.cache
    subprocess.run(["umount", str(place.cache)], check=True)


def test_a_cache_that_cannot_be_written_costs_time_alone(small_disk: Path, place: Place, alone: Alone) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    place.write(80)
    assert place.build("--jobs", "2") == alone(80)
    status, said = place.start().end()
    assert (status, "Traceback" in said) == (0, False)


def test_a_cache_disk_that_is_full_costs_time_alone(small_disk: Path, place: Place, alone: Alone) -> None:
    with (small_disk / "filler").open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space"):
        while True:
            stream.write(b"x" * 65536)
    place.write(81)
    assert place.build("--jobs", "2") == alone(81)
    assert not [path for path in small_disk.rglob("*") if path.name.startswith(".")], "no half-written blob is left"
