"""The shops, each from its data file: which rules it has, their numbers, when and where each was read.

Shops change what they ask, so no number of theirs stands in code.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

COVER = "cover-file"
"""The group of a shop's file that is no rule for EPUBs."""


@dataclass(frozen=True)
class Rule:
    """One rule of a shop: its name, the month it was read in, and the page where the shop says it.

    `least` and `most` are in the rule's own unit (bytes, pixels, characters), `width` and `height` in pixels;
    `accepted` are formats; `words` and `short` those that the rule looks for, and their short forms.
    """

    name: str
    checked: str
    source: str
    least: int = 0
    most: int = 0
    width: int = 0
    height: int = 0
    accepted: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shop:
    """A shop, as it calls itself, its rules in the order of its file, and what it asks of the cover as a file of its
    own: how many pixels the shorter side has at least and the longer at most, 0 where it does not say.
    """

    name: str
    rules: tuple[Rule, ...]
    cover: Rule

    @property
    def checked(self) -> str:
        """The month since which none of the rules has gone unread."""
        return min(rule.checked for rule in (*self.rules, self.cover))


@cache
def shop(key: str) -> Shop:
    """The shop of a data file: `apple`, `kobo`, ...

    Raises:
        KeyError: the file says nothing of the cover.
        TypeError: a rule in the file holds what no rule has, or lacks its date or its source.
    """
    table = tomllib.loads((files("publish.shops") / f"{key}.toml").read_text(encoding="utf-8"))
    name, cover = table.pop("name"), _rule(COVER, table.pop(COVER))
    return Shop(name, tuple(_rule(title, row) for title, row in table.items()), cover)


def _rule(name: str, row: dict[str, Any]) -> Rule:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Rule(name, **values)
