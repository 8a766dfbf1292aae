"""Which way a language is written."""

from functools import cache

RIGHT_TO_LEFT = frozenset("Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa".split())
"""The scripts of living languages that run from right to left (Unicode, bidirectional classes R and AL)."""


@cache
def direction(lang: str) -> str:
    """`rtl` where the language, in its usual script or the one that its tag names, runs from right to left.

    A tag that names no language is taken for one written from left to right.
    """
    import langcodes  # noqa: PLC0415  paper never asks, and its tables take a while to load

    try:
        script = langcodes.get(lang).maximize().script
    except ValueError:
        return "ltr"
    return "rtl" if script in RIGHT_TO_LEFT else "ltr"
