"""Colours that are good by day alone: by night a reader's page is dark, and so are they.

A style that names one colour takes the other from the reader: black letters, or black lines, vanish on a page that is
black now, and a light ground under letters that are light now leaves nothing to be read. A sheet may say for itself
what holds by night, in `@media (prefers-color-scheme: dark)`.
"""

from collections.abc import Iterator, Sequence

import tinycss2

from publish.layout.colours import BLACK, WHITE, WORDLESS, Look, background, colour, contrast, looks, over
from publish.layout.findings import gone_by_night
from publish.layout.model import Stylesheet
from publish.problems import Problem

SEEN = 2.0
"""The contrast that letters and lines need at least to be seen at all: less than they should have to be read."""
BORDERS = tuple(f"border{side}" for side in ("", "-top", "-right", "-bottom", "-left"))
LINES = (*BORDERS, *(f"{border}-color" for border in BORDERS), "outline", "outline-color")


def see_night(sheets: Sequence[Stylesheet]) -> Iterator[Problem]:
    """What a style sheet of a screen lets vanish by night."""
    known = looks(sheets)
    for (page, said), look in known.items():
        by_night = known.get((BLACK, said))
        if page == WHITE and look.selector[-1].kind not in WORDLESS:
            for names in _gone(look):
                if by_night is None or not any(name in by_night.said for name in names):
                    declaration = look.said[names[0]][0]
                    value = tinycss2.serialize(declaration.value).strip()
                    yield gone_by_night(look.place(names[0]), said, f"{declaration.name}: {value}")


def _gone(look: Look) -> Iterator[tuple[str, ...]]:
    """The properties whose colours cannot be seen by night, each with others that would mend it."""
    text, ground = colour(look.value("color")), background(look)
    if text is not None and ground is None and contrast(over(text, BLACK), BLACK) < SEEN:
        yield "color", "background", "background-color"
    if ground is not None and text is None and contrast(over(ground, BLACK), WHITE) < SEEN:
        yield next(name for name in ("background-color", "background") if name in look.said), "color"
    for name in LINES:
        lines = [found for token in look.value(name) if (found := colour((token,))) and found[3] > 0]
        if ground is None and lines and all(contrast(over(line, BLACK), BLACK) < SEEN for line in lines):
            yield name, name.removesuffix("-color"), f"{name.removesuffix('-color')}-color"
