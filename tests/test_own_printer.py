"""A printer of the author's own on the command line: named, listed, built for, and built for anew when it changes."""

from pathlib import Path

import click
import pikepdf
import pytest

from cli.helpers import run
from printers.own import HARBOUR, put
from publish.cli import offering
from publish.manuscript import trims
from publish.unchanged import Build, known

PARAGRAPH = "The lamp was lit, and the harbour lay still until the boats came in at dawn with the tide. " * 12


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "manuscript").mkdir()
    head = "---\ntitle: A Book\nauthor: Ada Brandt\nlang: en\ndate: 2024\nisbn: {harbour: 978-3-16-148410-0}\n---\n\n"
    text = "\n\n".join(f"{number}. {PARAGRAPH}" for number in range(10))
    (tmp_path / "manuscript" / "book.md").write_text(f"{head}# One\n\n{text}\n", encoding="utf-8")
    put(tmp_path, HARBOUR)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_interior_and_cover_are_built_for_it(project: Path) -> None:
    ran = run("build", "print", "cover", "--printer", "harbour")
    assert ran.status == 0, ran.said
    with pikepdf.open(project / "build" / "a-book-harbour-interior.pdf") as pdf:
        pages = len(pdf.pages)
        assert "/Outlines" not in pdf.Root
    with pikepdf.open(project / "build" / "a-book-harbour-cover.pdf") as pdf:
        width = float(pdf.pages[0].MediaBox[2])
    assert width == pytest.approx(2 * 129 * 72 / 25.4 + (pages * 0.002 + 0.02 + 2 * 0.118) * 72, abs=0.5)


def test_a_changed_file_builds_anew_and_one_that_is_the_same_does_not(project: Path) -> None:
    build, words = Build(project, ("print",), printer="harbour"), ("build", "print", "--printer", "harbour")
    assert run(*words).status == 0
    assert known(build) is not None
    put(project, HARBOUR + "# another remark\n")
    assert known(build) is None
    assert "nothing changed" in run(*words).out, "the file says the same"
    assert known(build) is not None
    put(project, HARBOUR.replace("top = 0.4", "top = 0.9"))
    assert known(build) is None
    assert "nothing changed" not in run(*words).out
    (project / "printers" / "harbour.toml").unlink()
    with pytest.raises(click.UsageError, match="there is no printer “harbour”"):
        run(*words)


def test_a_file_that_takes_the_name_of_one_of_ours_withholds_the_build(project: Path) -> None:
    assert run("build", "print", "--printer", "generic").status == 0
    assert known(Build(project, ("print",), printer="generic")) is not None
    put(project, HARBOUR, "generic")
    assert known(Build(project, ("print",), printer="generic")) is None
    ran = run("build", "print", "--printer", "generic")
    assert ran.status == 1
    assert "printers/generic.toml:1:1" in ran.said
    assert "N024" in ran.said


def test_mistakes_in_it_withhold_the_build_and_are_shown_with_their_line(project: Path) -> None:
    put(project, HARBOUR.replace("outer = 0.4", "outer = '10 mm'").replace("ppi = 300\n", ""))
    ran = run("build", "print", "cover", "--printer", "harbour")
    assert ran.status == 1
    assert "printers/harbour.toml:13:1" in ran.said
    assert "outer = '10 mm'" in ran.said
    assert "[file] lacks ppi" in ran.said
    assert "2 errors; nothing was written" in ran.said


@pytest.mark.parametrize("command", [("build", "print"), ("check", "print")])
@pytest.mark.parametrize("name", ["habour", "../harbour", "../../etc/passwd", "harbour.toml", "Harbour"])
def test_an_unknown_name_is_a_matter_of_usage_and_says_what_there_is(
    project: Path, command: tuple[str, str], name: str
) -> None:
    with pytest.raises(click.UsageError, match=r"there are kdp, ingram, lulu, generic, harbour$"):
        run(*command, "--printer", name)
    assert not (project / "build").exists()


def test_a_file_whose_name_no_printer_can_have_is_said_to_be_so(project: Path) -> None:
    put(project, HARBOUR, "My Press")
    with pytest.raises(click.UsageError, match=r"the name of My Press\.toml in printers/"):
        run("build", "print", "--printer", "My Press")


def test_it_is_listed(project: Path) -> None:
    put(project, HARBOUR.replace("ppi = 300\n", ""), "broken")
    put(project, HARBOUR, "proof")
    lines = run("list", "printers").out.splitlines()
    assert "harbour     Harbour Press, as its rules were in 2026-08 (printers/harbour.toml)" in lines
    assert "broken      printers/broken.toml has mistakes: `publish build print --printer broken` says which" in lines
    assert "proof.toml  no printer can have this name: rename printers/proof.toml" in lines
    assert lines[0].startswith("kdp")


def test_trims_are_listed_for_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trim = trims.find("129x198mm")
    monkeypatch.setattr(offering, "book_trims", lambda metadata: [trim])
    ran = run("list", "trims")
    assert ran.status == 0
    assert any(line.startswith("    harbour  ") and "spine" in line for line in ran.out.splitlines())
