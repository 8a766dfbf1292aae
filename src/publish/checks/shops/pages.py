"""Rules for the page list, by which readers find the pages of the printed book.

That each page leads to a place that is there, and the list is whole and in order, is asked of every EPUB.
"""

import re
from collections import Counter
from collections.abc import Iterator

from stdnum import isbn

from publish.checks.navigation import Entry
from publish.checks.opened import Opened
from publish.checks.shops import findings
from publish.checks.shops.case import Case
from publish.places import Span
from publish.problems import Problem

ARABIC = re.compile(r"[0-9]+")
ROMAN = re.compile(r"(?=.)m{0,4}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
SOURCES = ("pageBreakSource", "dc:source")


def page_labels(case: Case) -> Iterator[Problem]:
    """Pages are called by arabic or roman numbers, each by its own."""
    labels = [page.title for page in _pages(case.opened)]
    span = Span(case.opened.nav_name, 1) if case.opened.nav_name else None
    if strange := [label for label in labels if label and not (ARABIC.fullmatch(label) or ROMAN.fullmatch(label))]:
        yield findings.page_label_strange(span, case.shop, strange)
    if twice := [label for label, count in Counter(labels).items() if label and count > 1]:
        yield findings.page_label_twice(span, case.shop, twice)
    if empty := labels.count(""):
        yield findings.page_label_empty(span, case.shop, empty)


def page_source(case: Case) -> Iterator[Problem]:
    """An EPUB with printed pages names the ISBN of the book that they are the pages of."""
    sources = [text for name in SOURCES for text in case.opened.values(name)]
    numbers = (text.lower().removeprefix("urn:isbn:").replace("-", "") for text in sources)
    if _pages(case.opened) and not any(isbn.is_valid(number) for number in numbers):
        yield findings.page_source_unnamed(case.places.get("isbn"), case.shop)


def _pages(opened: Opened) -> tuple[Entry, ...]:
    """The page list: the navigation document's, else the NCX's."""
    return next((found.pages for found in (opened.nav, opened.ncx) if found and found.pages), ())
