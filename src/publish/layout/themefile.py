"""What `theme.toml` says, checked key by key, each complaint with its line."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from publish.layout.findings import theme_key, theme_unreadable
from publish.layout.model import Colour
from publish.places import Span
from publish.problems import Problems

CHOICES = {"opening": ("dropcap", "smallcaps", "plain"), "links": ("notes", "plain")}
FAMILIES = ("body", "sans", "mono")
GROUPS = {"fonts": FAMILIES, "weights": FAMILIES, "options": tuple(CHOICES), "colours": ()}
"""The groups and their keys. Colours have the names that a theme gives them."""
STANDARD_WEIGHTS = {"body": (400, 600), "sans": (400, 700), "mono": (400, 700)}
_AT = re.compile(r"at line (\d+), column (\d+)")

Complaint = tuple[str, str, str | None]
"""A key, what is wrong with it, and the key that was perhaps meant."""


def settings(text: str, file: str, problems: Problems) -> dict[str, Any]:
    """The fields of `Theme` that a theme.toml sets. What is wrong with it goes to `problems` and is left out."""
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        at = _AT.search(str(fault))
        span = Span(file, int(at[1]), int(at[2])) if at else Span(file, text.count("\n") + 1)
        problems.add(theme_unreadable(span, str(fault)))
        return {}
    for key, expected, near in _complaints(said):
        problems.add(theme_key(_place(file, text, key), key, expected, near))
    found: dict[str, Any] = {}
    if isinstance(said.get("description"), str):
        found["description"] = said["description"]
    fonts, weights, options, colours = (said[group] if isinstance(said.get(group), dict) else {} for group in GROUPS)
    found |= {key: fonts[key] for key in FAMILIES if _is_family(fonts.get(key))}
    if any(_are_weights(weights.get(key)) for key in FAMILIES):
        found["weights"] = tuple(
            tuple(sorted(set(weights[key]))) if _are_weights(weights.get(key)) else STANDARD_WEIGHTS[key]
            for key in FAMILIES
        )
    inks = {
        key: Colour(value["rgb"].lower(), tuple(value["cmyk"]))
        for key, value in colours.items()
        if _is_name(key) and _is_colour(value)
    }
    if inks:
        found["colours"] = inks
    return found | {key: options[key] for key, choices in CHOICES.items() if options.get(key) in choices}


def _complaints(said: Mapping[str, Any]) -> Iterator[Complaint]:
    for key, value in said.items():
        if key in ("name", "description"):
            if not isinstance(value, str):
                yield key, "must be a text in quotes", None
        elif key not in GROUPS:
            yield key, "there is no such key", _near(key, ("name", "description", *GROUPS))
        elif not isinstance(value, dict):
            yield key, f"must be a group: a line [{key}], and its keys below it", None
        else:
            yield from _complaints_in(key, value)


def _complaints_in(group: str, said: Mapping[str, Any]) -> Iterator[Complaint]:
    for key, value in said.items():
        if group == "colours":
            if not _is_name(key):
                yield key, "a colour's name is made of small letters and hyphens", None
            elif not _is_colour(value):
                yield (
                    key,
                    'must be a colour for screens and for ink: { rgb = "#20343a", cmyk = [80, 55, 50, 45] }',
                    None,
                )
        elif key not in GROUPS[group]:
            yield key, f"there is no such key in [{group}]", _near(key, GROUPS[group])
        elif group == "fonts" and not _is_family(value):
            yield key, "must be the name of a font family in quotes", None
        elif group == "weights" and not _are_weights(value):
            yield key, "must be a list of weights from 100 to 900, for example [400, 700]", None
        elif group == "options" and value not in CHOICES[key]:
            yield key, f"must be one of {', '.join(CHOICES[key])}", _near(str(value), CHOICES[key])


def _is_family(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_weights(value: Any) -> bool:
    usual = range(100, 901)
    return isinstance(value, list) and 0 < len(value) <= 9 and all(type(v) is int and v in usual for v in value)


def _is_name(key: str) -> bool:
    return re.fullmatch(r"[a-z][a-z-]{0,30}", key) is not None


def _is_colour(value: Any) -> bool:
    """Whether this is a colour of a theme; the inks are whole percents."""
    if not isinstance(value, dict) or value.keys() != {"rgb", "cmyk"}:
        return False
    rgb, cmyk = value["rgb"], value["cmyk"]
    is_light = isinstance(rgb, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", rgb) is not None
    shares = range(101)
    return is_light and isinstance(cmyk, list) and len(cmyk) == 4 and all(type(v) is int and v in shares for v in cmyk)


def _near(word: str, known: tuple[str, ...]) -> str | None:
    close = difflib.get_close_matches(word, known, 1)
    return close[0] if close else None


def _place(file: str, text: str, key: str) -> Span:
    """The line where a key stands; keys that stand twice, in two groups, are told by the first."""
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[=\].]", line):
            return Span(file, number, len(line) - len(line.lstrip()) + 1, len(key))
    return Span(file, 1)
