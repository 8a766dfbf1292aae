"""Headings: levels, ids and numbers, and the titles that contents, running heads and references take from them."""

from copy import deepcopy

from lxml import etree

from publish.book import findings
from publish.book.draft import Draft, DraftBook, made, plain, prepend, span_of
from publish.book.model import Heading
from publish.book.references import roots_of
from publish.book.structure import Ids, slug
from publish.book.typography import set_signs, set_text
from publish.problems import Problems

LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
APART = frozenset({"blockquote", "aside", "li", "dd", "td", "th"})
"""A heading inside one of these belongs to what is quoted or told there: no contents list names it."""

UNNUMBERED = 5
"""The highest level of heading that bears no number."""


def level_headings(book: DraftBook) -> None:
    """Let no heading stand more than one level below the one that holds it; report where the author skipped one."""
    for section in book.sections:
        for root in roots_of(section):
            _level(book, section, root)


def _level(book: DraftBook, section: Draft, root: etree._Element) -> None:
    holders: list[int] = []
    before = 1
    for heading in root.iter(*LEVELS):
        parent = heading.getparent()
        if parent is not None and parent.get("class") == "opening":
            continue
        span = span_of(heading, section.path)
        typed = int(heading.tag[1])
        if typed == 1:
            book.problems.add(findings.inner_first_level(span))
            typed = 2
            heading.tag = "h2"
        if _apart(heading):
            continue
        if typed > before + 1:
            book.problems.add(findings.heading_skips_level(span, typed, before))
        before = typed
        while holders and holders[-1] >= typed:
            holders.pop()
        holders.append(typed)
        heading.tag = f"h{len(holders) + 1}"


def _apart(heading: etree._Element) -> bool:
    return any(holder.tag in APART for holder in heading.iterancestors())


def number_headings(book: DraftBook, ids: Ids) -> None:
    """Give each heading an id, and its number where the metadata ask for numbered sections.

    What stands under an unnumbered heading has no number either.
    """
    for section in book.sections:
        counts = [0] * 5
        unnumbered = UNNUMBERED if book.metadata.numbering == "sections" and section.number else 1
        for heading in section.root.iter(*LEVELS[1:]):
            title = " ".join(plain(heading).split())
            if not heading.get("id"):
                heading.set("id", ids.unused(slug(f"{section.id} {title}") or section.id))
            if _apart(heading):
                continue
            level = int(heading.tag[1])
            number = None
            if level <= unnumbered:
                unnumbered = level if "unnumbered" in heading.get("class", "").split() else UNNUMBERED
            if level < unnumbered:
                counts[level - 2] += 1
                counts[level - 1 :] = [0] * (6 - level)
                number = ".".join([section.number or "", *(str(n) for n in counts[: level - 1])])
                prepend(heading, made("span", "number", f"{number} "))
            section.headings.append(Heading(heading.get("id", ""), level, _title(book, section, heading), number))


def set_titles(book: DraftBook) -> None:
    """Give the sections titles with the signs that their headings will have; a piece is called as its metadata say."""
    for section in book.sections:
        typed, heading = section.title, section.root.find("header/h1")
        if heading is None:
            continue
        section.title = _title(book, section, heading)
        short = set_text(section.short, section.lang, book.metadata.quotes)
        section.short = section.title if section.short == typed else short


def _title(book: DraftBook, section: Draft, heading: etree._Element) -> str:
    """A heading as plain text, with its signs set. The heading itself is set later, with its section."""
    copy = deepcopy(heading)
    copy.tail = None
    set_signs(copy, section.lang, book.metadata.quotes, "", Problems())
    return " ".join(plain(copy).split())
