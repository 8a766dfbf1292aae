"""Hyphenation of Azerbaijani and Turkish, for which Pyphen brings no patterns: our own, entered in its list."""

from functools import cache
from pathlib import Path

import pyphen

from publish.layout.hyphenation.patterns import VOWELS, pattern_file


class _Patterns:
    """Patterns that know the dotted and the dotless i: Pyphen would make two characters of İ, and an i of I."""

    def __init__(self, path: Path) -> None:
        self._patterns = pyphen.HyphDict(path)

    def positions(self, word: str) -> list[int]:
        """The places at which a word may be divided."""
        found: list[int] = self._patterns.positions(word.replace("İ", "i").replace("I", "ı"))
        return found


@cache
def register() -> None:
    """Let Pyphen, and whoever hyphenates by it, divide words in our languages; a second call changes nothing."""
    for lang in VOWELS:
        path = pattern_file(lang)
        pyphen.LANGUAGES[lang] = path
        pyphen.LANGUAGES_LOWERCASE[lang] = lang
        pyphen.hdcache[path] = _Patterns(path)


def has_patterns(lang: str) -> bool:
    """Whether words of a language (BCP 47) can be hyphenated."""
    register()
    return pyphen.language_fallback(lang) is not None
