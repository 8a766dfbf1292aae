"""Left and right pages: whether text set for one side can be moved to the other."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from publish.layout.pageselectors import parts
from publish.layout.rules import MARGIN_BOXES, Rule, property_of, words

SIDES = ("top", "right", "bottom", "left")
SHORTHAND = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
"""Which value of `margin` each side takes, by the number of values."""


def slides(pages: Sequence[Rule]) -> bool:
    """Whether what is set for a right page fits on a left one: their margins are each other's mirror images."""
    left, right = list[tuple[Any, ...]](), list[tuple[Any, ...]]()
    for rule in pages:
        selectors = [part.selector for part in parts(rule.selectors) or ()]
        margins = _margins(rule.declarations)
        if margins is None:
            return False
        sided = [selector for selector in selectors if selector.side]
        if sided and not _only_margins(rule):
            return False
        top, inner, bottom, outer = margins
        for selector in sided if any(margins) else ():
            plain = replace(selector, side=None)
            if selector.side == "left":
                left.append((plain, top, outer, bottom, inner))
            else:
                right.append((plain, top, inner, bottom, outer))
    return left == right


def _only_margins(rule: Rule) -> bool:
    """Whether a rule holds nothing but margins, margin boxes, and what is behind the text."""
    boxes = all(box.lower_at_keyword in MARGIN_BOXES for box in rule.boxes)
    return boxes and all(property_of(one).startswith(("margin", "background")) for one in rule.declarations)


def _margins(said: Sequence[Any]) -> tuple[str, str, str, str] | None:
    """The margins that a rule sets, top, right, bottom, left; "" for none, None where one side is set by itself."""
    found = dict.fromkeys(SIDES, "")
    for declaration in said:
        name = property_of(declaration)
        values = [_value(token, declaration.important) for token in words(declaration.value)]
        if name == "margin":
            if not 0 < len(values) < 5 or any(value.startswith("var(") for value in values):
                return None
            found = {side: values[at] for side, at in zip(SIDES, SHORTHAND[len(values)], strict=True)}
        elif name.removeprefix("margin-") in SIDES:
            found[name.removeprefix("margin-")] = " ".join(values)
    top, right, bottom, left = found.values()
    alike = bool(left) == bool(right) and left.endswith("!") == right.endswith("!")
    return (top, right, bottom, left) if alike else None


def _value(token: Any, important: bool) -> str:
    return str(token.serialize()) + ("!" if important else "")
