"""The container: a zip file as the standard wants it, the same bytes wherever and whenever it is made."""

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from epub.reader import Reader, a_cover, dressed, read
from layout.helpers import photo
from publish.epub import package
from publish.epub.container import pack
from publish.epub.model import Item, Package

TEXT = "# One\n\nWords.^[A note.]\n\n# Two\n\nMore words."


def packed(*items: Item, **values: object) -> bytes:
    """A package of these items."""
    whole = Package(items, ("a",), (), "en", "pub-id", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC))
    return pack(replace(whole, **values))  # type: ignore[arg-type]  # the test's keywords


A = Item("a", "a.xhtml", "application/xhtml+xml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>")


def test_the_media_type_comes_first_and_is_stored() -> None:
    archive = Reader(packed(A)).zip
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert archive.read("mimetype") == b"application/epub+zip"
    assert packed(A)[30:58] == b"mimetypeapplication/epub+zip"


def test_our_bytes_go_in_as_they_are() -> None:
    odd = b"<?xml version='1.0'?><!-- kept --><html  xmlns='http://www.w3.org/1999/xhtml' />\n\n"
    assert Reader(packed(replace(A, data=odd))).bytes("a.xhtml") == odd


def test_every_entry_bears_the_date_of_the_book_and_one_mode() -> None:
    entries = Reader(packed(A)).zip.infolist()
    assert {entry.date_time for entry in entries} == {(2024, 5, 6, 7, 8, 8)}
    assert {(entry.create_system, entry.external_attr >> 16) for entry in entries} == {(3, 0o100644)}


def test_a_date_before_zip_files_were_known_is_their_first_day() -> None:
    entries = Reader(packed(A, modified=datetime(1813, 1, 28, tzinfo=UTC))).zip.infolist()
    assert {entry.date_time[0] for entry in entries} == {1980}


def test_pictures_are_stored_and_words_packed() -> None:
    archive = Reader(packed(A, Item("b", "b.png", "image/png", photo("PNG")))).zip
    ways = {entry.filename: entry.compress_type for entry in archive.infolist()}
    assert (ways["EPUB/b.png"], ways["EPUB/a.xhtml"]) == (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(
    "item", [replace(A, data=b""), replace(A, id="b"), replace(A, name="b.xhtml")], ids=["empty", "name", "id"]
)
def test_what_would_break_a_package_is_refused(item: Item) -> None:
    with pytest.raises(ValueError, match=r"xhtml"):
        packed(A, item) if item.data else packed(item)


def test_every_file_is_in_the_manifest_and_every_manifest_item_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "lamp.png").write_bytes(photo("PNG"))
    epub = read(TEXT + "\n\n![Lamp](lamp.png)", root=tmp_path, cover=True)
    listed = {f"EPUB/{name}" for name in epub.values("content.opf", "//opf:item/@href")}
    assert listed == set(epub.zip.namelist()) - {"mimetype", "META-INF/container.xml", "EPUB/content.opf"}


def test_the_manifest_says_what_documents_hold() -> None:
    epub = read(TEXT, cover=True)
    assert epub.values("content.opf", "//opf:item[@href='nav.xhtml']/@properties") == ["nav"]
    assert epub.values("content.opf", "//opf:item[@href='chapter-01.xhtml']/@properties") == []
    assert epub.values("content.opf", "//opf:spine/@toc") == ["ncx"]


class TestCover:
    def test_it_comes_first_with_the_title_for_its_words(self) -> None:
        epub = read(TEXT, cover=True, title="A & <B>")
        assert epub.spine[0] == "cover.xhtml"
        image = epub.find("cover.xhtml", "//h:section[@epub:type='cover']/h:img")
        assert (image.get("src"), image.get("alt"), image.get("role")) == ("cover.png", "A & <B>", "doc-cover")
        assert epub.bytes("cover.png") == a_cover().data

    def test_a_book_may_have_none(self) -> None:
        epub = read(TEXT)
        assert "cover" not in epub.text("content.opf")
        assert "cover" not in epub.text("nav.xhtml")

    def test_the_picture_may_stand_in_the_text_too(self, tmp_path: Path) -> None:
        (tmp_path / "cover.png").write_bytes(photo("PNG"))
        rendition = dressed("# One\n\n![The cover](cover.png)", root=tmp_path, cover_image="cover.png")
        (shown,) = rendition.pictures.values()
        epub = Reader(package(replace(rendition, cover=shown)))
        assert epub.bytes("cover.png") == epub.bytes("images/cover.png")


class TestDate:
    def test_it_is_the_day_of_the_last_change_else_of_the_book(self) -> None:
        assert read(TEXT, date="2020", modified="2021-02-03").meta("dcterms:modified") == ["2021-02-03T00:00:00Z"]
        assert read(TEXT, date="2020-06").meta("dcterms:modified") == ["2020-06-01T00:00:00Z"]

    def test_without_either_the_epoch_dates_it_and_else_a_fixed_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
        assert read(TEXT).meta("dcterms:modified") == ["1970-01-02T00:00:00Z"]
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
        assert read(TEXT).meta("dcterms:modified") == ["1980-01-01T00:00:00Z"]


def test_processes_make_the_same_bytes_wherever_and_whenever() -> None:
    program = (
        "import sys; sys.path[:0] = [sys.argv[1]]\n"
        "from hashlib import sha256\n"
        "from epub.reader import dressed\n"
        "from epub.test_container import TEXT\n"
        "from publish.epub import package\n"
        "print(sha256(package(dressed(TEXT, cover=True, date='2024-05-06'))).hexdigest())"
    )
    tests = str(Path(__file__).parent.parent)
    digests = {hashlib.sha256(package(dressed(TEXT, cover=True, date="2024-05-06"))).hexdigest()}
    for zone, seed in (("UTC", "0"), ("Asia/Baku", "1"), ("America/New_York", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", program, tests], env=environment, capture_output=True, check=True)
        digests.add(run.stdout.decode().strip())
    assert len(digests) == 1
