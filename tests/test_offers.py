"""What printers make of a book, trim by trim: pages that are laid out, or reckoned so that they hold, and why not."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import pytest

from cli.helpers import run
from conftest import copy_novel
from publish.cli import offering
from publish.jobs import Job
from publish.manuscript import trims
from publish.manuscript.model import Trim
from publish.offers import Offer, Offers, book_trims
from publish.pdf import estimate
from publish.pipeline import understand
from publish.printers.profiles import printer
from publish.problems import Problems

WORDS = "The lamp was lit and the harbour lay still until the boats came in at dawn with the tide and all hands".split()


def prose(chapters: int, paragraphs: int) -> str:
    """Chapters of paragraphs of many lengths: 1 to 80 words."""
    text, number = [], 7
    for chapter in range(chapters):
        text.append(f"# Chapter {chapter + 1}")
        for _ in range(paragraphs + chapter):
            number = (number * 7919 + 104729) % 100003
            words = [WORDS[(number + step * step) % len(WORDS)] for step in range(1 + number % 80)]
            text.append(" ".join(words).capitalize() + ".")
    return "\n\n".join(text)


def write(project: Path, text: str, metadata: str = "") -> Path:
    (project / "manuscript").mkdir(exist_ok=True)
    head = f"---\ntitle: A Book\nauthor: Ada Brandt\nlang: en\ndate: 2024\n{metadata}---\n\n"
    (project / "manuscript" / "book.md").write_text(f"{head}{text}\n", encoding="utf-8")
    return project


def named(name: str) -> Trim:
    found = trims.find(name)
    assert found is not None
    return found


def offers(project: Path, *keys: str, exact: bool = False) -> Callable[[str], list[Offer]]:
    """The offers of some printers for a trim."""
    problems = Problems()
    job = Job(project, problems, lambda stage: None)
    reading = understand(job)
    assert reading is not None
    found = Offers(reading.book, job, [printer(key) for key in keys], exact=exact)
    assert not problems.errors
    return lambda name: list(found.of(named(name)))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of some forty pages."""
    return write(tmp_path_factory.mktemp("offers"), prose(8, 20), "trim: 5x8in\n")


def test_a_short_book_is_laid_out_and_the_number_is_that_of_the_interior(book: Path) -> None:
    (kdp, lulu) = offers(book, "kdp", "lulu")("5x8in")
    assert kdp.exact
    assert kdp.pages is not None
    assert kdp.spine == pytest.approx(kdp.pages * 0.002252 * 25.4, abs=0.01)
    assert str(kdp) == f"{kdp.pages} pages, spine {kdp.spine:.1f} mm"
    assert lulu.exact
    copy = book / "copy"
    shutil.copytree(book / "manuscript", copy / "manuscript")
    for offer in (kdp, lulu):
        said = run("build", "print", "--printer", offer.printer.key, "--project", copy)
        assert f" {offer.pages} pages," in said.out, said.said
    shutil.rmtree(copy)


def test_an_estimate_is_marked_and_within_a_page(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimate, "FEWEST", 20)
    monkeypatch.setattr(estimate, "WITHIN", 0.06)
    reckoned, exact = offers(book, "kdp", "ingram"), offers(book, "kdp", "ingram", exact=True)
    counts = set()
    for trim in ("129x198mm", "6x9in"):
        for about, laid in zip(reckoned(trim), exact(trim), strict=True):
            assert (about.exact, laid.exact) == (False, True)
            assert about.pages is not None
            assert laid.pages is not None
            assert str(about).startswith(f"about {about.pages} pages, ")
            assert abs(about.pages - laid.pages) <= (2 if about.printer.file.even else 1)
            counts.add(laid.pages)
    assert len(counts) > 2, "the trims have different numbers of pages"


TABLE = "| lamp | wick |\n|------|------|\n" + "| oil and water | cotton |\n" * 12


@pytest.mark.parametrize("more", [TABLE, "- a point\n- another point\n" * 40])
def test_what_is_no_prose_is_laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str) -> None:
    monkeypatch.setattr(estimate, "FEWEST", 10)
    monkeypatch.setattr(estimate, "WITHIN", 0.5)
    write(tmp_path, prose(3, 25))
    assert not offers(tmp_path, "generic")("6x9in")[0].exact
    write(tmp_path, "\n\n".join([prose(3, 25), more, more]))
    assert offers(tmp_path, "generic")("6x9in")[0].exact


def test_an_estimate_near_a_limit_of_the_printers_is_not_relied_on(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimate, "FEWEST", 20)
    monkeypatch.setattr(estimate, "WITHIN", 0.06)
    kdp = printer("kdp")
    job = Job(book, Problems(), lambda stage: None)
    reading = understand(job)
    assert reading is not None
    about = next(Offers(reading.book, job, [kdp]).of(named("6x9in")))
    assert not about.exact
    assert about.pages is not None
    strict = replace(kdp, limits={"black": {"white": (about.pages, 828)}})
    assert next(Offers(reading.book, job, [strict]).of(named("6x9in"))).exact


def test_why_a_printer_does_not_print_it(tmp_path: Path) -> None:
    write(tmp_path, "A letter of one page.")
    kdp, lulu, generic = offers(tmp_path, "kdp", "lulu", "generic")("6x9in")
    assert str(kdp) == f"{kdp.pages} pages, too few: Amazon KDP binds from 24 on"
    assert str(lulu).endswith("too few: Lulu binds from 32 on")
    assert str(generic) == "2 pages, too few: a printer binds from 4 on"
    assert [str(offer) for offer in offers(tmp_path, "kdp")("A6")] == ["does not print this trim"]
    write(tmp_path, "A letter of one page.", "ink: standard-colour\npaper: cream\n")
    assert str(offers(tmp_path, "kdp")("6x9in")[0]) == "does not print in standard-colour on cream paper"


def test_too_many_pages(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = replace(printer("kdp"), limits={"black": {"white": (4, 20)}})
    monkeypatch.setattr(f"{__name__}.printer", lambda key: strict)
    (offer,) = offers(book, "kdp")("6x9in")
    assert str(offer) == f"{offer.pages} pages, too many: Amazon KDP binds 20 at most on this paper"


def test_a_caliper_gives_the_spine(tmp_path: Path) -> None:
    write(tmp_path, prose(3, 45))
    (offer,) = offers(tmp_path, "ingram")("6x9in")
    assert str(offer) == f"{offer.pages} pages, spine unknown: give paper: {{caliper: …}}"
    write(tmp_path, prose(3, 45), "paper: {name: white, caliper: 0.1}\n")
    (offer,) = offers(tmp_path, "ingram")("6x9in")
    assert offer.pages is not None
    assert str(offer) == f"{offer.pages} pages, spine {offer.pages * 0.05:.1f} mm"
    assert offer.spine == pytest.approx(offer.pages * 0.05)


def test_trims_are_those_with_names_and_the_books_own(tmp_path: Path) -> None:
    write(tmp_path, "A letter.", "trim: 120x190mm\n")
    reading = understand(Job(tmp_path, Problems(), lambda stage: None))
    assert reading is not None
    found = {trim.name: (trim.width, trim.height) for trim in book_trims(reading.book.metadata)}
    assert found["120x190mm"] == (120, 190)
    assert found["A5"] == (148, 210)
    assert "Mass Market, Pocket" in found
    assert len(set(found.values())) == len(found)


def test_the_list_names_every_trim_and_printer_and_says_how_true_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "book_trims", lambda metadata: [named("A6"), named("129x198mm")])
    write(tmp_path, prose(4, 40))
    ran = run("list", "trims", "--project", tmp_path)
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0] == "A6  105 × 148 mm"
    assert lines[1] == "    kdp      does not print this trim"
    assert lines[5] == "129x198mm  129 × 198 mm, as in the manuscript"
    assert re.fullmatch(r"    kdp      \d+ pages, spine \d+\.\d mm", lines[6])
    assert re.fullmatch(r"    ingram   \d+ pages, spine unknown: .*caliper.*", lines[7])
    assert [line.split()[0] for line in lines[6:10]] == ["kdp", "ingram", "lulu", "generic"]
    assert re.fullmatch(r"each was laid out \(\d+ s\)", lines[10])


def test_mistakes_are_said_in_its_place(tmp_path: Path) -> None:
    write(tmp_path, "A note[^nowhere].")
    ran = run("list", "trims", "--project", tmp_path)
    assert ran.status == 1
    assert "M021" in ran.said
    assert ran.out == ""


def test_exact_is_for_trims(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="--exact is for trims"):
        run("list", "themes", "--exact")


@pytest.mark.proof
def test_estimates_of_a_novel_are_within_a_page_in_a_hundred(corpus: Path, tmp_path: Path) -> None:
    copy_novel(corpus, tmp_path)
    reckoned, exact = offers(tmp_path, "kdp"), offers(tmp_path, "kdp", exact=True)
    for trim in ("A-format", "5x8in", "A5", "6x9in", "Executive"):
        (about,), (laid,) = reckoned(trim), exact(trim)
        assert not about.exact
        assert about.pages is not None
        assert laid.pages is not None
        assert abs(about.pages - laid.pages) <= 0.01 * laid.pages
