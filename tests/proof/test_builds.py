"""What can happen to a build that works with several processes: each of them is real here, and so is what ends it."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

from publish import cache

pytestmark = pytest.mark.proof
CHAPTERS = 12
TITLES = "Ebb Flood Slack Spring Neap Race Eddy Swell Surf Bore Rip Drift".split()
VOCABULARY = """the a some every no this that harbour lamp keeper boat tide storm letter window gull rope stair clock
sailor child road hill night morning winter bell voice shadow stone sees hears leaves keeps finds loses carries mends
follows forgets quietly slowly never again at last before noon without a word in the rain under the bridge""".split()
FAKETIME = sorted(Path("/usr").glob("lib/*/faketime/libfaketime.so.1"))
PATIENCE = 15
"""Seconds in which a process that has lost its parent must be gone."""


@dataclass
class Place:
    """A project of a dozen chapters, with a cache and a temporary directory of its own."""

    project: Path
    cache: Path
    temporary: Path
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, seed: int) -> None:
        """Write the book anew: another text in every chapter, so that none is in any cache."""
        chance = random.Random(seed)
        for number, title in enumerate(TITLES, 1):
            paragraphs = [" ".join(chance.choices(VOCABULARY, k=70)).capitalize() + "." for _ in range(14)]
            text = "\n\n".join(paragraphs)
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


IDENT = "urn:uuid:0d4f1b52-7c1e-4d0a-9a53-6b1c2f3e4d5a"


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


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that holds what a build of the theme needs besides chapters: faces take long to make ready."""
    from publish import pipeline
    from publish.layout import dress
    from publish.layout.model import PROOF
    from publish.pages import References
    from publish.problems import Problems

    place = Place(tmp_path_factory.mktemp("faces"), Path(), Path())
    (place.project / "manuscript").mkdir()
    place.write(0)
    used: set[str] = set()
    real = cache.load, cache.store

    def load(name: str) -> bytes | None:
        used.add(name)
        return real[0](name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "load", load)
        reading = pipeline.understand(pipeline.Job(place.project, Problems(), lambda stage: None))
        assert reading is not None
        dress(reading.book, PROOF, place.project, References(), Problems())
    kept = tmp_path_factory.mktemp("cache")
    for name in used:
        if (blob := cache.folder() / "blobs" / name[:2] / name).exists():
            (kept / "blobs" / name[:2]).mkdir(parents=True, exist_ok=True)
            shutil.copy(blob, kept / "blobs" / name[:2] / name)
    return kept


@pytest.fixture
def settle(faces: Path, tmp_path: Path) -> Iterator[Callable[[], Place]]:
    """Makes a place for a book."""
    places: list[Place] = []

    def make() -> Place:
        own = tmp_path / f"place {len(places)}"
        (own / "Tides" / "manuscript").mkdir(parents=True)
        shutil.copytree(faces, own / "cache")
        # The names of sockets in it must be short.
        places.append(Place(own / "Tides", own / "cache", Path(tempfile.mkdtemp())))
        return places[-1]

    yield make
    for place in places:
        shutil.rmtree(place.temporary)


@pytest.fixture
def place(settle: Callable[[], Place]) -> Place:
    return settle()


@pytest.fixture
def alone(settle: Callable[[], Place]) -> Callable[[int], bytes]:
    """The bytes of a book built in one process, with nothing in the cache, undisturbed."""

    def build(seed: int) -> bytes:
        quiet = settle()
        quiet.write(seed)
        return quiet.build("--jobs", "1")

    return build


# ---- Workers.


def test_a_worker_that_is_killed_changes_nothing(place: Place, alone: Callable[[int], bytes]) -> None:
    place.write(1)
    build = place.start("--jobs", "2")
    before = build.wait_for_workers(2)
    time.sleep(0.3)
    os.kill(before[0], signal.SIGKILL)
    seen = set(before)
    while build.child.poll() is None:
        seen.update(build.workers)
        time.sleep(0.01)
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


def seconds(place: Place) -> float:
    """How long a build takes."""
    started = time.monotonic()
    place.build("--jobs", "2")
    return time.monotonic() - started


def test_no_moment_for_ctrl_c_leaves_anything_behind(place: Place, alone: Callable[[int], bytes]) -> None:
    """Ctrl-C goes to all processes of a terminal at once."""
    place.write(10)
    whole = seconds(place)
    moments, stopped = random.Random(7), 0
    for seed in range(11, 21):
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
        assert place.pdf.startswith(b"%PDF-")
        assert place.pdf.rstrip().endswith(b"%%EOF")
        assert build.is_gone()
        assert not list(place.temporary.iterdir())
    assert stopped > 5
    assert place.build("--jobs", "2") == alone(20)


def is_progress(line: str) -> bool:
    return line.lstrip()[:1].isdecimal() and " s  " in line


def test_no_moment_for_a_kill_leaves_a_worker_or_the_next_build_in_trouble(
    place: Place, alone: Callable[[int], bytes]
) -> None:
    place.write(30)
    whole = seconds(place)
    moments, killed = random.Random(8), 0
    for seed in range(31, 41):
        place.write(seed)
        build = place.start("--jobs", "2")
        time.sleep(moments.uniform(0.3, whole))
        build.child.kill()
        status, said = build.end()
        killed += status == -signal.SIGKILL
        assert "Traceback" not in said
        assert place.pdf.startswith(b"%PDF-")
        assert place.pdf.rstrip().endswith(b"%%EOF")
        assert build.is_gone()
    assert killed > 5
    assert place.build("--jobs", "2") == alone(40)
    assert not list(place.temporary.iterdir())
    assert not list((place.project / "build").glob(".*octavo-part"))


# ---- Several at once.


def test_two_builds_of_one_book_at_once_both_end_well(place: Place, alone: Callable[[int], bytes]) -> None:
    place.write(50)
    both = [place.start("--jobs", "2") for _ in range(2)]
    for build in both:
        status, said = build.end()
        assert status == 0, said
        assert "Traceback" not in said
    assert place.pdf == alone(50)
    assert place.build() == place.pdf
    assert not list(place.temporary.iterdir())


def test_two_books_with_one_cache_at_once_both_end_well(
    settle: Callable[[], Place], alone: Callable[[int], bytes]
) -> None:
    one, two = settle(), settle()
    two.cache = one.cache
    one.write(60)
    two.write(61)
    for build in [one.start("--jobs", "2"), two.start("--jobs", "2")]:
        status, said = build.end()
        assert status == 0, said
    assert (one.pdf, two.pdf) == (alone(60), alone(61))


# ---- Clocks and disks.


def test_a_clock_that_was_set_changes_nothing(place: Place, alone: Callable[[int], bytes]) -> None:
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


@pytest.mark.skipif(not FAKETIME, reason="libfaketime is not installed")
@pytest.mark.parametrize("date", ["1980-01-01 00:00:00", "2090-06-01 12:00:00"])
def test_a_clock_that_goes_wrong_changes_nothing(date: str, place: Place, alone: Callable[[int], bytes]) -> None:
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


def test_a_cache_that_cannot_be_written_costs_time_alone(
    small_disk: Path, place: Place, alone: Callable[[int], bytes]
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    place.write(80)
    assert place.build("--jobs", "2") == alone(80)
    status, said = place.start().end()
    assert (status, "Traceback" in said) == (0, False)


def test_a_cache_disk_that_is_full_costs_time_alone(
    small_disk: Path, place: Place, alone: Callable[[int], bytes]
) -> None:
    with (small_disk / "filler").open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space"):
        while True:
            stream.write(b"x" * 65536)
    place.write(81)
    assert place.build("--jobs", "2") == alone(81)
    assert not [path for path in small_disk.rglob("*") if path.name.startswith(".")], "no half-written blob is left"
