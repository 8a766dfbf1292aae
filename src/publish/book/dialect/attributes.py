"""Attributes in braces, as pandoc writes them: `{#id .class key="value" -}`."""

import re
from dataclasses import dataclass, field

ITEM = re.compile(
    r"""\s*(?:\#(?P<id>[^\s{}\#.="']+)|\.(?P<cls>[^\s{}\#.="']+)|(?P<minus>-)(?=[\s}]|$)
    |(?P<key>[A-Za-z][A-Za-z0-9_-]*)=(?:"(?P<dq>(?:\\.|[^"\\])*)"|'(?P<sq>(?:\\.|[^'\\])*)'|[“„](?P<cq>[^“”]*)[“”]|(?P<bare>[^\s"'“”„{}]+)))""",
    re.VERBOSE,
)
BRACES = re.compile(
    r"""\{(?=(?P<inside>(?:[^{}"'\n]|"(?:\\.|[^"\\\n])*"|(?<==)'(?:\\.|[^'\\\n])*'|')*))(?P=inside)\}"""
)
"""What is inside is looked ahead for, and so never tried in another way: quotes without end would take for ever."""
OURS = frozenset(
    {"at", "column", "end", "file", "leaf", "length", "line", "made", "note", "p", "problem", "raw", "span"}
)
"""Names of the marks that the stages leave on elements; no author's attribute may look like one."""


@dataclass(frozen=True)
class Attributes:
    """What stood between the braces; `error` is what could not be read, else empty."""

    id: str | None = None
    classes: tuple[str, ...] = ()
    pairs: dict[str, str] = field(default_factory=dict)
    error: str = ""


def read_attributes(text: str) -> Attributes:
    """Read what stands between the braces (given without them)."""
    ident: str | None = None
    classes: list[str] = []
    pairs: dict[str, str] = {}
    at = 0
    while text[at:].strip():
        item = ITEM.match(text, at)
        if item is None or (item["key"] or "").lower() in OURS:
            return Attributes(ident, tuple(classes), pairs, text[at:].split(maxsplit=1)[0])
        at = item.end()
        if item["id"]:
            ident = item["id"]
        elif item["cls"]:
            classes.append(item["cls"])
        elif item["minus"]:
            classes.append("unnumbered")
        else:
            quoted = next((item[name] for name in ("dq", "sq", "cq") if item[name] is not None), None)
            pairs[item["key"]] = item["bare"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
    return Attributes(ident, tuple(classes), pairs)


def trailing(text: str) -> tuple[str, str | None]:
    """Divide a line into its text and the attributes in braces at its end (without braces; None where none are)."""
    stripped = text.rstrip()
    if not stripped.endswith("}") or stripped.endswith("\\}"):
        return text, None
    start = stripped.rfind("{")
    while start > 0:
        if BRACES.fullmatch(stripped, start) and stripped[start - 1] != "\\":
            return stripped[:start].rstrip(), stripped[start + 1 : -1]
        start = stripped.rfind("{", 0, start)
    if start == 0 and BRACES.fullmatch(stripped):
        return "", stripped[1:-1]
    return text, None


def looks_meant(inner: str) -> bool:
    """Whether braces hold something that can only be meant as attributes: they begin with #, ., - or key=."""
    return re.match(r"\s*(?:[#.][^\s#.]|-(?:\s|$)|[A-Za-z][\w:-]*=)", inner) is not None
