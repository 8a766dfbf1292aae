"""What a front matter said is the same from the cache as fresh from the checks, with all that was wrong with it."""

from pathlib import Path

import pytest

from publish.manuscript import metadata
from publish.manuscript.frontmatter import split
from publish.manuscript.reader import read
from publish.problems import Problems
from publish.steps import Steps

FULL = """---
title: Everything
subtitle: A Book
author:
  - name: Ada
    role: aut
  - Luc
lang: de-CH
languages: [fr, en]
date: 2020-02-03
isbn: {print: 978-3-16-148410-0}
series: {name: Sun, number: 7}
copyright: {year: 2020, holder: Ada}
subject: [letters, "thema: DNB"]
price: {print: {EUR: 12.50}}
territories: [CH]
trim: 120.5mm x 190mm
paper: cream
accessibility: {summary: Plain, hazards: [none]}
quotes: «»‹›
spellling: x
identifer: y
---
# One
"""
LATER = "---\nrole: preface\nauthor: Luc\nfoo: bar\n---\n# Two\n"


@pytest.mark.parametrize(
    "first", [FULL, "# None\n", "---\ntitle: [\n---\n# Broken\n", "---\ntitle: Open\n", "\n" + FULL]
)
def test_a_manuscript_from_kept_steps_is_the_same(tmp_path: Path, first: str) -> None:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript" / "01.md").write_text(first, encoding="utf-8")
    (tmp_path / "manuscript" / "02.md").write_text(LATER, encoding="utf-8")
    steps = Steps()
    results = []
    for _ in range(2):
        problems = Problems()
        results.append((read(tmp_path, problems, steps), list(problems)))
    assert results[0] == results[1]
    direct = metadata.of_book(split(first, "manuscript/01.md", Problems()), Problems(), {})
    assert results[1][0] is not None
    assert results[1][0].metadata == direct
    assert results[1][0].sources[1].attributes.role == "preface"
