"""A paragraph's plan: where each of its lines ends, found by the box and the byte at which the engine stands."""

from dataclasses import dataclass, field
from typing import NamedTuple

from publish.pdf.lines.fit import SYLLABLE, Begin, Fit, Room, Wanted, other_fit, total_fit
from publish.pdf.lines.inner import Box, Skip
from publish.pdf.lines.paragraph import Paragraph
from publish.pdf.lines.reasons import Reason, UnplannedError
from publish.pdf.lines.taste import Taste

Path = tuple[int, ...]


class End(NamedTuple):
    """Where a line ends in a text box: the byte at which the next one starts, the character that this one ends before,
    and the hyphen that is added.
    """

    resume: int
    until: int
    hyphen: str


class Start(NamedTuple):
    """Where a line starts: in which stretch, after which of its breaks, and how wide it was planned to be."""

    stretch: int
    after: int
    width: float


@dataclass(eq=False)
class Plan:
    """The lines of a paragraph from some start on.

    `shift` is by how much a float before the text moves the first line; the engine forgets that of a first letter.
    `free` is the plan without regard to a page turn, where this one has some.
    """

    paragraph: Paragraph
    taste: Taste
    width: float
    shift: float = 0.0
    free: "Plan | None" = None
    starts: dict[Path, Start] = field(default_factory=dict)
    ends: dict[int, list[End]] = field(default_factory=dict)

    def end(self, box: Box, skip: int) -> End | None:
        """Where the line that starts at a byte of a text box ends in it; None where it goes on beyond."""
        return next((end for end in self.ends.get(id(box), ()) if end.resume > skip), None)

    def count_from(self, path: Path) -> int:
        """How many lines there are from the one on that a path leads to; 0 if none starts there."""
        starts = list(self.starts)
        return len(starts) - starts.index(path) if path in self.starts else 0

    def after(self, path: Path, lines: int) -> int:
        """The break that ends the last of so many lines from the one on that a path leads to; there must be more."""
        starts = list(self.starts)
        return self.starts[starts[starts.index(path) + lines]].after


def path_of(skip: Skip) -> Path:
    """The engine's way to a line's start as a tuple."""
    path = []
    while skip:
        ((index, skip),) = skip.items()
        path.append(index)
    return tuple(path)


def start_of(paragraph: Paragraph, path: Path) -> tuple[int, int]:
    """In which stretch of a paragraph, and after which break, the line begins that a path leads to.

    Raises:
        UnplannedError: no line can begin there.
    """
    for number, stretch in enumerate(paragraph.stretches):
        if stretch.path == path:
            return number, -1
        for at, place in enumerate(stretch.places):
            if place is not None and place.piece.path == path[:-1] and place.path == path:
                return number, at
    raise UnplannedError(Reason.UNKNOWN)


def make_plan(
    paragraph: Paragraph, taste: Taste, start: tuple[int, int], indent: float, room: Room, *, lines: int = 0
) -> Plan:
    """Plan all lines from a start on; `lines` more than look best (fewer, if negative), where that is possible.

    Raises:
        UnplannedError: a word is wider than its line.
    """
    plan = Plan(paragraph, taste, room.widths[-1])
    first, after = start
    for number in range(first, len(paragraph.stretches)):
        breaks = paragraph.stretches[number].breaks
        begin = begin_at(paragraph, Start(number, after, room.widths[0]), indent)
        fit = total_fit(breaks, room, taste, begin)
        if fit is None:
            raise UnplannedError(Reason.WIDE)
        if lines and number == len(paragraph.stretches) - 1 and (count := len(fit.breaks) + lines) > 0:
            fit = other_fit(breaks, room, taste, begin, Wanted(count)) or fit
        enter(plan, Start(number, after, room.widths[0]), fit, room)
        room = Room(room.widths[len(fit.breaks) :] or room.widths[-1:], room.em)
        after, indent = -1, 0.0
    return plan


def begin_at(paragraph: Paragraph, start: Start, indent: float) -> Begin:
    """Where a line starts, as a fit has it."""
    breaks, after = paragraph.stretches[start.stretch].breaks, start.after
    return Begin(after, breaks.starts[after], breaks.start_spaces[after]) if after >= 0 else Begin(-1, -indent)


def enter(plan: Plan, start: Start, fit: Fit, room: Room) -> None:
    """Write the lines of a stretch down in a plan, from a start on."""
    number = start.stretch
    stretch = plan.paragraph.stretches[number]
    begin = stretch.places[start.after] if start.after >= 0 else None
    plan.starts[begin.path if begin else stretch.path] = start
    for line, at in enumerate(fit.breaks[:-1], 1):
        place = stretch.places[at]
        if place is None:
            raise UnplannedError(Reason.UNKNOWN)
        plan.starts[place.path] = Start(number, at, room.widths[min(line, len(room.widths) - 1)])
        hyphen = place.piece.measures.hyphen if stretch.breaks.kinds[at] == SYLLABLE else ""
        plan.ends.setdefault(id(place.piece.box), []).append(End(place.piece.bytes_to(place.resume), place.end, hyphen))
