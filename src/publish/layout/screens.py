"""What a picture on a screen may be, in the numbers of the shops (`screens.toml`)."""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Bounds:
    """What a picture may be at most: its pixels, its bytes, the pixels of its longer side (any where None).

    With `jpeg` it is a JPEG, and opaque, whatever it shows.
    """

    pixels: int
    bytes: int
    side: int | None = None
    jpeg: bool = False

    def scale(self, width: int, height: int) -> float:
        """By how much a picture of so many pixels is made smaller; 1 where it fits."""
        by_side = self.side / max(width, height) if self.side else 1.0
        return min(1.0, math.sqrt(self.pixels / (width * height)), by_side)


def picture() -> Bounds:
    """The bounds of a picture in the text."""
    return Bounds(_said("picture-pixels", "most"), _said("picture-bytes", "most"))


def cover() -> Bounds:
    """The bounds of a cover. JPEG is the one kind that every shop takes."""
    return Bounds(_said("picture-pixels", "most"), _said("picture-bytes", "most"), cover_size()[1], jpeg=True)


def cover_size() -> tuple[int, int]:
    """Width and height of a cover that we paint, in pixels."""
    return _said("cover", "width"), _said("cover", "height")


def least_cover() -> int:
    """Pixels that the longer side of a cover has at least."""
    return _said("cover-side", "least")


def _said(name: str, key: str) -> int:
    return int(_table()[name][key])


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("publish.layout") / "screens.toml").read_text(encoding="utf-8"))
