"""Which files a manuscript has, in which order, and which are refused."""

import os
import sys
import time
from pathlib import Path

import pytest

from publish.manuscript import files

from .helpers import TITLE, project, reading, said


def paths(folder: Path) -> list[str]:
    manuscript, _ = reading(folder)
    assert manuscript is not None
    return [source.path.removeprefix("manuscript/") for source in manuscript.sources]


def test_files_come_in_natural_order(tmp_path: Path) -> None:
    names = ["10-end.md", "2-middle.md", "1-begin.md", "1-Begin-b.md", "Appendix.MD"]
    project(tmp_path, **dict.fromkeys(names, "Some text.\n"))
    assert paths(tmp_path) == ["1-begin.md", "1-Begin-b.md", "2-middle.md", "10-end.md", "Appendix.MD"]


def test_a_name_comes_before_its_longer_sisters(tmp_path: Path) -> None:
    project(tmp_path, **dict.fromkeys(["chapter-2.md", "chapter.md", "chapter-10.md"], "Some text.\n"))
    assert paths(tmp_path) == ["chapter.md", "chapter-2.md", "chapter-10.md"]


def test_notes_to_oneself_are_left_out_and_said(tmp_path: Path) -> None:
    manuscript, problems = reading(tmp_path, a__md=TITLE + "Text.\n", _plan__md="x", README__md="x", __hidden__md="x")
    assert manuscript is not None
    assert [source.path for source in manuscript.sources] == ["manuscript/a.md"]
    assert said(problems) == [
        "F004 manuscript/.hidden.md:1:1",
        "F004 manuscript/_plan.md:1:1",
        "F004 manuscript/README.md:1:1",
    ]


def test_text_in_other_formats_and_folders_is_not_left_out_in_silence(tmp_path: Path) -> None:
    project(tmp_path, a__md=TITLE + "Text.\n", b__txt="Text.", whale__jpg="", _c__txt="Text.")
    (tmp_path / "manuscript" / "part-two").mkdir()
    (tmp_path / "manuscript" / "part-two" / "c.md").write_text("Text.")
    (tmp_path / "manuscript" / "pictures").mkdir()
    _, problems = reading(tmp_path)
    assert said(problems) == ["F005 manuscript/b.txt:1:1", "F006 manuscript/part-two:1:1"]


def test_without_a_folder_there_is_nothing_to_go_on(tmp_path: Path) -> None:
    assert_stops(tmp_path, "F001")


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    assert_stops(tmp_path, "F002")


def assert_stops(folder: Path, *expected: str) -> None:
    from publish.manuscript.reader import read
    from publish.problems import Problems

    problems = Problems()
    assert read(folder, problems) is None
    assert said(list(problems)) == list(expected)
    assert all(problem.hint for problem in problems)


def test_an_empty_file_is_an_error_and_the_rest_is_read(tmp_path: Path) -> None:
    manuscript, problems = reading(tmp_path, a__md=TITLE + "Text.", b__md=" \n\t\n")
    assert manuscript is not None
    assert said(problems) == ["F003 manuscript/b.md:1:1"]


def test_the_first_file_may_hold_metadata_alone(tmp_path: Path) -> None:
    manuscript, problems = reading(tmp_path, a__md=TITLE, b__md="Text.")
    assert manuscript is not None
    assert said(problems) == []


def test_a_manuscript_of_metadata_alone_is_an_error(tmp_path: Path) -> None:
    project(tmp_path, a__md=TITLE)
    assert_stops(tmp_path, "F017 manuscript/a.md:1:1")


def test_a_link_that_leaves_the_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    book = tmp_path / "book"
    book.mkdir()
    project(book, a__md=TITLE + "Text.")
    (book / "manuscript" / "b.md").symlink_to(tmp_path / "secret")
    (book / "manuscript" / "c.md").symlink_to("c.md")
    (book / "manuscript" / "d.md").symlink_to("a.md")
    manuscript, problems = reading(book)
    assert manuscript is not None
    assert [source.path for source in manuscript.sources] == ["manuscript/a.md", "manuscript/d.md"]
    assert said(problems)[:2] == ["F007 manuscript/b.md:1:1", "F007 manuscript/c.md:1:1"]


def test_a_manuscript_folder_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "manuscript").symlink_to(tmp_path / "elsewhere")
    assert_stops(tmp_path / "book", "F007")


def test_a_fifty_megabyte_file_is_refused_at_once(tmp_path: Path) -> None:
    project(tmp_path, a__md=TITLE + "Text.")
    with (tmp_path / "manuscript" / "b.md").open("wb") as stream:
        stream.truncate(50_000_000)
    began = time.monotonic()
    _, problems = reading(tmp_path)
    assert time.monotonic() - began < 1
    assert said(problems) == ["F010 manuscript/b.md:1:1"]
    assert f"{files.LARGEST_FILE / 1e6:.0f} MB" in problems[0].message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    project(tmp_path, a__md=TITLE + "Text.")
    os.mkfifo(tmp_path / "manuscript" / "b.md")
    (tmp_path / "manuscript" / "c.md").mkdir()
    _, problems = reading(tmp_path)
    assert said(problems) == ["F008 manuscript/b.md:1:1", "F008 manuscript/c.md:1:1"]


def test_an_unreadable_file_is_an_error_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    project(tmp_path, a__md=TITLE)
    assert_stops(tmp_path, "F009 manuscript/a.md:1:1")


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems refuse such names")
def test_a_name_that_is_not_utf8_can_be_spoken_of(tmp_path: Path) -> None:
    project(tmp_path, a__md=TITLE + "Text.")
    (tmp_path / "manuscript" / os.fsdecode(b"b\xff.md")).write_text("")
    _, problems = reading(tmp_path)
    assert said(problems) == ["F003 manuscript/b\ufffd.md:1:1"]
