"""What the command explains and lists."""

import re
from pathlib import Path

import pytest

from publish import catalogue

from .helpers import run

CODES = [name for name, _ in catalogue.rows("codes", Path())]


def test_there_are_codes_of_every_room() -> None:
    assert {code[0] for code in CODES} == set("BCDEFILMNOPQRTUVXY")


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_sentences_and_without_the_house_s_own_words(code: str) -> None:
    ran = run("explain", code.lower())
    assert ran.status == 0
    assert ran.out.startswith(f"{code}: ")
    assert ran.out.rstrip().endswith((".", "---", ")"))
    assert len(ran.out.splitlines()[0]) <= 120
    assert not re.search(r"\b(lxml|xpath|traceback|TODO|dataclass)\b", ran.out, re.IGNORECASE)


def test_a_code_that_is_none_is_a_matter_of_usage() -> None:
    ran = run("explain", "X999")
    assert (ran.status, ran.out) == (2, "")
    assert "publish list codes" in ran.said


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("themes", r"^classic +\S"),
        ("trims", r"^A5 +148 × 210 mm$"),
        ("languages", r"^az +\S"),
        ("shops", r"^kobo +Kobo, as its help pages were in 20\d\d-\d\d$"),
        ("codes", r"^M021 +A note is called, but its text is nowhere\.$"),
    ],
)
def test_lists_name_and_say(what: str, line: str, tmp_path: Path) -> None:
    ran = run("list", what, "--project", tmp_path)
    assert ran.status == 0
    assert re.search(line, ran.out, re.MULTILINE)
