"""The folio layer: running heads, folios and page backgrounds, painted on empty pages by the theme's own page rules.

What a page's furniture depends on is a `Folio`: kind of page, side, named strings, and its number as a string. Folios
that are alike are painted once, and kept for later builds.
"""

from dataclasses import dataclass

from publish.pdf.fragment import Kit
from publish.pdf.record import Groups


@dataclass(frozen=True)
class Folio:
    """The furniture of a page: what kind of page it is, and the strings in it, each with its first and last value.

    `groups` are its page groups, numbers beyond what the styles tell apart made one. A string that is not `fresh` was
    set on an earlier page. `opens` is true on the first page of the book; such a folio has
    no others of its groups before it.
    """

    groups: Groups
    side: str
    blank: bool
    opens: bool
    strings: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True)
class FolioSheet:
    """Folios to be painted together, in the frame of the book's template; `carried` says that strings set on an
    earlier page must be set there, since a style asks whether they are.
    """

    kit: Kit
    frame: tuple[str, str]
    folios: tuple[Folio, ...]
    carried: bool = False
