"""veraPDF on the editions for screens of whole books: they meet PDF/UA-1, as they claim."""

import io
from pathlib import Path

import pikepdf
import pytest

from conftest import OWN, copy_novel, import_essay
from pdf.editions import set_in
from publish.layout.model import SCREEN
from publish.pdf.claim import claimed
from publish.problems import Problems

from .vera import validate

pytestmark = pytest.mark.proof
BOOKS = ("handbook", "essay", "novel")


@pytest.fixture(scope="module")
def screens(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The finished files, by the names of the books."""
    place = tmp_path_factory.mktemp("screens")
    projects = {
        "handbook": OWN,
        "essay": import_essay(corpus, place / "essay"),
        "novel": copy_novel(corpus, place / "novel"),
    }
    finished = {}
    for name, project in projects.items():
        pdf, heard = set_in(SCREEN, project)
        problems = Problems()
        finished[name] = place / f"{name}.pdf"
        finished[name].write_bytes(claimed(pdf, heard, problems))
        assert list(problems) == []
    return finished


def test_verapdf_finds_no_fault(screens: dict[str, Path]) -> None:
    found = validate([screens[name] for name in BOOKS])
    assert found == {screens[name]: [] for name in BOOKS}


def test_verapdf_finds_what_is_spoilt(screens: dict[str, Path], tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(screens["essay"].read_bytes())) as pdf:
        picture = next(held for held in pdf.objects if isinstance(held, pikepdf.Dictionary) and "/Alt" in held)
        del picture.Alt
        pdf.save(tmp_path / "mute.pdf")
    (breaches,) = validate([tmp_path / "mute.pdf"]).values()
    assert [breach.rule for breach in breaches] == ["7.3-1"]
