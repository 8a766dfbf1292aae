"""What a typesetter would look at again on laid-out pages, as plain values that are kept with them."""

from dataclasses import dataclass
from enum import StrEnum

from publish.places import Address


class Blemish(StrEnum):
    """What may mar a page."""

    OVERFLOWING = "overflowing"
    LOOSE = "loose"
    TIGHT = "tight"
    LADDER = "ladder"
    DIVIDED = "divided"
    WIDOW = "widow"
    ORPHAN = "orphan"
    RUNT = "runt"
    STRANDED = "stranded"
    SPLIT = "split"
    GAP = "gap"
    COARSE = "coarse"


@dataclass(frozen=True)
class Observation:
    """A blemish: on which page of its fragment (from 0), where in the text, with some words, and how bad it is.

    `amount` is millimetres beyond the room (overflowing), em added to a space (loose, tight), lines (ladder), the share
    of the page that is empty (gap), or pixels per inch (coarse).
    """

    blemish: Blemish
    page: int
    address: Address
    words: str = ""
    amount: float = 0.0
