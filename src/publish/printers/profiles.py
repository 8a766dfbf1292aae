"""The printers, each from its data file: trims, margins, page limits, spine, cover, and what their files may hold.

Printers change what they ask, so no number of theirs stands in code. Files give inches; values here are millimetres.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

INCH = 25.4
NEAR = 0.3
"""Millimetres by which a side may differ from a printer's own size: 5.06 in and 129 mm are one trim."""


@dataclass(frozen=True)
class CoverRules:
    """What a printer asks of covers: how far from the edge all text stays (mm), above how many pages the spine may
    bear text, how clear of its folds that stays (mm), by how much the whole may differ from what is expected (mm), and
    the width and height of the box for the barcode (mm).
    """

    safe: float
    spine_text_above: int
    spine_clear: float
    tolerance: float
    barcode: tuple[float, float]


@dataclass(frozen=True)
class FileRules:
    """What a printer's files may hold: their flavour (`pdf`, `x1a`, `x4`), what is taken out, the least resolution of
    pictures (ppi) and size of text (pt), the ink that is recommended and that is allowed (percent, 0 where nobody
    says), whether the count of pages must be even, and the most bytes (0 for no limit).
    """

    flavour: str
    strip: tuple[str, ...]
    ppi: int
    text: float
    ink: int = 0
    most_ink: int = 0
    even: bool = False
    most_bytes: int = 0
    condition: str = ""


@dataclass(frozen=True)
class Printer:
    """A printer, as it calls itself, and what it asks; lengths in mm.

    `gutters` gives the least inner margin up to a count of pages; `with_bleed` is the least of the other margins in a
    book in which something runs over the edge, by `bleed`, and `bleed_at_spine` says whether there, too. `limits` are
    the fewest and the most pages, and `thickness` the thickness of one page, by ink and paper; `added` is what the
    cover adds to the spine. `checked` is the month since which no rule has gone unread, `sources` where each was read.
    """

    key: str
    name: str
    trims: tuple[tuple[float, float], ...]
    smallest: tuple[float, float]
    largest: tuple[float, float]
    gutters: tuple[tuple[int, float], ...]
    outer: float
    top: float
    bottom: float
    with_bleed: float
    bleed: float
    bleed_at_spine: bool
    limits: Mapping[str, Mapping[str, tuple[int, int]]]
    thickness: Mapping[str, Mapping[str, float]]
    added: float
    cover: CoverRules
    file: FileRules
    checked: str
    sources: Mapping[str, str]

    def gutter(self, pages: int) -> float:
        """The least inner margin of a book of so many pages."""
        return next((inner for most, inner in self.gutters if pages <= most), self.gutters[-1][1])

    def takes(self, width: float, height: float) -> bool:
        """Whether the printer has this trim, or one that is as good as it, or takes any size."""
        inside = all(
            low - NEAR <= side <= high + NEAR
            for low, side, high in zip(self.smallest, (width, height), self.largest, strict=True)
        )
        return inside or any(abs(width - w) <= NEAR and abs(height - h) <= NEAR for w, h in self.trims)

    def pages(self, ink: str, paper: str) -> tuple[int, int] | None:
        """The fewest and the most pages with this ink on this paper; None where the printer does not offer the two."""
        return self.limits.get(ink, {}).get(paper)

    def spine(self, pages: int, ink: str, paper: str, caliper: float | None = None) -> float | None:
        """The width of the spine; None where the printer publishes no rule and no caliper (mm a leaf) is given."""
        thickness = self.thickness.get(ink, {}).get(paper)
        if thickness is None:
            thickness = caliper / 2 if caliper is not None else None
        return None if thickness is None else round(pages * thickness + self.added, 3)


@cache
def printer(key: str) -> Printer:
    """The printer of a data file: `kdp`, `ingram`, ...

    Raises:
        KeyError, TypeError: the file lacks a rule, or a rule its date or source.
    """
    return printer_of(key, tomllib.loads((files("publish.printers") / f"{key}.toml").read_text(encoding="utf-8")))


def printer_of(key: str, table: Mapping[str, Any]) -> Printer:
    """The printer that a file says, as TOML gives it.

    Raises:
        KeyError, TypeError: the file lacks a rule, or a rule its date or source.
    """
    name, groups = table["name"], {title: rule for title, rule in table.items() if title != "name"}
    checked = min(rule["checked"] for rule in groups.values())
    sources = {title: rule["source"] for title, rule in groups.items()}
    trims, margins, cover, file = table["trims"], table["margins"], table["cover"], table["file"]
    return Printer(
        key,
        name,
        tuple(_size(size) for size in trims["sizes"]),
        _size(trims["smallest"]),
        _size(trims["largest"]),
        tuple((pages, _mm(inner)) for pages, inner in margins["inner"]),
        _mm(margins["outer"]),
        _mm(margins["top"]),
        _mm(margins["bottom"]),
        _mm(margins.get("with-bleed", 0)),
        _mm(table["bleed"]["bleed"]),
        table["bleed"].get("at-spine", True),
        {ink: {paper: (pair[0], pair[1]) for paper, pair in row.items()} for ink, row in _inks(table["pages"])},
        {ink: {paper: page * INCH for paper, page in row.items()} for ink, row in _inks(table["spine"])},
        _mm(table["spine"].get("added", 0)),
        CoverRules(
            _mm(cover["safe"]),
            cover["spine-text-above"],
            _mm(cover["spine-clear"]),
            _mm(cover["tolerance"]),
            _size(cover["barcode"]),
        ),
        FileRules(
            file["flavour"],
            tuple(file["strip"]),
            file["ppi"],
            file["text"],
            file.get("ink", 0),
            file.get("most-ink", 0),
            file.get("even", False),
            file.get("most-bytes", 0),
            file.get("condition", ""),
        ),
        checked,
        sources,
    )


def _inks(table: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(ink, row) for ink, row in table.items() if isinstance(row, dict)]


def _mm(inches: float) -> float:
    return round(inches * INCH, 3)


def _size(sides: list[float]) -> tuple[float, float]:
    return _mm(sides[0]), _mm(sides[1])
