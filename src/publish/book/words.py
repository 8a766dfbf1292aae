"""The words that we put into a book ("Chapter", "Contents", ...), in the book's language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("publish.book") / "words.toml").read_text(encoding="utf-8"))


@cache
def words(lang: str) -> Mapping[str, str]:
    """The words for a language (BCP 47): its own table, else that of its primary tag; English for what it lacks."""
    tables = _tables()
    tag = lang.casefold()
    own = {key.casefold(): table for key, table in tables.items()}
    return {**tables["en"], **own.get(tag.partition("-")[0], {}), **own.get(tag, {})}


def languages() -> list[str]:
    """The languages that have a table of their own."""
    return sorted(_tables())
