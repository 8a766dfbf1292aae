"""How folios are written on each kind of page: the style of the figures, and what stands right before them ("A-17")."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publish.layout.marginboxes import counter
from publish.layout.model import Stylesheet
from publish.layout.numerals import numeral
from publish.layout.pageseams import FOLIO_STYLES
from publish.layout.pageselectors import PageSelector, parts
from publish.layout.rules import MARGIN_BOXES, Rule, contents, declarations, property_of, rules, words

BEFORE = re.compile(r"[^\W_][\w.–-]*\Z")
"""What belongs to a folio of the text before its figures: no "Page ", no ornament."""


@dataclass(frozen=True)
class FolioForm:
    """The counter style of a folio's figures, and the letters before them."""

    style: str
    prefix: str = ""

    def write(self, number: int) -> str:
        """The folio of a number, as it is printed."""
        return self.prefix + numeral(number, self.style)


Forms = Mapping[str, FolioForm | None]
Boxes = dict[str, FolioForm | None]
"""The folio in each margin box, None where a rule says that the box shows something else or nothing."""


def folio_forms(sheets: Sequence[Stylesheet]) -> Forms:
    """The form of the folios on the pages of each name that the style sheets speak of; under "" that of all others.

    It is None where such pages show no number. Rules are weighed by name and order, as themes are written; of rules
    for single pages of a kind (`:first`, `:nth()`, one side) those count that show a number.
    """
    found: dict[str, Boxes] = {"": {}}
    for rule in (rule for sheet in sheets for rule in rules(sheet) if rule.page):
        for part in parts(rule.selectors) or ():
            boxes = found.setdefault(part.selector.name or "", {})
            for box, form in _boxes(rule):
                if form is not None or part.selector == PageSelector(part.selector.name):
                    boxes[box] = form
    effective = {name: {**found[""], **boxes} for name, boxes in found.items()}
    return {name: next(filter(None, boxes.values()), None) for name, boxes in effective.items()}


def form_of(forms: Forms, name: str) -> FolioForm | None:
    """The form of the folio on pages of a name; None where they show no number."""
    return forms[name] if name in forms else forms.get("")


def _boxes(rule: Rule) -> Iterator[tuple[str, FolioForm | None]]:
    """What a rule puts into margin boxes."""
    for box in rule.boxes:
        if box.lower_at_keyword in MARGIN_BOXES:
            for declaration in declarations(contents(box)):
                if property_of(declaration) == "content":
                    yield box.lower_at_keyword, _form(words(declaration.value))


def _form(value: Sequence[Any]) -> FolioForm | None:
    """The form of the page number in a value of `content`, if there is one that we can write."""
    for place, token in enumerate(value):
        if token.type == "function" and token.lower_name == "counter":
            name, style = counter(token)
            if name == "page" and style in FOLIO_STYLES:
                before = value[place - 1] if place else None
                match = BEFORE.search(before.value) if before is not None and before.type == "string" else None
                return FolioForm(style, match[0] if match else "")
    return None
