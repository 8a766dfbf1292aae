"""EPUBs that nobody should have made: each of 5 000 is looked into and answered, in little time and memory."""

import re
import resource
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from cli.helpers import run
from epub.reader import dressed
from proof.mutants import mutant, unzipped
from publish.epub import package

pytestmark = pytest.mark.proof
BATCHES, OF = 10, 500
SECONDS = 2
"""Of the processor that one of them may take at most; the slowest takes a tenth of it."""
GROWTH = 300_000
"""Kilobytes by which the process may grow over a batch."""
TEXT = "# One\n\nText.[^a] And *more*.\n\n## Inside\n\n> Said.\n\n[^a]: A note.\n"
TOLD = {"E016", "E090", "E091", "E093", "E095", "E098", "E099"}
"""What is told in every batch."""
CODE = re.compile(r"(?:error|warning) ([A-Z]\d+): ")
RAW = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")


@pytest.fixture(scope="module")
def sound() -> bytes:
    """A small book of ours with all that an EPUB can have."""
    return package(dressed(TEXT, "# Two\n\nThe end.", cover=True))


def test_the_book_that_is_broken_is_sound(sound: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sound.epub"
    file.write_bytes(sound)
    assert run("inspect", file).status == 0


@pytest.mark.parametrize("batch", range(BATCHES))
def test_each_is_answered(batch: int, sound: bytes, tmp_path: Path) -> None:
    files, file = unzipped(sound), tmp_path / "mutant.epub"
    ended: Counter[int] = Counter()
    told: Counter[str] = Counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(batch * OF, (batch + 1) * OF):
        file.write_bytes(mutant(files, Random(number)))
        begin = time.process_time()
        ran = run("inspect", file)
        assert time.process_time() - begin < SECONDS, number
        assert not RAW.search(ran.out + ran.said), number
        assert ran.status == (1 if " error" in f" {ran.said}" else 0), number
        ended[ran.status] += 1
        told.update(set(CODE.findall(ran.said)))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH
    assert ended[1] > OF / 2
    assert ended[0] > OF / 20
    assert told.keys() >= TOLD
