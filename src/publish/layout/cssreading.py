"""Style sheets, read by us first: what they name, what the engine cannot do, what is not CSS.

Changes are made in the text itself, so that whatever is said later of a line still finds it there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tinycss2

from publish.layout import csswalk
from publish.layout.colours import see_colours
from publish.layout.findings import css_syntax
from publish.layout.model import Medium, Stylesheet
from publish.layout.night import see_night
from publish.layout.themes import Look, SheetFile
from publish.layout.wholetext import see_whole_text
from publish.places import Span
from publish.problems import Problems

DEEPEST = 60
"""Brackets in brackets that a style sheet may have."""
LONGEST = 10_000
"""Characters of a custom property's value once all others in it are written out."""


def read_layers(
    look: Look, edition: Stylesheet, medium: Medium, ornament: csswalk.Ornament, problems: Problems
) -> tuple[Stylesheet, ...]:
    """The layers ready for the medium, first to last; `ornament` names the pictures that they ask for."""
    files = (*look.sheets, *look.own_sheets)
    texts = [_sound(file, problems) for file in files]
    cmyk = _inked(_properties([*texts, edition.css]))
    read = [
        Stylesheet(file.name, csswalk.Walk(file, text, medium, ornament, problems, cmyk).result())
        for file, text in zip(files, texts, strict=True)
    ]
    layers = (*read[: len(look.sheets)], edition, *read[len(look.sheets) :])
    if medium is Medium.PRINT:
        return layers
    values = _written_out(_properties([layer.css for layer in layers]))
    shown = tuple(Stylesheet(layer.name, csswalk.for_screen(layer.css, values)) for layer in layers)
    for see in (see_colours, see_night, see_whole_text):
        problems.add_all(see(shown))
    return shown


def _sound(file: SheetFile, problems: Problems) -> str:
    """The text of a style sheet as CSS has its lines; what is no CSS is said. Too deep a nest is left out wholly."""
    css = re.sub(r"\r\n?|\f", "\n", file.css).replace("\0", "\ufffd")
    if (line := csswalk.too_deep(css, DEEPEST)) is not None:
        problems.add(css_syntax(Span(file.name, line), f"brackets nested more than {DEEPEST} deep"))
        return ""
    for error in _errors(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        problems.add(css_syntax(Span(file.name, error.source_line, error.source_column), error.message))
    return css


def _errors(rules: Iterable[Any]) -> Iterator[Any]:
    """What the parser could not read, in rules and in the rules and declarations inside them."""
    for rule in rules:
        if rule.type == "error":
            yield rule
        elif rule.type in ("qualified-rule", "at-rule") and rule.content is not None:
            yield from _errors(tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True))


def _properties(sheets: Iterable[str]) -> dict[str, str]:
    """The custom properties that `:root` declares, the last of each name."""
    found: dict[str, str] = {}
    for css in sheets:
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
                for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                    if part.type == "declaration" and part.name.startswith("--"):
                        found[part.name] = tinycss2.serialize(part.value).strip()
    return found


def _inked(properties: Mapping[str, str]) -> frozenset[str]:
    """The custom properties whose colour is an ink's, directly or through others."""
    inked = {name for name, value in properties.items() if "device-cmyk" in value.lower()}
    while more := {n for n, v in properties.items() if n not in inked and any(f"var({i}" in v for i in inked)}:
        inked |= more
    return frozenset(inked)


def _written_out(properties: Mapping[str, str]) -> dict[str, str]:
    """The values with the values of other custom properties in them; what refers to itself stays as it is."""
    values = dict(properties)
    for _ in range(len(values)):
        changed = {name: csswalk.substitute(value, values) for name, value in values.items() if "var(" in value}
        changed = {name: value for name, value in changed.items() if value != values[name] and len(value) < LONGEST}
        if not changed:
            break
        values |= changed
    return values
