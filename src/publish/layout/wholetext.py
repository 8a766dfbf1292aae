"""What a style sheet says of the whole text that only its reader should choose: size, face, colours, lines, margins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from publish.layout.csswalk import too_deep
from publish.layout.findings import text_forced
from publish.layout.model import Stylesheet
from publish.places import Span
from publish.problems import Problem

Left = Mapping[str, tuple[str, ...]]
"""Properties that are the reader's to choose, and the values that leave them to him."""
PAGE = ("html", "body", ":root")
WHOLE = (*PAGE, "p", "*")
"""What matches the whole text."""
AROUND = (*WHOLE, "section", "div", "article", "main")
"""What the whole text stands in: a selector that begins with others is about parts of it."""
LOOKS: Left = {
    "font-size": ("1em", "1rem", "100%", "medium"),
    "font": (),
    "font-family": (),
    "color": ("currentcolor",),
    "background": ("none", "transparent"),
    "background-color": ("transparent",),
}
"""How the text looks."""
LINES: Left = {"line-height": ("normal",)}
MARGINS: Left = {f"margin{side}": ("0", "auto") for side in ("", "-left", "-right", "-top", "-bottom")}
"""Those of the page. A paragraph may have margins of its own."""
NEUTRAL = ("inherit", "initial", "unset", "revert", "revert-layer")
DEEPEST = 60
"""Brackets in brackets that a style sheet may have; a deeper one is not read."""


@dataclass(frozen=True)
class Declared:
    """A declaration for the whole text: its selector, itself, its line and column in the style sheet."""

    selector: str
    declaration: str
    line: int
    column: int


def see_whole_text(sheets: Sequence[Stylesheet]) -> Iterator[Problem]:
    """What the style sheets of a screen take from its reader."""
    for sheet in sheets:
        for one in forced(sheet.css, {**LOOKS, **LINES, **MARGINS}):
            yield text_forced(Span(sheet.name, one.line, one.column), one.selector, one.declaration)


def forced(css: str, left: Left) -> Iterator[Declared]:
    """The declarations of a style sheet that take from the reader what is left to him, in their order."""
    if too_deep(css, DEEPEST) is None:
        yield from _of_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), left)


def _of_rules(rules: Sequence[Any], left: Left) -> Iterator[Declared]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and _for_screens(rule):
            inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _of_rules(inside, left)
        elif rule.type == "qualified-rule":
            selectors = tinycss2.serialize(rule.prelude).split(",")
            whole = next((text.strip() for text in selectors if _is_whole(text)), None)
            if whole is not None:
                parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                yield from _of_parts(whole, parts, left)


def _for_screens(rule: Any) -> bool:
    """Whether an at-rule holds rules that a reader follows."""
    keyword = rule.lower_at_keyword
    return keyword in ("supports", "layer") or (keyword == "media" and "print" not in tinycss2.serialize(rule.prelude))


def _is_whole(selector: str) -> bool:
    """Whether a selector matches the whole text: names of elements alone, the last of them the text's."""
    names = _names(selector)
    return bool(names) and names[-1] in WHOLE and all(name in AROUND for name in names)


def _names(selector: str) -> list[str]:
    return selector.lower().replace(">", " ").split()


def _of_parts(selector: str, parts: Sequence[Any], left: Left) -> Iterator[Declared]:
    for part in parts:
        if part.type != "declaration" or part.lower_name not in left:
            continue
        if part.lower_name in MARGINS and _names(selector)[-1] not in PAGE:
            continue
        value = tinycss2.serialize(part.value).strip()
        if value.lower() not in (*left[part.lower_name], *NEUTRAL):
            yield Declared(selector, f"{part.name}: {value}", part.source_line, part.source_column)
