"""Chapters set by a cluster: Dask's workers are handed bytes, see neither project nor cache, and set the same."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from publish.jobs import Job
from publish.pdf import typeset
from publish.pdf.workshop import Workshop
from publish.pipeline import build
from publish.problems import Problems

from .tides import Alone, Place

pytestmark = pytest.mark.proof


@pytest.fixture
def client(place: Place, tmp_path: Path) -> Iterator[Any]:
    """A cluster of two processes that stand elsewhere, and that Python lets open nothing of the author's."""
    from distributed import Client, LocalCluster

    def shut_out(folder: str, elsewhere: str) -> None:
        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            if event in ("open", "os.listdir", "os.scandir") and str(arguments[0]).startswith(folder):
                raise PermissionError(arguments[0])

        os.chdir(elsewhere)
        sys.addaudithook(watch)

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    own = {"OCTAVO_CACHE": str(elsewhere / "cache"), "HOME": str(elsewhere), "TMPDIR": str(elsewhere)}
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None, "env": own}
    with LocalCluster(local_directory=str(elsewhere), **options) as cluster, Client(cluster) as client:
        client.run(shut_out, str(place.project.parent), str(elsewhere))
        with pytest.raises(PermissionError):
            client.run(os.listdir, str(place.project))
        yield client


def made(place: Place, executor: Executor) -> bytes:
    """A book built with its chapters set by an executor."""
    with Workshop(executor=executor) as workshop:
        job = Job(place.project, Problems(), lambda stage: None, workshop=workshop)
        (output,) = build(job, ["pdf"])
    assert [problem for problem in job.problems if problem.severity != "hint"] == []
    return output.path.read_bytes()


def test_a_cluster_sets_what_one_process_sets(
    client: Any, place: Place, alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(place.cache))
    place.write(90)
    assert made(place, client.get_executor()) == alone(90)
    assert set(client.run(lambda: "weasyprint" in sys.modules).values()) == {True}, "both took part"


def test_five_books_are_built_at_once_on_one_cluster(
    client: Any,
    place: Place,
    settle: Callable[[], Place],
    alone: Alone,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(place.cache))
    monkeypatch.setattr(typeset, "SHORT", 0)
    books = [place, *(settle() for _ in range(4))]
    for seed, book in enumerate(books, 91):
        book.write(seed, paragraphs=2)
    with ThreadPoolExecutor(5) as threads:
        built = list(threads.map(lambda book: made(book, client.get_executor()), books))
    assert len(set(built)) == 5
    assert built == [alone(seed, 2) for seed in range(91, 96)]
