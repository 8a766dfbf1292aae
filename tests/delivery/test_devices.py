"""A book copied to an e-reader: which reader, what arrives there, and what is left where it does not."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.helpers import Ran, book, run, write
from publish.delivery import devices

MARKS = {"Kobo": ".kobo/KoboReader.sqlite", "Kindle": "system/version.txt", "PocketBook": "system/config/global.cfg"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "whale", book("# One\n\nThe lamp was lit.\n"))


@pytest.fixture
def connect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Connects a reader as a desktop does: at a folder of its own among other drives."""
    drives = tmp_path / "media"
    write(drives, {"stick/photo.jpg": b"", "kobo-backup/readme.txt": b""})
    monkeypatch.setattr(devices, "drives", lambda: iter(sorted(drives.iterdir())))

    def connect_one(name: str) -> Path:
        write(drives / name, {MARKS[name]: b""})
        if name == "Kindle":
            (drives / name / "documents").mkdir()
        return drives / name

    return connect_one


def send(project: Path, *words: str | Path) -> Ran:
    return run("send", "device", *words, "--project", project)


def files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "folder"), [("Kobo", ""), ("PocketBook", "Books/")])
def test_the_epub_is_built_and_copied_to_the_reader_that_is_connected(
    project: Path, connect: Callable[[str], Path], name: str, folder: str
) -> None:
    root = connect(name)
    ran = send(project)
    assert ran.status == 0, ran.said
    assert "the-whale.epub was not up to date and has been built" in ran.out
    assert f"the-whale.epub is now on the {name} at {root / folder}".rstrip("/") in ran.out
    assert (root / folder / "the-whale.epub").read_bytes() == (project / "build" / "the-whale.epub").read_bytes()
    assert files(root) == {MARKS[name], f"{folder}the-whale.epub"}


def test_a_kindle_gets_the_pdf_for_screens_and_is_told_how_the_epub_gets_there(
    project: Path, connect: Callable[[str], Path]
) -> None:
    root = connect("Kindle")
    ran = send(project)
    assert (ran.status, "D212" in ran.said) == (0, True)
    assert files(root / "documents") == {"the-whale-screen.pdf"}
    asked = send(project, "--edition", "epub")
    assert (asked.status, "D212" in asked.said) == (0, False)
    assert files(root / "documents") == {"the-whale-screen.pdf", "the-whale.epub"}


def test_what_is_there_already_is_not_written_again(project: Path, connect: Callable[[str], Path]) -> None:
    root = connect("Kobo")
    send(project)
    before = (root / "the-whale.epub").stat()
    ran = send(project)
    assert (ran.status, "was already on the Kobo" in ran.out) == (0, True)
    assert (root / "the-whale.epub").stat().st_ino == before.st_ino


def test_a_folder_that_is_named_is_taken_whatever_it_is(project: Path, tmp_path: Path) -> None:
    (tmp_path / "tolino").mkdir()
    assert send(project, tmp_path / "tolino").status == 0
    assert files(tmp_path / "tolino") == {"the-whale.epub"}


def test_a_reader_that_is_named_gets_it_where_its_books_are(
    project: Path, connect: Callable[[str], Path], tmp_path: Path
) -> None:
    root = connect("PocketBook")
    connect("Kobo")
    assert send(project, root).status == 0
    assert (root / "Books" / "the-whale.epub").is_file()


def test_without_a_reader_nothing_is_built(project: Path, connect: Callable[[str], Path]) -> None:
    ran = send(project)
    assert (ran.status, "D210" in ran.said, "nothing was copied" in ran.said) == (1, True, True)
    assert not (project / "build").exists()


def test_of_two_readers_none_is_guessed(project: Path, connect: Callable[[str], Path]) -> None:
    roots = [connect("Kobo"), connect("PocketBook")]
    ran = send(project)
    assert (ran.status, "D211" in ran.said) == (1, True)
    assert all(str(root) in " ".join(ran.said.split()) for root in roots)


def test_a_book_with_errors_is_not_copied(project: Path, connect: Callable[[str], Path]) -> None:
    root = connect("Kobo")
    write(project, book("# One\n\nSee [^nothing].\n"))
    ran = send(project)
    assert (ran.status, files(root)) == (1, {MARKS["Kobo"]})


def test_a_reader_that_is_full_keeps_what_it_has(
    project: Path, connect: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = connect("Kobo")
    (root / "the-whale.epub").write_bytes(b"an older edition")
    usage = shutil.disk_usage(root)._replace(free=2000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    ran = send(project)
    assert (ran.status, "D213" in ran.said) == (1, True)
    assert (root / "the-whale.epub").read_bytes() == b"an older edition"


def test_a_cable_pulled_out_leaves_the_old_file_whole(
    project: Path, connect: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = connect("Kobo")
    (root / "the-whale.epub").write_bytes(b"an older edition")

    def pulled(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    run("build", "epub", "--project", project)
    monkeypatch.setattr("os.fsync", pulled)
    ran = send(project)
    assert (ran.status, "D214" in ran.said, "Input/output error" in ran.said) == (1, True, True)
    assert files(root) == {MARKS["Kobo"], "the-whale.epub"}
    assert (root / "the-whale.epub").read_bytes() == b"an older edition"


def test_what_arrives_damaged_is_removed_and_told(
    project: Path, connect: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = connect("Kobo")
    (root / "the-whale.epub").write_bytes(b"an older edition")
    monkeypatch.setattr(devices, "_read_back", lambda _path: "another digest")
    ran = send(project)
    assert (ran.status, "D215" in ran.said) == (1, True)
    assert files(root) == {MARKS["Kobo"], "the-whale.epub"}
    assert (root / "the-whale.epub").read_bytes() == b"an older edition"


def test_drives_are_looked_for_where_desktops_mount_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []

    def listed(path: Path) -> Iterator[Any]:
        asked.append(str(path))
        return iter(())

    monkeypatch.setattr(Path, "iterdir", listed)
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    assert list(devices.drives()) == []
    assert asked == ["/run/media/ada", "/media/ada", "/media", "/mnt", "/Volumes"]
