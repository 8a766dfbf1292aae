"""Painting folios: a document of empty pages, each of the kind, on the side and with the strings that it shall have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from tinycss2 import serialize_identifier

from publish.layout.model import Stylesheet
from publish.pdf import engine
from publish.pdf.boxes import Pages
from publish.pdf.folios import Folio, FolioSheet
from publish.pdf.ink import colours
from publish.pdf.mending import packed_streams
from publish.pdf.record import Groups, Record, Set
from publish.pdf.setting import press_of

EMPTY = Stylesheet("folios", "x-group, x-page, x-string { display: block } html, body { background: none !important }")


BEFORE = '<x-page style="break-after: page"></x-page>'
"""A page to cut off: only the first page of the book may be the first of a document."""


def paint_folios(sheet: FolioSheet) -> Set:
    """Paint folios: a PDF with a page for each, in their order, and what is known of these pages.

    Raises:
        EngineError: the engine broke down over them.
    """
    press = press_of(sheet.kit)
    opening = "" if any(folio.opens for folio in sheet.folios) else BEFORE
    html = sheet.frame[0] + opening + "".join(_cells(sheet)) + sheet.frame[1]
    with engine.listening(lambda _: None) as log:
        document = press.lay_out(html, engine.among(sheet.kit.pictures), EMPTY)
        pages = Pages(document, {})
        where = {ident: index for ident, (index, _) in pages.anchors().items()}
        wanted = [
            where[f"x-{number}"] - 1 if folio.blank else where[f"x-{number}"]
            for number, folio in enumerate(sheet.folios)
        ]
        painted = engine.paint(document.copy([document.pages[index] for index in wanted]), tags=False)
    pdf, fonts = packed_streams(painted)
    record = Record(
        pages=tuple(replace(pages.kind(index), strings={}) for index in wanted),
        remarks=(*press.remarks, *log.remarks),
        colours=tuple(colours(painted)),
        fonts=fonts,
    )
    return Set(record, pdf)


def _cells(sheet: FolioSheet) -> Iterator[str]:
    """The empty pages; those that stand late enough in a group of pages share it."""
    together: dict[Groups, list[tuple[int, Folio]]] = {}
    for number, folio in sorted(enumerate(sheet.folios), key=lambda one: not one[1].opens):
        if folio.blank:
            yield _blank(number, folio)
        elif sheet.carried or not folio.groups or folio.groups[-1][1] == 1:
            before = _strings_before(folio) if sheet.carried and not folio.opens else ""
            yield _grouped(folio.groups, _page(number, folio, carried=sheet.carried), before)
        else:
            together.setdefault(folio.groups, []).append((number, folio))
    for groups, members in together.items():
        yield _grouped(groups, "".join(_page(number, folio, carried=False) for number, folio in _alternating(members)))


def _grouped(groups: Groups, pages: str, strings: str = "") -> str:
    """Pages in their groups, after as many others as their numbers in these groups say.

    `strings` are set on a page before them.
    """
    html = f'<x-page style="break-before: page">{strings}</x-page>' if strings else ""
    for place, (name, number) in enumerate(groups):
        inner = groups[place + 1][1] if place + 1 < len(groups) else 1
        html += f'<x-group style="page: {_written(name)}; break-before: page">'
        html += f'<x-page style="break-before: page">{strings}</x-page>' * max(number - inner, 0)
    return html + pages + "</x-group>" * len(groups)


def _page(number: int, folio: Folio, *, carried: bool) -> str:
    """A page with its strings; those of an earlier page too, unless they are set there."""
    strings = "".join(
        _string(name, value)
        for name, first, last, fresh in folio.strings
        for value in dict.fromkeys((first, last))
        if fresh or not carried
    )
    return f'<x-page id="x-{number}" style="break-before: {folio.side}">{strings}</x-page>'


def _strings_before(folio: Folio) -> str:
    """The strings that were set before the page, and that it only goes on with."""
    return "".join(_string(name, last) for name, _, last, fresh in folio.strings if not fresh) or _string("x", "")


def _blank(number: int, folio: Folio) -> str:
    """A blank page: it stands between two pages that must both be on the other side."""
    other = "right" if folio.side == "left" else "left"
    strings = "".join(_string(name, last) for name, _, last, _ in folio.strings)
    return (
        f'<x-page style="break-before: {other}">{strings}</x-page>'
        f'<x-page id="x-{number}" style="break-before: {other}"></x-page>'
    )


def _string(name: str, value: str) -> str:
    style = f"string-set: {_written(name)} attr(data-value)"
    return f'<x-string data-value="{escape(value)}" style="{style}"></x-string>'


def _written(name: str) -> str:
    """An author's own name in a style in HTML: CSS lets any sign stand in it."""
    return escape(serialize_identifier(name))


def _alternating(members: Sequence[tuple[int, Folio]]) -> Iterator[tuple[int, Folio]]:
    """Right and left pages in turn as far as they go, so that few blank pages come between."""
    sides: Mapping[str, list[tuple[int, Folio]]] = {"right": [], "left": []}
    for member in members:
        sides[member[1].side].append(member)
    longest = max(map(len, sides.values()))
    for place in range(longest):
        for side in ("right", "left"):
            yield from sides[side][place : place + 1]
