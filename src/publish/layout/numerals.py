"""Page numbers written out in the styles of CSS (Counter Styles 3), as the engine writes them."""

from publish.layout.pageseams import FOLIO_STYLES

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
LAST_ROMAN = 3999


def numeral(number: int, style: str) -> str:
    """A number in a counter style; in decimal figures where the style has none for it.

    Raises:
        ValueError: the style is none of `FOLIO_STYLES`.
    """
    if style not in FOLIO_STYLES:
        raise ValueError(f"no numerals of the style {style}")
    if style == "decimal-leading-zero":
        return f"{number:02d}"
    if style.endswith("roman") and 0 < number <= LAST_ROMAN:
        return _cased(_roman(number), style)
    if style.endswith(("alpha", "latin", "greek")) and number > 0:
        return _cased(_letters(number, GREEK if style.endswith("greek") else LATIN), style)
    return str(number)


def _roman(number: int) -> str:
    figures = ""
    for value, figure in ROMAN:
        times, number = divmod(number, value)
        figures += figure * times
    return figures


def _letters(number: int, alphabet: str) -> str:
    """a, b, ... z, aa, ab, ..."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, len(alphabet))
        letters = alphabet[rest] + letters
    return letters


def _cased(figures: str, style: str) -> str:
    return figures.upper() if style.startswith("upper") else figures
