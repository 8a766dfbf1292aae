"""The rule that the text keeps its reader's size, face and colour, wherever in the EPUB a style stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2
from lxml import etree

from publish.checks.opened import Opened
from publish.checks.shops import findings
from publish.checks.shops.case import Case, span_of
from publish.layout.csswalk import too_deep
from publish.places import Span
from publish.problems import Problem

WHOLE = ("html", "body", "p", "*", ":root")
"""What matches the whole text."""
AROUND = (*WHOLE, "section", "div", "article", "main")
"""What the whole text stands in: a selector that begins with others is about parts of it."""
READERS = {
    "font-size": ("1em", "1rem", "100%", "medium"),
    "font": (),
    "font-family": (),
    "color": ("currentcolor",),
    "background": ("none", "transparent"),
    "background-color": ("transparent",),
}
"""What is for readers to choose, and the values that leave it to them."""
NEUTRAL = ("inherit", "initial", "unset", "revert", "revert-layer")
DEEPEST = 60
"""Brackets in brackets that a style sheet may have; a deeper one is not read."""


@dataclass(frozen=True)
class Declared:
    """A declaration for the whole text: its selector, itself, and its line in the style sheet."""

    selector: str
    declaration: str
    line: int


def body_style(case: Case) -> Iterator[Problem]:
    """No style is for the whole text that only its reader should choose."""
    for name, first, css in _sheets(case.opened):
        for declared in forced(css):
            span = Span(name, first + declared.line - 1)
            yield findings.body_styled(span, case.shop, declared.selector, declared.declaration)
    for name, document in case.opened.documents.items():
        for element in document.iter("{*}html", "{*}body"):
            for declared in forced(f"{etree.QName(element).localname} {{{element.get('style', '')}}}"):
                yield findings.body_styled(span_of(element, name), case.shop, declared.selector, declared.declaration)


def forced(css: str) -> Iterator[Declared]:
    """The declarations of a style sheet that take from readers what is theirs, in their order."""
    if too_deep(css, DEEPEST) is None:
        yield from _of_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _of_rules(rules: list[Any]) -> Iterator[Declared]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and _for_screens(rule):
            yield from _of_rules(tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True))
        elif rule.type == "qualified-rule":
            selectors = tinycss2.serialize(rule.prelude).split(",")
            whole = next((text.strip() for text in selectors if _is_whole(text)), None)
            if whole is not None:
                parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                yield from (Declared(whole, said, line) for said, line in _readers_own(parts))


def _for_screens(rule: Any) -> bool:
    """Whether an at-rule holds rules that a reader follows."""
    keyword = rule.lower_at_keyword
    return keyword in ("supports", "layer") or (keyword == "media" and "print" not in tinycss2.serialize(rule.prelude))


def _is_whole(selector: str) -> bool:
    """Whether a selector matches the whole text: names of elements alone, the last of them the text's."""
    names = selector.lower().replace(">", " ").split()
    return bool(names) and names[-1] in WHOLE and all(name in AROUND for name in names)


def _readers_own(parts: list[Any]) -> Iterator[tuple[str, int]]:
    for part in parts:
        if part.type == "declaration" and part.lower_name in READERS:
            value = tinycss2.serialize(part.value).strip()
            if value.lower() not in (*READERS[part.lower_name], *NEUTRAL):
                yield f"{part.name}: {value}", part.source_line


def _sheets(opened: Opened) -> Iterator[tuple[str, int, str]]:
    """The style sheets: the file each stands in, the line there that it begins with, its text."""
    for name in dict.fromkeys(item.name for item in opened.items if item.media_type == "text/css"):
        if name in opened.files:
            yield name, 1, opened.read(name).decode("utf-8-sig", "replace")
    for name, document in opened.documents.items():
        for element in document.iter("{*}style"):
            yield name, span_of(element, name).line, "".join(map(str, element.itertext()))
