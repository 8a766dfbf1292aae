"""A walk over the tokens of a style sheet, and changes in its text at the places of tokens."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

import tinycss2

from publish.layout.findings import css_crashes, css_import
from publish.layout.model import Medium
from publish.layout.themes import SheetFile
from publish.places import Span
from publish.problems import Problems

REFUSED = ("import", "font-face")
MARGINS = re.compile(
    r"(top|bottom|left|right)-(left|right|top|bottom)(-corner)?|(top|bottom)-center|(left|right)-middle"
)
ENGRAVED = ("groove", "ridge", "inset", "outset")
IMAGES = ("image-set", "-webkit-image-set", "image", "src", "url")
LENGTHS = ("dimension", "number")
CLOSE = {"(": ")", "[": "]", "{": "}"}
PAGE_RULES = ("page", "footnote")
VAR = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
Ornament = Callable[[str, SheetFile, Span], str | None]
"""The name of the picture that a style sheet names by its address; None where it cannot be used."""
SKIPPED = re.compile(r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|\\.""", re.DOTALL)
"""Comments, strings and escapes: what stands in them opens and closes nothing."""


class Walk:
    """One style sheet on its way: problems are said, addresses become pictures, what would crash loses its force."""

    def __init__(
        self, file: SheetFile, css: str, medium: Medium, ornament: Ornament, problems: Problems, cmyk: frozenset[str]
    ) -> None:
        self._file, self._css, self._ornament, self._problems, self._cmyk = file, css, ornament, problems, cmyk
        self._print = medium is Medium.PRINT
        self._starts = list(accumulate((len(line) + 1 for line in css.split("\n")), initial=0))
        self._edits: list[tuple[int, int, str]] = []

    def result(self) -> str:
        """The text after the walk."""
        stack: list[tuple[Sequence[Any], bool]] = [(tinycss2.parse_component_value_list(self._css), False)]
        while stack:
            nodes, in_margin = stack.pop()
            margin_next = False
            for index, node in enumerate(nodes):
                self._look(node, nodes, index, in_margin)
                if node.type == "at-keyword":
                    margin_next = MARGINS.fullmatch(node.lower_value) is not None
                inside = getattr(node, "content", None) or getattr(node, "arguments", None)
                if inside is not None:
                    stack.append((inside, in_margin or (margin_next and node.type == "{} block")))
        return edited(self._css, self._edits)

    def _look(self, node: Any, nodes: Sequence[Any], index: int, in_margin: bool) -> None:
        if node.type == "url":
            self._address(node, node.value, whole=True)
        elif node.type == "at-keyword" and node.lower_value in REFUSED:
            self._problems.add(css_import(self._span(node), f"@{node.value}"))
            self._replace(node, len(node.value) + 1, f"@x-{node.value}")
        elif node.type == "function":
            self._function(node, in_margin)
        elif node.type == "ident" and self._print:
            self._declaration(node, nodes, index)

    def _function(self, node: Any, in_margin: bool) -> None:
        name = node.lower_name
        if name in IMAGES:
            for argument in node.arguments:
                if argument.type == "string":
                    self._address(node if name == "url" else argument, argument.value, whole=name == "url")
        elif not self._print:
            return
        elif name.endswith("gradient") and self._has_ink(node.arguments):
            start = self._offset(node)
            end = end_of(self._css, start)
            blank = "none" + "\n" * self._css.count("\n", start, end)
            self._crash(node, "device-cmyk() in a gradient", end - start, blank)
        elif (
            name.startswith("target-")
            and in_margin
            and any(a.type == "function" and a.lower_name == "attr" for a in node.arguments)
        ):
            self._crash(node, f"{name}(attr(…)) in the margin of a page", len(name), f"x-{name}")

    def _declaration(self, node: Any, nodes: Sequence[Any], index: int) -> None:
        """What a declaration of certain properties may not say on paper."""
        name = node.lower_value
        if name not in ("footnote-policy", "box-shadow") and not name.startswith(("border", "outline")):
            return
        value = _value(nodes, index)
        if name == "footnote-policy":
            for part in value:
                if part.type == "ident" and part.lower_value == "block":
                    self._crash(part, "footnote-policy: block", len(part.value), "auto")
        elif name == "box-shadow":
            if _is_blurred(value):
                self._crash(node, "a blurred shadow", len(node.value), "x-box-shadow")
        else:
            for part in value:
                if part.type == "ident" and part.lower_value in ENGRAVED:
                    self._crash(part, f"a border of the style {part.value}", len(part.value), "solid")

    def _address(self, node: Any, address: str, *, whole: bool) -> None:
        """A file that the sheet names becomes a picture of the book, or nothing."""
        if not address or address.startswith("#"):
            return
        picture = self._ornament(address, self._file, self._span(node))
        start = self._offset(node)
        new = f'"octavo:{picture}"' if picture else '""'
        if whole:
            new = f"url({new})" if picture else "none"
        self._edits.append((start, end_of(self._css, start), new))

    def _crash(self, node: Any, what: str, length: int, new: str) -> None:
        self._problems.add(css_crashes(self._span(node), what))
        self._replace(node, length, new)

    def _replace(self, node: Any, length: int, new: str) -> None:
        start = self._offset(node)
        self._edits.append((start, start + length, new))

    def _has_ink(self, nodes: Sequence[Any]) -> bool:
        text = tinycss2.serialize(nodes).lower()
        return "device-cmyk" in text or any(name in self._cmyk for name in VAR.findall(text))

    def _span(self, node: Any) -> Span:
        return Span(self._file.name, node.source_line, node.source_column)

    def _offset(self, node: Any) -> int:
        line, column = int(node.source_line), int(node.source_column)
        return self._starts[line - 1] + column - 1


def edited(css: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """A text with stretches of it replaced; of stretches that lie in one another, the outer."""
    end, pieces = 0, []
    for start, stop, new in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start >= end:
            pieces += [css[end:start], new]
            end = stop
    return "".join((*pieces, css[end:]))


def end_of(css: str, start: int) -> int:
    """Where the string, function, block or at-rule that starts here ends."""
    closers: list[str] = []
    at = start
    while at < len(css):
        if skipped := SKIPPED.match(css, at):
            at = skipped.end()
            if skipped.start() == start and skipped[0][0] in "\"'":
                return at
            continue
        sign = css[at]
        at += 1
        if sign in CLOSE:
            closers.append(CLOSE[sign])
        elif closers and sign == closers[-1]:
            closers.pop()
            if not closers and sign != "]":
                return at
        elif sign == ";" and not closers:
            return at
    return at


def too_deep(css: str, limit: int) -> int | None:
    """The line where brackets are nested deeper than the limit, None where they never are."""
    depth = at = 0
    while at < len(css):
        if skipped := SKIPPED.match(css, at):
            at = skipped.end()
            continue
        depth += (css[at] in "([{") - (css[at] in ")]}")
        if depth > limit:
            return css.count("\n", 0, at) + 1
        at += 1
    return None


def substitute(css: str, values: Mapping[str, str]) -> str:
    """A text with the values of custom properties in place of their names; names without a value stay."""
    return VAR.sub(lambda found: values.get(found[1], found[0]), css)


def for_screen(css: str, values: Mapping[str, str]) -> str:
    """A style sheet for readers that know no custom properties and have no pages: rules for pages are blank."""
    edits, starts = [], list(accumulate((len(line) + 1 for line in css.split("\n")), initial=0))
    for rule in tinycss2.parse_stylesheet(css):
        start = starts[rule.source_line - 1] + rule.source_column - 1
        if rule.type == "at-rule" and rule.lower_at_keyword in PAGE_RULES:
            end = end_of(css, start)
            edits.append((start, end, "\n" * css.count("\n", start, end)))
    return substitute(edited(css, edits), values)


def _value(nodes: Sequence[Any], index: int) -> list[Any]:
    """What stands after a property's colon, up to the semicolon; nothing where there is no colon."""
    rest = [node for node in nodes[index + 1 :] if node.type not in ("whitespace", "comment")]
    if not rest or rest[0] != ":":
        return []
    end = next((place for place, node in enumerate(rest) if node == ";"), len(rest))
    return rest[1:end]


def _is_blurred(value: Sequence[Any]) -> bool:
    """Whether a shadow's third length, in any of its layers, is more than nothing."""
    lengths = 0
    for node in value:
        if node == ",":
            lengths = 0
        elif node.type in LENGTHS:
            lengths += 1
            if lengths == 3 and node.value:
                return True
    return False
