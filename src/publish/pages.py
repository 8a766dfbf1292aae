"""The printed pages as the rest of the house sees them: where each begins and what folio it bears."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from publish.places import Address


@dataclass(frozen=True)
class PageStart:
    """One printed page: its number in the file from 0, its label (the folio: "xii", "57"), and where its text begins.

    `start` is None on a page without text of the author's (blank, or wholly made by us). `before` and `after`
    are up to 40 normalised characters on either side of the start, by which it can be found again in a changed text.
    """

    index: int
    label: str
    start: Address | None
    blank: bool = False
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class PageMap:
    """The pages of one laid-out edition, and the label of the page on which each id of the book stands."""

    pages: tuple[PageStart, ...]
    anchors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class References:
    """Text that depends on pages: the label of the page on which each id stands.

    An id that is not known yet reads `unknown`, which has the width of a usual page number, so that the first
    layout is seldom changed by the second.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    unknown: str = "888"

    def page_of(self, ident: str) -> str:
        """The printed page of an id, or the placeholder."""
        return self.labels.get(ident, self.unknown)
