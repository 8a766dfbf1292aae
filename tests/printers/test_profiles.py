"""What printers ask, as their data files say it."""

import os
import re
import subprocess
import sys

import pytest

from publish.printers import PRINTERS
from publish.printers.profiles import Printer, printer


@pytest.fixture(params=PRINTERS)
def one(request: pytest.FixtureRequest) -> Printer:
    return printer(str(request.param))


def test_every_rule_has_a_date_and_a_source(one: Printer) -> None:
    assert re.fullmatch(r"20\d\d-\d\d", one.checked)
    assert set(one.sources) == {"trims", "margins", "bleed", "pages", "spine", "cover", "file"}
    assert all(one.sources.values())


def test_a_printer_is_the_same_in_every_process(one: Printer) -> None:
    """What is written for a printer is kept under its rules, and known again by them."""
    command = f"from publish.printers.profiles import printer; print(repr(printer({one.key!r})))"
    said = {
        subprocess.run(
            [sys.executable, "-c", command],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2", "3")
    }
    assert said == {repr(one)}


def test_gutters_grow_with_the_book(one: Printer) -> None:
    counts, inner = [pages for pages, _ in one.gutters], [margin for _, margin in one.gutters]
    assert counts == sorted(set(counts))
    assert inner == sorted(inner)
    assert one.gutter(1) == inner[0]
    assert one.gutter(10**9) == inner[-1]


@pytest.mark.parametrize(
    ("pages", "inches"), [(24, 0.375), (150, 0.375), (151, 0.5), (300, 0.5), (446, 0.625), (700, 0.75), (828, 0.875)]
)
def test_kdps_gutter(pages: int, inches: float) -> None:
    assert printer("kdp").gutter(pages) == pytest.approx(inches * 25.4, abs=0.001)


def test_spines() -> None:
    assert printer("kdp").spine(300, "black", "cream") == pytest.approx(300 * 0.0025 * 25.4, abs=0.01)
    assert printer("lulu").spine(444, "black", "white") == pytest.approx(1.06 * 25.4, abs=0.01)
    assert printer("ingram").spine(300, "black", "white") is None
    assert printer("ingram").spine(300, "black", "white", caliper=0.1) == pytest.approx(15, abs=0.01)


def test_trims() -> None:
    kdp = printer("kdp")
    assert kdp.takes(129, 198)
    assert kdp.takes(8.25 * 25.4, 6 * 25.4), "a size of its own, wider than high"
    assert not kdp.takes(90, 140)
    assert not kdp.takes(300, 400)


def test_limits() -> None:
    assert printer("kdp").pages("black", "white") == (24, 828)
    assert printer("kdp").pages("standard-colour", "cream") is None
