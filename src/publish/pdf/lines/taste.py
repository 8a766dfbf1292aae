"""What makes a paragraph look well, in numbers: how far spaces give, and what each blemish of a line costs."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Taste:
    """Costs are demerits, which add up. A line costs the square of its badness, and badness grows with the difference
    of its spaces from the `ideal` one, so that the sum is least where all spaces are most alike. Spaces are measured in
    natural ones.

    `steep` is the badness of a line whose spaces differ by a natural one; it is more than that in proportion where they
    differ by more than `far`, and three times as much where they are less than `tight`. A ratio of 1 is a space that is
    wider by `stretch`, a ratio of -1 one that is narrower by `shrink`, or has only `least_space` em left. No line is
    stretched beyond the ratio `tolerance` where there is another way.

    What a line ends at costs a penalty, squared: at a `dash`, after a `hyphen` that the author wrote, at a `syllable`;
    0 for `syllable` leaves words whole. More is paid for two hyphens in a row (`double`), for a third one (`ladder`),
    for a hyphen in the last line but one (`last_hyphen`), for a loose line beside a tight one (`adjacent`), for a last
    line narrower than `runt_width` em (`runt`), and for one that must not be, a part of a word (`stub`).

    `ragged` is by how many em a line may stay short at a ratio of 1; then spaces do not give.
    """

    ideal: float = 1.17
    steep: float = 400
    far: float = 0.45
    tight: float = 0.7
    stretch: float = 0.6
    shrink: float = 0.36
    least_space: float = 0.128
    tolerance: float = 2.5
    dash: float = 0
    hyphen: float = 50
    syllable: float = 240
    double: float = 20_000
    ladder: float = 1e8
    last_hyphen: float = 5_000
    adjacent: float = 10_000
    runt: float = 10_000
    runt_width: float = 4
    stub: float = 4e8
    ragged: float = 0

    def fewer_hyphens(self) -> "Taste":
        """The same taste where hyphens cost more."""
        return replace(self, syllable=self.syllable * 2, double=self.double * 4)

    def tighter(self) -> "Taste":
        """The same taste with narrower spaces."""
        tight, least = self.tight - 0.1, self.least_space - 0.02
        return replace(self, ideal=self.ideal - 0.12, tight=tight, shrink=self.shrink + 0.08, least_space=least)


JUSTIFIED = Taste()
RAGGED = Taste(ideal=1, shrink=0, ragged=4, syllable=0)
