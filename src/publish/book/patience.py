"""Patience alignment: which words of one text are which words of another."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence


def patience(a: Sequence[str], b: Sequence[str]) -> dict[int, int]:
    """Matches {index in b: index in a}, rising in both: words unique in both as anchors, then the same between them."""
    found: dict[int, int] = {}
    stack = [(0, len(a), 0, len(b))]
    while stack:
        a_from, a_to, b_from, b_to = stack.pop()
        while a_from < a_to and b_from < b_to and a[a_from] == b[b_from]:
            found[b_from] = a_from
            a_from, b_from = a_from + 1, b_from + 1
        while a_from < a_to and b_from < b_to and a[a_to - 1] == b[b_to - 1]:
            a_to, b_to = a_to - 1, b_to - 1
            found[b_to] = a_to
        if a_from == a_to or b_from == b_to:
            continue
        anchors = _anchors(a, b, (a_from, a_to, b_from, b_to))
        if not anchors:
            _in_turn(a, b, (a_from, a_to, b_from, b_to), found)
            continue
        left_a, left_b = a_from, b_from
        for at_b, at_a in anchors:
            found[at_b] = at_a
            stack.append((left_a, at_a, left_b, at_b))
            left_a, left_b = at_a + 1, at_b + 1
        stack.append((left_a, a_to, left_b, b_to))
    return found


def _in_turn(a: Sequence[str], b: Sequence[str], window: tuple[int, int, int, int], found: dict[int, int]) -> None:
    """Match what has no unique word: each word of b with its next occurrence in a."""
    at, a_to, b_from, b_to = window
    places: dict[str, list[int]] = defaultdict(list)
    for n in range(at, a_to):
        places[a[n]].append(n)
    for n in range(b_from, b_to):
        following = places.get(b[n], [])
        k = bisect_left(following, at)
        if k < len(following):
            found[n], at = following[k], following[k] + 1


def _anchors(a: Sequence[str], b: Sequence[str], window: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """The longest rising chain of runs of words (three, two or one) that are unique on both sides."""
    a_from, a_to, b_from, b_to = window
    for size in (3, 2, 1):
        in_a: dict[tuple[str, ...], int] = {}
        in_b: dict[tuple[str, ...], int] = {}
        for n in range(a_from, a_to - size + 1):
            key = tuple(a[n : n + size])
            in_a[key] = -1 if key in in_a else n
        for n in range(b_from, b_to - size + 1):
            key = tuple(b[n : n + size])
            in_b[key] = -1 if key in in_b else n
        pairs = sorted((at, in_a[key]) for key, at in in_b.items() if at >= 0 and in_a.get(key, -1) >= 0)
        if pairs:
            return _rising(pairs)
    return []


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second members rise."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, (_, value) in enumerate(pairs):
        at = bisect_left(tails, value)
        back.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [number]
    chain, at = [], ends[-1]
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]
