"""Values of CSS's font properties (CSS Fonts 4), as far as they choose a face."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from publish.layout.rules import divided, words

Families = tuple[str, ...]
PROPERTIES = ("font-family", "font-weight", "font-style")
INHERITED = ("inherit", "unset", "revert", "revert-layer")
SLANTED = ("italic", "oblique")


@dataclass(frozen=True)
class Said:
    """A declaration of a family, a weight or a style; `families` is None where they are those of the element above."""

    name: str
    value: str = ""
    families: Families | None = None
    important: bool = False


def said(declarations: Iterable[Any]) -> Iterator[Said]:
    """What declarations say of families, weights and styles; `font` says all three."""
    for one in declarations:
        value, name, important = words(one.value), one.lower_name, one.important
        if name == "font":
            yield from _all(value, important)
        elif name == "font-family" and value:
            yield Said(name, families=_families(value), important=important)
        elif name in PROPERTIES and value:
            yield Said(name, _word(value[0]), important=important)


def weights(value: str, above: frozenset[int]) -> frozenset[int]:
    """The weights that a value means in an element below one of these weights (CSS Fonts 4, 2.2.1)."""
    if value == "bolder":
        return frozenset(400 if weight < 350 else 700 if weight < 550 else 900 for weight in above)
    if value == "lighter":
        return frozenset(100 if weight < 550 else 400 if weight < 750 else 700 for weight in above)
    if value == "inherit":
        return above
    return frozenset({700 if value == "bold" else int(float(value)) if value.replace(".", "", 1).isdecimal() else 400})


def _all(value: Sequence[Any], important: bool) -> Iterator[Said]:
    """What the shorthand says: style and weight before the size, the families after it."""
    first = _word(value[0]) if value else ""
    if len(value) == 1 and first == "inherit":
        yield from (Said(name, first, important=important) for name in PROPERTIES)
        return
    size = next((at for at, token in enumerate(value) if token.type in ("dimension", "percentage", "function")), 0)
    before = [_word(token) for token in value[:size]]
    yield Said("font-style", next((word for word in before if word in SLANTED), "normal"), important=important)
    heavy = next((word for word in before if word[:1].isdecimal() or word in ("bold", "bolder", "lighter")), "normal")
    yield Said("font-weight", heavy, important=important)
    after = list(value[size + 1 :])
    if after and after[0].type == "literal" and after[0].value == "/":
        after = after[2:]
    yield Said("font-family", families=_families(after), important=important)


def _families(value: Sequence[Any]) -> Families | None:
    """The families of a list, in small letters."""
    if len(value) == 1 and _word(value[0]) == "inherit":
        return None
    return tuple(
        " ".join(str(token.value) for token in part if token.type in ("ident", "string")).casefold()
        for part in map(words, divided(value))
        if part
    )


def _word(token: Any) -> str:
    """A value's word or number; all words that take the value of the element above are one."""
    if token.type == "ident":
        return "inherit" if token.lower_value in INHERITED else str(token.lower_value)
    return f"{token.value:g}" if token.type == "number" else ""
