"""The calls that do the work, for this process or another: they load the engine where they run, and only there.

A program that finds everything in the cache, and one that hands the work to others, never loads it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from publish.pdf.folios import FolioSheet
from publish.pdf.fragment import Fragment, Kit
from publish.pdf.record import Set
from publish.pdf.workshop import Task

LONGEST = 50_000
"""Characters of HTML in a batch of several fragments."""


@dataclass(frozen=True)
class Batch:
    """Fragments of one kit that are set one after the other, each with its number among those of the caller."""

    kit: Kit
    fragments: tuple[tuple[int, Fragment], ...]

    @property
    def name(self) -> str:
        """What the batch holds, in few words."""
        names = [fragment.name for _, fragment in self.fragments]
        return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"

    @property
    def weight(self) -> int:
        """About how long it takes."""
        return sum(len(fragment.html) for _, fragment in self.fragments)


@dataclass(frozen=True)
class Numbered:
    """What was set, with the number of its fragment."""

    number: int
    set: Set


def set_batch(batch: Batch, progress: Callable[[str], None] = lambda _: None) -> list[Numbered]:
    """Set all fragments of a batch.

    Raises:
        EngineError: the engine broke down over one of them.
    """
    from publish.pdf.setting import set_fragment

    return [Numbered(number, set_fragment(batch.kit, fragment, progress)) for number, fragment in batch.fragments]


def paint(sheet: FolioSheet) -> list[Set]:
    """Paint a sheet of folios, which is all that the list holds.

    Raises:
        EngineError: the engine broke down over it.
    """
    from publish.pdf.painting import paint_folios

    return [paint_folios(sheet)]


def task(batch: Batch) -> Task:
    """The setting of a batch as a task for a workshop."""
    fragments = batch.fragments if len(batch.fragments) > 1 else ()
    parts = tuple(task(Batch(batch.kit, (fragment,))) for fragment in fragments)
    return Task(batch.name, set_batch, (batch,), batch.weight, parts)


def batches(fragments: Sequence[tuple[Kit, Fragment]], count: int) -> Iterator[Batch]:
    """Fragments in about so many batches of about the same length, in the order of the book.

    Of a long book there are more: what a worker holds shall not grow with the book.
    """
    share = min(sum(len(fragment.html) for _, fragment in fragments) / max(count, 1), LONGEST)
    held: list[tuple[int, Fragment]] = []
    for number, (kit, fragment) in enumerate(fragments):
        if held and (fragments[number - 1][0] != kit or _length(held) + len(fragment.html) / 2 > share):
            yield Batch(fragments[number - 1][0], tuple(held))
            held = []
        held.append((number, fragment))
    if held:
        yield Batch(fragments[-1][0], tuple(held))


def _length(held: Sequence[tuple[int, Fragment]]) -> int:
    return sum(len(fragment.html) for _, fragment in held)
