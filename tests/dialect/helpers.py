"""Reading a few lines, and showing what was read without the marks of places."""

from lxml import etree

from publish.book.markdown import parse
from publish.book.parsed import Parsed
from publish.manuscript.model import Source
from publish.problems import Problem, Problems

PLACES = ("data-line", "data-end", "data-column", "data-length")


def read(text: str) -> tuple[Parsed, list[Problem]]:
    """A file with this text, read, and what was found wrong in it."""
    problems = Problems()
    return parse(Source("manuscript/book.md", text), problems), list(problems)


def shown(element: etree._Element) -> str:
    """What an element holds, as XHTML without places."""
    copy = etree.fromstring(etree.tostring(element))
    for inner in copy.iter():
        for key in PLACES:
            inner.attrib.pop(key, "")
    whole = "".join([copy.text or "", *(etree.tostring(child, encoding="unicode") for child in copy)])
    return whole.strip("\n")


def xhtml(text: str) -> str:
    """The XHTML of a text in which nothing is wrong."""
    parsed, problems = read(text)
    assert problems == []
    return shown(parsed.root)


def codes(text: str) -> list[str]:
    """The codes of what is wrong with a text."""
    return [problem.code for problem in read(text)[1]]


def text_of(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(str(text) for text in element.itertext())


def place(element: etree._Element) -> tuple[int, int, int]:
    """Line, column and length of an element."""
    line, column, length = (int(element.get(key, "0")) for key in ("data-line", "data-column", "data-length"))
    return line, column, length
