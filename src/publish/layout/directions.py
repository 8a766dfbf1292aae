"""Which way a language is written."""

from functools import cache as cached

from publish import cache
from publish.versions import maker

RIGHT_TO_LEFT = frozenset("Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa".split())
"""The scripts of living languages that run from right to left (Unicode, bidirectional classes R and AL)."""


@cached
def direction(lang: str) -> str:
    """`rtl` where the language, in its usual script or the one that its tag names, runs from right to left.

    A tag that names no language is taken for one written from left to right.
    """
    name = cache.key("direction", maker(), lang)
    if (kept := cache.load(name)) is not None:
        return kept.decode()
    found = "rtl" if _script(lang) in RIGHT_TO_LEFT else "ltr"
    cache.store(name, found.encode())
    return found


def _script(lang: str) -> str | None:
    import langcodes  # noqa: PLC0415  its tables take far longer to load than what is kept of them

    try:
        return langcodes.get(lang).maximize().script
    except ValueError:
        return None
