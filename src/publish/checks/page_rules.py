"""Our own rules for printed pages in an EPUB: marks in the text, the lists that lead to them, and what is said of both.

Rules: EPUB 3.3, 7.4.3 (page list); EPUB Accessibility 1.1, 3.2 (page navigation). EPUBCheck and Ace see to few of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from publish.checks.navigation import EPUB_TYPE, Entry, Target, said
from publish.checks.opened import Opened
from publish.checks.page_findings import (
    marker_inside,
    marker_unlabelled,
    page_feature_untrue,
    page_source_missing,
    pages_out_of_order,
    pages_unlisted,
)
from publish.problems import Problem

WHOLE = frozenset("h1 h2 h3 h4 h5 h6 a sup sub ruby math svg summary caption figcaption".split())
"""Elements that are said or shown as one, so that no mark may stand in them."""
MARKERS = frozenset(("pageBreakMarkers", "printPageNumbers"))
"""Words for marks in the text; the second is the older one (Schema.org Accessibility Properties, 2.0)."""
LISTS = frozenset(("pageNavigation",))


@dataclass(frozen=True)
class Marker:
    """The mark of a printed page: where it stands, and its label, "" where it has none."""

    place: Target
    label: str
    element: etree._Element


def marks(epub: Opened) -> Iterator[Marker]:
    """The marks of printed pages in the order of the text."""
    for name in dict.fromkeys(place.item.name for place in epub.spine):
        document = epub.documents.get(name)
        for element in document.iter(etree.Element) if document is not None else ():
            if "pagebreak" in element.get(EPUB_TYPE, "").split() or "doc-pagebreak" in element.get("role", "").split():
                label = element.get("aria-label") or element.get("title") or said(element)
                yield Marker(Target(name, element.get("id", "")), label.strip(), element)


def marks_outside(epub: Opened) -> Iterator[Problem]:
    """No mark stands in what is read as one."""
    for mark in marks(epub):
        for around in mark.element.iterancestors():
            if (name := etree.QName(around).localname) in WHOLE:
                yield marker_inside(None, mark.place.document, mark.label, name)
                break


def marks_labelled(epub: Opened) -> Iterator[Problem]:
    """Every mark says which page begins there."""
    for mark in marks(epub):
        if not mark.label:
            yield marker_unlabelled(None, mark.place.document, mark.place.fragment)


def marks_listed(epub: Opened) -> Iterator[Problem]:
    """Every mark is in each page list, by its label. An EPUB 3 has one list, and an NCX beside it another."""
    marked = {mark.place: mark.label for mark in marks(epub) if mark.label}
    for where, listed in _lists(epub):
        names = {entry.target: entry.title for entry in listed}
        if lacking := [label for place, label in marked.items() if names.get(place) != label]:
            yield pages_unlisted(None, where, len(lacking), lacking[0])


def lists_in_order(epub: Opened) -> Iterator[Problem]:
    """Each page list is in the order of the text."""
    order = _order(epub)
    for where, listed in _lists(epub):
        before: Entry | None = None
        for entry in listed:
            if entry.target not in order:
                continue
            if before is not None and order[entry.target] < order[before.target]:
                yield pages_out_of_order(None, where, entry.title, before.title)
            before = entry


def source_named(epub: Opened) -> Iterator[Problem]:
    """Where pages are marked or listed, the printed book is named."""
    named = epub.values("pageBreakSource") or [
        meta for meta in epub.metadata if meta.tag == "dc:source" and epub.refined(meta, "source-of") == "pagination"
    ]
    if not named and (any(marks(epub)) or any(listed for _, listed in _lists(epub))):
        yield page_source_missing(None)


def features_true(epub: Opened) -> Iterator[Problem]:
    """The metadata name what there is, and nothing that there is not. Many books name nothing at all."""
    claimed = frozenset(epub.values("schema:accessibilityFeature"))
    has_list = epub.nav is not None and bool(epub.nav.pages)
    for words, there in ((MARKERS, any(marks(epub))), (LISTS, has_list)):
        if there and claimed and not words & claimed:
            yield page_feature_untrue(None, min(words), True)
        elif not there and words & claimed:
            yield page_feature_untrue(None, min(words & claimed), False)


def _lists(epub: Opened) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Each page list there should be, and how the document is called that it stands in."""
    if epub.nav is not None:
        yield "contents", epub.nav.pages
    if epub.ncx is not None:
        yield "NCX", epub.ncx.pages


def _order(epub: Opened) -> dict[Target | None, int]:
    """Each place that a link can lead to, numbered in the order of the text."""
    order: dict[Target | None, int] = {}
    for place in epub.spine:
        name = place.item.name
        order.setdefault(Target(name), len(order))
        document = epub.documents.get(name)
        for element in document.iter(etree.Element) if document is not None else ():
            if ident := element.get("id"):
                order.setdefault(Target(name, ident), len(order))
    return order


RULES: tuple[Callable[[Opened], Iterator[Problem]], ...] = (
    marks_outside,
    marks_labelled,
    marks_listed,
    lists_in_order,
    source_named,
    features_true,
)
