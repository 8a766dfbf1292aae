"""What rules for pages, and any rule, may not say of a book that is laid out section by section; see `seams`."""

from collections.abc import Iterator, Sequence
from typing import Any

import tinycss2
from tinycss2.nth import parse_nth

from publish.layout.pageselectors import Part, parts
from publish.layout.rules import (
    Rule,
    contents,
    declarations,
    divided,
    functions,
    idents,
    is_nothing,
    names,
    property_of,
    words,
)

FOLIO_STYLES = frozenset(
    (
        *("decimal", "decimal-leading-zero", "lower-roman", "upper-roman", "lower-alpha", "upper-alpha"),
        *("lower-latin", "upper-latin", "lower-greek"),
    )
)
"""Counter styles in which we can write a page number ourselves."""
PAGE_COUNTERS = ("page", "pages")
COUNTING = ("counter-increment", "counter-reset", "counter-set")
NO_COUNTER = ("none", "auto", "list-item", "initial", "inherit", "unset", "revert")
TARGETS = ("target-counter", "target-counters", "target-text")
HIDDEN = (*TARGETS, "counter", "counters", "string", "element", "running", "note")
"""Functions whose meaning a custom property would hide from us."""
DRAWN_ON_PAGES = (
    *("border", "outline", "box-shadow", "marks"),
    *("opacity", "transform", "filter", "mix-blend-mode", "clip", "mask"),
)
VIEWPORT = frozenset(f"{size}{axis}" for size in ("", "s", "l", "d", "p") for axis in "vw vh vi vb vmin vmax".split())

Found = Iterator[tuple[Any, str, str]]
"""A node at whose place a seam is, what it is, and why it is one."""


def of_page(rule: Rule, known: frozenset[str]) -> Found:
    """The seams in a rule for pages; `known` are the styles of numbers that we can write."""
    for nth in (function for function in functions(rule.selectors) if function.lower_name == "nth"):
        yield from _of_nth(nth)
    for declaration in rule.declarations:
        name, value = property_of(declaration), words(declaration.value)
        yield from of_any(declaration, name, value)
        if name.startswith(DRAWN_ON_PAGES) and not is_nothing(value):
            yield declaration, f"{name} of a page", "is drawn around the text and the heads together"
        yield from _of_counts(declaration, name, value, known)
        if name in COUNTING and "page" in idents(value) and any(map(_may_be_blank, parts(rule.selectors) or ())):
            yield declaration, f"{name} of a page", "may count blank pages, which are no section's"
    for box in rule.boxes:
        for declaration in declarations(contents(box)):
            name, value = property_of(declaration), words(declaration.value)
            yield from of_any(declaration, name, value)
            yield from _of_counts(declaration, name, value, known)


def _may_be_blank(part: Part) -> bool:
    """Whether a page between two sections, which has no name and is not the first, is one of these."""
    return part.selector.name is None and part.selector.nth is None and not part.selector.first


def _of_nth(nth: Any) -> Found:
    of = next((at for at, token in enumerate(nth.arguments) if token.type == "ident" and token.value == "of"), None)
    if of is None:
        yield nth, f":nth({written(nth.arguments)})", "counts pages of the whole book"
        return
    step = parse_nth(nth.arguments[:of])
    if step is not None and step[0] != 0:
        yield nth, f":nth({written(nth.arguments)})", "tells pages apart without end"


def _of_counts(declaration: Any, name: str, value: Sequence[Any], known: frozenset[str]) -> Found:
    """What heads and folios may not say, since they are drawn page by page."""
    if name in COUNTING and any(word not in (*NO_COUNTER, *PAGE_COUNTERS) for word in idents(value)):
        yield declaration, name, "counts through the book"
    for function in functions(value):
        said = [names(part) for part in divided(function.arguments)]
        first = said[0][0] if said[0] else ""
        if function.lower_name == "counters" or (function.lower_name == "counter" and first not in PAGE_COUNTERS):
            yield function, f"{function.lower_name}({first})", "counts through the book"
        elif function.lower_name == "counter" and len(said) > 1 and not (len(said[1]) == 1 and said[1][0] in known):
            yield function, f"the counter style of {first}", "is one that only the typesetter can write"
        elif function.lower_name == "string" and len(said) > 1 and said[1][:1] in (["start"], ["all-once"]):
            yield function, f"string(…, {said[1][0]})", "asks for more of a page than its heads"
        elif function.lower_name == "element":
            yield function, "element()", "takes an element to other pages"


def of_any(declaration: Any, name: str, value: Sequence[Any]) -> Found:
    """The seams in a declaration of whatever rule."""
    for function in functions(value):
        if name.startswith("--") and function.lower_name in HIDDEN:
            yield function, f"{function.name}() in {name}", "is used through var(), where it cannot be followed"
        elif function.lower_name in TARGETS:
            yield function, f"{function.name}()", "looks at other pages while these are laid out"
    for unit in {token.lower_unit for token in _all(value) if token.type == "dimension"} & VIEWPORT:
        yield declaration, f"{name} in {unit}", "is measured by the first page of the book"


def _all(tokens: Sequence[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _all(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


def written(tokens: Sequence[Any]) -> str:
    """Tokens as they are written, shortened."""
    text = " ".join(tinycss2.serialize(tokens).split())
    return text if len(text) <= 60 else text[:57] + "…"
