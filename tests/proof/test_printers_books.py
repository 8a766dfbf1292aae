"""The handbook and the novel as printers get them: interior and cover pass; the essay is refused, with the reason."""

import json
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest

from cli.helpers import run
from conftest import HOUSE, copy_novel, copy_project, import_essay
from publish.manuscript.files import find
from publish.printers.profiles import printer
from publish.problems import Problems

from .programs import ask, complaints, inks

pytestmark = pytest.mark.proof
PRINTERS = ("kdp", "ingram", "lulu")
PAPER = "paper: {name: white, caliper: 0.104}\n"
"""A paper whose thickness is known, for the printer who publishes none."""


def project_of(name: str, request: pytest.FixtureRequest, folder: Path) -> Path:
    """A copy of a book, printed on that paper."""
    if name == "handbook":
        project = copy_project(HOUSE, folder)
    else:
        make = import_essay if name == "essay" else copy_novel
        project = make(request.getfixturevalue("corpus"), folder / name)
    first = project / next(name for name, _ in find(project, Problems()))
    text = first.read_text(encoding="utf-8")
    first.write_text(
        re.sub(r"^paper:.*\n", "", text, count=1, flags=re.MULTILINE).replace("---\n", f"---\n{PAPER}", 1), "utf-8"
    )
    return project


@pytest.mark.parametrize("name", ["handbook", "novel"])
@pytest.mark.parametrize("key", PRINTERS)
def test_interior_and_cover_are_made_and_pass(
    key: str, name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    project = project_of(name, request, tmp_path)
    result = run("build", "print", "cover", "--printer", key, "--format", "json", "--project", project)
    assert result.status == 0, result.out
    heard = [problem for problem in json.loads(result.out) if problem["severity"] != "hint"]
    assert [problem for problem in heard if problem["code"][0] in "NRVX"] == []
    (interior,) = (project / "build").glob(f"*-{key}-interior.pdf")
    (cover,) = (project / "build").glob(f"*-{key}-cover.pdf")
    assert {path.name: complaints(path) for path in (interior, cover)} == {interior.name: {}, cover.name: {}}
    with pikepdf.open(interior) as inside, pikepdf.open(cover) as outside:
        pages = len(inside.pages)
        left, _, right, _ = map(float, outside.pages[0].TrimBox)
        width = float(inside.pages[0].TrimBox[2]) - float(inside.pages[0].TrimBox[0])
    rules = printer(key)
    least, most = rules.pages("black", "white") or (0, 0)
    assert least <= pages <= most
    assert not (rules.file.even and pages % 2)
    spine = rules.spine(pages, "black", "white", 0.104)
    assert spine is not None
    assert right - left == pytest.approx(2 * width + spine / 25.4 * 72, abs=0.5)
    see_parcel(project, key, (interior, cover), tmp_path / "unpacked")
    if key == "ingram":  # Once is enough: all three are made of the same inks.
        assert [page for page in inks(interior) if any(page[:3])] == []


def see_parcel(project: Path, key: str, files: tuple[Path, Path], folder: Path) -> None:
    """See that the printer's parcel, unpacked, holds these very files, and that all its digests are true."""
    sent = run("send", "printer", key, "--project", project)
    assert sent.status == 0, sent.said
    (parcel,) = (project / "build").glob(f"*-{key}.zip")
    with zipfile.ZipFile(parcel) as packed:
        packed.extractall(folder)
    ask("sh", "-c", f"cd '{folder}' && sha256sum -c --strict SHA256SUMS")
    for file in files:
        assert (folder / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("key", PRINTERS)
def test_a_book_under_the_minimum_is_refused_with_it(key: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    project = project_of("essay", request, tmp_path)
    result = run("build", "print", "cover", "--printer", key, "--format", "json", "--project", project)
    assert result.status == 1
    (refusal,) = [problem for problem in json.loads(result.out) if problem["severity"] == "error"]
    least, _ = printer(key).pages("black", "white") or (0, 0)
    assert refusal["code"] == "N002"
    assert f"from {least} pages on" in refusal["message"]
    assert not list((project / "build").glob("*.pdf"))
