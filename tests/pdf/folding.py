"""Sheets as a binder has them: printed, folded and leafed through."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def read(printed: Sequence[tuple[T, T]], signature: int | None) -> list[T]:
    """Fold sheets as a binder does, and leaf through them. Each side is given by its left page and its right one.

    The sheets of a signature lie on a pile, the first at the bottom with its first side below; all are folded in one.
    So the right half of that side is the first page, and what is on its back the second.
    """
    sheets = [(printed[at], printed[at + 1]) for at in range(0, len(printed), 2)]
    size = signature // 4 if signature else len(sheets) or 1
    found: list[T] = []
    for first in range(0, len(sheets), size):
        pile = sheets[first : first + size]
        for outer, inner in pile:
            found += [outer[1], inner[0]]
        for outer, inner in reversed(pile):
            found += [inner[1], outer[0]]
    return found
