"""What printers refuse, in one book that has much of it: all is said at once, with file, line and printed page."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from cli.helpers import run, write

BOOK = """---
title: The Whale
author: Ada Brandt
lang: en
date: 2025-03-14
isbn: {print: 978-3-16-148410-0}
---

# One

A line of good text, and then some.

::: pushed
This line was pushed into the spine by a style.
:::

![A small grey square](images/grey.png){.wide width=100%}

The captain's name was [TK: ask Ada] and he sailed.

::: tiny
Words for an ant.
:::
"""
STYLE = """
.pushed { margin-left: -20mm }
.tiny { font-size: 5pt }
.wide { position: relative; left: -60mm; background: device-cmyk(0 0 0 1); width: 200mm }
.copyright p { display: none }
"""
FOUND = {
    "R001": "manuscript/book.md:14:1: error",  # text in the spine
    "R004": "manuscript/book.md:17:3: error",  # a picture that ends at the edge
    "R007": "manuscript/book.md:17:3: warning",  # a picture with too few pixels
    "R008": "manuscript/book.md:22:1: warning",  # letters too small to print
    "R015": "manuscript/book.md:19:20: warning",  # something that waits to be written
    "R016": "manuscript/book.md:6:1: warning",  # the ISBN is nowhere in the book
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    grey = io.BytesIO()
    Image.new("L", (200, 100), 80).save(grey, "PNG")
    return write(tmp_path, {"manuscript/book.md": BOOK, "manuscript/images/grey.png": grey.getvalue()})


def test_all_that_a_printer_would_refuse_is_said_at_its_place(project: Path) -> None:
    write(project, {"styles/custom.css": STYLE})
    result = run("build", "print", "--printer", "generic")
    heads = re.findall(r"^(manuscript/\S+: \w+) (R\d+)", result.said, re.MULTILINE)
    assert {code: place for place, code in heads} == FOUND
    assert "(page 1)" in result.said
    assert result.status == 1
    assert not list((project / "build").glob("*.pdf"))


def test_without_those_styles_the_file_is_made_and_only_the_manuscripts_own_faults_are_said(project: Path) -> None:
    result = run("build", "print", "--printer", "generic")
    assert set(re.findall(r"\bR\d+", result.said)) == {"R007", "R015"}
    assert result.status == 0
    assert [path.name for path in (project / "build").glob("*.pdf")] == ["the-whale-generic-interior.pdf"]


BLED = """
@page { bleed: 3.2mm }
.wide { position: relative; left: -60mm; width: 220mm; max-width: none }
"""


@pytest.mark.parametrize(("key", "at_spine"), [("kdp", False), ("generic", True)])
def test_a_picture_runs_over_the_edge_where_there_is_bleed(project: Path, key: str, at_spine: bool) -> None:
    more = "\n\n".join(f"# Chapter {number}\n\nA line." for number in range(25))
    write(project, {"styles/custom.css": BLED, "manuscript/book.md": BOOK + "\n" + more})
    result = run("build", "print", "--printer", key)
    assert result.status == 0, result.said
    assert not re.search(r"\bR00[1-4]\b", result.said)
    with pikepdf.open(project / "build" / f"the-whale-{key}-interior.pdf") as pdf:
        for index, page in enumerate(pdf.pages):
            trim, bleed = ([float(edge) for edge in box] for box in (page.TrimBox, page.BleedBox))
            beyond = [abs(one - other) / 72 * 25.4 for one, other in zip(trim, bleed, strict=True)]
            spine = beyond.pop(2 if index % 2 else 0)
            assert beyond == pytest.approx([3.2] * 3, abs=0.01)
            assert spine == pytest.approx(3.2 if at_spine else 0, abs=0.01)
