"""What a rule is given, and places in the EPUB."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from publish.checks.opened import Opened
from publish.places import Span
from publish.shops.profiles import Rule


@dataclass(frozen=True)
class Case:
    """An EPUB before one rule of a shop.

    `places` are where the author wrote what can be mended there: a key of the metadata (`isbn`), a section or a note
    (`#id`).
    """

    opened: Opened
    shop: str
    rule: Rule
    places: Mapping[str, Span]

    def section(self, document: str) -> Span:
        """Where the author wrote the section that a document shows; the document itself where that is not known."""
        ids = (f"#{element.get('id')}" for element in self.opened.documents[document].iter("{*}section"))
        return next((self.places[ident] for ident in ids if ident in self.places), Span(document, 1))


def span_of(element: etree._Element, document: str) -> Span:
    """The place of an element in a document of the EPUB."""
    line = element.sourceline
    return Span(document, line if isinstance(line, int) and line > 0 else 1)
