"""What makes a paragraph look well, in numbers: how far spaces give, and what each blemish of a line costs."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Taste:
    """Costs in demerits, as Knuth and Plass count them: a line costs the square of its badness and line penalty.

    Badness is 100 where spaces are stretched by `stretch` of their natural width, and grows with the cube of that
    ratio. `shrink` is the share of a space that may go, and `least_space` (em) the space that must stay. Lines are
    looked for without hyphenation first, none stretched beyond the ratio `first_tolerance`; then with it, none beyond
    `tolerance`; then whatever fits. Penalties of a break are squared and added: at a `dash`, after a `hyphen` that the
    author wrote, at a `syllable`. Further demerits are for two hyphens in a row (`double`), for a third one (`ladder`),
    for a hyphen in the last line but one (`last_hyphen`), for a loose line beside a tight one (`adjacent`), for a last
    line narrower than `runt_width` em (`runt`), and for one that must not be, a part of a word (`stub`).
    `ragged` is by how many em a line may stay short; then spaces do not give.
    """

    stretch: float = 0.6
    shrink: float = 0.3
    least_space: float = 0.14
    first_tolerance: float = 0.8
    tolerance: float = 4.0
    line: float = 10
    dash: float = 0
    hyphen: float = 50
    syllable: float = 200
    double: float = 20_000
    ladder: float = 1e8
    last_hyphen: float = 50_000
    adjacent: float = 10_000
    runt: float = 50_000
    runt_width: float = 4
    stub: float = 4e8
    ragged: float = 0

    def fewer_hyphens(self) -> "Taste":
        """The same taste where hyphens cost more."""
        return replace(self, syllable=self.syllable * 4, double=self.double * 4)

    def tighter(self) -> "Taste":
        """The same taste where spaces may shrink further."""
        return replace(self, shrink=self.shrink + 0.1, least_space=self.least_space - 0.02)


JUSTIFIED = Taste()
RAGGED = Taste(stretch=0, shrink=0, ragged=4, first_tolerance=4.0, tolerance=0, hyphen=200, syllable=2000)
