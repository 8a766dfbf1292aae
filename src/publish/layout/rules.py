"""Style sheets as rules, for reading what they say and for changing their text at the places of what was read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import tinycss2
from tinycss2.ast import FunctionBlock, LiteralToken, WhitespaceToken

from publish.layout.csswalk import CLOSE, SKIPPED, end_of
from publish.layout.model import Stylesheet

GROUPS = ("media", "supports", "layer", "container", "scope", "document")
"""At-rules that hold rules."""
SPACE = ("whitespace", "comment")
NOTHING = ("none", "hidden", "auto", "normal", "transparent", "static")
MARGIN_BOXES = frozenset(
    (
        *("top-left-corner", "top-left", "top-center", "top-right", "top-right-corner"),
        *("bottom-left-corner", "bottom-left", "bottom-center", "bottom-right", "bottom-right-corner"),
        *("left-top", "left-middle", "left-bottom", "right-top", "right-middle", "right-bottom"),
    )
)


@dataclass(frozen=True)
class Rule:
    """A rule for elements, or for pages where `page` is true: its selectors as tokens, and what stands in its braces.

    Of a rule inside another the selectors say where it stands: `:is(section) p` for `section { p { } }`.
    """

    sheet: Stylesheet
    node: Any
    selectors: tuple[Any, ...]
    body: tuple[Any, ...]
    page: bool

    @property
    def declarations(self) -> tuple[Any, ...]:
        """The declarations right in the rule."""
        return declarations(self.body)

    @property
    def boxes(self) -> tuple[Any, ...]:
        """The at-rules right in the rule: margin boxes and areas of a page."""
        return tuple(part for part in self.body if part.type == "at-rule" and part.content is not None)


class Text:
    """The text of a style sheet, and where the nodes read from it stand in it."""

    def __init__(self, css: str) -> None:
        self.css = css
        self._starts = list(accumulate((len(line) + 1 for line in css.split("\n")), initial=0))

    def start(self, node: Any) -> int:
        """Where a node begins."""
        return self._starts[int(node.source_line) - 1] + int(node.source_column) - 1

    def end(self, node: Any) -> int:
        """Where a function, block or at-rule ends."""
        return end_of(self.css, self.start(node))

    def end_of_rule(self, rule: Any) -> int:
        """Where a rule with selectors ends, after its closing brace."""
        return end_of(self.css, self._scan(self.start(rule), "{"))

    def start_of_block(self, rule: Any) -> int:
        """Where the brace of a rule opens."""
        return self._scan(self.start(rule), "{")

    def end_of_declaration(self, declaration: Any) -> int:
        """Where a declaration ends, before the semicolon or brace."""
        return self._scan(self.start(declaration), ";")

    def blank(self, start: int, end: int, new: str = "") -> tuple[int, int, str]:
        """A change: something else, or nothing, in place of a stretch of text, which keeps its number of lines."""
        return start, end, new + "\n" * self.css.count("\n", start, end)

    def _scan(self, at: int, sign: str) -> int:
        """Where a sign next stands outside brackets, comments and strings, or a bracket closes that opened before."""
        closers: list[str] = []
        while at < len(self.css):
            if skipped := SKIPPED.match(self.css, at):
                at = skipped.end()
                continue
            here = self.css[at]
            if not closers and (here == sign or here in ")]}"):
                return at
            if here in CLOSE:
                closers.append(CLOSE[here])
            elif closers and here == closers[-1]:
                closers.pop()
            at += 1
        return at


def rules(sheet: Stylesheet) -> Iterator[Rule]:
    """All rules of a sheet that paper may take, those inside others and inside `@media` and the like among them."""
    yield from _rules(sheet, read_sheet(sheet))


def read_sheet(sheet: Stylesheet) -> Sequence[Any]:
    """The rules and at-rules of a sheet, as the parser gives them."""
    found: Sequence[Any] = tinycss2.parse_stylesheet(sheet.css, skip_comments=True, skip_whitespace=True)
    return found


def _rules(sheet: Stylesheet, nodes: Sequence[Any]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield from _with_nested(sheet, node, tuple(node.prelude))
        elif node.type == "at-rule" and node.content is not None:
            if node.lower_at_keyword == "page":
                yield Rule(sheet, node, tuple(node.prelude), contents(node), page=True)
            elif node.lower_at_keyword in GROUPS and not screen_only(node):
                yield from _rules(sheet, grouped(node))


def _with_nested(sheet: Stylesheet, node: Any, selectors: tuple[Any, ...]) -> Iterator[Rule]:
    body = contents(node)
    yield Rule(sheet, node, selectors, body, page=False)
    for inner in body:
        if inner.type == "qualified-rule":
            yield from _with_nested(sheet, inner, nested(selectors, inner.prelude))
        elif inner.type == "at-rule" and inner.content is not None and inner.lower_at_keyword in GROUPS:
            # What stands in `p { @media print { color: black } }` is p's own.
            yield from _with_nested(sheet, inner, selectors)


def contents(node: Any) -> tuple[Any, ...]:
    """The declarations, rules and at-rules in the braces of a rule."""
    return tuple(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))


def grouped(node: Any) -> Sequence[Any]:
    """The rules in the braces of `@media` and the like."""
    found: Sequence[Any] = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
    return found


def declarations(body: Sequence[Any]) -> tuple[Any, ...]:
    """The declarations among the contents of a rule."""
    return tuple(part for part in body if part.type == "declaration")


def property_of(declaration: Any) -> str:
    """The name of a declaration's property, in small letters but for custom ones."""
    name = str(declaration.name)
    return name if name.startswith("--") else name.lower()


def words(tokens: Sequence[Any]) -> tuple[Any, ...]:
    """Tokens without spaces and comments."""
    return tuple(token for token in tokens if token.type not in SPACE)


def is_sign(token: Any, sign: str) -> bool:
    """Whether a token is a sign by itself."""
    return bool(token.type == "literal" and token.value == sign)


def divided(tokens: Sequence[Any]) -> list[list[Any]]:
    """Tokens divided at their commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if is_sign(token, ","):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def functions(tokens: Sequence[Any]) -> Iterator[Any]:
    """All functions among tokens and inside their brackets."""
    for token in tokens:
        if token.type == "function":
            yield token
            yield from functions(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from functions(token.content)


def idents(tokens: Sequence[Any]) -> list[str]:
    """The words among tokens, in small letters."""
    return [token.lower_value for token in tokens if token.type == "ident"]


def names(tokens: Sequence[Any]) -> list[str]:
    """The words among tokens as they are written: names of counters and strings."""
    return [token.value for token in tokens if token.type == "ident"]


def is_nothing(value: Sequence[Any]) -> bool:
    """Whether all parts of a value are nothing: a zero of any unit, or a word like none (1 for opacity)."""
    return all(
        token.lower_value in NOTHING
        if token.type == "ident"
        else token.value == 0 or (token.type == "number" and token.value == 1)
        if token.type in ("number", "dimension", "percentage")
        else False
        for token in words(value)
    )


def screen_only(node: Any) -> bool:
    """Whether an at-rule is `@media screen`, which no page takes."""
    said = idents(node.prelude)
    return node.lower_at_keyword == "media" and "screen" in said and not {"print", "all", "not"} & set(said)


def _trimmed(tokens: Sequence[Any]) -> list[Any]:
    inner = [at for at, token in enumerate(tokens) if token.type not in SPACE]
    return list(tokens[inner[0] : inner[-1] + 1]) if inner else []


def nested(outer: Sequence[Any], inner: Sequence[Any]) -> tuple[Any, ...]:
    """The selectors of a rule that stands inside another, as they would be written outside it."""
    parent = [LiteralToken(1, 1, ":"), FunctionBlock(1, 1, "is", _trimmed(outer))]
    written: list[Any] = []
    for part in map(_trimmed, divided(inner)):
        if written:
            written += [LiteralToken(1, 1, ","), WhitespaceToken(1, 1, " ")]
        if "&" not in part:
            written += [*parent, WhitespaceToken(1, 1, " "), *part]
        else:
            written += [piece for token in part for piece in (parent if is_sign(token, "&") else [token])]
    return tuple(written)
