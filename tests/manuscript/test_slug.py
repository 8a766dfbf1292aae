"""A title as a file name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.manuscript.slug import LONGEST, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Keeper of Small Lights", "the-keeper-of-small-lights"),
        ("Don’t Look, Ada!", "dont-look-ada"),
        ("Qarabağ: Şuşa və Füzuli", "qarabag-susa-ve-fuzuli"),
        ("Преступление", "prestuplenie"),
        ("1984", "1984"),
        ("…", "book"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 80, "x" * 60),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_a_title_becomes_a_file_name(title: str, expected: str) -> None:
    assert slug(title) == expected


@given(st.text())
def test_every_title_has_a_file_name_that_every_system_takes(title: str) -> None:
    assert re.fullmatch(rf"[a-z0-9-]{{1,{LONGEST}}}", slug(title))
