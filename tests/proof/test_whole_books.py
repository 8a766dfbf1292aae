"""Whole books, tried by programs that are not ours: complete, valid, and the same on every build."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import onixcheck
import pytest

from conftest import Built
from epub.reader import heard
from publish.book.text import flow_text
from publish.checks import completeness
from publish.checks.opened import open_epub
from publish.delivery.onix import onix
from publish.problems import Problems, Severity
from publish.shops import SHOPS
from shops.shelf import said

pytestmark = pytest.mark.proof
WORD = re.compile(r"[^\W_]+")


def test_our_own_rules_have_nothing_to_say(built: Built) -> None:
    assert heard(built.epub.read_bytes()) == []


def test_no_shop_has_anything_to_say(built: Built) -> None:
    """But for Kindle, which wants the printed book's ISBN where its pages are marked: a book without one hears it."""
    unnamed = set() if "print" in built.book.metadata.isbn else {"E075"}
    assert {problem.code for problem in said(built.epub.read_bytes(), *SHOPS)} <= unnamed


def test_the_record_for_the_trade_holds_to_the_schema_and_the_lists(built: Built, tmp_path: Path) -> None:
    """EDItEUR's own, as onixcheck carries them; with all that a book's metadata say, and with prices and places too."""
    epub = open_epub(built.epub.read_bytes(), Problems())
    assert epub is not None
    metadata = built.book.metadata
    sold = replace(metadata, price={"epub": {"EUR": Decimal("6.99")}}, territories=("WORLD",))
    for name, one in (("as it is", metadata), ("sold", sold)):
        path = tmp_path / f"{name}.xml"
        path.write_bytes(onix(one, epub))
        assert [f"{found.location} {found.message}" for found in onixcheck.validate(str(path))] == [], name


def test_the_second_reader_finds_every_word_in_both_files(built: Built) -> None:
    problems = Problems()
    completeness.compare_pdf(built.book, built.pdf.read_bytes(), problems)
    epub = open_epub(built.epub.read_bytes(), problems)
    assert epub is not None
    completeness.compare_epub(built.book, epub, problems)
    assert list(problems) == []


def test_poppler_finds_every_word_in_the_pdf(built: Built) -> None:
    """A third reader, a coarse one: every long word is in the PDF, but for those that a page turn parts."""
    assert shutil.which("pdftotext"), "poppler is missing"
    said = subprocess.run(["pdftotext", str(built.pdf), "-"], capture_output=True, check=True).stdout
    lines = said.decode()
    joined = re.sub(r"[\u00ad\u2010-]\n", "", lines)
    found = {*WORD.findall(joined), *WORD.findall(lines)}
    flow = " ".join(flow_text(section.xhtml, "print") for section in built.book.sections if section.xhtml)
    missing = {word for word in WORD.findall(flow) if len(word) > 6} - found
    # A drop cap stands apart from the rest of its word.
    assert [word for word in sorted(missing) if word[1:] not in found and not parted(word, lines)] == []


def parted(word: str, lines: str) -> bool:
    """Whether a word stands in two parts, one at the end of a line and one at the beginning of another."""
    parts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return any(
        re.search(rf"\b{re.escape(first)}[\u00ad\u2010-]\n", lines) and re.search(rf"[\n\f]{re.escape(rest)}\b", lines)
        for first, rest in parts
    )


def test_nothing_that_a_build_says_is_an_error(built: Built) -> None:
    assert [problem for problem in built.problems if problem.severity is Severity.ERROR] == []


def test_the_same_bytes_in_another_process_time_zone_and_hash_seed(built: Built, tmp_path: Path) -> None:
    shutil.copytree(built.manuscript.root / "manuscript", tmp_path / "manuscript")
    environment = {**os.environ, "TZ": "Asia/Baku", "PYTHONHASHSEED": "4711", "OCTAVO_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "publish", "build", "--project", str(tmp_path)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    for first in (built.pdf, built.epub):
        assert (tmp_path / "build" / first.name).read_bytes() == first.read_bytes()
