"""Books for proofs, each in a place of its own."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from publish import cache

from .tides import Alone, Place


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that holds what a build of the theme needs besides chapters: faces take long to make ready."""
    from publish import jobs, pipeline
    from publish.layout import dress
    from publish.layout.model import PROOF
    from publish.pages import References
    from publish.problems import Problems

    place = Place(tmp_path_factory.mktemp("faces"), Path(), Path())
    (place.project / "manuscript").mkdir()
    place.write(0)
    used: set[str] = set()
    real = cache.load

    def load(name: str) -> bytes | None:
        used.add(name)
        return real(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "load", load)
        reading = pipeline.understand(jobs.Job(place.project, Problems(), lambda stage: None))
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
def alone(settle: Callable[[], Place]) -> Alone:
    """The bytes of a book built in one process, with nothing in the cache, undisturbed."""

    def build(seed: int, paragraphs: int = 14) -> bytes:
        quiet = settle()
        quiet.write(seed, paragraphs)
        return quiet.build("--jobs", "1")

    return build
