"""How a booklet is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Folding:
    """The sheet of a booklet (`a4`, `letter`, empty for that of the book's language), and the pages of a signature.

    None folds all sheets into one another.
    """

    sheet: str = ""
    signature: int | None = None


USUAL_FOLDING = Folding()
