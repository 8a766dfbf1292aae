"""The barcode of a book: its ISBN as an EAN-13 symbol, in the black ink alone.

Sizes are those of the GS1 General Specifications, section 5.2 (they agree with ISO/IEC 15420): a module of 0.33 mm at
the nominal size, which may be printed at 80 to 200 percent of it; light margins of 11 modules before and 7 behind; bars
of 22.85 mm, those of the guards five modules longer. The ISBN in words stands above (ISBN Users' Manual, section 9.1).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import isbn as isbns

FAMILY = "Noto Sans"
"""The face of the figures. It comes with Octavo, and its figures are lining and of one width."""
CHARACTERS = "ISBN 0123456789-"
SMALLEST, LARGEST = 0.8, 2.0
MODULE = 0.33
BARS = 95
BEFORE, BEHIND = 11, 7
HEIGHT = 22.85
GUARD = 5 * MODULE
GUARDS = frozenset((*range(3), *range(45, 50), *range(92, 95)))
"""The modules of the guards: at both ends and in the middle."""
WORDS, WORDS_SIZE = 3.2, 2.7
"""Height of the line above the bars, and size of its letters."""
FIGURES, FIGURES_SIZE = 3.1, 3.5
WIDTH = (BEFORE + BARS + BEHIND) * MODULE
WHOLE = WORDS + HEIGHT + FIGURES
"""Width and height of all at the nominal size, in mm."""
ODD = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
"""The figures 0 to 9 as they stand in the left half with odd parity; the other two sets are made of these."""
PARITIES = (
    *("OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE"),
    *("OEOEEO", "OEEOEO"),
)
"""The parities of the left half, by which the first figure is told, since it has no bars of its own."""
MIRRORED = str.maketrans("01", "10")


@dataclass(frozen=True)
class Symbol:
    """A barcode as a drawing (SVG), with its width and height in mm, light margins and words included."""

    svg: bytes
    width: float
    height: float


def largest(width: float, height: float) -> float:
    """The magnification that fits into a box (mm), at most the nominal size; below `SMALLEST` none does."""
    return min(1.0, width / WIDTH, height / WHOLE)


def draw(isbn: str, magnification: float = 1.0) -> Symbol:
    """The symbol of an ISBN, with or without its hyphens.

    Raises:
        ValueError: this is no ISBN, or a scanner could not be trusted to read a symbol of this size.
    """
    if not isbns.is_valid(isbn):
        raise ValueError(f"{isbn} is no ISBN")
    if not SMALLEST <= magnification <= LARGEST:
        raise ValueError(
            f"an EAN-13 is printed at {SMALLEST:.0%} to {LARGEST:.0%} of its size, not {magnification:.0%}"
        )
    number = isbns.to_isbn13(isbns.compact(isbn))
    parts = [*_bars(modules(number)), *_figures(number), _words(isbns.format(number))]
    width, height = WIDTH * magnification, WHOLE * magnification
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.4f}mm" height="{height:.4f}mm"'
        f' viewBox="0 0 {WIDTH:.4f} {WHOLE:.4f}" fill="device-cmyk(0 0 0 1)" font-family="{FAMILY}">'
    )
    return Symbol(f"{start}{''.join(parts)}</svg>".encode(), width, height)


def modules(number: str) -> str:
    """The 95 modules of a number of 13 figures, from left to right: 1 is a bar, 0 a space."""
    first, *figures = (int(figure) for figure in number)
    left = (ODD[f] if parity == "O" else _even(f) for f, parity in zip(figures[:6], PARITIES[first], strict=True))
    right = (ODD[figure].translate(MIRRORED) for figure in figures[6:])
    return f"101{''.join(left)}01010{''.join(right)}101"


def _even(figure: int) -> str:
    return ODD[figure].translate(MIRRORED)[::-1]


def _bars(pattern: str) -> Iterator[str]:
    """One rectangle for each bar, so that no seam can show inside it."""
    at = 0
    while at < BARS:
        width = len(pattern[at:]) - len(pattern[at:].lstrip("1"))
        if width:
            height = HEIGHT + (GUARD if at in GUARDS else 0)
            left = (BEFORE + at) * MODULE
            yield f'<rect x="{left:.4f}" y="{WORDS}" width="{width * MODULE:.4f}" height="{height:.4f}"/>'
        at += width or 1


def _figures(number: str) -> Iterator[str]:
    """Each figure below its own bars; the first stands in the light margin."""
    places = (4.5, *(BEFORE + 6.5 + 7 * n for n in range(6)), *(BEFORE + 53.5 + 7 * n for n in range(6)))
    for figure, place in zip(number, places, strict=True):
        yield _text(figure, place * MODULE, WHOLE - 0.15, FIGURES_SIZE)


def _words(isbn: str) -> str:
    return _text(f"ISBN {isbn}", (BEFORE + BARS / 2) * MODULE, WORDS - 0.9, WORDS_SIZE)


def _text(text: str, x: float, y: float, size: float) -> str:
    return f'<text x="{x:.4f}" y="{y:.4f}" font-size="{size}" text-anchor="middle">{text}</text>'
