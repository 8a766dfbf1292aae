"""What the ledger of some pages found, as plain values, and as problems with their places in the manuscript."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from publish.pdf.findings import more_lost, text_cut, text_lost, text_out_of_order, text_unexpected
from publish.places import Address, Span
from publish.problems import Problems

ENOUGH = 12
"""Passages that are named one by one: where a style hides every word in italics, the first few say it all."""


@dataclass(frozen=True)
class Passage:
    """Some words of the author's: their address, how many they are where that matters, and the words around them."""

    address: Address
    words: str
    count: int = 0
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a ledger found: how many characters the pages had to show and how many are missing, and what is wrong.

    Of passages that are `lost` the first ones are named, and `more` says how many follow.
    """

    whole: int = 0
    missing: int = 0
    lost: tuple[Passage, ...] = ()
    more: int = 0
    disordered: tuple[Passage, ...] = ()
    cut: tuple[Passage, ...] = ()
    unexpected: tuple[Passage, ...] = ()


def coverage(verdicts: Iterable[Verdict]) -> float:
    """The share of the author's characters that the pages show."""
    found = list(verdicts)
    whole = sum(verdict.whole for verdict in found)
    return 1 - sum(verdict.missing for verdict in found) / whole if whole else 1.0


def report_verdicts(verdicts: Iterable[Verdict], place: Callable[[Address], Span | None], problems: Problems) -> None:
    """Add a problem for each passage that is lost, out of order, cut off, or not the author's."""
    found = list(verdicts)
    lost = [passage for verdict in found for passage in verdict.lost]
    for passage in lost[:ENOUGH]:
        problems.add(text_lost(place(passage.address), passage.words, passage.count, passage.before, passage.after))
    if more := len(lost[ENOUGH:]) + sum(verdict.more for verdict in found):
        problems.add(more_lost(None, more))
    for verdict in found:
        for passage in verdict.disordered:
            problems.add(text_out_of_order(place(passage.address), passage.words, passage.before))
        for passage in verdict.cut:
            problems.add(text_cut(place(passage.address), passage.words))
        for passage in verdict.unexpected:
            problems.add(text_unexpected(place(passage.address), passage.words))
