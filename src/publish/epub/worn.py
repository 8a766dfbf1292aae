"""Which faces the documents wear, and for which characters: what no style sheet asks for does not go into the EPUB.

The cascade (CSS Cascading and Inheritance 3) is read for the family, weight and style of every element, and on the
safe side: what holds on some screens alone (`@media`), or for a part of an element (`::first-line`), is one more thing
that the element may be set in; a rule whose selector cannot be read may hold for any.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from lxml import etree

from publish.epub.fontvalues import Families, Said, said, weights
from publish.layout import fonts
from publish.layout.model import FontFace, Stylesheet
from publish.layout.rules import GROUPS, contents, declarations, grouped, nested, read_sheet

BOLD = ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")
SLANTED = ("i", "em", "cite", "dfn", "var", "address")
TYPED = ("code", "kbd", "samp", "pre", "tt")


@dataclass(frozen=True)
class Styles:
    """What an element may be set in: lists of families, weights, styles."""

    families: frozenset[Families] = frozenset({()})
    weights: frozenset[int] = frozenset({400})
    styles: frozenset[str] = frozenset({"normal"})

    def with_said(self, declared: Said, above: "Styles", *, may: bool) -> "Styles":
        """The styles with a declaration, in an element below one of other styles; with `may` it need not hold."""
        if declared.name == "font-family":
            families = above.families if declared.families is None else frozenset({declared.families})
            return replace(self, families=families | self.families if may else families)
        if declared.name == "font-weight":
            found = weights(declared.value, above.weights)
            return replace(self, weights=found | self.weights if may else found)
        styles = above.styles if declared.value == "inherit" else frozenset({declared.value})
        return replace(self, styles=styles | self.styles if may else styles)


DEFAULTS = {
    **dict.fromkeys(BOLD, Said("font-weight", "bolder")),
    **dict.fromkeys(SLANTED, Said("font-style", "italic")),
    **dict.fromkeys(TYPED, Said("font-family", families=("monospace",))),
}
"""What readers do by themselves (HTML, 15.3)."""


@dataclass(frozen=True)
class _Held:
    """A declaration as a rule gives it: `may` where the rule holds under a condition."""

    said: Said
    may: bool


def worn(
    documents: Iterable[etree._Element], sheets: Sequence[Stylesheet], faces: Sequence[FontFace]
) -> dict[FontFace, set[str]]:
    """The faces that documents under these style sheets wear, each with the characters that it shows.

    Styles in the documents themselves count, too.
    """
    wanted: defaultdict[tuple[Families, int, str], set[str]] = defaultdict(set)
    common = _Cascade(sheets)
    signs = set(common.signs)
    for document in documents:
        inside = [Stylesheet("", "".join(map(str, style.itertext()))) for style in document.iter("{*}style")]
        cascade = _Cascade([*sheets, *inside]) if inside else common
        signs |= cascade.signs
        for direct, styles in cascade.texts(document):
            for wish in product(styles.families, styles.weights, styles.styles):
                wanted[wish].update(direct)
    shown: defaultdict[FontFace, set[str]] = defaultdict(set)
    for (families, weight, style), text in wanted.items():
        for face in _of(families, weight, style, text, faces):
            shown[face] |= text
    return {face: shown[face] | signs for face in faces if face in shown}


class _Cascade:
    """The rules of some style sheets about fonts, and the signs that they put into the text."""

    def __init__(self, sheets: Iterable[Stylesheet]) -> None:
        self._matcher = Matcher()
        self._anywhere: list[Said] = []
        self.signs: set[str] = set()
        for sheet in sheets:
            self._read(read_sheet(sheet), (), may=False)

    def texts(self, root: etree._Element) -> Iterator[tuple[str, Styles]]:
        """All direct text that a document shows, with what it may be set in."""
        found: dict[etree._Element, Styles] = {}
        for element in ElementWrapper.from_xml_root(root).iter_subtree():
            node = element.etree_element
            above = found.get(element.parent.etree_element) if element.parent else Styles()
            if above is None or element.local_name == "head" or "hidden" in node.attrib:
                continue
            found[node] = styles = self._styles(element, above)
            if text := "".join((node.text or "", *(child.tail or "" for child in node))).strip():
                yield text, styles

    def _styles(self, element: ElementWrapper, above: Styles) -> Styles:
        styles = above
        if default := DEFAULTS.get(element.local_name):
            styles = styles.with_said(default, above, may=False)
        held = [
            (part is not None, one.said.important, one)
            for _, _, part, declared in self._matcher.match(element)
            for one in declared
        ]
        if style := element.etree_element.get("style"):
            held += [(False, one.important, _Held(one, may=False)) for one in said(_declared(style))]
        for of_part, _, one in sorted(held, key=lambda one: one[:2]):
            styles = styles.with_said(one.said, above, may=one.may or of_part)
        for anything in self._anywhere:
            styles = styles.with_said(anything, above, may=True)
        return styles

    def _read(self, nodes: Sequence[Any], around: tuple[Any, ...], *, may: bool) -> None:
        """Take in rules, those in other rules and in groups among them."""
        for node in nodes:
            if node.type == "qualified-rule":
                selectors = nested(around, node.prelude) if around else tuple(node.prelude)
                body = contents(node)
                self._add(selectors, body, may=may)
                self._read([part for part in body if part.type != "declaration"], selectors, may=may)
            elif node.type == "at-rule" and node.content is not None and node.lower_at_keyword in GROUPS:
                if around:
                    body = contents(node)
                    self._add(around, body, may=True)
                    self._read([part for part in body if part.type != "declaration"], around, may=True)
                else:
                    self._read(grouped(node), (), may=True)

    def _add(self, selectors: tuple[Any, ...], body: Sequence[Any], *, may: bool) -> None:
        held = tuple(_Held(one, may) for one in said(declarations(body)))
        for part in declarations(body):
            if part.lower_name == "content":
                self.signs.update(*(token.value for token in part.value if token.type == "string"))
        if not held:
            return
        try:
            for selector in compile_selector_list(selectors):
                self._matcher.add_selector(selector, held)
        except SelectorError:
            self._anywhere += [one.said for one in held]


def _declared(style: str) -> tuple[Any, ...]:
    """The declarations of a `style` attribute."""
    return declarations(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def _of(families: Families, weight: int, style: str, text: set[str], faces: Sequence[FontFace]) -> Iterator[FontFace]:
    """The faces that show a text: of each family in turn the nearest one, as long as characters are left over."""
    left = {ord(character) for character in text}
    for family in families:
        own = [face for face in faces if face.family.casefold() == family]
        if own and left:
            face = _nearest(own, weight, style)
            yield face
            left -= fonts.characters(face)


def _nearest(faces: Sequence[FontFace], weight: int, style: str) -> FontFace:
    """The face of a family that a reader takes (CSS Fonts 4, 5.2): first by style, then by weight."""
    slanted = [face for face in faces if (face.style == "italic") == (style != "normal")] or list(faces)

    def far(face: FontFace) -> tuple[int, int]:
        away = face.weight - weight
        near_enough = 400 <= weight < face.weight <= 500
        rank = 0 if not away else 1 if near_enough else 2 if (away < 0) == (weight <= 500) else 3
        return rank, abs(away)

    return min(slanted, key=far)
