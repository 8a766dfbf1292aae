"""Progress: a line of a terminal, plain lines in a log."""

import io
import re
import time

import pytest
from rich.console import Console as Terminal

from publish.cli import progress
from publish.cli.progress import Progress


def log(monkeypatch: pytest.MonkeyPatch) -> Progress:
    """Progress without a terminal, in a hurry."""
    monkeypatch.setattr(progress, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", 0.3)
    return Progress(Terminal(file=io.StringIO()))


class TestLog:
    def test_a_stage_that_takes_its_time_is_a_line_with_the_seconds(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said = log(monkeypatch)
        with said.shown():
            said("chapter 3, page 12")
            time.sleep(0.2)

        assert capsys.readouterr().err == "    0.1 s  chapter 3, page 12\n"

    def test_a_stage_that_goes_on_is_named_again(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said = log(monkeypatch)
        with said.shown():
            said("faces and pictures")
            time.sleep(0.8)

        assert capsys.readouterr().err.count("faces and pictures") >= 2

    def test_short_work_says_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        said = Progress(Terminal(file=io.StringIO()))
        with said.shown():
            said("page 1")

        assert capsys.readouterr().err == ""


def test_in_a_terminal_the_stage_stands_on_one_line_with_the_seconds_and_is_gone_afterwards() -> None:
    screen = io.StringIO()
    said = Progress(Terminal(file=screen, force_terminal=True, width=60))
    with said.shown():
        said("page 12 [of the novel]")
        time.sleep(0.3)
    assert re.search(r"page 12 \[of the novel\]\S*  \d s", screen.getvalue())
    assert screen.getvalue().endswith("\x1b[2K")


def test_the_seconds_go_on_within_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Progress(Terminal(file=io.StringIO()))
    said("painting the pages")
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 75)
    assert said.line().plain == "painting the pages  75 s"
