"""What a style asks of the lines of its paragraphs, in custom properties.

`--octavo-line-breaking` is `optimal` or `greedy` (the engine's own way, and what is meant where nothing is said).
`--octavo-hyphens: fewer` makes hyphens dearer, `--octavo-spaces: tighter` lets spaces shrink further, and
`--octavo-lines: more` or `fewer` sets a paragraph a line longer or shorter than looks best, where its spaces allow it
(for fewer they may be as tight).
All are inherited, as custom properties are.
"""

from dataclasses import dataclass

from publish.pdf.lines.inner import Style
from publish.pdf.lines.reasons import Reason, UnplannedError
from publish.pdf.lines.taste import JUSTIFIED, RAGGED, Taste

LINES = {"more": 1, "fewer": -1}


@dataclass(frozen=True)
class Wish:
    """How lines shall look, and how many more of them there shall be than look best."""

    taste: Taste
    lines: int = 0


def wish_of(style: Style) -> Wish:
    """What the style of a line box asks for.

    Raises:
        UnplannedError: the engine's own lines, or such as are not planned.
    """
    if _word(style, "line_breaking") != "optimal":
        raise UnplannedError(Reason.GREEDY)
    if style["direction"] != "ltr":
        raise UnplannedError(Reason.DIRECTION)
    if style["white_space"] not in ("normal", "nowrap"):
        raise UnplannedError(Reason.WHITE_SPACE)
    taste = {"justify": JUSTIFIED, "start": RAGGED, "left": RAGGED}.get(style["text_align_all"])
    if taste is None:
        raise UnplannedError(Reason.ALIGNED)
    if _word(style, "hyphens") == "fewer":
        taste = taste.fewer_hyphens()
    lines = LINES.get(_word(style, "lines"), 0)
    if lines < 0 or _word(style, "spaces") == "tighter":
        taste = taste.tighter()
    return Wish(taste, lines)


def _word(style: Style, name: str) -> str:
    """The one word that a custom property of ours says; nothing if it says anything else."""
    said = [token for token in style[f"__octavo_{name}"] or () if token.type != "whitespace"]
    return str(said[0].lower_value) if len(said) == 1 and said[0].type == "ident" else ""
