"""Selectors of CSS, read far enough to tell whether what they match depends on the sections around.

The root of a section is a `<section>` right in `<body>`; above it are `<body>` and `<html>` alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from publish.book.model import Matter
from publish.book.roles import BODY, MATTERS
from publish.layout.model import PROOF
from publish.layout.rules import SPACE, divided, is_sign

ROOT_CLASSES = frozenset((*MATTERS, *Matter, "first-body", "piece", "made"))
"""Classes of roots (see `publish.layout.themes`). Lists of notes inside sections bear `endnotes`, which is none."""
TELLING = frozenset((*BODY, *Matter, "first-body", "piece"))
"""Classes that say without the element's name that it is a root; `epigraph` is a passage's too."""
PAGE_CLASSES = re.compile(rf"theme-.+|opening-.+|start-.+|{PROOF.name}")
"""Classes of `<html>`."""
OPTIONS = re.compile(r"opening-.+|start-.+")
"""Classes of roots and of `<html>`."""
ONE_COLON = ("before", "after", "first-line", "first-letter")
"""Pseudo-elements that may be written like pseudo-classes."""
ALTERNATIVES = ("is", "where", "matches")
POSITIONS = re.compile(r"(first|last|only|nth|nth-last)-(child|of-type)")
SIBLINGS = ("+", "~")
COMBINATORS = (">", *SIBLINGS)


@dataclass(frozen=True)
class Pseudo:
    """A pseudo-class; `inside` are the selectors in its brackets, those after `of` for `:nth-child()`."""

    name: str
    inside: tuple["Selector", ...] = ()


@dataclass(frozen=True)
class Compound:
    """What one element must be. `combinator` is the sign before it, a space for a descendant, "" for the first."""

    combinator: str = ""
    kind: str | None = None
    classes: tuple[str, ...] = ()
    ident: bool = False
    attributes: tuple[tuple[Any, ...], ...] = ()
    pseudos: tuple[Pseudo, ...] = ()
    element: str | None = None


Selector = tuple[Compound, ...]


def read(tokens: Sequence[Any]) -> tuple[Selector, ...]:
    """The selectors of a list."""
    return tuple(selector for part in divided(tokens) if (selector := _selector(part)))


def may_be_page(selector: Selector, index: int = -1, limit: bool = True) -> bool:
    """Whether a compound of a selector can match `<html>` or `<body>`; `limit` is what is known of the last one."""
    index %= len(selector)
    compound = selector[index]
    if index == len(selector) - 1 and not limit:
        return False
    if compound.element or not _allows(compound, _like_page):
        return False
    if index == 0:
        return True
    if compound.combinator in SIBLINGS:
        return selector[index - 1].kind in (None, "head")
    return may_be_page(selector, index - 1)


def may_be_root(selector: Selector, index: int = -1, limit: bool = True) -> bool:
    """Whether a compound of a selector can match the root of a section."""
    index %= len(selector)
    compound = selector[index]
    if (index == len(selector) - 1 and not limit) or not _allows(compound, _like_root):
        return False
    if index == 0:
        return True
    return (may_be_root if compound.combinator in SIBLINGS else may_be_page)(selector, index - 1)


def is_root(selector: Selector) -> bool:
    """Whether what a selector matches is the root of a section, and nothing inside one."""
    last = selector[-1]
    if last.element or not may_be_root(selector):
        return False
    known = TELLING if last.kind is None else ROOT_CLASSES
    in_body = last.combinator == ">" and selector[-2].kind == "body"
    if in_body or any(name in known or OPTIONS.fullmatch(name) for name in last.classes):
        return True
    return any(all(map(is_root, pseudo.inside)) for pseudo in last.pseudos if pseudo.name in ALTERNATIVES)


def is_about_roots(selector: Selector) -> bool:
    """Whether a selector means roots of sections, or whatever comes."""
    last = selector[-1]
    named = last.kind == "section" or any(name in TELLING or name == "endnotes" for name in last.classes)
    bare = last.kind is None and not last.classes and not last.ident and not last.attributes
    return last.element is None and may_be_root(selector) and (named or bare)


def looks_across(selector: Selector, *, root: bool = True, page: bool = True) -> bool:
    """Whether a selector asks how a section stands among others, or whether a part of the book is in another.

    Where it stands in the brackets of a pseudo-class, `root` and `page` say whether that one's element can be a root
    or the page.
    """
    for index, compound in enumerate(selector):
        here = may_be_root(selector, index, root)
        above = may_be_page(selector, index, page)
        if here and compound.combinator in SIBLINGS and index:
            return True
        if any(_asks_across(pseudo, here, above) for pseudo in compound.pseudos):
            return True
    return False


def _asks_across(pseudo: Pseudo, root: bool, page: bool) -> bool:
    if POSITIONS.fullmatch(pseudo.name):
        return root
    if pseudo.name == "has":
        return page or (root and any(inner[0].combinator in SIBLINGS for inner in pseudo.inside))
    return any(looks_across(inner, root=root, page=page) for inner in pseudo.inside)


def _like_page(compound: Compound) -> bool:
    return (
        compound.kind in (None, "html", "body")
        and not compound.ident
        and all(PAGE_CLASSES.fullmatch(name) for name in compound.classes)
    )


def _like_root(compound: Compound) -> bool:
    return compound.kind in (None, "section") and all(pseudo.name != "root" for pseudo in compound.pseudos)


def _allows(compound: Compound, test: Callable[[Compound], bool]) -> bool:
    """Whether a compound passes a test, and one of the alternatives in each of its `:is()`."""
    return test(compound) and all(
        any(_allows(inner[-1], test) for inner in pseudo.inside)
        for pseudo in compound.pseudos
        if pseudo.name in ALTERNATIVES
    )


def _selector(tokens: Sequence[Any]) -> Selector:
    """One selector; what is no selector is read as far as it goes, and too little is known of it."""
    compounds: list[Compound] = []
    combinator, parts = "", list[Any]()
    for token in tokens:
        sign = " " if token.type in SPACE else token.value if token.type == "literal" else None
        if sign == " " and token.type == "comment":
            continue
        if sign == " " or sign in COMBINATORS:
            if parts:
                compounds.append(_compound(combinator, parts))
                combinator, parts = " ", []
            if sign != " ":
                combinator = str(sign)
        else:
            parts.append(token)
    if parts:
        compounds.append(_compound(combinator, parts))
    return tuple(compounds)


def _compound(combinator: str, tokens: Sequence[Any]) -> Compound:
    kind, classes, ident, element = None, list[str](), False, None
    attributes, pseudos = list[tuple[Any, ...]](), list[Pseudo]()
    before = ""
    for token in tokens:
        if token.type == "ident":
            if before == ".":
                classes.append(token.value)
            elif before == "::" or (before == ":" and token.lower_value in ONE_COLON):
                element = token.lower_value
            elif before == ":":
                pseudos.append(Pseudo(token.lower_value))
            else:
                kind = token.lower_value
        elif token.type == "hash":
            ident = True
        elif token.type == "[] block":
            attributes.append(tuple(token.content))
        elif token.type == "function" and before == ":":
            pseudos.append(Pseudo(token.lower_name, _inside(token)))
        before = before + ":" if is_sign(token, ":") else token.value if token.type == "literal" else ""
    return Compound(combinator, kind, tuple(classes), ident, tuple(attributes), tuple(pseudos), element)


def _inside(function: Any) -> tuple[Selector, ...]:
    """The selectors in the brackets of a pseudo-class."""
    arguments = list(function.arguments)
    if function.lower_name.startswith("nth-"):
        of = next(
            (at for at, token in enumerate(arguments) if token.type == "ident" and token.lower_value == "of"), None
        )
        arguments = [] if of is None else arguments[of + 1 :]
    return read(arguments)
