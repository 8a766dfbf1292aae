"""A shelf as Thorium's own library for catalogues reads it, from the address that a reader is given."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.helpers import run
from conftest import copy_project
from delivery.shelf.epubs import metadata, painted, put
from publish.delivery.shelf import feeds

from .foliate import HERE, MODULES

pytestmark = pytest.mark.proof
ACQUISITION = "http://opds-spec.org/acquisition/open-access"
HOUSE = Path(__file__).parents[3]
BOOKS = 12


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook among books of others, in lists of five."""
    folder = tmp_path_factory.mktemp("catalogue")
    for number in range(1, BOOKS):
        odd, author = number % 2 == 1, f"Writer {number % 7}"
        said = metadata(number, author=author, series="Sea &amp; Sky" if odd else "", language="en" if odd else "de")
        put(folder / "books", f"b{number}", said, painted(320, 480) if number % 3 else None)
    copy_project(HOUSE, folder / "books" / "handbook")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeds, "PAGE", 5)
        assert run("send", "shelf", folder / "books", "--to", folder / "shelf").status == 0
    return folder / "shelf"


def read(*paths: Path) -> list[Any]:
    """What it understands of feeds, in the words of OPDS 2.0 whatever they are written in."""
    assert (MODULES / "r2-opds-js").is_dir(), "r2-opds-js is missing: python3 tools/setup.py proof"
    command = [MODULES / ".bin" / "node", HERE / "opds.cjs", MODULES, *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def walked(root: Path) -> Iterator[tuple[Path, Any]]:
    """Every feed that can be reached from the first one, each once, as one that browses gets there."""
    seen, due = {root}, [root]
    while due:
        found = list(zip(due, read(*due), strict=True))
        yield from found
        ahead = [
            (path.parent / link["href"]).resolve()
            for path, feed in found
            for link in [*feed.get("navigation", []), *feed["links"]]
        ]
        due = [path for path in dict.fromkeys(ahead) if path not in seen]
        seen.update(due)


@pytest.mark.parametrize("form", ["xml", "json"])
def test_a_reader_finds_every_book_by_every_way_and_can_fetch_it(shelf: Path, form: str) -> None:
    feeds_read = dict(walked((shelf / f"opds.{form}").resolve()))
    assert {path.suffix for path in feeds_read} == {f".{form}"}
    assert set(feeds_read) == {*(shelf / "feeds").resolve().glob(f"*.{form}"), (shelf / f"opds.{form}").resolve()}
    ways: dict[str, list[str]] = {}
    for path, feed in feeds_read.items():
        for book in feed.get("publications", []):
            ways.setdefault(path.stem.split("-")[0], []).append(book["metadata"]["title"])
            (link,) = [link for link in book["links"] if link["rel"] == ACQUISITION]
            assert (path.parent / link["href"]).read_bytes().startswith(b"PK")
            assert all((path.parent / image["href"]).is_file() for image in book["images"])
    all_of_them = sorted([*(f"Book {number}" for number in range(1, BOOKS)), "The Octavo Handbook"])
    assert sorted(ways["titles"]) == sorted(ways["new"]) == sorted(ways["authors"]) == all_of_them
    assert sorted(ways["languages"]) == all_of_them
    assert sorted(ways["series"]) == sorted(f"Book {number}" for number in range(1, BOOKS, 2))


def first_language(book: Any) -> str:
    """Of a book in Atom the library keeps only the first."""
    said = book["metadata"]["language"]
    return str(said if isinstance(said, str) else said[0])


def subjects(book: Any) -> list[str]:
    """Where they have no code, it gives one form as words and the other as objects."""
    return [one if isinstance(one, str) else one["name"] for one in book["metadata"].get("subject", [])]


def test_both_forms_say_the_same_of_a_book(shelf: Path) -> None:
    forms = read(shelf / "feeds" / "new.xml", shelf / "feeds" / "new.json")
    books = [{book["metadata"]["title"]: book for book in feed["publications"]} for feed in forms]
    assert [*books[0]] == [*books[1]]
    for title, book in books[0].items():
        other = books[1][title]
        assert first_language(book) == first_language(other)
        assert subjects(book) == subjects(other)
        for word in ("identifier", "author", "publisher", "description", "modified"):
            assert str(book["metadata"].get(word)) == str(other["metadata"].get(word)), word
        for feed in (book, other):
            assert feed["metadata"]["title"] == title
        assert [image["href"] for image in book["images"]][:1] == [image["href"] for image in other["images"]][:1]


def test_a_series_and_its_numbers_are_understood(shelf: Path) -> None:
    (series,) = (path for path in (shelf / "feeds").glob("series-sea*.json") if "-p" not in path.stem)
    for feed in read(series, series.with_suffix(".xml")):
        told = [book["metadata"]["belongsTo"]["series"] for book in feed["publications"]]
        assert [(one["name"], one["position"]) for one in told] == [("Sea & Sky", number) for number in range(1, 10, 2)]
