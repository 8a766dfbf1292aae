"""Where the text of a finished cover stands: read back from its PDF, so that no style can hide where letters went."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from publish.layout.wrap import POINT, WrapFormat

SLACK = 0.05
"""Millimetres that do not count: they come of rounding."""


@dataclass(frozen=True)
class Unsafe:
    """A text too near to an edge or a fold, the nearest on its panel; distances in mm."""

    panel: str
    words: str
    distance: float
    least: float


def unsafe(pdf: bytes, form: WrapFormat, *, rtl: bool) -> tuple[Unsafe, ...]:
    """The text on each panel (back, spine, front) that stands nearest to an edge or a fold, where that is too near.

    The page of the PDF has the bleed around it and begins at 0.
    """
    worst: dict[str, tuple[float, Unsafe]] = {}
    text, boxes = _letters(pdf)
    for at, box in boxes:
        left, bottom, right, top = (side * POINT - form.bleed for side in box)
        panel, distances = _distances(left, bottom, right, top, form)
        for distance, least in distances:
            short = least - distance
            if short > SLACK and short > worst.get(panel, (0.0, None))[0]:
                worst[panel] = short, Unsafe(_named(panel, rtl=rtl), _word(text, at), distance, least)
    return tuple(found for _, found in worst.values())


def _distances(
    left: float, bottom: float, right: float, top: float, form: WrapFormat
) -> tuple[str, list[tuple[float, float]]]:
    """The panel in which a letter has its middle; how far it is from edges and folds there, each with the least."""
    width, height = form.sheet
    first, second = form.width, form.width + form.spine
    ends = [(bottom, form.safe), (height - top, form.safe)]
    middle = (left + right) / 2
    if middle < first:
        return "left", [*ends, (left, form.safe), (first - right, form.spine_clear)]
    if middle > second:
        return "right", [*ends, (width - right, form.safe), (left - second, form.spine_clear)]
    return "spine", [*ends, (left - first, form.spine_clear), (second - right, form.spine_clear)]


def _named(panel: str, *, rtl: bool) -> str:
    return {"left": "front" if rtl else "back", "right": "back" if rtl else "front"}.get(panel, panel)


def _letters(pdf: bytes) -> tuple[str, list[tuple[int, tuple[float, float, float, float]]]]:
    """The text of the first page, and the box in points around the ink of each letter."""
    import pypdfium2  # noqa: PLC0415  few builds make a cover

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        count = page.count_chars()
        characters = [page.get_text_range(at, 1) for at in range(count)]
        boxes = [(at, page.get_charbox(at)) for at in range(count) if characters[at].strip()]
        return "".join(one[:1] or " " for one in characters), list(_painted(boxes))
    finally:
        document.close()


def _painted(
    boxes: list[tuple[int, tuple[float, float, float, float]]],
) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    for at, box in boxes:
        if not math.isclose(box[0], box[2]) and not math.isclose(box[1], box[3]):
            yield at, box


def _word(text: str, at: int) -> str:
    """The word in which a letter stands."""
    start = max(text.rfind(space, 0, at) for space in " \r\n") + 1
    return text[start:].split(maxsplit=1)[0][:40]
