"""The tables of cases, and the small texts that the tests set."""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from publish.book.typography import set_signs
from publish.problems import Problems

CASES = Path(__file__).parent / "cases"
VISIBLE = str.maketrans({"\u00a0": "·", "\u202f": "¦"})
HIDDEN = str.maketrans({"·": "\u00a0", "¦": "\u202f"})


@dataclass(frozen=True)
class Case:
    """A line of a table: what is typed, and how it is set; spaces that do not break stand as · and ¦."""

    typed: str
    expected: str


def cases(lang: str) -> list[Case]:
    lines = (CASES / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" → ") for line in lines if line.strip() and not line.startswith("#")]
    return [Case(typed, expected) for typed, expected in pairs]


def paragraph(content: str) -> etree._Element:
    return etree.fromstring(f"<p>{content.translate(HIDDEN)}</p>")


def inner(element: etree._Element) -> str:
    text = etree.tostring(element, encoding="unicode")
    return text.removeprefix("<p>").removesuffix("</p>").translate(VISIBLE)


def set_content(content: str, lang: str, quotes: str | None = None) -> str:
    """A paragraph's content, given as XML, after its signs are set."""
    element = paragraph(content)
    set_signs(element, lang, quotes, "manuscript/a.md", Problems())
    return inner(element)


def codes(document: str, lang: str = "en") -> list[tuple[str, int]]:
    """The problems that setting a document finds: code and line."""
    problems = Problems()
    set_signs(etree.fromstring(document), lang, None, "manuscript/a.md", problems)
    return [(problem.code, problem.span.line if problem.span else 0) for problem in problems]
