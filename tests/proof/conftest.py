"""Books for proofs, each in a place of its own."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .tides import Alone, Place

DRESS = """
import sys
from pathlib import Path
from publish import jobs, pipeline
from publish.layout import dress
from publish.layout.model import PROOF
from publish.pages import References
from publish.problems import Problems

project = Path(sys.argv[1])
reading = pipeline.understand(jobs.Job(project, Problems(), lambda stage: None))
dress(reading.book, PROOF, project, References(), Problems())
"""
"""Makes a book ready for layout, in a process of its own: what other tests have made would not come into the cache."""


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A cache that holds what a build of the theme needs besides chapters: faces take long to make ready.

    It is filled by the first worker that asks for it; the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "faces"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("a") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        kept = shared / "cache"
        if not kept.exists():
            place = Place(shared / "Tides", Path(), Path())
            (place.project / "manuscript").mkdir(parents=True)
            place.write(0)
            environment = {**os.environ, "OCTAVO_CACHE": str(kept)}
            subprocess.run([sys.executable, "-c", DRESS, str(place.project)], env=environment, check=True)
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
def alone(settle: Callable[[], Place]) -> Alone:
    """The bytes of a book built in one process, with nothing in the cache, undisturbed."""

    def build(seed: int, paragraphs: int = 14) -> bytes:
        quiet = settle()
        quiet.write(seed, paragraphs)
        return quiet.build("--jobs", "1")

    return build
