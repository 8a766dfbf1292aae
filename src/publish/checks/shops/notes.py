"""Rules for notes: whether a shop's readers show them on top of the page.

That a note leads back to its call is asked of every EPUB.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from publish.checks.navigation import EPUB_TYPE, resolved, said
from publish.checks.opened import Opened
from publish.checks.shops import findings
from publish.checks.shops.case import Case, span_of
from publish.places import Span
from publish.problems import Problem

At = tuple[int, int]
"""A place in the order of reading: which document, which element in it."""


@dataclass(frozen=True)
class Spot:
    """An element with an id, where it stands in the order of reading, and the document that holds it."""

    at: At
    document: str
    element: etree._Element


@dataclass(frozen=True)
class Call:
    """The call of a note, and the note that it leads to."""

    spot: Spot
    note: Spot

    def span(self, case: Case) -> Span:
        """Where the author wrote the note; of an EPUB that we know no manuscript of, the place in its document."""
        return case.places.get(f"#{self.note.element.get('id')}") or span_of(self.spot.element, self.spot.document)


def note_length(case: Case) -> Iterator[Problem]:
    """No note is too long to be shown in place."""
    for call in _calls(case.opened):
        length = len(said(call.note.element))
        if length > case.rule.most:
            yield findings.note_too_long(call.span(case), case.shop, call.note.document, length, case.rule.most)


def notes_after_calls(case: Case) -> Iterator[Problem]:
    """Each note stands after all calls of it."""
    for call in _calls(case.opened):
        if call.note.at < call.spot.at:
            yield findings.note_before_call(call.span(case), case.shop, call.spot.document, said(call.spot.element))


def notes_as_asides(case: Case) -> Iterator[Problem]:
    """Each call leads to an `<aside epub:type="footnote">`."""
    for call in _calls(case.opened):
        note = call.note.element
        if etree.QName(note).localname != "aside" or "footnote" not in note.get(EPUB_TYPE, "").split():
            yield findings.note_no_aside(call.span(case), case.shop, call.spot.document, said(call.spot.element))


def _calls(opened: Opened) -> Iterator[Call]:
    """The calls of notes, in the order of reading. One that leads nowhere is for EPUBCheck to say."""
    spots: dict[str, Spot] = {}
    calls = []
    for order, (name, document) in enumerate(opened.documents.items()):
        for place, element in enumerate(document.iter(etree.Element)):
            spot = Spot((order, place), name, element)
            if ident := element.get("id"):
                spots.setdefault(f"{name}#{ident}", spot)
            if "noteref" in element.get(EPUB_TYPE, "").split() or element.get("role") == "doc-noteref":
                calls.append(spot)
    for spot in calls:
        note = spots.get(str(resolved(spot.element.get("href", ""), spot.document)))
        if note is not None:
            yield Call(spot, note)
