"""The claim to meet PDF/UA: made where the book and the finished file earn it, and nowhere else."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from publish.pdf.claim import claimed
from publish.places import Span
from publish.problems import Problem, Problems, Severity

from .paper import book, paper, section

TABLE = (
    "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>"
    '<tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr><tr><td colspan="2">4</td></tr></tbody></table>'
)
FINE = f'<h1>One</h1><h2 id="in">In</h2><p>Words and <a href="https://example.org/">a link</a>.</p>{TABLE}<h2>Out</h2>'


def made(markup: str) -> bytes:
    return paper(book(section(markup))).pdf


def tried(pdf: bytes, *heard: Problem) -> tuple[bool, list[str]]:
    """Whether a PDF comes to claim that it meets PDF/UA, and what is said."""
    problems = Problems()
    with pikepdf.open(io.BytesIO(claimed(pdf, heard, problems))) as finished, finished.open_metadata() as xmp:
        return xmp.get("pdfuaid:part") == "1", [problem.message for problem in problems]


def test_a_book_with_nothing_against_it_makes_the_claim_and_keeps_its_other_metadata() -> None:
    pdf = made(FINE)
    assert tried(pdf) == (True, [])
    with pikepdf.open(io.BytesIO(claimed(pdf, (), Problems()))) as finished, finished.open_metadata() as xmp:
        assert xmp["dc:title"] == "A Small Book"


def test_the_claim_is_the_same_bytes_every_time() -> None:
    pdf = made(FINE)
    assert claimed(pdf, (), Problems()) == claimed(pdf, (), Problems())


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<h2>One</h2>", "a heading of level 2 follows none on the file's page 1"),
        ("<h1>One</h1><h3>Deep</h3>", "a heading of level 3 follows one of level 1 on the file's page 1"),
        (FINE + '<p style="opacity: 0.5">Faint.</p>', "text on the file's page 1 is see-through"),
        (FINE.replace("<td>3</td>", "<td>3</td><td>5</td>"), "the rows of a table on the file's page 1"),
    ],
)
def test_what_the_tags_show_stands_against_it(markup: str, said: str) -> None:
    claims, (message,) = tried(made(markup))
    assert not claims
    assert said in message


def _mute(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents


def _wordless(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.StructTreeRoot.K[0]
    top.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, P=top, K=pikepdf.Array())))


@pytest.mark.parametrize(("spoil", "said"), [(_mute, "a link on the file's page 1"), (_wordless, "has no words")])
def test_a_file_that_lost_words_is_found(spoil: Callable[[pikepdf.Pdf], None], said: str) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made(FINE))) as pdf:
        spoil(pdf)
        pdf.save(out)
    claims, (message,) = tried(out.getvalue())
    assert not claims
    assert said in message


def test_what_was_said_of_the_book_stands_against_it_with_its_place() -> None:
    place = Span("manuscript/one.md", 7)
    unmarked = Problem("B022", Severity.WARNING, "Greek that does not say so", place)
    claims, (message,) = tried(made(FINE), unmarked, Problem("L041", Severity.ERROR, "no glyph"))
    assert not claims
    assert "manuscript/one.md:7" in message
    assert "(and 1 more)" in message


def test_what_is_only_unwise_does_not() -> None:
    assert tried(made(FINE), Problem("B009", Severity.WARNING, "a late preface")) == (True, [])
