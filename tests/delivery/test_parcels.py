"""A book sent to a printer: what the parcel holds, that it is always the same, and when there is none."""

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pikepdf
import pytest

from cli.helpers import Ran, run
from printers.own import HARBOUR, put
from publish.delivery.fields import PrintFile, Sheet
from publish.delivery.forms import form_of
from publish.delivery.readme import read_me
from publish.jobs import Job
from publish.manuscript.model import Metadata
from publish.outputs import Output
from publish.pipeline import Reading, check_print
from publish.printers.profiles import printer

from .reports import page_of

PARAGRAPH = "The lamp was lit, and the harbour lay still until the boats came in at dawn with the tide. " * 12
METADATA = """subtitle: A Novel of the Coast
author: [Ada Brandt, {name: Ilqar Həsənov, file-as: "Həsənov, Ilqar"}, {name: Luc Moreau, role: translator}]
series: {name: Harbour Stories, number: 3}
edition: 2
publisher: Small Lights Press
isbn: {print: 978-3-16-148410-0}
subject: [lighthouses, keepers, {thema: FBA}, {bisac: FIC019000}]
description: |
  A lighthouse is automated.

  Its last keeper refuses
  to leave.
price: {print: {EUR: 14.00}}
paper: {name: cream, caliper: 0.11}
"""
NEEDED = "description: Of lamps.\n"
"""What a form cannot do without, besides title and author."""


def write(project: Path, paragraphs: int, metadata: str = NEEDED, title: str = "Small Lights", more: str = "") -> Path:
    author = "" if "author:" in metadata else "author: Ada Brandt\n"
    head = (
        f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nlang: en-GB\ndate: 2025-03-14\n{author}{metadata}---\n\n"
    )
    text = "\n\n".join(f"Day {number}. {PARAGRAPH}" for number in range(paragraphs))
    (project / "manuscript").mkdir(exist_ok=True)
    (project / "manuscript" / "book.md").write_text(f"{head}# One\n\n{text}\n\n{more}\n", encoding="utf-8")
    return project


def send(project: Path, printer: str) -> Ran:
    return run("send", "printer", printer, "--project", project)


def parcel_of(project: Path, printer: str, slug: str = "small-lights") -> Path:
    return project / "build" / f"{slug}-{printer}.zip"


def read(project: Path, printer: str, slug: str = "small-lights") -> dict[str, bytes]:
    with zipfile.ZipFile(parcel_of(project, printer, slug)) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book sent to Amazon once."""
    project = write(tmp_path_factory.mktemp("sent"), 60, METADATA)
    ran = send(project, "kdp")
    assert ran.status == 0, ran.said
    return project


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A short book, and a printer that takes it."""
    put(tmp_path, HARBOUR)
    return write(tmp_path, 10)


def test_it_holds_the_very_files_that_were_built_and_the_digest_of_each(sent: Path) -> None:
    things = read(sent, "kdp")
    assert [*things] == [
        "READ-ME.txt",
        "small-lights-kdp-interior.pdf",
        "small-lights-kdp-cover.pdf",
        "report.html",
        "provenance.json",
        "SHA256SUMS",
    ]
    for name in ("small-lights-kdp-interior.pdf", "small-lights-kdp-cover.pdf"):
        assert things[name] == (sent / "build" / name).read_bytes()
    sums = dict(line.split("  ")[::-1] for line in things["SHA256SUMS"].decode().splitlines())
    assert sums == {n: hashlib.sha256(data).hexdigest() for n, data in things.items() if n != "SHA256SUMS"}


def entries(letter: str, labels: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The fields of the form in the order of the letter, with what is to be typed in each."""
    lines = letter.splitlines()
    for at, line in enumerate(lines):
        if line in labels:
            rest = lines[at + 1 :]
            end = next((n for n, other in enumerate(rest) if not other.startswith("    ")), len(rest))
            yield line, [other.removeprefix("    ") for other in rest[:end]]


def test_every_field_of_the_form_is_filled_in_in_its_order(sent: Path) -> None:
    things, labels = read(sent, "kdp"), [field.label for field in form_of("kdp").fields]
    filled = list(entries(things["READ-ME.txt"].decode(), labels))
    assert [label for label, _ in filled] == labels
    said = dict(filled)
    with pikepdf.open(sent / "build" / "small-lights-kdp-interior.pdf") as pdf:
        pages = len(pdf.pages)
    assert said["Language"] == ["English (en-GB)"]
    assert said["Book Title"] == ["Small Lights"]
    assert said["Subtitle"] == ["A Novel of the Coast"]
    assert said["Series"] == ["Harbour Stories, number 3"]
    assert said["Author"] == ["Ada Brandt"]
    assert said["Contributors"] == ["Ilqar Həsənov, author (sorted under “Həsənov, Ilqar”)", "Luc Moreau, translator"]
    assert said["Description"] == ["A lighthouse is automated.", "Its last keeper refuses to leave."]
    assert said["Keywords"] == ["lighthouses", "keepers"]
    assert said["Categories"] == ["BISAC FIC019000", "Thema FBA"]
    assert said["Print ISBN"] == ["978-3-16-148410-0"]
    assert said["Imprint"] == ["Small Lights Press"]
    assert said["Publication Date"] == ["2025-03-14"]
    assert said["Ink and Paper Type"] == ["black ink on cream paper, 0.11 mm a leaf"]
    assert said["Trim Size"] == ["129 × 198 mm (5.079 × 7.795 in)"]
    assert said["Bleed Settings"][0].startswith("No bleed")
    assert said["Manuscript"] == ["small-lights-kdp-interior.pdf"]
    assert said["Page Count"] == [str(pages)]
    assert said["List Price"] == ["14.00 EUR"]
    assert said["Territories"] == ["[Choose those in which you hold the rights.]"]
    spine = re.fullmatch(r"(\S+) mm \((\S+) in\)", said["Spine"][0])
    assert spine
    assert float(spine[2]) == pytest.approx(pages * 0.0025, abs=0.001)


def test_the_report_stands_alone_and_says_what_was_found(sent: Path) -> None:
    data = read(sent, "kdp")["report.html"]
    page = page_of(data)
    assert page.asked == []
    assert "script" not in page.tags
    assert "No errors" in page.text
    assert "N005: Amazon KDP:" in page.text
    assert "KDP help G201857950" in page.text
    assert len(data) < 20_000


def test_its_provenance_names_versions_manuscript_and_the_book_s_own_date(sent: Path) -> None:
    said = json.loads(read(sent, "kdp")["provenance.json"])
    digest = hashlib.sha256((sent / "manuscript" / "book.md").read_bytes()).hexdigest()
    assert said["manuscript"]["files"] == {"manuscript/book.md": digest}
    assert said["date"] == "2025-03-14"
    assert said["made-by"]["weasyprint"] == "70.0"
    assert str(sent) not in json.dumps(said)


def test_a_second_run_and_a_build_elsewhere_give_the_same_bytes(sent: Path, tmp_path: Path) -> None:
    before = parcel_of(sent, "kdp").stat()
    again = send(sent, "kdp")
    assert again.status == 0
    assert "built first" not in again.out
    assert "small-lights-kdp.zip" in again.out
    assert "nothing changed" in again.out
    assert parcel_of(sent, "kdp").stat() == before
    shutil.copytree(sent / "manuscript", tmp_path / "manuscript")
    assert send(tmp_path, "kdp").status == 0
    assert parcel_of(tmp_path, "kdp").read_bytes() == parcel_of(sent, "kdp").read_bytes()


def test_what_is_out_of_date_is_built_first_and_said_to_be(small: Path) -> None:
    first = send(small, "harbour")
    assert first.out.count("was not up to date, and was built first") == 2
    before = read(small, "harbour")
    write(small, 12)
    second = send(small, "harbour")
    assert "small-lights-harbour-interior.pdf was not up to date, and was built first" in second.out
    after = read(small, "harbour")
    assert after["small-lights-harbour-interior.pdf"] != before["small-lights-harbour-interior.pdf"]
    assert after["provenance.json"] != before["provenance.json"]


def test_a_warning_is_in_the_report_whether_or_not_anything_had_to_be_built(small: Path) -> None:
    write(small, 10, more="![A square](square.svg)")
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/><rect width="9" height="9"/></svg>'
    (small / "manuscript" / "square.svg").write_text(square, encoding="utf-8")
    assert "warning L036" in send(small, "harbour").said
    first = parcel_of(small, "harbour").read_bytes()
    assert "L036: " in page_of(read(small, "harbour")["report.html"]).text
    again = send(small, "harbour")
    assert "warning L036" in again.said
    assert "built first" not in again.out
    assert parcel_of(small, "harbour").read_bytes() == first


def test_while_there_are_errors_nothing_is_packed_and_the_last_parcel_stays(small: Path) -> None:
    assert send(small, "harbour").status == 0
    last = parcel_of(small, "harbour").read_bytes()
    write(small, 10, more="See [](#nowhere).")
    ran = send(small, "harbour")
    assert ran.status == 1
    assert "error" in ran.said
    assert "manuscript/book.md:" in ran.said
    assert "nothing was packed" in ran.said
    assert parcel_of(small, "harbour").read_bytes() == last


def test_a_book_that_the_printer_refuses_is_not_packed(small: Path) -> None:
    ran = send(small, "lulu")
    assert ran.status == 1
    assert "N002" in ran.said
    assert not parcel_of(small, "lulu").exists()


def test_an_own_printer_gets_the_usual_form(small: Path) -> None:
    assert send(small, "harbour").status == 0
    letter = read(small, "harbour")["READ-ME.txt"].decode()
    assert letter.startswith("Small Lights: for Harbour Press\n")
    assert [label for label, _ in entries(letter, [field.label for field in form_of("generic").fields])] == [
        field.label for field in form_of("generic").fields
    ]


@pytest.mark.parametrize("name", ["habour", "../harbour", "/etc/passwd", ""])
def test_an_unknown_printer_is_a_matter_of_usage(small: Path, name: str) -> None:
    with pytest.raises(click.UsageError, match=r"there are kdp, ingram, lulu, generic, harbour$"):
        send(small, name)
    assert not (small / "build").exists()


def test_a_hostile_title_neither_climbs_nor_becomes_markup(small: Path) -> None:
    write(small, 10, title="../../x<script>y</script>")
    ran = send(small, "harbour")
    assert ran.status == 0, ran.said
    assert {path.name for path in small.iterdir()} == {"build", "manuscript", "printers"}
    things = read(small, "harbour", "x-script-y-script")
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name) for name in things)
    page = page_of(things["report.html"])
    assert "script" not in page.tags
    assert page.text.strip().startswith("../../x<script>y</script>: what was found for Harbour Press")


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\r"])
def test_a_title_cannot_pretend_to_be_another_field(sign: str) -> None:
    file = PrintFile("a.pdf", b"", 24, 129, 198, 0)
    sheet = Sheet(Metadata(f"Lights{sign}ISBN{sign}    1"), printer("kdp"), file, file, 1.5)
    letter = read_me(sheet, form_of("kdp"), {}).decode()
    assert letter.splitlines()[0] == "Lights ISBN 1: for Amazon KDP"
    assert dict(entries(letter, ["Book Title", "ISBN"])) == {"Book Title": ["Lights ISBN 1"]}


def test_clean_takes_the_parcel_away(small: Path) -> None:
    assert send(small, "harbour").status == 0
    run("clean", "--project", small)
    assert not parcel_of(small, "harbour").exists()


@pytest.mark.parametrize(
    ("metadata", "codes"),
    [("", {"D001"}), (NEEDED, set()), (f"description: {'x ' * 5000}\nblurb: Of lamps.\n", {"D002"})],
)
def test_what_the_form_needs_and_the_manuscript_lacks_is_said(tmp_path: Path, metadata: str, codes: set[str]) -> None:
    write(tmp_path, 60, metadata)
    ran = send(tmp_path, "kdp")
    assert ran.status == 0
    assert {*re.findall(r"warning (D\d+)", ran.said)} == codes
    assert "manuscript/book.md:" in ran.said or not codes


def test_a_manuscript_that_changes_meanwhile_is_not_packed(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(reading: Reading, job: Job) -> list[Output]:
        outputs = check_print(reading, job)
        write(small, 11)
        return outputs

    monkeypatch.setattr("publish.delivery.parcels.check_print", written)
    ran = send(small, "harbour")
    assert ran.status == 1
    assert "error D003: manuscript/book.md changed while the parcel was made" in ran.said
    assert not parcel_of(small, "harbour").exists()
    monkeypatch.undo()
    assert send(small, "harbour").status == 0
