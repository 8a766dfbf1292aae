"""Seams: what in style sheets would differ between a book laid out section by section and in one run.

A book whose style sheets have one is laid out in one piece. Most are things counted through the book (the engine begins
each document at nothing), things that stand on pages other than their own, and selectors that look at the sections
around. `margin-break: discard` is none as long as the text of a section is set behind a page that is cut off, as
`pagecss` has it: the engine never discards on the first page of a document.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tinycss2

from publish.layout.model import Stylesheet
from publish.layout.pageseams import (
    COUNTING,
    FOLIO_STYLES,
    NO_COUNTER,
    PAGE_COUNTERS,
    Found,
    of_any,
    of_page,
    written,
)
from publish.layout.rules import (
    GROUPS,
    Rule,
    divided,
    functions,
    grouped,
    idents,
    is_nothing,
    names,
    property_of,
    read_sheet,
    rules,
    words,
)
from publish.layout.selectors import Compound, Selector, is_about_roots, is_root, looks_across, may_be_page, read

BREAKS = ("break-before", "break-after", "page-break-before", "page-break-after")
SIDES = ("left", "right", "recto", "verso")
STARTS = (*SIDES, "page", "always")
ACROSS = ("columns", "column-count", "column-width", "float", "height", "min-height", "max-height", "position")
"""Properties that make one box of all sections when `<body>` or `<html>` has them."""
ENDS = "shows only where the book begins and ends"
WEB = ("http", "mailto:")
ADDRESS = "asks for the address of a link, which is another in a section by itself"


@dataclass(frozen=True)
class Seam:
    """A place in a style sheet because of which the book is laid out in one piece; line and column count from 1."""

    sheet: str
    line: int
    column: int
    what: str
    why: str


def seams(sheets: Sequence[Stylesheet]) -> tuple[Seam, ...]:
    """All seams of a book's style sheets, in their order, each place once."""
    every = [rule for sheet in sheets for rule in rules(sheet)]
    known = FOLIO_STYLES - {name for sheet in sheets for name in _own_styles(read_sheet(sheet))}
    house_notes = all(any(_rules_out(rule, part) for rule in every) for part in ("footnote-call", "footnote-marker"))
    found: dict[Seam, None] = {}
    for rule in every:
        for node, what, why in of_page(rule, known) if rule.page else _of_text(rule, house_notes):
            found[Seam(rule.sheet.name, node.source_line, node.source_column, what, why)] = None
    for rule, declaration in _of_quotes(every):
        what, why = "quotes on one side", "are opened and closed through the book"
        found[Seam(rule.sheet.name, declaration.source_line, declaration.source_column, what, why)] = None
    return tuple(found)


def _of_text(rule: Rule, house_notes: bool) -> Found:
    selectors = read(rule.selectors)
    for selector in selectors:
        if looks_across(selector):
            yield rule.node, written(rule.selectors), "asks how sections stand to one another"
            break
    if any(_tells_links_apart(compound) for selector in selectors for compound in selector):
        yield rule.node, written(rule.selectors), ADDRESS
    for declaration in rule.declarations:
        name, value = property_of(declaration), words(declaration.value)
        yield from of_any(declaration, name, value)
        if name.startswith("--"):
            continue
        yield from _of_value(declaration, name, value, selectors)
        if name in BREAKS:
            yield from _of_break(declaration, name, value, selectors)
        elif name == "float" and "footnote" in idents(value) and not house_notes:
            yield declaration, "float: footnote", "has its notes numbered by the typesetter, anew in every section"
        if any(_is_above(selector) for selector in selectors):
            yield from _of_body(declaration, name, value, selectors)
        if name == "content" and any(map(_is_beside_all, selectors)) and not is_nothing(value):
            yield declaration, written(rule.selectors), ENDS


def _of_value(declaration: Any, name: str, value: Sequence[Any], selectors: Sequence[Selector]) -> Found:
    """What the value of an element's property may not say."""
    for function in functions(value):
        said = next(iter(names(function.arguments)), "")
        if function.lower_name == "counter" and said in PAGE_COUNTERS:
            yield function, f"counter({said})", "is a page number in the text"
        elif function.lower_name in ("counter", "counters") and said != "list-item":
            yield function, f"{function.lower_name}({said})", "counts through the book"
        elif function.lower_name == "attr" and said.lower() == "href" and not _of_the_web(selectors):
            yield function, "attr(href)", ADDRESS
    if name in COUNTING and any(word not in NO_COUNTER for word in idents(value)):
        yield declaration, name, "counts through the book"
    if name == "position":
        for token in value:
            if token.type == "function":
                yield declaration, f"{name}: {token.name}()", "takes an element to other pages"
            elif token.type == "ident" and token.lower_value == "fixed":
                yield declaration, f"{name}: fixed", "stands on every page of the book"


def _of_break(declaration: Any, name: str, value: Sequence[Any], selectors: Sequence[Selector]) -> Found:
    said = idents(value)
    where = "inside a section depends on the pages before it"
    if any(word in SIDES for word in said) and not all(map(is_root, selectors)):
        yield declaration, f"{name}: {said[0]}", where
    elif any(function.lower_name == "var" for function in functions(value)) and not all(map(is_root, selectors)):
        yield declaration, f"{name}: var()", where
    elif name.endswith("break-before") and said and said[0] not in STARTS and any(map(is_about_roots, selectors)):
        yield declaration, f"{name}: {said[0]}", "lets sections begin in the middle of a page"


def _of_body(declaration: Any, name: str, value: Sequence[Any], selectors: Sequence[Selector]) -> Found:
    """What makes `<body>` or `<html>` more than the paper that the sections stand on."""
    what, side = f"{name} of the whole book", name.partition("-")[2].partition("-")[0]
    if name in ("margin", "padding"):
        value = [token for at, token in enumerate(value) if at in (0, 2)]
    if is_nothing(value):
        return
    if name in ACROSS or (name == "display" and idents(value) != ["block"]):
        yield declaration, what, "makes one box of all sections"
    elif name.startswith(("margin", "padding", "border")) and side not in ("left", "right", "break"):
        yield declaration, what, ENDS
    elif name == "string-set":
        yield declaration, what, "is set once, where the book begins"
    elif name.startswith("background") and any(selector[-1].kind != "body" for selector in selectors):
        yield declaration, what, "shows on blank pages too, which are no section's; give it to @page"


def _is_above(selector: Selector) -> bool:
    """Whether a selector means `<body>` or `<html>`, and not any element."""
    last = selector[-1]
    named = last.kind in ("html", "body") or any(pseudo.name == "root" for pseudo in last.pseudos)
    return named and may_be_page(selector)


def _is_beside_all(selector: Selector) -> bool:
    """Whether a selector means what stands before or after all sections."""
    last = selector[-1]
    return last.element in ("before", "after") and _is_above((*selector[:-1], replace(last, element=None)))


def _rules_out(rule: Rule, element: str) -> bool:
    """Whether a rule says itself what all calls of notes, or all their markers, show."""
    says = any(property_of(declaration) == "content" for declaration in rule.declarations)
    return (
        says
        and not rule.page
        and any(
            len(selector) == 1 and selector[0].element == element and selector[0].kind is None and _is_bare(selector)
            for selector in read(rule.selectors)
        )
    )


def _is_bare(selector: Selector) -> bool:
    return not (selector[0].classes or selector[0].attributes or selector[0].pseudos or selector[0].ident)


def _tells_links_apart(compound: Compound) -> bool:
    """Whether links within the book are told apart by their addresses."""
    local = any(pseudo.name == "local-link" for pseudo in compound.pseudos)
    return (
        local
        or any(
            idents(parts[:1]) == ["href"] and len(parts) > 1 and not _is_web(parts)
            for parts in map(words, compound.attributes)
        )
        or any(_tells_links_apart(part) for pseudo in compound.pseudos for inner in pseudo.inside for part in inner)
    )


def _is_web(parts: Sequence[Any]) -> bool:
    """Whether an attribute selector asks for addresses outside the book."""
    begins = len(parts) > 2 and parts[1].type == "literal" and parts[1].value == "^="
    return begins and parts[2].type in ("string", "ident") and parts[2].value.lower().startswith(WEB)


def _of_the_web(selectors: Sequence[Selector]) -> bool:
    """Whether selectors match links to other places alone."""
    return all(
        any(idents(attribute[:1]) == ["href"] and _is_web(words(attribute)) for attribute in selector[-1].attributes)
        for selector in selectors
    )


def _of_quotes(every: Sequence[Rule]) -> Iterator[tuple[Rule, Any]]:
    """The rules that open a quotation and close none, or the other way: later sections then have other quotes."""
    opened, closed = dict[str, tuple[Rule, Any]](), dict[str, tuple[Rule, Any]]()
    for rule in every:
        for declaration in rule.declarations if not rule.page else ():
            said = idents(declaration.value) if property_of(declaration) == "content" else []
            for word, ends in (("open-quote", opened), ("close-quote", closed)):
                if word in said or f"no-{word}" in said:
                    ends |= {_element(part): (rule, declaration) for part in divided(rule.selectors)}
    for mine, other in ((opened, closed), (closed, opened)):
        yield from (where for name, where in mine.items() if name not in other)


def _element(selector: Sequence[Any]) -> str:
    """A selector without its pseudo-element."""
    return re.sub(r"::?(before|after)$", "", tinycss2.serialize(selector).strip().lower())


def _own_styles(nodes: Sequence[Any]) -> Iterator[str]:
    """The names of counter styles that a sheet defines itself."""
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "counter-style":
            yield from names(node.prelude)
        elif node.type == "at-rule" and node.lower_at_keyword in GROUPS and node.content is not None:
            yield from _own_styles(grouped(node))
