"""What shops ask of the whole file, of documents, contents and fonts."""

from dataclasses import replace

import pytest

from publish.checks.opened import open_epub
from publish.checks.shops.case import Case
from publish.checks.shops.files import file_bytes
from publish.problems import Problem, Problems
from publish.shops.profiles import shop

from .shelf import File, chapter, codes, epub, said


def of_size(most: int) -> list[Problem]:
    """What Google Play would say of a plain book if it took less than so many bytes."""
    (rule,) = (rule for rule in shop("google").rules if rule.name == "file-bytes")
    opened = open_epub(epub(), Problems())
    assert opened is not None
    return list(file_bytes(Case(opened, "Google Play", replace(rule, most=most), {})))


def test_google_refuses_a_file_of_too_many_bytes() -> None:
    (problem,) = of_size(1000)
    assert (problem.code, problem.severity) == ("E067", "error")


def test_google_takes_a_file_of_fewer_bytes() -> None:
    assert of_size(2_000_000_000) == []


@pytest.mark.parametrize(("length", "found"), [(10_000_000, ["E062"]), (9_000_000, [])])
def test_kobo_advises_against_a_document_of_too_many_bytes(length: int, found: list[str]) -> None:
    assert codes(epub(chapter(f"<p>{'x' * length}</p>")), "kobo") == found


def test_kindle_wants_an_ncx() -> None:
    (problem,) = said(epub(ncx=None), "kindle")
    assert (problem.code, problem.severity) == ("E079", "warning")


@pytest.mark.parametrize(("sign", "name"), [(b"wOF2", "WOFF2"), (b"wOFF", "WOFF")])
def test_kindle_names_other_fonts(sign: bytes, name: str) -> None:
    (problem,) = said(epub(File("a.font", "font/woff2", sign + bytes(40))), "kindle")
    assert (problem.code, problem.severity) == ("E080", "warning")
    assert f"EPUB/a.font is {name}" in problem.message


@pytest.mark.parametrize("sign", [b"\x00\x01\x00\x00", b"OTTO", b"hid!"], ids=["TTF", "OTF", "obfuscated"])
def test_kindle_takes_these_fonts(sign: bytes) -> None:
    assert codes(epub(File("a.font", "font/ttf", sign + bytes(40))), "kindle") == []
