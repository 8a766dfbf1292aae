"""The command line: what it says, what it ends with, and that its next step works where the user stands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import HOUSE
from layout.helpers import photo
from publish.cli import publish
from publish.cli.showing import open_file

LETTER = HOUSE / "tests" / "books" / "letter"
SLUG = "on-keeping-bees-in-the-city"
MISTAKE = "---\ntitle: A Mistake\ndate: 2020-01-01\n---\n\nSee [the lamp](#lamp).\n\n\tAnd [the bell](#bell).\n"


def typed(*words: str) -> Result:
    """What a command says and ends with, when it is typed."""
    return CliRunner().invoke(publish, words, standalone_mode=False)


def status(result: Result) -> int:
    assert result.exception is None, result.exception
    return int(result.return_value)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the user stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def letter(here: Path) -> Path:
    """The user stands in a project."""
    shutil.copytree(LETTER / "manuscript", here / "manuscript")
    return here


class TestBuild:
    def test_every_file_is_named_with_its_pages_size_and_time(self, letter: Path) -> None:
        result = typed("build")
        assert status(result) == 0
        assert re.search(rf"^build/{SLUG}\.pdf  1 page, \d+ kB  \(\d+\.\d s\)$", result.stdout, re.M)
        assert re.search(rf"^build/{SLUG}\.epub  \d+ kB  \(\d+\.\d s\); pages as in {SLUG}\.pdf$", result.stdout, re.M)
        assert result.stdout.endswith("next: publish check\n")

    def test_a_second_build_lays_nothing_out_and_says_so(self, letter: Path) -> None:
        typed("build", "pdf")
        first = (letter / "build" / f"{SLUG}.pdf").stat().st_mtime_ns
        result = typed("build", "pdf")
        assert "(nothing changed, nothing laid out)" in result.stdout
        assert (letter / "build" / f"{SLUG}.pdf").stat().st_mtime_ns == first

    def test_the_next_step_after_one_book_is_the_other(self, letter: Path) -> None:
        assert typed("build", "pdf").stdout.endswith("next: publish build epub\n")
        assert typed("build", "epub").stdout.endswith("next: publish build pdf\n")

    @pytest.mark.parametrize(
        ("name", "quoted"), [("My Novel", "'My Novel'"), ("Léa's Novel", '"Léa\'s Novel"'), ("novel", "novel")]
    )
    def test_the_next_step_can_be_typed_as_it_stands(self, name: str, quoted: str, here: Path) -> None:
        shutil.copytree(LETTER / "manuscript", here / name / "manuscript")
        said = typed("build", "pdf", "--project", name).stdout
        assert f"{name}/build/{SLUG}.pdf" in said
        assert said.endswith(f"next: publish build epub --project {quoted}\n")

    def test_in_the_house_the_next_step_is_said_in_words_of_make(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shutil.copytree(LETTER / "manuscript", tmp_path / "a book" / "manuscript")
        monkeypatch.chdir(HOUSE)
        said = typed("build", "pdf", "--project", str(tmp_path / "a book")).stdout
        assert said.endswith(f"next: make epub BOOK='{tmp_path / 'a book'}'\n")

    def test_all_mistakes_are_said_at_once_and_nothing_is_written(self, here: Path) -> None:
        (here / "manuscript").mkdir()
        (here / "manuscript" / "a.md").write_text(MISTAKE, encoding="utf-8")
        result = typed("build")
        assert status(result) == 1
        assert "manuscript/a.md:6:" in result.stderr
        assert "manuscript/a.md:8:" in result.stderr
        assert result.stderr.endswith("2 errors; nothing was written\n")
        assert not (here / "build").exists()

    def test_a_draft_is_built_in_spite_of_mistakes(self, here: Path) -> None:
        (here / "manuscript").mkdir()
        (here / "manuscript" / "a.md").write_text(MISTAKE, encoding="utf-8")
        result = typed("build", "pdf", "--draft")
        assert status(result) == 0
        assert "build/a-mistake-draft.pdf  1 page, " in result.stdout

    def test_a_project_that_is_not_there_is_named(self, here: Path) -> None:
        result = CliRunner().invoke(publish, ["build", "--project", "nowhere"])
        assert result.exit_code == 2
        assert "'nowhere' does not exist" in result.stderr


class TestOpen:
    def test_without_a_screen_it_says_where_the_file_is(self, letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(shutil, "which", lambda name: None)
        monkeypatch.setattr("sys.platform", "linux")
        result = typed("build", "pdf", "--open")
        assert status(result) == 0
        assert f"open {letter / 'build' / SLUG}.pdf yourself" in result.stderr

    def test_a_screen_without_an_opener_is_said(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setattr("sys.platform", "linux")
        monkeypatch.setattr(shutil, "which", lambda name: None)
        assert open_file(here / "a.pdf") == "the program xdg-open, which opens files, is not installed"

    def test_the_system_opens_the_file(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        opener = here / "bin" / "xdg-open"
        opener.parent.mkdir()
        opener.write_text('#!/bin/sh\necho noise >&2\nprintf %s "$1" > opened\n', encoding="utf-8")
        opener.chmod(0o755)
        monkeypatch.setenv("PATH", f"{opener.parent}:/usr/bin:/bin")
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setattr("sys.platform", "linux")
        begun: list[subprocess.Popen[bytes]] = []
        popen = subprocess.Popen

        def start(*words: list[str], **how: int | bool) -> "subprocess.Popen[bytes]":
            begun.append(popen(*words, **how))  # type: ignore[call-overload]
            return begun[-1]

        monkeypatch.setattr(subprocess, "Popen", start)
        assert open_file(Path("Léa's book.pdf")) is None
        assert begun[0].wait(timeout=10) == 0
        assert (here / "opened").read_text(encoding="utf-8") == "Léa's book.pdf"


class TestCheck:
    def test_the_manuscript_alone_makes_no_file(self, letter: Path) -> None:
        assert status(typed("check", "manuscript")) == 0
        assert not (letter / "build").exists()

    def test_the_book_on_paper_is_made_and_named(self, letter: Path) -> None:
        result = typed("check", "print")
        assert status(result) == 0
        assert f"build/{SLUG}.pdf  " in result.stdout
        assert not (letter / "build" / f"{SLUG}.epub").exists()

    def test_a_shop_is_asked_about_the_e_book_alone(self, letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("publish.checks.epubcheck.installed", lambda: False)
        result = typed("check", "--shop", "kobo", "--shop", "google")
        assert status(result) == 0
        assert f"build/{SLUG}.epub  " in result.stdout
        assert f"build/{SLUG}.pdf  " not in result.stdout
        assert "for a shop" not in result.stdout

    def test_what_a_shop_refuses_is_said_at_its_place(self, letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("publish.checks.epubcheck.installed", lambda: False)
        first = next((letter / "manuscript").glob("*.md"))
        (letter / "manuscript" / "cover.png").write_bytes(photo("PNG"))
        first.write_text(
            first.read_text(encoding="utf-8").replace("---\n", "---\ncover-image: manuscript/cover.png\n", 1)
        )
        result = typed("check", "--shop", "google")
        assert status(result) == 1
        assert f"manuscript/{first.name}:2:1: error E068: Google Play takes covers" in result.stderr

    def test_without_a_shop_it_is_said_how_to_ask_one(self, letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("publish.checks.epubcheck.installed", lambda: False)
        said = typed("check", "epub", "--project", ".").stdout
        assert said.endswith("for a shop: publish check --shop apple (`publish list shops` names them)\n")
        assert "for a shop" not in typed("check", "manuscript").stdout

    def test_a_shop_that_is_none_is_a_matter_of_usage(self, letter: Path) -> None:
        result = CliRunner().invoke(publish, ["check", "--shop", "corner"])
        assert result.exit_code == 2
        assert "'apple', 'kobo', 'google', 'kindle'" in result.stderr


class TestNew:
    def test_a_new_book_builds_at_once(self, here: Path) -> None:
        result = typed("new", "My Novel")
        assert status(result) == 0
        assert "made My Novel/manuscript/01-the-first-page.md" in result.stdout
        assert result.stdout.endswith("publish build pdf --project 'My Novel'\n")
        assert status(typed("build", "pdf", "--project", "My Novel")) == 0

    def test_a_folder_that_is_not_empty_is_refused(self, letter: Path) -> None:
        before = sorted(letter.rglob("*"))
        result = typed("new", ".")
        assert status(result) == 1
        assert "I001" in result.stderr
        assert sorted(letter.rglob("*")) == before

    def test_a_typed_text_becomes_a_book(self, here: Path) -> None:
        (here / "talk.txt").write_text("A Talk\n\n\tIt was late. Nobody had come.\n", encoding="utf-8")
        assert status(typed("import", "talk.txt", "talk")) == 0
        assert status(typed("build", "pdf", "--project", "talk")) == 0


class TestOthers:
    def test_clean_removes_what_builds_made_and_nothing_else(self, letter: Path) -> None:
        typed("build")
        (letter / "build" / "letter to a friend.txt").write_text("mine", encoding="utf-8")
        assert status(typed("clean")) == 0
        assert [path.name for path in (letter / "build").iterdir()] == ["letter to a friend.txt"]
        assert "nothing to remove" in typed("clean").stdout

    def test_a_code_is_explained(self) -> None:
        assert "manuscript/" in typed("explain", "F001").stdout
        assert status(typed("explain", "Z999")) == 2

    @pytest.mark.parametrize(("what", "name"), [
        ("themes", "classic"), ("trims", "A5"), ("languages", "az"), ("codes", "F001"),
    ])  # fmt: skip
    def test_lists(self, what: str, name: str, here: Path) -> None:
        assert any(line.startswith(name) for line in typed("list", what).stdout.splitlines())
