"""The table of languages: how each sets its signs."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яəığş]"
NBSP, THIN = "\u00a0", "\u202f"


@dataclass(frozen=True)
class Language:
    """How one language sets its signs; `before` maps a sign to the space that stands before it."""

    double: tuple[str, str]
    single: tuple[str, str]
    dash: str
    inside: str
    before: dict[str, str]
    elided: frozenset[str]
    titles: tuple[str, ...]
    numbered: tuple[str, ...]
    units: tuple[str, ...]
    pairs: tuple[str, ...]
    short: tuple[str, ...]

    def joined(self) -> re.Pattern[str]:
        """Where a typed space must not break: after titles, initials, numbered abbreviations, before units."""
        titles = _any(self.titles)
        numbered = _any(self.numbered)
        short = _any(self.short)
        return re.compile(
            rf"(?<!\w)(?:{titles}(?= [^\W\d_])|{numbered}(?= \d)|{CAPITAL}\.(?= {CAPITAL})|{short}(?= \w))(?P<a> )"
            rf"|(?<=\d)(?P<b> )(?={_any(self.units)}(?!\w))"
        )


def _any(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")" if words else "(?!)"


@cache
def tables() -> dict[str, dict[str, Any]]:
    """The table as it stands in the file."""
    return tomllib.loads((files("publish.book.typography") / "languages.toml").read_text(encoding="utf-8"))


@cache
def language(lang: str, quotes: str | None = None) -> Language:
    """How a language (BCP 47) sets its signs; `quotes` are four signs (outer pair, inner pair) that the author prefers.

    A language without a table is set as English is, but with straight spaces only.
    """
    known = {tag.casefold(): row for tag, row in tables().items()}
    tag = lang.casefold()
    row = {**known["base"], **known.get(tag.partition("-")[0], {}), **known.get(tag, {})}
    double, single = row["double"], row["single"]
    signs = [sign for sign in quotes or "" if not sign.isspace()]
    if len(signs) == 4:
        double, single = signs[:2], signs[2:]
    return Language(
        (double[0], double[1]), (single[0], single[1]), row["dash"], row.get("inside", ""), row.get("before", {}),
        frozenset(row.get("elided", ())), tuple(row.get("titles", ())), tuple(row["numbered"]), tuple(row["units"]),
        tuple(row.get("pairs", ())), tuple(row.get("short", ())),
    )  # fmt: skip


@cache
def joints(lang: str) -> re.Pattern[str]:
    """The compiled pattern of `Language.joined`."""
    return language(lang).joined()


def known_languages() -> list[str]:
    """The languages whose signs are in the table."""
    return sorted(tag for tag in tables() if tag != "base")
