"""Figures on the finished pages: which stand far from the words that speak of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from lxml import etree

from publish.book.flow import Source, Text
from publish.book.model import Book, Section
from publish.book.text import tree
from publish.pages import PageStart
from publish.pdf.blemish_findings import figure_far
from publish.pdf.place import Placing
from publish.pdf.unsettled import address_of
from publish.places import Address
from publish.problems import Problems

NEAR = 1
"""Pages between a figure and the next words that speak of it: it can be on the facing page, or behind the leaf."""


def report_figures(book: Book, placing: Placing, problems: Problems) -> None:
    """Say which figures with a picture have no reference near them. A figure that nothing refers to is no matter."""
    trees = {section.id: tree(section.xhtml) for section in book.sections if b"<figure" in section.xhtml}
    figures = {ident: (section, figure) for section in trees for ident, figure in _figures(trees[section])}
    if not figures:
        return
    pages = placing.page_map().pages
    spoken: dict[str, list[int]] = defaultdict(list)
    for section in book.sections:
        for ident, page in _references(section, pages, figures):
            spoken[ident].append(page)
    places = {section.id: section.places for section in book.sections}
    for ident, (section_id, figure) in figures.items():
        if ident not in placing.anchors or not spoken[ident]:
            continue
        own, _ = placing.anchors[ident]
        nearest = min(spoken[ident], key=lambda page: abs(page - own))
        if abs(nearest - own) > NEAR:
            span = places[section_id].of(Address(section_id, int(figure.get("data-p", "0"))))
            found = figure_far(span, _name(figure), pages[own].label, pages[nearest].label)
            problems.add(found.on_page(pages[own].label))


def _figures(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for figure in root.iter("figure"):
        ident = figure.get("id")
        if ident and figure.find(".//img") is not None:
            yield ident, figure


def _name(figure: etree._Element) -> str:
    """What the book calls a figure: "Figure 3"."""
    labels = (element for element in figure.iter("span") if element.get("class") == "label")
    label = next(labels, None)
    return "a figure" if label is None else " ".join("".join(map(str, label.itertext())).split()).rstrip(".:")


def _references(
    section: Section, pages: tuple[PageStart, ...], wanted: Mapping[str, object]
) -> Iterator[tuple[str, int]]:
    """The figures that a section's text names, each with the page (from 0) on which it does."""
    if b'class="ref"' not in section.xhtml:
        return
    root = tree(section.xhtml)
    links = [link for link in root.iter("a") if link.get("href", "")[1:] in wanted and link.get("class") == "ref"]
    if not links:
        return
    pieces = Source([Text(section.id, None, section.xhtml)]).pieces

    def position(address: Address) -> int:
        piece = pieces.get((address.section, address.serial))
        return 0 if piece is None else piece.start if address.offset is None else piece.at(address.offset)

    starts = [(position(page.start), page.index) for page in pages if page.start and page.start.section == section.id]
    for link in links:
        at = position(address_of(section, link))
        yield link.get("href", "")[1:], max((page for start, page in starts if start <= at), default=starts[0][1])
