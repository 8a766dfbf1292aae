"""Names in front matter that are not known: which known one they were meant to be, or whose they are."""

import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

ALIKE = 0.75
"""How much two words have in common (0 to 1) of which one may be a slip of the other."""


def nearest(key: str, known: Sequence[str]) -> str | None:
    """The known name that a key was likely meant to be, None for a stranger."""
    plain = key.strip().lower().replace("_", "-").replace(" ", "-")
    if plain in known:
        return plain
    if plain in _table()["strangers"]:
        return None
    meant: str | None = _table()["meant"].get(plain)
    if meant and meant.partition(" ")[0].rstrip(":") in (*known, ""):
        return meant
    return closest(plain, known)


def closest(word: str, known: Sequence[str]) -> str | None:
    """The one of the known words that is most like a word, None where none is much like it."""
    found = get_close_matches(word.lower()[:80], known, n=1, cutoff=ALIKE)
    return found[0] if found else None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("publish.manuscript") / "keys.toml").read_text(encoding="utf-8"))
