"""Page sizes: as typed, or by name."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from publish.manuscript.model import Trim

SMALLEST, LARGEST = 70, 450
"""Millimetres of a page's side."""

MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, '"': 25.4, "inch": 25.4, "inches": 25.4}

_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)"
_SIZE = re.compile(rf'{_NUMBER}\s*([a-z"]*?)\s*[x×*]\s*{_NUMBER}\s*([a-z"]+)', re.IGNORECASE)


@cache
def names() -> MappingProxyType[str, Trim]:
    """The trims that have a name, in the order of their table."""
    table = tomllib.loads((files("publish.manuscript") / "trims.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: Trim(*_measure(size), name) for name, size in table.items()})


def find(text: str) -> Trim | None:
    """The trim that a text says (`5x8in`, `129 x 198 mm`, `A5`, `us-trade`), None where it says none.

    The size is not compared with what a book can have.
    """
    for name, trim in names().items():
        if _plain(name) == _plain(text):
            return trim
    try:
        width, height = _measure(text)
    except ValueError:
        return None
    return Trim(width, height, re.sub(r"\s+", "", text))


def fits(trim: Trim) -> bool:
    """Whether a book can have this size."""
    return all(SMALLEST <= side <= LARGEST for side in (trim.width, trim.height))


def _measure(text: str) -> tuple[float, float]:
    """Width and height in mm.

    Raises:
        ValueError: the text is not width by height with a unit.
    """
    found = _SIZE.fullmatch(text.strip()[:40])
    if found is None:
        raise ValueError(text)
    width, width_unit, height, unit = (group.lower() for group in found.groups())
    if unit not in MILLIMETRES or width_unit not in ("", unit):
        raise ValueError(text)
    width_mm, height_mm = (round(float(side.replace(",", ".")) * MILLIMETRES[unit], 2) for side in (width, height))
    return width_mm, height_mm


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
