"""Page numbers as counter styles write them (css-counter-styles-3, 6)."""

from collections.abc import Callable

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"


def roman(number: int) -> str:
    """A number in small roman figures; below 1, where they have none, in arabic ones."""
    if number < 1:
        return str(number)
    figures = ""
    for value, figure in ROMAN:
        times, number = divmod(number, value)
        figures += figure * times
    return figures


def written(number: int, style: str) -> str:
    """A number in a counter style.

    Raises:
        KeyError: the style is none of those that we can write.
    """
    return STYLES[style](number)


def _letters(number: int, alphabet: str) -> str:
    """a, b, ... z, aa, ab, ...; below 1, where there are none, in arabic figures."""
    if number < 1:
        return str(number)
    letters = ""
    while number:
        number, rest = divmod(number - 1, len(alphabet))
        letters = alphabet[rest] + letters
    return letters


STYLES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": lambda number: f"{number:02}" if number >= 0 else f"-{-number:02}",
    "lower-roman": roman,
    "upper-roman": lambda number: roman(number).upper(),
    "lower-alpha": lambda number: _letters(number, LATIN),
    "lower-latin": lambda number: _letters(number, LATIN),
    "upper-alpha": lambda number: _letters(number, LATIN.upper()),
    "upper-latin": lambda number: _letters(number, LATIN.upper()),
    "lower-greek": lambda number: _letters(number, GREEK),
}
