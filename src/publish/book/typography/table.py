"""The table of languages: how each sets its signs."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

NBSP, THIN = "\u00a0", "\u202f"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Language:
    """How one language sets its signs; what each field means stands at the head of `languages.toml`."""

    double: Pair
    single: Pair
    dash: str
    inside: str = ""
    before: dict[str, str] = field(default_factory=dict)
    elided: frozenset[str] = frozenset()
    maybe_elided: frozenset[str] = frozenset()
    eliding: frozenset[str] = frozenset()
    decades: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    ordinal: str = ""
    ordered: tuple[str, ...] = ()
    group: str = ""


@cache
def tables() -> dict[str, dict[str, Any]]:
    """The table as it stands in the file, by tag in small letters."""
    text = (files("publish.book.typography") / "languages.toml").read_text(encoding="utf-8")
    return {tag.casefold(): row for tag, row in tomllib.loads(text).items()}


@cache
def language(tag: str, quotes: str | None = None) -> Language:
    """How a language (BCP 47) sets its signs.

    A tag without a row is read as the longest beginning of it that has one; a language without a row has English
    quotation marks and spaced dashes. `quotes` are four signs that the author prefers, the outer pair
    and the inner one.
    """
    row = dict(tables()["base"])
    parts = tag.casefold().split("-")
    for size in range(1, len(parts) + 1):
        row |= tables().get("-".join(parts[:size]), {})
    signs = [sign for sign in quotes or "" if not sign.isspace()]
    if len(signs) == 4:
        row |= {"double": signs[:2], "single": signs[2:]}
        if signs[0] != "«":
            row["inside"] = ""
            row["before"] = {sign: space for sign, space in row.get("before", {}).items() if sign != "»"}
    row["units"] = [*row["units"], *row.pop("more-units", [])]
    return Language(
        double=_pair(row.pop("double")),
        single=_pair(row.pop("single")),
        elided=frozenset(row.pop("elided", ())),
        maybe_elided=frozenset(row.pop("maybe-elided", ())),
        eliding=frozenset(row.pop("eliding", ())),
        decades=frozenset(row.pop("decades", ())),
        dash=row.pop("dash"),
        inside=row.pop("inside", ""),
        before=row.pop("before", {}),
        ordinal=row.pop("ordinal", ""),
        group=row.pop("group", ""),
        **{key: tuple(value) for key, value in row.items()},
    )


def _pair(signs: list[str]) -> Pair:
    return signs[0], signs[1]


@dataclass(frozen=True)
class Table:
    """The languages of one text: its main one, set with the author's own quotation marks if there are any."""

    main: str
    quotes: str | None = None

    def of(self, tag: str) -> Language:
        """How a passage in a language is set."""
        return language(tag, self.quotes if tag == self.main else None)


def known_languages() -> list[str]:
    """The languages whose signs are in the table."""
    return sorted(tag for tag in tables() if tag != "base")
