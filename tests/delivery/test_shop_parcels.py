"""A book sent to a shop: EPUB, cover and record in one parcel, always the same; and when there is none."""

import io
import shutil
import zipfile
from pathlib import Path

import click
import pytest
from lxml import etree
from PIL import Image

from cli.helpers import Ran, book, run
from cli.helpers import write as write_files
from printers.own import HARBOUR, put
from publish.delivery.onix import NAMESPACE
from publish.printers.own import own_names, unusable_names

from .reports import page_of

TEXT = "# One\n\nThe lamp was lit.\n"
PRICED = "price: {epub: {EUR: 6.99}}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A short book, tried by our own rules alone: the others take long, and have a test of their own below."""
    monkeypatch.setattr("publish.checks.epubcheck.installed", lambda: False)
    monkeypatch.setattr("publish.checks.ace.find", lambda: None)
    return write(tmp_path)


def write(project: Path, metadata: str = PRICED, text: str = TEXT) -> Path:
    write_files(project, book(text))
    file = project / "manuscript" / "a.md"
    file.write_text(file.read_text(encoding="utf-8").replace("---\n", f"---\n{metadata}", 1), encoding="utf-8")
    return project


def paint_cover(project: Path, width: int, height: int) -> None:
    Image.effect_noise((width, height), 80).convert("RGB").save(project / "manuscript" / "cover.png")
    write(project, f"{PRICED}cover-image: manuscript/cover.png\n")


def send(project: Path, shop: str) -> Ran:
    return run("send", "shop", shop, "--project", project)


def read(project: Path, shop: str) -> dict[str, bytes]:
    with zipfile.ZipFile(project / "build" / f"the-whale-{shop}.zip") as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


def test_it_holds_the_epub_that_was_built_its_cover_and_its_record(project: Path) -> None:
    ran = send(project, "kobo")
    assert ran.status == 0, ran.said
    assert "the-whale.epub was not up to date, and was built first" in ran.out
    things = read(project, "kobo")
    assert [*things] == ["the-whale.epub", "the-whale.jpg", "onix.xml", "report.html", "provenance.json", "SHA256SUMS"]
    assert things["the-whale.epub"] == (project / "build" / "the-whale.epub").read_bytes()
    assert etree.fromstring(things["onix.xml"]).tag == f"{{{NAMESPACE}}}ONIXMessage"
    page = page_of(things["report.html"])
    assert "The Whale: what was found for Kobo" in page.text
    assert "Kobo EPUB Guidelines: Footnotes/Endnotes" in page.text
    assert page.asked == []


def test_a_second_run_packs_and_builds_nothing(project: Path) -> None:
    assert send(project, "kobo").status == 0
    first = read(project, "kobo")
    again = send(project, "kobo")
    assert "nothing changed" in again.out
    assert "built first" not in again.out
    assert read(project, "kobo") == first


def test_the_cover_is_a_jpeg_as_large_as_the_shop_takes_it(project: Path) -> None:
    assert send(project, "kindle").status == 0
    with Image.open(io.BytesIO(read(project, "kindle")["the-whale.jpg"])) as cover:
        assert (cover.format, cover.mode, cover.size) == ("JPEG", "RGB", (1600, 2560))


@pytest.mark.parametrize(("shop", "size", "told"), [("apple", (1000, 1500), True), ("apple", (1400, 2000), False)])
def test_a_cover_with_too_few_pixels_is_said_at_its_key(
    project: Path, shop: str, size: tuple[int, int], told: bool
) -> None:
    paint_cover(project, *size)
    ran = send(project, shop)
    assert ran.status == 0, ran.said
    assert ("warning D010" in ran.said) == told
    assert ("manuscript/a.md:3:" in ran.said) == told
    with Image.open(io.BytesIO(read(project, shop)["the-whale.jpg"])) as cover:
        assert (cover.format, cover.size) == ("JPEG", size)


def test_a_price_that_is_not_said_is_asked_for(project: Path) -> None:
    assert "D011" not in send(project, "apple").said
    write(project, "")
    ran = send(project, "apple")
    assert (ran.status, ran.said.count("warning D011")) == (0, 1)


def test_while_there_are_errors_nothing_is_packed(project: Path) -> None:
    write(project, PRICED, "# One\n\nSee [](#nowhere).\n")
    ran = send(project, "google")
    assert ran.status == 1
    assert "manuscript/a.md:" in ran.said
    assert "nothing was packed" in ran.said
    assert not list((project / "build").glob("*.zip"))


def test_an_unknown_shop_is_a_matter_of_usage(project: Path) -> None:
    with pytest.raises(click.UsageError, match="kindle"):
        send(project, "../kobo")


def test_no_own_printer_takes_the_name_of_a_shop_s_parcel(project: Path) -> None:
    put(project, HARBOUR, "kobo")
    assert own_names(project) == ()
    assert unusable_names(project) == ("kobo.toml",)


@pytest.mark.proof
def test_every_shop_s_parcel_passes_the_validators_and_is_the_same_elsewhere(tmp_path: Path) -> None:
    first = write(tmp_path / "first")
    shutil.copytree(first, tmp_path / "second")
    for shop in ("apple", "kobo", "google", "kindle"):
        assert send(first, shop).status == 0
        assert send(tmp_path / "second", shop).status == 0
        assert read(first, shop) == read(tmp_path / "second", shop)
