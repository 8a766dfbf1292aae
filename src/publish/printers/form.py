"""The form of a printer's file: its groups and keys, what each may hold, and what is wrong with one that is typed.

Lengths are inches.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from publish.printers.findings import printer_key_missing, printer_key_unknown, printer_value
from publish.printers.places import Places
from publish.problems import Problem

INKS = ("black", "standard-colour", "premium-colour")
FLAVOURS = ("pdf", "x1a", "x4")
STRIPPED = ("outline", "annotations", "labels", "tags", "layers", "metadata")
"""What can be taken out of a printer's file."""
WIDEST = 40
"""Inches of anything that is printed as a book."""
MOST = 1_000_000
"""Pages of a book, at most."""


@dataclass(frozen=True)
class Rule:
    """What a key may hold, in words and as a test, and whether it may be left out."""

    expected: str
    holds: Callable[[Any], bool]
    needed: bool = True


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= 300 and value.isprintable()


def _is_month(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", value) is not None


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _is_length(value: Any) -> bool:
    return _is_number(value) and 0 <= value <= WIDEST


def _is_size(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_is_length(side) and side > 0 for side in value)


def _are_sizes(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_size, value))


def _is_count(value: Any, least: int = 0, most: int = MOST) -> bool:
    return type(value) is int and least <= value <= most


def _are_gutters(value: Any) -> bool:
    """Pairs of a count and a margin, both growing: else the inner margin of a book might never be settled."""
    pairs = isinstance(value, list) and value and all(isinstance(pair, list) and len(pair) == 2 for pair in value)
    if not pairs or not all(_is_count(pages, 1) and _is_length(inner) for pages, inner in value):
        return False
    return all(one[0] < two[0] and one[1] <= two[1] for one, two in pairwise(value))


def _are_limits(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_is_count(v, 1) for v in value) and value[0] <= value[1]


def _is_thickness(value: Any) -> bool:
    return _is_number(value) and 0 < value < 1


def _are_parts(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(part in STRIPPED for part in value if isinstance(part, str))
        and all(isinstance(part, str) for part in value)
    )


LENGTH = Rule("a length in inches, for example 0.5", _is_length)
SIZE = Rule("a width and a height in inches, for example [6, 9]", _is_size)
NAME = Rule('the printer\'s name in quotes, for example "Harbour Press"', _is_text)
DATED = {
    "checked": Rule('the month in which you read these rules, for example "2026-09"', _is_month),
    "source": Rule('where you read them, in quotes, for example "Data sheet for books, page 3"', _is_text),
}
GROUPS: Mapping[str, Mapping[str, Rule]] = {
    "trims": {
        "sizes": Rule("a list of sizes in inches, which may be empty: [[5, 8], [6, 9]]", _are_sizes),
        "smallest": SIZE,
        "largest": SIZE,
    },
    "margins": {
        "inner": Rule(
            "a list of counts of pages, each with the inner margin up to it, both growing: [[150, 0.375], [828, 0.5]]",
            _are_gutters,
        ),
        "outer": LENGTH,
        "top": LENGTH,
        "bottom": LENGTH,
        "with-bleed": Rule("the other margins of a book with bleed, in inches: 0.375", _is_length, needed=False),
    },
    "bleed": {
        "bleed": LENGTH,
        "at-spine": Rule("true or false", lambda value: isinstance(value, bool), needed=False),
    },
    "pages": {},
    "spine": {"added": Rule("what the cover adds to the spine, in inches, for example 0.06", _is_length, needed=False)},
    "cover": {
        "safe": LENGTH,
        "spine-text-above": Rule("a count of pages, for example 79", _is_count),
        "spine-clear": LENGTH,
        "tolerance": LENGTH,
        "barcode": SIZE,
    },
    "file": {
        "flavour": Rule(f"one of {', '.join(FLAVOURS)}, in quotes", lambda value: value in FLAVOURS),
        "strip": Rule(f"a list of what is taken out, of {', '.join(STRIPPED)}; it may be empty", _are_parts),
        "ppi": Rule("the least resolution of pictures, for example 300", lambda value: _is_count(value, 1, 10_000)),
        "text": Rule("the least size of letters in points, for example 7", lambda v: _is_number(v) and 0 <= v <= 100),
        "ink": Rule("the ink that is recommended, in percent: 240", lambda v: _is_count(v, 0, 400), needed=False),
        "most-ink": Rule("the ink that is allowed, in percent: 300", lambda v: _is_count(v, 0, 400), needed=False),
        "even": Rule("true or false", lambda value: isinstance(value, bool), needed=False),
        "most-bytes": Rule("a count of bytes, 0 for no limit", lambda v: _is_count(v, 0, 10**15), needed=False),
        "condition": Rule('the printing condition in quotes, for example "FOGRA52"', _is_text, needed=False),
    },
}
BY_INK = {
    "pages": Rule("the fewest and the most pages, for example [24, 800]", _are_limits),
    "spine": Rule("the thickness of one page in inches, for example 0.0025", _is_thickness),
}
"""What the groups say of each ink on each paper: `black = { white = [24, 800] }`."""


def complaints(said: Mapping[str, Any], places: Places) -> Iterator[Problem]:
    """What is wrong with a printer's file, as TOML gives it; each at its place."""
    for key in said:
        if key != "name" and key not in GROUPS:
            yield printer_key_unknown(places.of(key), key[:60], "", ("name", *GROUPS), _near(key, ("name", *GROUPS)))
    yield from _complaints_of(said, "name", "", NAME, places)
    for group, rules in GROUPS.items():
        keys = said.get(group)
        if keys is None:
            yield printer_key_missing(places.of(), f"the group [{group}]", "", f"[{group}], with checked and source")
        elif not isinstance(keys, dict):
            yield printer_value(places.of(group), group, f"a group: a line [{group}], and its keys below it")
        else:
            yield from _complaints_in(group, keys, {**rules, **DATED}, places)
    pages, trims = said.get("pages"), said.get("trims")
    if isinstance(pages, dict) and not any(ink in pages for ink in INKS):
        yield printer_key_missing(places.of("pages"), "an ink", "pages", "black = { white = [24, 800] }")
    if isinstance(trims, dict) and _is_crossed(trims.get("smallest"), trims.get("largest")):
        yield printer_value(places.of("trims", "largest"), "largest", "at least as wide and as high as smallest")


def _is_crossed(smallest: Any, largest: Any) -> bool:
    sizes = _is_size(smallest) and _is_size(largest)
    return sizes and any(low > high for low, high in zip(smallest, largest, strict=True))


def _complaints_in(group: str, keys: Mapping[str, Any], rules: Mapping[str, Rule], places: Places) -> Iterator[Problem]:
    inks = INKS if group in BY_INK else ()
    for key in keys:
        if key not in rules and key not in inks:
            known = (*inks, *rules)
            yield printer_key_unknown(places.of(group, key), key[:60], group, known, _near(key, known))
    for key, rule in rules.items():
        yield from _complaints_of(keys, key, group, rule, places)
    for ink in inks:
        papers, rule = keys.get(ink, {}), BY_INK[group]
        if not isinstance(papers, dict):
            yield printer_value(places.of(group, ink), ink, "papers with a value each: { white = …, cream = … }")
        else:
            for paper, value in papers.items():
                if not rule.holds(value):
                    yield printer_value(places.of(group, ink, paper), f"{ink} on {paper[:60]}", rule.expected)


def _complaints_of(said: Mapping[str, Any], key: str, group: str, rule: Rule, places: Places) -> Iterator[Problem]:
    where = (group, key) if group else (key,)
    if key in said:
        if not rule.holds(said[key]):
            yield printer_value(places.of(*where), key, rule.expected)
    elif rule.needed:
        yield printer_key_missing(places.of(*where[:-1]), key, group, f"{key}: {rule.expected}")


def _near(word: str, known: tuple[str, ...]) -> str | None:
    return next(iter(difflib.get_close_matches(word, known, 1)), None)
