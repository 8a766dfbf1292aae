"""Selectors of `@page`, as the engine reads them: a name, sides, `:first`, `:blank`, `:nth(1 of name)`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tinycss2.nth import parse_nth

from publish.layout.rules import Rule, divided, words


@dataclass(frozen=True)
class PageSelector:
    """What a page must be. `nth` are the step, the offset and the name of the element's pages that are counted."""

    name: str | None = None
    side: str | None = None
    first: bool = False
    blank: bool = False
    nth: tuple[int, int, str | None] | None = None


@dataclass(frozen=True)
class Part:
    """One of the selectors before a rule for pages, and the tokens in which it is written."""

    selector: PageSelector
    tokens: tuple[Any, ...] = ()


def parts(prelude: Sequence[Any]) -> tuple[Part, ...] | None:
    """The selectors before a rule; None where the engine reads none and leaves the rule out."""
    if not words(prelude):
        return (Part(PageSelector()),)
    found = []
    for tokens in divided(prelude):
        selector = _selector(words(tokens))
        if selector is None:
            return None
        found.append(Part(selector, tuple(tokens)))
    return tuple(found)


def _selector(tokens: Sequence[Any]) -> PageSelector | None:
    found, rest = PageSelector(), list(tokens)
    if rest and rest[0].type == "ident":
        found = PageSelector(name=rest.pop(0).value)
    if not tokens or len(rest) % 2:
        return None
    for colon, token in zip(rest[::2], rest[1::2], strict=True):
        narrower = _narrowed(found, token) if colon == ":" else None
        if narrower is None:
            return None
        found = narrower
    return found


def _narrowed(selector: PageSelector, token: Any) -> PageSelector | None:
    """A selector with one more pseudo-class; None where there is no such one, or the two exclude each other."""
    if token.type == "function" and token.name == "nth":
        nth = _nth(token.arguments)
        return nth and replace(selector, nth=nth)
    name = token.lower_value if token.type == "ident" else ""
    if name in ("left", "right"):
        return replace(selector, side=name) if selector.side in (None, name) else None
    if name in ("first", "blank"):
        return replace(selector, first=selector.first or name == "first", blank=selector.blank or name == "blank")
    return None


def _nth(arguments: Sequence[Any]) -> tuple[int, int, str | None] | None:
    of = next((at for at, token in enumerate(arguments) if token.type == "ident" and token.value == "of"), None)
    step = parse_nth(arguments if of is None else arguments[: max(of - 1, 0)])
    if step is None or of is None:
        return step and (*step, None)
    group = words(arguments[of + 1 :])
    return (*step, group[0].value) if len(group) == 1 and group[0].type == "ident" else None


def selectors(pages: Sequence[Rule]) -> Iterator[PageSelector]:
    """The selectors of all rules for pages that are in force."""
    for rule in pages:
        for part in parts(rule.selectors) or ():
            yield part.selector
