"""What is known of some laid-out pages besides their PDF: frozen, and kept with it, so that nobody need look again.

Places in the text are addresses, never lines of the manuscript: a chapter whose lines move in its file is not laid
out again. Lengths are CSS pixels, heights of destinations points from the page's foot.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from publish.pdf.observation import Observation
from publish.pdf.verdict import Verdict
from publish.places import Address

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Groups = tuple[tuple[str, int], ...]
"""The named groups of pages that a page stands in, outermost first, and its number in each, from 1."""
Fonts = Mapping[str, Any]
"""The fonts of a PDF, as `subsets.dump` writes them."""

ASIDE = "octavo: stood aside"
"""The pattern of the one remark that is our own: grafts that stand aside, and the version of the engine."""


@dataclass(frozen=True)
class Remark:
    """One line of the engine's log: its pattern, the values in it, and the style sheet being read then, if one was."""

    message: str
    pattern: str
    values: tuple[str, ...]
    sheet: str | None = None


@dataclass(frozen=True)
class Counter:
    """What a page does to the counter `page`: the value it resets it to, the step it adds, the value it sets."""

    reset: int | None = None
    step: int = 1
    fixed: int | None = None

    def after(self, value: int) -> int:
        """The counter on this page, where it stood at `value` on the page before."""
        counted = (value if self.reset is None else self.reset) + self.step
        return counted if self.fixed is None else self.fixed


@dataclass(frozen=True)
class PageRecord:
    """One laid-out page.

    `strings` are the named strings set on it, each with its first and its last value. `start` is where its text
    begins, with some of the text on either side; `block` the digest of the block there, and the offset in its image.
    `left` is the margin before its text, `area` the text's width and height. `notes` are the ids of the notes at its
    foot.
    """

    name: str
    groups: Groups
    side: str
    blank: bool
    counter: Counter
    left: float
    area: tuple[float, float]
    strings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    start: Address | None = None
    before: str = ""
    after: str = ""
    block: tuple[str, int] = ("", 0)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seams:
    """How a fragment wants to meet its neighbours: `break-before` and `break-after` where it begins and ends, in the
    order in which the engine weighs them, and the names of its first and last page.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Lines:
    """How paragraphs were broken into lines: how many were planned as a whole, how many were left to the engine, each
    with why, and what the planner broke down over, if it did; then all were.

    `spared` are the words that would have been divided over a page turn if no other plan had been taken; `divided` says
    of each that was how many demerits more the best other plan costs, None where there is none.
    """

    planned: int = 0
    left: Mapping[str, int] = field(default_factory=dict)
    failure: str = ""
    spared: int = 0
    divided: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Record:
    """All that is known of a fragment's pages.

    `anchors` gives page (from 0) and height of each id; `body` the page on which the book's body begins, if it does
    here; `overflowing` the ids of notes that must be set elsewhere; `colours` each colour that is not black with its
    first page; `figures` the pages that have some; `fonts` what the PDF's fonts hold; `observations` what may mar the
    pages; `lines` how its paragraphs were broken.
    """

    pages: tuple[PageRecord, ...] = ()
    anchors: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    body: int | None = None
    seams: Seams = Seams()
    verdict: Verdict = field(default_factory=Verdict)
    overflowing: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    colours: tuple[tuple[int, str], ...] = ()
    figures: tuple[int, ...] = ()
    fonts: Fonts = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    lines: Lines = Lines()


@dataclass(frozen=True)
class Set:
    """A fragment set in type: its record and its PDF."""

    record: Record
    pdf: bytes


def packed(made: Set) -> bytes:
    """A set fragment as one blob."""
    head = _records().dump_json(made.record)
    return len(head).to_bytes(4, "big") + head + made.pdf


def unpacked(blob: bytes) -> Set | None:
    """What `packed` packed; None where it is something else."""
    end = 4 + int.from_bytes(blob[:4], "big")
    try:
        return Set(_records().validate_json(blob[4:end]), blob[end:])
    except ValueError:
        return None


@cache
def _records() -> "TypeAdapter[Record]":
    from pydantic import TypeAdapter  # noqa: PLC0415  an e-book has no records, and this takes a while to load

    return TypeAdapter(Record)
