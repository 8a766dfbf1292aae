"""The style sheets of the two layers of a page, made from a book's own: text without heads, heads without text.

The **text layer** is a section as the theme sets it, with nothing in the margins. The **folio layer** is what stands in
the margins and behind the text: pages without text, set with the theme's own rules for pages. Page numbers stand in it
as named strings (`string(x-folio-decimal)` for `counter(page)`), which the document of the folio layer sets itself, so
that a page can be drawn by itself and once for all books. Where the two can be told apart by reading the CSS, numbers
and all else (heads, ornaments, page backgrounds) are sheets of their own: a change of numbers draws no head again.

How documents are made of these sheets:
  * the text of a section that does not open the book stands behind a page that is cut off: on the first page of a
    document the engine keeps margins that it discards elsewhere (`margin-break`);
  * in the folio layer each page is an element with `page`, `break-before` and `string-set`. Strings that a page only
    inherits are set on the page before it, all strings of a blank page too; `horizon` says how many pages of an
    element a rule can tell apart;
  * there `@page :first` stays in force, and means the first page of the book: a document begins with that page, or with
    a page that is cut off;
  * of the theme's other rules there remain those for `<html>`, from which pages inherit, without what these would draw.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from publish.layout import pageselectors
from publish.layout.csswalk import edited
from publish.layout.marginboxes import Kind, counter, is_split, kind, shown
from publish.layout.model import Stylesheet
from publish.layout.rules import MARGIN_BOXES, Rule, Text, contents, declarations, functions, property_of, rules
from publish.layout.selectors import Selector, may_be_page, read
from publish.layout.sides import slides

FOLIO, TOTAL = "x-folio-", "x-total-"
"""The named strings that hold a page's number, and the number of pages, before the name of the counter style."""
OF_HTML = ("background", "border", "outline", "box-shadow", "string-set", "break-", "page-break-", "margin", "padding")
"""Properties that pages do not inherit from `<html>`, and that would show in a document of pages without text."""
BEHIND = ("background",)
Edit = tuple[int, int, str]
Change = Callable[[Text, Any], list[Edit]]


@dataclass(frozen=True)
class FolioStyle:
    """The folio layer of a book, and what its pages depend on.

    `numbers` draws page numbers and nothing else, `heads` all else; where `split` is false `numbers` is empty and
    `heads` draws both. `strings` are the named strings that the heads show, `formats` and `totals` the counter styles
    in which they show the page's number and the number of pages. `excepts` says that a head is left out on the page
    that sets its string. `horizon` is the highest page of an element that a rule names (`:nth(3 of chapter)`), 0 for
    none. `slides` says that left and right pages differ in their margins alone, mirrored, so that text set for one can
    be moved to the other.
    """

    numbers: tuple[Stylesheet, ...]
    heads: tuple[Stylesheet, ...]
    split: bool
    strings: frozenset[str]
    formats: frozenset[str]
    totals: frozenset[str]
    excepts: bool
    horizon: int
    slides: bool


def text_sheets(sheets: Sequence[Stylesheet], *, opens: bool) -> tuple[Stylesheet, ...]:
    """The style sheets of the text layer; `opens` says whether the section is the first of the book.

    Margin boxes and backgrounds of pages are out of force, and so is `@page :first` for all sections but the first.
    Lines keep their numbers.
    """
    return tuple(Stylesheet(sheet.name, _text_sheet(sheet, opens)) for sheet in sheets)


def folio_style(sheets: Sequence[Stylesheet]) -> FolioStyle:
    """The folio layer of style sheets without seams."""
    pages = [rule for sheet in sheets for rule in rules(sheet) if rule.page]
    heads, split = shown(pages), is_split(pages)
    nths = [selector.nth[1] for selector in pageselectors.selectors(pages) if selector.nth]
    return FolioStyle(
        _folio_sheets(sheets, _numbers, backgrounds=False) if split else (),
        _folio_sheets(sheets, _heads if split else _in_one, backgrounds=True),
        split,
        heads.strings,
        heads.formats,
        heads.totals,
        heads.excepts,
        max(nths, default=0),
        slides(pages),
    )


# ---- Text.


def _text_sheet(sheet: Stylesheet, opens: bool) -> str:
    text, edits = Text(sheet.css), list[Edit]()
    for rule in rules(sheet):
        if rule.page:
            boxes = [box for box in rule.boxes if box.lower_at_keyword in MARGIN_BOXES]
            edits += [text.blank(text.start(box), text.end(box)) for box in boxes]
            edits += _blanked(text, rule.declarations, BEHIND)
            edits += [] if opens else _without_first(text, rule)
    return edited(sheet.css, edits)


def _without_first(text: Text, rule: Rule) -> list[Edit]:
    """The rule without its selectors for the first page of the book; nothing of it where there are no others."""
    parts = pageselectors.parts(rule.selectors) or ()
    kept = [tinycss2.serialize(part.tokens).strip() for part in parts if not part.selector.first]
    if len(kept) == len(parts):
        return []
    start = text.start(rule.node)
    if not kept:
        return [text.blank(start, text.end(rule.node))]
    prelude = start + len("@page")
    return [text.blank(prelude, text.start_of_block(rule.node), f" {', '.join(kept)} ")]


def _blanked(text: Text, said: Sequence[Any], names: tuple[str, ...]) -> list[Edit]:
    """The declarations of these properties out of force."""
    return [
        text.blank(text.start(declaration), text.end_of_declaration(declaration))
        for declaration in said
        if property_of(declaration).startswith(names)
    ]


# ---- Heads and folios.


def _folio_sheets(sheets: Sequence[Stylesheet], change: Change, *, backgrounds: bool) -> tuple[Stylesheet, ...]:
    return tuple(Stylesheet(sheet.name, _folio_sheet(sheet, change, backgrounds)) for sheet in sheets)


def _folio_sheet(sheet: Stylesheet, change: Change, backgrounds: bool) -> str:
    text, edits = Text(sheet.css), list[Edit]()
    for rule in rules(sheet):
        if not rule.page:
            if any(map(_is_of_pages, read(rule.selectors))):
                edits += _blanked(text, rule.declarations, OF_HTML)
            else:
                edits.append(text.blank(text.start(rule.node), text.end_of_rule(rule.node)))
            continue
        edits += [] if backgrounds else _blanked(text, rule.declarations, BEHIND)
        for box in rule.boxes:
            if box.lower_at_keyword not in MARGIN_BOXES:
                edits.append(text.blank(text.start(box), text.end(box)))
            for declaration in declarations(contents(box)):
                edits += change(text, declaration) if property_of(declaration) == "content" else []
    return edited(sheet.css, edits)


def _is_of_pages(selector: Selector) -> bool:
    """Whether a selector can match `<html>`, from which pages inherit."""
    return len(selector) == 1 and selector[0].kind != "body" and may_be_page(selector)


def _numbers(text: Text, declaration: Any) -> list[Edit]:
    """Page numbers alone. What has none is empty, so that its box keeps its place."""
    return _emptied(text, declaration) if kind(declaration.value) is Kind.HEAD else _in_one(text, declaration)


def _heads(text: Text, declaration: Any) -> list[Edit]:
    """All but page numbers."""
    return _emptied(text, declaration) if kind(declaration.value) is Kind.NUMBER else []


def _in_one(text: Text, declaration: Any) -> list[Edit]:
    """Page numbers as the named strings that hold them."""
    edits = []
    for function in functions(declaration.value):
        if function.lower_name == "counter":
            name, style = counter(function)
            string = f"string({FOLIO if name == 'page' else TOTAL}{style})"
            edits.append(text.blank(text.start(function), text.end(function), string))
    return edits


def _emptied(text: Text, declaration: Any) -> list[Edit]:
    end = text.end_of_declaration(declaration)
    return [text.blank(text.start(declaration), end, 'content: ""' + " !important" * declaration.important)]
