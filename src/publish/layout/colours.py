"""Colours that a reader may not see: text too faint to be read, and links that nothing but colour tells apart.

What style sheets say is taken selector by selector, the last word of each property, as far as can be told without
asking which elements it meets. A text without a background stands on the reader's page, white by day; in
`@media (prefers-color-scheme: dark)` the page is black.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import tinycss2
import tinycss2.color4

from publish.layout import rules, selectors
from publish.layout.findings import faint_text, link_by_colour_alone
from publish.layout.model import Stylesheet
from publish.places import Span
from publish.problems import Problem

Rgb = tuple[float, float, float]
WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
NEEDED, NEEDED_LARGE = 4.5, 3.0
"""The least contrast of text, and of large text (WCAG 2.2, 1.4.3)."""
LARGE, LARGE_BOLD = 1.5, 1.2
"""Sizes in em from which text is large: 18 and 14 points, where a reader begins with 12."""
SPACES = ("srgb", "hsl", "hwb")
WORDLESS = ("hr", "img", "svg", "col", "colgroup")
OF_NO_TEXT = ("note-call", "note-back", "toc")
"""Links that their place tells apart: raised signs, and lists of nothing but links."""
LINKS = ("ref", "page-ref")
"""The classes of our own links that stand in the text."""
PASSING = ("hover", "focus", "focus-visible", "active")
CUES = ("background", "border", "box-shadow", "font-style", "font-variant", "font-weight", "outline", "text-transform")
"""What tells a link apart beside colour and underline, by the beginnings of properties."""


@dataclass
class Look:
    """All that style sheets say of one selector, by property: the last declaration, and the sheet that it stands in."""

    page: Rgb
    selector: selectors.Selector
    words: str
    said: dict[str, tuple[Any, Stylesheet]] = field(default_factory=dict)

    def value(self, name: str) -> Sequence[Any]:
        """The value of a property; nothing where none is declared."""
        return rules.words(self.said[name][0].value) if name in self.said else ()

    def place(self, *names: str) -> Span | None:
        """Where the first of these properties is declared."""
        for declaration, sheet in (self.said[name] for name in names if name in self.said):
            return Span(sheet.name, declaration.source_line, declaration.source_column)
        return None


def see_colours(sheets: Sequence[Stylesheet]) -> Iterator[Problem]:
    """What is wrong with the colours of the style sheets of a screen, which bear no custom properties any more."""
    for look in looks(sheets).values():
        if look.selector[-1].kind not in WORDLESS:
            yield from _see_contrast(look)
        if _is_link_in_text(look.selector) and _is_undecorated(look):
            yield link_by_colour_alone(look.place("text-decoration-line", "text-decoration"), look.words)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours (WCAG 2.2, contrast ratio), from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def looks(sheets: Sequence[Stylesheet]) -> Mapping[tuple[Rgb, str], Look]:
    """All that the style sheets of a screen say, by the page (white, or black by night) and the selector."""
    found: dict[tuple[Rgb, str], Look] = {}
    for sheet in sheets:
        for page, prelude, body in _rules(rules.read_sheet(sheet), WHITE):
            for tokens in rules.divided(prelude):
                words = " ".join(tinycss2.serialize(tokens).split())
                for selector in selectors.read(tokens):
                    look = found.setdefault((page, words), Look(page, selector, words))
                    look.said.update({rules.property_of(part): (part, sheet) for part in rules.declarations(body)})
    return found


def _rules(nodes: Sequence[Any], page: Rgb) -> Iterator[tuple[Rgb, Sequence[Any], Sequence[Any]]]:
    """All rules that a screen may take: the page that they stand on, their selectors, and what is in their braces."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield from _nested(node, node.prelude, page)
        elif node.type == "at-rule" and node.content is not None and node.lower_at_keyword in rules.GROUPS:
            said = rules.idents(node.prelude)
            if node.lower_at_keyword != "media" or "print" not in said:
                dark = any(block.type == "() block" and "dark" in rules.idents(block.content) for block in node.prelude)
                yield from _rules(rules.grouped(node), BLACK if dark else page)


def _nested(node: Any, prelude: Sequence[Any], page: Rgb) -> Iterator[tuple[Rgb, Sequence[Any], Sequence[Any]]]:
    body = rules.contents(node)
    yield page, prelude, body
    for inner in body:
        if inner.type == "qualified-rule":
            yield from _nested(inner, rules.nested(prelude, inner.prelude), page)


def _see_contrast(look: Look) -> Iterator[Problem]:
    named, ground, opacity = colour(look.value("color")), background(look), _opacity(look)
    if named is None and ground is None and opacity == 1:
        return
    under = over(ground, look.page) if ground else look.page
    text = named or (*(WHITE if look.page == BLACK else BLACK), 1.0)
    found = contrast(over((*text[:3], text[3] * opacity), under), under)
    needed = NEEDED_LARGE if _is_large(look) else NEEDED
    if found < needed:
        place = look.place("color", "background-color", "background", "opacity")
        yield faint_text(place, look.words, math.floor(found * 10) / 10, needed)


def background(look: Look) -> tuple[float, float, float, float] | None:
    """The colour behind a text, where one is named; of two properties, the one that is declared last."""
    names = [name for name in look.said if name in ("background", "background-color")]
    for name in reversed(names):
        for token in look.value(name):
            if found := colour((token,)):
                return found
    return None


def colour(value: Sequence[Any]) -> tuple[float, float, float, float] | None:
    """A colour with its opacity; None for what is none by itself (`inherit`, `currentcolor`, a system's colour).

    Colours that are not made of red, green and blue (`lab()`, `oklch()`) are not known to e-readers, nor to us.
    """
    known = tinycss2.color4.parse_color(value[0]) if len(value) == 1 else None
    if not isinstance(known, tinycss2.color4.Color) or known.space not in SPACES:
        return None
    red, green, blue = (min(1.0, max(0.0, part or 0.0)) for part in known.to("srgb").coordinates)
    return red, green, blue, known.alpha


def over(ink: tuple[float, float, float, float], under: Rgb) -> Rgb:
    """A colour as it looks on what lies under it."""
    *parts, alpha = ink
    red, green, blue = (alpha * part + (1 - alpha) * below for part, below in zip(parts, under, strict=True))
    return red, green, blue


def _opacity(look: Look) -> float:
    value = look.value("opacity")
    if len(value) != 1 or value[0].type not in ("number", "percentage"):
        return 1
    return min(1.0, max(0.0, float(value[0].value) / (100 if value[0].type == "percentage" else 1)))


def _is_large(look: Look) -> bool:
    size = look.value("font-size")
    if len(size) != 1 or getattr(size[0], "lower_unit", "%") not in ("em", "rem", "%"):
        return False
    ems = getattr(size[0], "value", 0) / (100 if size[0].type == "percentage" else 1)
    return ems >= (LARGE_BOLD if _is_bold(look) else LARGE) if isinstance(ems, float) else False


def _is_bold(look: Look) -> bool:
    weight = look.value("font-weight")
    return any(token.type == "number" and token.value >= 700 for token in weight) or "bold" in rules.idents(weight)


def _is_link_in_text(selector: selectors.Selector) -> bool:
    """Whether a selector may match a link among words, as it is when nobody points at it."""
    last = selector[-1]
    pseudos = [pseudo.name for pseudo in last.pseudos]
    link = last.kind == "a" or any(name in LINKS for name in last.classes) or {"link", "any-link"} & set(pseudos)
    apart = any(part.kind == "nav" or any(name in OF_NO_TEXT for name in part.classes) for part in selector)
    return bool(link) and not apart and not last.element and not any(name in PASSING for name in pseudos)


def _is_undecorated(look: Look) -> bool:
    """Whether a selector takes the underline away, and puts nothing in its place that is no colour."""
    lines = [name for name in look.said if name in ("text-decoration", "text-decoration-line")]
    if not lines or "none" not in rules.idents(look.value(lines[-1])):
        return False
    cues = (name for name in look.said if name.startswith(CUES))
    return all(rules.is_nothing(look.value(name)) for name in cues)
