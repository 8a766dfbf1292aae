"""What a picture on a screen may be, so that every shop takes it: by the numbers in the shops' data files."""

import math
from dataclasses import dataclass

from publish.shops.profiles import Rule, shop


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
    return Bounds(_rule("apple", "image-pixels").most, _rule("kobo", "image-bytes").most)


def cover() -> Bounds:
    """The bounds of a cover. JPEG is the one kind that every shop takes."""
    inside = picture()
    return Bounds(inside.pixels, inside.bytes, max(cover_size()), jpeg=True)


def cover_size() -> tuple[int, int]:
    """Width and height of a cover that we paint, in pixels."""
    rule = _rule("kindle", "cover-size")
    return rule.width, rule.height


def least_cover() -> int:
    """Pixels that each side of a cover has at least."""
    return _rule("google", "cover-limits").least


def _rule(key: str, name: str) -> Rule:
    return next(rule for rule in shop(key).rules if rule.name == name)
