"""Where two long texts differ, found fast when they are nearly the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

PROBE = 24
"""Characters that must agree before two texts count as together again."""

SMALL = 2_000
"""Characters up to which a stretch that differs is looked at letter by letter."""


@dataclass(frozen=True)
class Difference:
    """`expected[begin:end]` is missing; `found[low:high]` stands there instead. Either may be empty."""

    begin: int
    end: int
    low: int
    high: int


def differences(expected: str, found: str) -> Iterator[Difference]:
    """Walk both texts together, and say where they part."""
    i = j = 0
    while True:
        same = _common(expected, i, found, j)
        i, j = i + same, j + same
        if i == len(expected) and j == len(found):
            return
        gone, new = _together_again(expected, i, found, j)
        yield from _refined(expected, found, Difference(i, i + gone, j, j + new))
        i, j = i + gone, j + new


def slides(expected: str, found: str, new: Difference) -> Iterator[Difference]:
    """All places at which an insertion can be said to stand: "a" put into "aa" may be the first, second or third."""
    yield new
    at, low, high = new.begin, new.low, new.high
    while at and low and expected[at - 1] == found[high - 1] and expected[at - 1] == found[low - 1]:
        at, low, high = at - 1, low - 1, high - 1
        yield Difference(at, at, low, high)
    at, low, high = new.begin, new.low, new.high
    while at < len(expected) and high < len(found) and expected[at] == found[low] == found[high]:
        at, low, high = at + 1, low + 1, high + 1
        yield Difference(at, at, low, high)


def _common(a: str, i: int, b: str, j: int) -> int:
    """The length of what both texts have in common from these places on: by doubling strides, then by halves."""
    limit = min(len(a) - i, len(b) - j)
    stride, same = 64, 0
    while same < limit and a.startswith(b[j + same : j + min(same + stride, limit)], i + same):
        same, stride = min(same + stride, limit), stride * 2
    high = min(same + stride, limit)
    while same < high:
        middle = (same + high + 1) // 2
        if a.startswith(b[j + same : j + middle], i + same):
            same = middle
        else:
            high = middle - 1
    return same


def _together_again(a: str, i: int, b: str, j: int) -> tuple[int, int]:
    """How far both texts must be skipped, as little as possible in sum, for the next characters to agree."""
    rest = len(a) - i, len(b) - j
    if not all(rest):
        return rest
    best = None
    skip, step = 0, 1
    while i + skip < len(a) and (best is None or skip < sum(best)):
        probe = a[i + skip : i + skip + PROBE]
        limit = len(b) if best is None else min(len(b), j + sum(best) - skip + len(probe))
        at = b.find(probe, j, limit)
        if at >= 0:
            back = 0
            while back < skip and at - back > j and a[i + skip - back - 1] == b[at - back - 1]:
                back += 1
            if best is None or skip + at - j - 2 * back < sum(best):
                best = skip - back, at - j - back
        skip += step
        step = 1 if skip < 64 else 8
    return best or rest


def _refined(a: str, b: str, wide: Difference) -> Iterator[Difference]:
    """A small stretch that differs both ways, taken apart letter by letter: signs of ours may stand among few words."""
    gone, new = wide.end - wide.begin, wide.high - wide.low
    if not gone or not new or gone > SMALL or new > SMALL:
        yield wide
        return
    matcher = SequenceMatcher(None, a[wide.begin : wide.end], b[wide.low : wide.high], autojunk=False)
    for tag, begin, end, low, high in matcher.get_opcodes():
        if tag != "equal":
            yield Difference(wide.begin + begin, wide.begin + end, wide.low + low, wide.low + high)
