"""References to pages that never come true: which they are, and where they were typed."""

from collections.abc import Iterator

from lxml import etree

from publish.book.model import Book, Section
from publish.book.text import tree
from publish.pages import References
from publish.pdf.findings import unsettled
from publish.places import Address, Span
from publish.problems import Problems


def report_unsettled(book: Book, before: References, after: References, problems: Problems) -> None:
    """Add a problem for each page reference whose page still changes between two layouts, at its place.

    Where only the contents change, the problem names the chapter and has no place.
    """
    found = False
    for section in book.sections:
        for ident, span in _named(section):
            first, second = before.page_of(ident), after.page_of(ident)
            if first != second:
                found = True
                problems.add(unsettled(span, ident, first, second))
    if not found:
        for ident in sorted(book.ids):
            first, second = before.page_of(ident), after.page_of(ident)
            if first != second:
                problems.add(unsettled(None, ident, first, second))
                return


def _named(section: Section) -> Iterator[tuple[str, Span | None]]:
    """The ids whose pages a section names, with the place of each naming."""
    for xhtml in (section.xhtml, *(note.xhtml for note in section.notes)):
        for link in tree(xhtml).iter("a") if xhtml else ():
            if "page-ref" in link.get("class", "").split():
                yield link.get("href", "").removeprefix("#"), section.places.of(address_of(section, link))


def address_of(section: Section, link: etree._Element) -> Address:
    """The address of a link that we wrote: the text of the author's before it. One of the author's has its own."""
    if serial := link.get("data-p"):
        return Address(section.id, int(serial), 0)
    holder = next(above for above in link.iterancestors() if above.get("data-p"))
    before = holder.text or ""
    for child in holder:
        if child is link:
            break
        before += child.tail or ""
    return Address(section.id, int(holder.get("data-p", "0")), len(before))
