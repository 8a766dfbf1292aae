"""Where the book is cut for layout, and where it must stay in one piece."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from publish.layout.model import Rendition
from publish.layout.pagecss import FolioStyle
from publish.pdf.findings import one_piece
from publish.pdf.fragment import Fragment, Kit, apart, kit_of, whole
from publish.pdf.layers import layers_of
from publish.places import Span
from publish.problems import Problems

BEGIN = "right"
"""The side that fragments are set for where their text can be slid to the other."""


@dataclass(frozen=True)
class Cut:
    """The fragments of a rendition, the kit of each, and what is drawn around them.

    `folios` is None where the book is in one piece and bears its furniture itself.
    """

    fragments: tuple[tuple[Kit, Fragment], ...]
    folios: FolioStyle | None = None

    @property
    def slides(self) -> bool:
        """Whether text set for a right page can be slid to a left one."""
        return self.folios is not None and self.folios.slides

    def on_sides(self, sides: tuple[str, ...]) -> "Cut":
        """The same with each fragment set for the side on which it begins; the first lies as it falls."""
        pairs = zip(self.fragments, sides, strict=True)
        set_for = [(kit, replace(fragment, side=side)) for (kit, fragment), side in pairs]
        return replace(self, fragments=(self.fragments[0], *set_for[1:]))


def cut(rendition: Rendition, problems: Problems) -> Cut:
    """Cut a rendition into its sections, unless its styles or its template forbid it, or there is but one.

    What forbids it goes to `problems`.
    """
    if len(rendition.documents) < 2:
        return in_one_piece(rendition)
    layers = layers_of(rendition.stylesheets)
    for seam in layers.seams:
        problems.add(one_piece(Span(seam.sheet, seam.line, seam.column), seam.what, seam.why))
    fragments = () if layers.seams else apart(rendition)
    if not fragments:
        return in_one_piece(rendition)
    opening, later = (kit_of(rendition, sheets) for sheets in (layers.opening, layers.later))
    return Cut(tuple(_fragments(fragments, opening, later)), layers.folios)


def in_one_piece(rendition: Rendition) -> Cut:
    """The whole book as one fragment."""
    return Cut(((kit_of(rendition, rendition.stylesheets), whole(rendition)),))


def _fragments(fragments: tuple[Fragment, ...], opening: Kit, later: Kit) -> Iterator[tuple[Kit, Fragment]]:
    yield opening, fragments[0]
    for fragment in fragments[1:]:
        yield later, replace(fragment, side=BEGIN)
