"""What a book has to say to the fields of printers' forms: every value as the lines that an author types there."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pikepdf

from publish.layout.wrap import paragraphs
from publish.manuscript.model import Contributor, Metadata
from publish.manuscript.values import language_name, role_name
from publish.printers.profiles import INCH, Printer

T = TypeVar("T")
POINT = INCH / 72
"""Millimetres in a point."""
INKS = {
    "black": "black ink",
    "standard-colour": "standard colour",
    "premium-colour": "premium colour",
}


@dataclass(frozen=True)
class PrintFile:
    """A printer's file: its name in the parcel, its bytes, how many pages it has; trimmed size and bleed in mm."""

    name: str
    data: bytes
    pages: int
    width: float
    height: float
    bleed: float


@dataclass(frozen=True)
class Sheet:
    """All that a printer's form asks about: the metadata, the printer, both files, and the width of the spine in mm."""

    metadata: Metadata
    printer: Printer
    interior: PrintFile
    cover: PrintFile
    spine: float


def print_file(name: str, data: bytes) -> PrintFile:
    """A printer's file, counted and measured in its own bytes, whatever was asked for when it was made."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        trim, media = ([float(side) * POINT for side in box] for box in (page.trimbox, page.mediabox))
        width, height = trim[2] - trim[0], trim[3] - trim[1]
        return PrintFile(name, data, len(pdf.pages), width, height, round(media[3] - trim[3], 2))


def value_of(name: str, sheet: Sheet) -> tuple[str, ...]:
    """What is to be typed in a field, one entry a line; empty where the manuscript does not say it."""
    # A sign that begins a new line somewhere would let a title pretend to be another field.
    return tuple(" ".join(line.split()) for line in VALUES[name](sheet) if line)


def key_of_value(name: str) -> str:
    """The key of the metadata under which an author says a value."""
    return KEYS.get(name, name)


def measure(millimetres: float) -> str:
    """A length in both of the trade's units."""
    return f"{millimetres:.4g} mm ({round(millimetres / INCH, 3):g} in)"


def _size(width: float, height: float) -> str:
    return f"{width:.4g} × {height:.4g} mm ({width / INCH:.4g} × {height / INCH:.4g} in)"


def _language(sheet: Sheet) -> Iterable[str]:
    tag = sheet.metadata.lang
    name = language_name(tag)
    return [f"{name} ({tag})" if name else tag]


def _series(sheet: Sheet) -> Iterable[str]:
    series = sheet.metadata.series
    return [f"{series.name}, number {series.number}" if series.number else series.name] if series else []


def _person(person: Contributor, *, role: bool) -> str:
    sorted_as = f" (sorted under “{person.file_as}”)" if person.file_as else ""
    return person.name + (f", {role_name(person.role)}" if role else "") + sorted_as


def _author(sheet: Sheet) -> Iterable[str]:
    return [_person(person, role=False) for person in sheet.metadata.authors[:1]]


def _contributors(sheet: Sheet) -> Iterable[str]:
    first = sheet.metadata.authors[:1]
    return [_person(person, role=True) for person in sheet.metadata.contributors if person not in first]


def _people(sheet: Sheet) -> Iterable[str]:
    return [_person(person, role=True) for person in sheet.metadata.contributors]


def _copyright(sheet: Sheet) -> Iterable[str]:
    said = sheet.metadata.copyright
    if said.text:
        return said.text.splitlines()
    notice = " ".join(filter(None, (said.year, said.holder)))
    return [f"© {notice}" if notice else "", sheet.metadata.rights or ""]


def _description(sheet: Sheet) -> Iterable[str]:
    parts = paragraphs(sheet.metadata.description or sheet.metadata.blurb)
    return [" ".join(part.split()) for part in parts]


def _subjects(sheet: Sheet, *schemes: str) -> list[str]:
    return [subject.term for scheme in schemes for subject in sheet.metadata.subjects if subject.scheme == scheme]


def _categories(sheet: Sheet) -> Iterable[str]:
    names = {"bisac": "BISAC", "thema": "Thema"}
    return [f"{names[scheme]} {code}" for scheme in names for code in _subjects(sheet, scheme)]


def _edition(table: Mapping[str, T], sheet: Sheet) -> T | None:
    """What the metadata say for this printer, else for print."""
    return table.get(sheet.printer.key) or table.get("print")


def _prices(sheet: Sheet) -> Iterable[str]:
    prices = _edition(sheet.metadata.price, sheet) or {}
    return [f"{amount:.2f} {currency}" for currency, amount in prices.items()]


def _stock(sheet: Sheet) -> Iterable[str]:
    paper, ink = sheet.metadata.paper, INKS[sheet.metadata.ink]
    caliper = f", {paper.caliper:g} mm a leaf" if paper.caliper else ""
    return [f"{ink} on {paper.name} paper{caliper}"]


def _bleed(sheet: Sheet) -> Iterable[str]:
    bleed = sheet.interior.bleed
    return [f"With bleed: {measure(bleed)}" if bleed else "No bleed: nothing in the pages runs over their edge"]


def _cover(sheet: Sheet) -> Iterable[str]:
    cover = sheet.cover
    around = f"; {measure(cover.bleed)} of bleed around it" if cover.bleed else ""
    return [cover.name, f"({_size(cover.width, cover.height)}{around})"]


VALUES: Mapping[str, Callable[[Sheet], Iterable[str]]] = {
    "language": _language,
    "title": lambda sheet: [sheet.metadata.title],
    "subtitle": lambda sheet: [sheet.metadata.subtitle or ""],
    "series": _series,
    "edition": lambda sheet: [sheet.metadata.edition or ""],
    "author": _author,
    "contributors": _contributors,
    "people": _people,
    "copyright": _copyright,
    "description": _description,
    "keywords": lambda sheet: _subjects(sheet, ""),
    "bisac": lambda sheet: _subjects(sheet, "bisac"),
    "thema": lambda sheet: _subjects(sheet, "thema"),
    "subjects": _categories,
    "isbn": lambda sheet: [_edition(sheet.metadata.isbn, sheet) or ""],
    "imprint": lambda sheet: [sheet.metadata.imprint or sheet.metadata.publisher or ""],
    "date": lambda sheet: [sheet.metadata.date or ""],
    "stock": _stock,
    "trim": lambda sheet: [_size(sheet.interior.width, sheet.interior.height)],
    "bleed": _bleed,
    "pages": lambda sheet: [str(sheet.interior.pages)],
    "spine": lambda sheet: [measure(sheet.spine)],
    "interior": lambda sheet: [sheet.interior.name],
    "cover": _cover,
    "territories": lambda sheet: [", ".join(sheet.metadata.territories)],
    "prices": _prices,
}
"""The values that fields of a form can ask for, by name."""
KEYS = {
    "people": "author",
    "contributors": "author",
    "keywords": "subject",
    "bisac": "subject: [{bisac: …}]",
    "thema": "subject: [{thema: …}]",
    "subjects": "subject: [{bisac: …}, {thema: …}]",
    "imprint": "publisher",
    "prices": "price",
}
"""Where a value and the key of the metadata have different names."""
