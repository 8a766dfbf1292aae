"""The rule that a page named in the text is a link: a bare number leads nowhere on a screen."""

import re
from collections.abc import Iterator

from lxml import etree

from publish.book.words import words
from publish.checks.navigation import EPUB_TYPE
from publish.checks.script import INLINE
from publish.checks.shops import findings
from publish.checks.shops.case import Case
from publish.problems import Problem
from publish.shops.profiles import Rule

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
IN_INDEX = re.compile(r"(?<=[,–-])\s*([0-9]+)")
"""A page in an index stands after a comma, or ends a stretch of pages."""
AWAY = 30
"""Characters at most between “see” and the page."""
LITERAL = ("code", "pre", "kbd", "samp", "script", "style", "svg", "math")
"""Elements whose numbers are no pages of this book."""
IN_LINES = INLINE | {"b", "cite", "i", "q", "small", "u"}
"""Elements that break no line, those among them that only others' EPUBs have."""
DIGITS = re.compile(r"[0-9]")
LINKED = "#"
"""Stands for each digit of a link, which so is no number any more."""


def page_references(case: Case) -> Iterator[Problem]:
    """Pages that the text names, and those in an index, are links."""
    for name, document in case.opened.documents.items():
        body = document.find("{*}body")
        lang = document.get(XML_LANG) or document.get("lang") or next(iter(case.opened.values("dc:language")), "en")
        if body is not None and (found := [*_named(body, lang, case.rule), *_indexed(body)]):
            yield findings.page_reference_unlinked(case.section(name), case.shop, name, found)


def _named(body: etree._Element, lang: str, rule: Rule) -> Iterator[str]:
    """Pages that the reader is sent to: “see the map on page 12”, “(p. 12)”, in the book's language."""
    pages = (words(lang)["page"], words(lang)["pages"], *rule.short)
    see, page = ("|".join(map(re.escape, several)) for several in (rule.words, pages))
    pattern = rf"(?:\b(?:{see})\b\.?[^.,;()\n]{{0,{AWAY}}}?\b|\()((?:{page})[ \u00a0]?[0-9]+)"
    for found in re.finditer(pattern, _text(body), re.IGNORECASE):
        yield found[1].replace("\u00a0", " ")


def _indexed(body: etree._Element) -> Iterator[str]:
    """Numbers in an index."""
    for element in body.iter(etree.Element):
        if element.get("role") == "doc-index" or "index" in element.get(EPUB_TYPE, "").split():
            yield from (found[1] for found in IN_INDEX.finditer(_text(element)))
            return


def _text(root: etree._Element) -> str:
    """The text in an element, a line for each block, links without their digits."""
    parts: list[str] = []
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = etree.QName(element).localname
        is_link = name == "a" and element.get("href") is not None
        links += is_link if event == "start" else -is_link
        said = element.text if event == "start" else element.tail
        if name in LITERAL and event == "start":
            walk.skip_subtree()
            said = None
        parts += ["" if name in IN_LINES else "\n", DIGITS.sub(LINKED, said or "") if links else said or ""]
    return "".join(parts)
