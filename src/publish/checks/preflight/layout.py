"""Rules for where things stand on the pages: size and bleed, margins, sizes of letters, pictures, folios, blanks."""

from collections.abc import Iterator
from itertools import groupby

from publish.checks.preflight import findings as found
from publish.checks.preflight.case import Case
from publish.checks.preflight.sheets import POINTS, Box, Sheet
from publish.problems import Problem

NEAR = 0.1
"""Millimetres by which a distance may fall short: numbers in a PDF are rounded."""
SIZE = 0.3
"""Millimetres by which a page may differ from its trim: 5.06 in and 129 mm are one."""
EDGE = 0.5
"""Millimetres from the trim within which something is meant to reach it."""
SHOWN = 40
"""Characters that are said of a passage."""
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def page_sizes(case: Case) -> Iterator[Problem]:
    """Every page is as large as the book is to be."""
    wide, high = case.demands.trim
    for index, sheet in enumerate(case.sheets):
        width, height = sheet.trim.size
        if abs(width - wide) > SIZE or abs(height - high) > SIZE:
            wanted = f"{wide:g} × {high:g}"
            problem = found.trim_wrong(case.place(index), case.printer, f"{width:.1f} × {height:.1f}", wanted)
            yield case.seen(problem, index)


def bleeds(case: Case) -> Iterator[Problem]:
    """What reaches the edge runs over it; where one page of the file has room for that, all have."""
    bleed = case.demands.bleed
    roomy = _has_bleed(case)
    for index, sheet in enumerate(case.sheets):
        for edge, room in _room(sheet, index).items():
            if roomy and room < bleed - NEAR:
                problem = found.bleed_missing(case.place(index), case.printer, edge, bleed)
                yield case.seen(problem, index)
            elif any(_stops(_beyond(box, sheet.trim, index)[edge], room, bleed) for box in sheet.art):
                yield case.seen(found.art_short(case.picture(index), edge, bleed), index)


def text_margins(case: Case) -> Iterator[Problem]:
    """No letter stands nearer to an edge than the printer allows; of each page the worst is named."""
    margins = case.demands.margins
    least = {"outer": margins.outer, "top": margins.top, "bottom": margins.bottom}
    if _has_bleed(case):
        least = {edge: max(asked, margins.with_bleed) for edge, asked in least.items()}
    least["inner"] = margins.inner
    for index, sheet in enumerate(case.sheets):
        worst: tuple[float, str, float, str] | None = None
        for run in sheet.runs:
            for edge, beyond in _beyond(run.box, sheet.trim, index).items():
                lack = least[edge] + beyond
                if lack > NEAR and (worst is None or lack > worst[0]):
                    worst = lack, edge, -beyond, run.words
        if worst is not None:
            _, edge, distance, words = worst
            span = case.place(index, words)
            problem = found.text_unsafe(span, case.printer, edge, distance, least[edge], _short(words))
            yield case.seen(problem, index)


def letter_sizes(case: Case) -> Iterator[Problem]:
    """No letter is smaller than can be printed; of each page the smallest are named."""
    for index, sheet in enumerate(case.sheets):
        smallest = min(sheet.runs, key=lambda run: run.size, default=None)
        if smallest is not None and smallest.size < case.demands.text - 0.05:
            span = case.place(index, smallest.words)
            problem = found.text_small(span, case.printer, smallest.size, case.demands.text, _short(smallest.words))
            yield case.seen(problem, index)


def resolutions(case: Case) -> Iterator[Problem]:
    """Every picture has pixels enough for the size at which it is printed."""
    for index, sheet in enumerate(case.sheets):
        for picture in sheet.pictures:
            if picture.ppi < case.demands.ppi - 0.5:
                wide, _ = picture.box.size
                span = case.picture(index)
                problem = found.picture_coarse(span, case.printer, picture.ppi, wide, case.demands.ppi)
                yield case.seen(problem, index)


def counts(case: Case) -> Iterator[Problem]:
    """The book has as many pages as were laid out, and an even count where that is asked for."""
    count, known = len(case.sheets), len(case.locator.pages.pages)
    if count != known:
        yield found.count_untrue(None, count, known)
    if case.demands.even and count % 2:
        yield found.count_odd(None, case.printer, count)


def folios(case: Case) -> Iterator[Problem]:
    """Odd numbers stand on right pages. A book begins with a right page."""
    for page in case.locator.pages.pages:
        number = _number(page.label)
        if number is not None and number % 2 != (page.index + 1) % 2:
            side = "left" if page.index % 2 else "right"
            yield case.seen(found.folio_on_wrong_side(case.place(page.index), page.label, side), page.index)


def blanks(case: Case) -> Iterator[Problem]:
    """Not many pages in a row are blank."""
    most = case.demands.blanks
    for blank, run in groupby(enumerate(case.sheets), lambda numbered: numbered[1].blank):
        pages = [index for index, _ in run]
        if blank and len(pages) > most:
            problem = found.blank_run(case.place(max(pages[0] - 1, 0)), case.printer, len(pages), most)
            yield case.seen(problem, pages[0])


def _beyond(box: Box, trim: Box, index: int) -> dict[str, float]:
    """By how many millimetres a box passes each edge of a page; what is below zero lies inside."""
    left, right = (trim.left - box.left) / POINTS, (box.right - trim.right) / POINTS
    inner, outer = (right, left) if index % 2 else (left, right)
    top, bottom = (box.top - trim.top) / POINTS, (trim.bottom - box.bottom) / POINTS
    return {"inner": inner, "outer": outer, "top": top, "bottom": bottom}


def _has_bleed(case: Case) -> bool:
    """Whether a page of the file has room for what runs over its edge."""
    return any(max(_room(sheet, index).values()) > NEAR for index, sheet in enumerate(case.sheets))


def _room(sheet: Sheet, index: int) -> dict[str, float]:
    """The millimetres beyond each edge that the file has for what runs over it; at the spine nothing does."""
    beyond = _beyond(sheet.bleed, sheet.trim, index)
    return {edge: room for edge, room in beyond.items() if edge != "inner"}


def _stops(beyond: float, room: float, bleed: float) -> bool:
    """Whether something reaches an edge and does not run over it by the bleed, as far as it can be seen."""
    return beyond > -EDGE and min(beyond, room) < bleed - NEAR


def _number(folio: str) -> int | None:
    """The number that a folio says in arabic or roman figures."""
    if folio.isdecimal():
        return int(folio)
    values = [ROMAN.get(figure, 0) for figure in folio.lower()]
    if not values or not all(values):
        return None
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _short(words: str) -> str:
    return " ".join(words.split())[:SHOWN]


RULES = (page_sizes, bleeds, text_margins, letter_sizes, resolutions, counts, folios, blanks)
