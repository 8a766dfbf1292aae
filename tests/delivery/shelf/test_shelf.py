"""A shelf of books: what stands on it, how one gets there, and that it is never worse than it was."""

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from cli.helpers import Ran, book, run, write
from publish.delivery.shelf import feeds

from . import epubs
from .epubs import metadata, painted, put

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three books: two by one author, one of them with a cover and in German."""
    found = tmp_path / "books"
    put(found, "one", metadata(1, author="Ada Brandt", series="The Sea"), painted(400, 600))
    put(found / "deeper", "two", metadata(2, author="Ada Brandt", series="The Sea"))
    put(found, "three", metadata(3, author="Çelik, Ö.", language="de-AT"))
    return found


def send(*words: str | Path, to: Path) -> Ran:
    return run("send", "shelf", *words, "--to", to)


def atom(path: Path) -> etree._Element:
    return etree.fromstring(path.read_bytes())


def titles(path: Path) -> list[str]:
    """The entries of a feed by their titles, the same in both of its forms."""
    in_atom = [str(title.text) for title in atom(path).iter(f"{ATOM}title")][1:]
    said = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    in_json = [one["metadata"]["title"] for one in said.get("publications", [])]
    assert in_atom == in_json + [one["title"] for one in said.get("navigation", [])]
    return in_atom


def feed(shelf: Path, beginning: str) -> Path:
    (found,) = (shelf / "feeds").glob(f"{beginning}*.xml")
    return found


def publication(shelf: Path, title: str) -> Any:
    said = json.loads((shelf / "feeds" / "titles.json").read_text(encoding="utf-8"))
    return next(one for one in said["publications"] if one["metadata"]["title"] == title)


def test_every_book_is_found_by_title_author_series_and_language(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    ran = send(folder, "--title", "Books of the sea", to=shelf)
    assert (ran.status, ran.said) == (0, "")
    assert "3 books" in ran.out
    assert titles(shelf / "opds.xml") == ["Newest", "All books", "Authors", "Series", "Languages"]
    assert titles(shelf / "feeds" / "titles.xml") == ["Book 1", "Book 2", "Book 3"]
    assert titles(shelf / "feeds" / "new.xml") == ["Book 3", "Book 2", "Book 1"]
    assert titles(shelf / "feeds" / "authors.xml") == ["Ada Brandt", "Çelik, Ö."]
    assert titles(feed(shelf, "authors-ada")) == ["Book 1", "Book 2"]
    assert titles(feed(shelf, "series-the-sea")) == ["Book 1", "Book 2"]
    assert titles(shelf / "feeds" / "languages.xml") == ["Deutsch", "English"]
    assert titles(feed(shelf, "languages-de")) == ["Book 3"]


def test_a_book_says_its_series_its_number_there_and_where_its_file_is(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    send(folder, to=shelf)
    found = publication(shelf, "Book 2")
    assert found["metadata"]["belongsTo"] == {"series": {"name": "The Sea", "position": 2}}
    assert found["metadata"]["author"] == [{"name": "Ada Brandt"}]
    (link,) = found["links"]
    assert (shelf / "feeds" / link["href"]).resolve().read_bytes() == (folder / "deeper" / "two.epub").read_bytes()


def test_a_cover_is_there_as_it_is_and_small_and_boards_stand_for_none(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    send(folder, to=shelf)
    whole, small = publication(shelf, "Book 1")["images"]
    assert (shelf / "feeds" / whole["href"]).resolve().read_bytes() == painted(400, 600)
    with Image.open((shelf / "feeds" / small["href"]).resolve()) as image:
        assert image.size == (small["width"], small["height"]) == (300, 450)
    (plain,) = publication(shelf, "Book 2")["images"]
    assert plain["href"] == "../books/plain.jpg"


def test_the_digests_of_all_files_are_there_and_true(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    send(folder, to=shelf)
    checked = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=shelf, check=True, capture_output=True)
    named = {line.partition(b": ")[0].decode() for line in checked.stdout.splitlines()}
    there = {path.relative_to(shelf).as_posix() for path in shelf.rglob("*") if path.is_file()}
    assert there - named == {"SHA256SUMS", ".octavo-shelf"}


def state(shelf: Path) -> dict[str, tuple[str, int]]:
    """Every file of a shelf with the digest of its bytes and its date."""
    files = [path for path in shelf.rglob("*") if path.is_file()]
    return {
        path.relative_to(shelf).as_posix(): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in files
        if path.name not in ("SHA256SUMS", ".octavo-shelf")
    }


def test_sent_again_nothing_is_touched(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    send(folder, to=shelf)
    before = state(shelf)
    assert "0 files new or changed, 0 removed" in send(folder, to=shelf).out
    assert state(shelf) == before


def test_the_same_books_make_the_same_bytes_elsewhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(folder, to=tmp_path / "shelf")
    shutil.copytree(folder, tmp_path / "moved")
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "another"))
    send(tmp_path / "moved", to=tmp_path / "second")
    digests = [{name: digest for name, (digest, _) in state(tmp_path / one).items()} for one in ("shelf", "second")]
    assert digests[0] == digests[1]
    assert str(tmp_path) not in "".join(
        path.read_text("utf-8", "replace") for path in (tmp_path / "shelf").rglob("*.*ml")
    )


def test_a_book_that_is_gone_is_taken_off_with_all_its_files_and_no_other(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    send(folder, to=shelf)
    (shelf / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "three.epub").unlink()
    assert send(folder, to=shelf).status == 0
    assert titles(shelf / "feeds" / "titles.xml") == ["Book 1", "Book 2"]
    assert not [name for name in state(shelf) if "book-3" in name or "celik" in name]
    assert (shelf / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_changed_book_is_new_on_the_shelf_and_a_damaged_copy_is_mended(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    send(folder, to=shelf)
    (copy,) = shelf.glob("books/book-3-*/book-3.epub")
    copy.write_bytes(copy.read_bytes()[:-1])
    put(folder, "one", metadata(1, author="Bo Ek"), painted(300, 600))
    assert send(folder, to=shelf).status == 0
    assert copy.read_bytes() == (folder / "three.epub").read_bytes()
    assert publication(shelf, "Book 1")["metadata"]["author"] == [{"name": "Bo Ek"}]
    assert publication(shelf, "Book 1")["images"][0]["width"] == 300


def test_long_lists_are_cut_into_pages_that_lead_to_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "PAGE", 4)
    for number in range(10):
        put(tmp_path / "books", f"b{number}", metadata(number))
    shelf = tmp_path / "shelf"
    send(tmp_path / "books", to=shelf)
    found, at = [], "titles.xml"
    while at:
        page = shelf / "feeds" / at
        found += titles(page)
        links = {link.get("rel"): link.get("href") for link in atom(page).iterfind(f"{ATOM}link")}
        assert links["last"] == "titles-p3.xml"
        at = links.get("next") or ""
    assert found == [f"Book {number}" for number in range(10)]


def test_a_project_is_built_first_and_says_so(tmp_path: Path) -> None:
    project, shelf = write(tmp_path / "whale", book("# One\n\nThe lamp was lit.\n")), tmp_path / "shelf"
    first = send(project, to=shelf)
    assert first.status == 0, first.said
    assert "the-whale.epub was not up to date and has been built" in first.out
    again = send(project, to=shelf)
    assert "has been built" not in again.out
    assert "0 files new" in again.out
    (copy,) = shelf.glob("books/*/the-whale.epub")
    assert copy.read_bytes() == (project / "build" / "the-whale.epub").read_bytes()


def test_the_pdf_for_screens_stands_beside_the_epub_where_it_was_made_before(tmp_path: Path) -> None:
    project, shelf = write(tmp_path / "whale", book("# One\n\nThe lamp was lit.\n")), tmp_path / "shelf"
    assert run("build", "screen", "--project", project).status == 0
    send(project, to=shelf)
    links = publication(shelf, "The Whale")["links"]
    assert [(link["title"], link["type"]) for link in links] == [
        ("EPUB", "application/epub+zip"),
        ("PDF", "application/pdf"),
    ]


def test_a_project_with_errors_leaves_the_shelf_as_it_was(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    send(folder, to=shelf)
    before = state(shelf)
    project = write(tmp_path / "whale", book("# One\n\nSee [^nothing].\n"))
    ran = send(folder, project, to=shelf)
    assert ran.status == 1
    assert ran.said.endswith("the shelf is as it was\n")
    assert state(shelf) == before


def test_all_files_that_cannot_be_read_are_named_at_once_and_the_shelf_stays(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    send(folder, to=shelf)
    before = state(shelf)
    (folder / "bad.epub").write_bytes(b"no zip")
    (folder / "worse.epub").write_bytes(epubs.epub(metadata(9))[:200])
    ran = send(folder, to=shelf)
    assert ran.status == 1
    assert ran.said.count("D202") == 2
    assert state(shelf) == before


def test_two_files_of_one_book_are_told_but_not_a_copy_of_the_same_file(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "one.epub", folder / "copy.epub")
    assert "3 books" in send(folder, to=tmp_path / "shelf").out
    put(folder, "older", metadata(1, author="Ada B."))
    ran = send(folder, to=tmp_path / "shelf")
    assert (ran.status, ran.said.count("D203")) == (1, 1)


def test_a_folder_without_a_book_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "D201" in send(tmp_path / "empty", to=tmp_path / "shelf").said


def test_no_folder_that_holds_other_things_becomes_a_shelf(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    write(mine, {"letter.txt": "dear"})
    ran = send(folder, to=mine)
    assert (ran.status, "D204" in ran.said) == (1, True)
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]


def test_a_shelf_inside_the_folder_of_books_is_not_read_as_books(folder: Path) -> None:
    assert "3 books" in send(folder, to=folder / "shelf").out
    assert "3 books" in send(folder, to=folder / "shelf").out


def test_a_shelf_that_cannot_be_written_is_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "shelf" / "opds.xml"))

    monkeypatch.setattr("publish.delivery.shelf.folder.write_atomically", full)
    ran = send(folder, to=tmp_path / "shelf")
    assert (ran.status, "D205" in ran.said, "No space left" in ran.said) == (1, True, True)


HOSTILE = (
    "<dc:description>&lt;script&gt;alert(1)&lt;/script&gt;A &lt;b&gt;bold&lt;/b&gt; tale</dc:description>"
    '<dc:creator id="a">"&gt;&lt;img src=x onerror=alert(2)&gt;</dc:creator>'
    '<meta refines="#a" property="file-as">../../../etc</meta>'
    "<dc:language>en&quot; onload=&quot;x</dc:language><dc:date>yesterday</dc:date>"
    '<meta property="dcterms:modified">0001-01-01T00:00:00+23:00</meta>'
    '<meta property="belongs-to-collection" id="s">../../up</meta>'
    '<meta refines="#s" property="group-position">1e999</meta>'
    '<dc:identifier id="id">../../../../evil\u202e</dc:identifier><dc:title>../../&lt;b&gt;Evil&lt;/b&gt;</dc:title>'
)


def test_hostile_metadata_stay_words(tmp_path: Path) -> None:
    put(tmp_path / "books", "evil", HOSTILE, b"no picture at all")
    shelf = tmp_path / "shelf"
    ran = send(tmp_path / "books", "--title", 'A"><script>x</script>\n\x00B', to=shelf)
    assert ran.status == 0, ran.said
    assert {path.name for path in tmp_path.iterdir()} <= {"books", "shelf", "cache"}
    page = (shelf / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img src=x" not in page
    found = publication(shelf, "../../<b>Evil</b>")["metadata"]
    assert found["identifier"].startswith("urn:uuid:")
    assert found["modified"] == "1970-01-01T00:00:00Z"
    assert "language" not in found
    assert "position" not in found["belongsTo"]["series"]
    assert found["description"] == "alert(1) A bold tale"
    assert atom(shelf / "opds.xml").findtext(f"{ATOM}title") == 'A"><script>x</script> B'
