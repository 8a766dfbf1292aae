"""Why a paragraph is left to the engine's own line breaking."""

from enum import StrEnum


class Reason(StrEnum):
    """Why, in words that follow "for" or stand alone."""

    GREEDY = "the styles ask for it"
    ALIGNED = "centred or set from the right"
    WHITE_SPACE = "spaces and line ends are kept"
    SCRIPT = "a script that is not set word by word"
    DIRECTION = "set from right to left"
    LEADER = "a leader"
    FLOAT = "something floats within the text"
    FIRST_LINE = "its first line has a style of its own"
    DECORATION = "borders are closed where lines end"
    INLINE_BOX = "a table or the like within a line"
    WIDE = "a word is wider than its line"
    UNKNOWN = "the planner lost its way"


class UnplannedError(Exception):
    """A paragraph holds something that the planner leaves to the engine."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
