"""The printed pages as the rest of the house sees them: where each begins and what folio it bears; and as a file.

The page map of an edition is kept beside its PDF, so that an e-book can name the pages of the printed book, also when
the text has changed since: what stands around each page's beginning is kept with it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from publish.places import Address

FORMAT = 3
SUFFIX = ".pages.json"


@dataclass(frozen=True)
class PageStart:
    """One printed page: its number in the file from 0, its label (the folio: "xii", "57"), and where its text begins.

    `start` is None on a page without text (blank, or the later ones of what we made). `before` and `after` are up to 40
    normalised characters on either side of the start; `block` is the digest of the block in which the page begins, and
    the offset in that block's image.
    """

    index: int
    label: str
    start: Address | None
    blank: bool = False
    before: str = ""
    after: str = ""
    block: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class PageMap:
    """The pages of one laid-out edition, and the label of the page on which each id of the book stands.

    `source` names the printed edition: `urn:isbn:...`, or the book's own identifier.
    """

    pages: tuple[PageStart, ...]
    anchors: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


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


class Precision(StrEnum):
    """How closely an e-book says where printed pages begin: at the word, at the block, or not at all."""

    EXACT = "exact"
    BLOCK = "block"
    NONE = "none"


@dataclass(frozen=True)
class PageChoice:
    """Whose pages an e-book names: an edition's that was built here, by name, else those that the metadata say."""

    of: str = ""
    precision: Precision = Precision.EXACT


USUAL_PAGES = PageChoice()


@dataclass(frozen=True)
class KeptPages:
    """A page map as it is kept: the pages, and the name and digest (SHA-256) of the PDF that they are those of."""

    pages: PageMap
    pdf: str
    sha256: str


def dump(kept: KeptPages) -> bytes:
    """A page map as a file."""
    rows = [
        {
            "label": page.label,
            "start": [page.start.section, page.start.serial, page.start.offset] if page.start else None,
            "blank": page.blank,
            "text": [page.before, page.after],
            "block": [*page.block],
        }
        for page in kept.pages.pages
    ]
    stored = {
        "format": FORMAT,
        "pdf": kept.pdf,
        "sha256": kept.sha256,
        "source": kept.pages.source,
        "pages": rows,
        "anchors": dict(kept.pages.anchors),
    }
    return json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def load(data: bytes) -> KeptPages:
    """A page map from its file.

    Raises:
        ValueError: the file is none, or one of another version; the message says which.
    """
    try:
        stored = json.loads(data)
        if stored["format"] != FORMAT:
            raise ValueError(f"its format is {stored['format']}, and this version of Octavo reads {FORMAT}")
        pages = tuple(_page(index, row) for index, row in enumerate(stored["pages"]))
        anchors = {str(ident): str(label) for ident, label in stored["anchors"].items()}
        return KeptPages(PageMap(pages, anchors, str(stored["source"])), str(stored["pdf"]), str(stored["sha256"]))
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError, UnicodeDecodeError) as fault:
        raise ValueError("it is no page map") from fault
    except json.JSONDecodeError as fault:
        raise ValueError(f"it is damaged at line {fault.lineno}") from fault


def _page(index: int, row: Mapping[str, Any]) -> PageStart:
    start, (before, after), (block, offset) = row["start"], row["text"], row["block"]
    return PageStart(
        index,
        str(row["label"]),
        Address(str(start[0]), int(start[1]), None if start[2] is None else int(start[2])) if start else None,
        bool(row["blank"]),
        str(before),
        str(after),
        (str(block), int(offset)),
    )
