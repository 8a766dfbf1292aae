# DEV STUB
import re
from dataclasses import dataclass

from publish.layout.model import Stylesheet

M = r"@(?:(?:top|bottom)-(?:left|right|center)(?:-corner)?|(?:left|right)-(?:top|middle|bottom))\s*\{[^}]*\}"


@dataclass(frozen=True)
class FolioStyle:
    numbers: tuple
    heads: tuple
    split: bool
    strings: frozenset
    formats: frozenset
    totals: frozenset
    excepts: bool
    horizon: int
    slides: bool


def seams(sheets):
    return ()


def text_sheets(sheets, *, opens):
    return tuple(Stylesheet(s.name, re.sub(M, "", s.css)) for s in sheets)


def folio_style(sheets):
    def f(css):
        css = re.sub(r"counter\(page\)", "string(x-folio-decimal)", css)
        return re.sub(r"counter\(page,\s*([\w-]+)\)", r"string(x-folio-\1)", css)

    def layer(css, numbers):
        def g(m):
            has = "x-folio" in m[0]
            if m[1].strip().startswith("none"):
                return m[0]
            return m[0] if has == numbers else m[0].replace(m[1], '""')

        return re.sub(M, lambda box: re.sub(r"content:\s*([^;}]*)", g, box[0]), css)

    base = [Stylesheet(s.name, f(s.css)) for s in sheets]
    split = not any(
        re.search(r"content:[^;}]*x-folio[^;}]*string\((?!x-)|content:[^;}]*string\((?!x-)[^;}]*x-folio", s.css)
        for s in base
    )
    strings = frozenset(n for s in base for n in re.findall(r"string\(([\w-]+)", s.css) if not n.startswith("x-"))
    if split:
        return FolioStyle(
            tuple(Stylesheet(s.name, layer(s.css, True)) for s in base),
            tuple(Stylesheet(s.name, layer(s.css, False)) for s in base),
            True,
            strings,
            frozenset({"decimal", "lower-roman"}),
            frozenset(),
            False,
            1,
            True,
        )
    return FolioStyle(
        (), tuple(base), False, strings, frozenset({"decimal", "lower-roman"}), frozenset(), False, 1, True
    )
