"""The shelf of finished books that all readers take from."""

import os
from pathlib import Path

import pytest

from .shelf import Shelf


@pytest.fixture(scope="session")
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shelf"
    folder.mkdir(exist_ok=True)

    def corpus() -> Path:
        found: Path = request.getfixturevalue("corpus")
        return found

    return Shelf(folder, corpus)
