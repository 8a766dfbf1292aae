"""What the margin boxes of pages show: numbers, heads, or both, and whether the two can be drawn apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from publish.layout.pageselectors import parts
from publish.layout.rules import (
    MARGIN_BOXES,
    Rule,
    contents,
    declarations,
    divided,
    functions,
    is_nothing,
    names,
    property_of,
    words,
)

OWN = ("border", "background", "outline", "box-shadow", "position", "opacity")
"""Properties by which a box shows where there is nothing in it, or does not stand where it should."""
KEYWORDS = ("first", "start", "last", "first-except", "all-once")
UNSET = ("none", "normal", "inhibit", "initial", "inherit", "unset", "revert", "revert-layer")
"""Values of `content` for which there is no box."""
MEASURED = ("dimension", "percentage")
RECKONED = ("calc", "min", "max", "clamp", "round")
EDGES = (("top-left", "top-center", "top-right"), ("bottom-left", "bottom-center", "bottom-right"))
"""The boxes that share the width of the page among them, by what is in them. Others have a place of their own."""


class Kind(Enum):
    """What a value of `content` is: no box or an empty one, a number, a head, or what cannot be told apart."""

    NOTHING = "nothing"
    NUMBER = "number"
    HEAD = "head"
    MIXED = "mixed"


@dataclass(frozen=True)
class Shown:
    """The strings, and the counter styles of page and pages, that margin boxes show; see `pagecss.FolioStyle`."""

    strings: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    totals: frozenset[str] = frozenset()
    excepts: bool = False


def kind(value: Sequence[Any]) -> Kind:
    """What a value of `content` is. What is not known to be one that the engine takes is MIXED, and left alone."""
    tokens = words(value)
    if len(tokens) == 1 and tokens[0].type == "ident" and tokens[0].lower_value in UNSET:
        return Kind.NOTHING
    if not all(token.type in ("string", "url") or _is_shown(token) for token in tokens):
        return Kind.MIXED
    called = {token.name for token in tokens if token.type == "function"}
    if "counter" in called:
        return Kind.MIXED if "string" in called else Kind.NUMBER
    return Kind.HEAD if called or any(token.value for token in tokens) else Kind.NOTHING


def _is_shown(token: Any) -> bool:
    """Whether a token is a `counter()` or `string()` as the engine takes it, or a picture."""
    if token.type != "function":
        return False
    said = [words(part) for part in divided(token.arguments)]
    if token.name in ("counter", "string"):
        plain = all(len(part) == 1 and part[0].type == "ident" for part in said)
        return plain and (
            len(said) == 1 or (len(said) == 2 and (token.name == "counter" or said[1][0].value in KEYWORDS))
        )
    return token.name == "url" and len(said) == 1


def counter(function: Any) -> tuple[str, str]:
    """The name and the style of a `counter()`."""
    said = [names(part) for part in divided(function.arguments)]
    return next(iter(said[0]), ""), said[1][0] if len(said) > 1 and said[1] else "decimal"


def shown(pages: Sequence[Rule]) -> Shown:
    """What the margin boxes of rules for pages show."""
    found = Shown()
    for _, _, declaration in _declared(pages):
        for function in functions(declaration.value) if property_of(declaration) == "content" else ():
            found = _with(found, function)
    return found


def is_split(pages: Sequence[Rule]) -> bool:
    """Whether numbers can be drawn without the heads, and heads without the numbers, each where it stands with both.

    A box with a border would be drawn twice. Boxes of one edge share its width by what is in them, so a number and a
    head on the same edge need widths of their own.
    """
    numbers, heads = set[str](), set[str]()
    for _, box, declaration in _declared(pages):
        name = property_of(declaration)
        if name.startswith(OWN) and not is_nothing(declaration.value):
            return False
        if name == "content":
            what = kind(declaration.value)
            if what is Kind.MIXED:
                return False
            numbers |= {box} if what is Kind.NUMBER else set()
            heads |= {box} if what is Kind.HEAD else set()
    return bool(numbers) and all(_is_settled(edge, numbers, heads, _fixed(pages)) for edge in EDGES)


def _is_settled(edge: tuple[str, str, str], numbers: set[str], heads: set[str], fixed: set[str]) -> bool:
    """Whether no box of an edge is wider or narrower for what stands in another."""
    left, middle, right = edge
    if not (numbers & set(edge) and heads & set(edge)):
        return True
    if middle in numbers | heads and middle not in fixed:
        return False
    sides = {left, right}
    return not (numbers & sides and heads & sides) or bool(fixed & sides)


def _fixed(pages: Sequence[Rule]) -> set[str]:
    """The boxes that have a width of their own on all pages."""
    settled, open_ = set[str](), set[str]()
    for rule, box, declaration in _declared(pages):
        if property_of(declaration) == "width":
            if not _is_measure(words(declaration.value)):
                open_.add(box)
            elif parts(rule.selectors) == (parts(())):
                settled.add(box)
    return settled - open_


def _is_measure(value: Sequence[Any]) -> bool:
    if len(value) != 1:
        return False
    return value[0].type in MEASURED or (value[0].type == "function" and value[0].lower_name in RECKONED)


def _declared(pages: Sequence[Rule]) -> Iterator[tuple[Rule, str, Any]]:
    """All declarations in margin boxes, with their rule and the name of the box."""
    for rule in pages:
        for box in rule.boxes:
            if box.lower_at_keyword in MARGIN_BOXES:
                for declaration in declarations(contents(box)):
                    yield rule, box.lower_at_keyword, declaration


def _with(found: Shown, function: Any) -> Shown:
    """What is shown, and what one more function shows."""
    if function.lower_name == "string":
        said = names(function.arguments)
        excepts = found.excepts or "first-except" in said[1:]
        return replace(found, strings=found.strings | set(said[:1]), excepts=excepts)
    if function.lower_name == "counter":
        name, style = counter(function)
        if name == "page":
            return replace(found, formats=found.formats | {style})
        return replace(found, totals=found.totals | {style})
    return found
