"""What all tests share: the books that stand in OCTAVO_CORPUS, and a cache of their own for every run."""

import os
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of whole books, or a skip that says so."""
    folder = os.environ.get("OCTAVO_CORPUS")
    if not folder:
        pytest.skip("OCTAVO_CORPUS names no folder of books")
    return Path(folder)
