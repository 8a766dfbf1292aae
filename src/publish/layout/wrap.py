"""The printed cover: what a printer asks of one book's cover, what stands on it, and its pictures and faces.

A cover is printed as one sheet, the *wrap*: back, spine and front side by side, and the bleed around them. A book that
is read from right to left is bound on the other side, so its front lies on the left of the sheet.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from publish.book.model import Book
from publish.book.typography import set_text
from publish.layout import themes
from publish.layout.directions import direction
from publish.layout.faces import faces_for, known_families
from publish.layout.images import Gallery
from publish.layout.model import Edition, Medium, Rendition
from publish.manuscript.model import Contributor, Metadata, Trim
from publish.printers.profiles import Printer
from publish.problems import Problems

COVER = Edition("cover", Medium.PRINT)
POINT = 25.4 / 72
"""Millimetres in a point."""
SPINE_SHARE = 0.6
"""Of the spine's width, at most, that its letters take from the top of the highest to the foot of the lowest."""
SPINE_LARGEST = 0.032
"""Of the spine's height, the size of its letters at most, however thick it is."""


@dataclass(frozen=True)
class Interior:
    """A finished interior: how many pages it has, and the SHA-256 of its file."""

    pages: int
    digest: str


@dataclass(frozen=True)
class WrapFormat:
    """What a printer asks of one book's cover; lengths in mm.

    `width` and `height` are the trim's, `spine` is what the interior's pages and the paper make of it, `bleed` goes
    round the whole sheet. `safe` is how far from the edge all text stays; `spine_text` says whether the spine may bear
    text, `spine_clear` how clear of its folds that stays. `barcode` is the box that is kept for it, `least_text` the
    smallest size of letters in points.
    """

    width: float
    height: float
    spine: float
    bleed: float
    safe: float
    spine_text: bool
    spine_clear: float
    barcode: tuple[float, float] | None
    least_text: float

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height of the trimmed sheet."""
        return 2 * self.width + self.spine, self.height

    @property
    def spine_size(self) -> float:
        """The size of letters for which the spine has room, in points; 0 where it can bear none."""
        room = min(self.spine - 2 * self.spine_clear, self.spine * SPINE_SHARE, self.height * SPINE_LARGEST)
        size = room / POINT
        return size if self.spine_text and size >= self.least_text else 0.0


@dataclass(frozen=True)
class Wrap:
    """One book's cover: its format, the interior for which its spine was computed, ISBN and prices by currency."""

    format: WrapFormat
    interior: Interior
    isbn: str | None
    prices: Mapping[str, Decimal]


def format_for(printer: Printer, trim: Trim, pages: int, spine: float) -> WrapFormat:
    """What a printer asks of the cover of a book of so many pages with this spine (mm)."""
    asked = printer.cover
    words = pages > asked.spine_text_above
    least = printer.file.text
    measures = (trim.width, trim.height, spine, printer.bleed, asked.safe)
    return WrapFormat(*measures, words, asked.spine_clear, asked.barcode, least)


def wrap_for(metadata: Metadata, printer: str, form: WrapFormat, interior: Interior) -> Wrap:
    """The cover of a printer's edition: its own ISBN and price where the author gives them, else those of print."""
    isbn = metadata.isbn.get(printer) or metadata.isbn.get("print")
    return Wrap(form, interior, isbn, metadata.price.get(printer) or metadata.price.get("print") or {})


def dress_wrap(book: Book, project: Path, besides: Mapping[str, set[str]], problems: Problems) -> Rendition:
    """The book dressed for its cover: theme, faces, the author's pictures.

    In its metadata `blurb` is the text for the back, its signs set, and an author's `picture` is a name among the
    pictures. `besides` are characters that are needed of other families. A cover is printed in colours, whatever
    the book itself is printed in.
    """
    book = replace(book, metadata=replace(book.metadata, ink="premium-colour"))
    look = themes.find(book.metadata, COVER, project, problems)
    theme = known_families(look.theme, problems)
    gallery = Gallery(book, Medium.PRINT, project, problems)
    metadata = _set(book.metadata, gallery)
    text = set("".join(said for _, said in texts(metadata))) | set("".join(_signs().values()) + "0123456789.,")
    faces, _ = faces_for(theme, text, set(), besides)
    front = gallery.cover()
    return Rendition(replace(book, metadata=metadata), COVER, (), (), faces, gallery.shown(), front, theme)


def texts(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """What the author says on the cover, each with the key of the metadata under which it was said."""
    for person in metadata.authors:
        yield "author", person.name
        yield "author", person.about or ""
    for key in ("title", "subtitle", "imprint", "publisher", "blurb"):
        yield key, getattr(metadata, key) or ""


def values(rendition: Rendition, wrap: Wrap, barcode: str | None, sizes: Mapping[str, float]) -> dict[str, Any]:
    """What the template of the wrap receives besides what every template does (see `themes.py`).

    `barcode` is the name of its picture, and `sizes` are the factors by which parts of the text are made smaller.
    """
    metadata, form = rendition.book.metadata, wrap.format
    way = direction(metadata.lang)
    left, right = 0.0, form.width + form.spine
    return {
        "format": asdict(form),
        "sheet": form.sheet,
        "panels": {"back": left, "front": right} if way == "ltr" else {"back": right, "front": left},
        "direction": way,
        "turn": turn(metadata.lang),
        "spine_size": form.spine_size,
        "sizes": dict(sizes),
        "image": rendition.cover.name if rendition.cover else None,
        "barcode": barcode,
        "blurb": paragraphs(metadata.blurb),
        "about": tuple(_about(person) for person in metadata.authors if person.about),
        "prices": tuple(price(amount, currency, metadata.lang) for currency, amount in wrap.prices.items()),
    }


def turn(lang: str) -> int:
    """By how many degrees the words on a spine are turned, clockwise: so that they are read as the language has it."""
    up = lang.partition("-")[0].lower() in _covers()["spine"]["up"]
    return -90 if up or direction(lang) == "rtl" else 90


def price(amount: Decimal, currency: str, lang: str) -> str:
    """A price as the language writes it: £9.99, 12,00 €."""
    sign, number = _signs().get(currency), f"{amount:.2f}"
    if lang.partition("-")[0].lower() in _covers()["price"]["before"]:
        return f"{sign}{number}" if sign else f"{currency}\u00a0{number}"
    return f"{number.replace('.', ',')}\u00a0{sign or currency}"


def paragraphs(text: str | None) -> tuple[str, ...]:
    """The paragraphs of a text of the metadata: blank lines part them."""
    return tuple(part for part in re.split(r"\n\s*\n", (text or "").strip()) if part)


def _set(metadata: Metadata, gallery: Gallery) -> Metadata:
    def signs(text: str | None) -> str | None:
        parts = (set_text(part, metadata.lang, metadata.quotes) for part in paragraphs(text))
        return "\n\n".join(parts) or None

    def dressed(person: Contributor) -> Contributor:
        picture = gallery.picture(person.picture) if person.picture and person.about else None
        return replace(person, about=signs(person.about), picture=picture.name if picture else None)

    people = tuple(dressed(person) if person.role == "aut" else person for person in metadata.contributors)
    return replace(metadata, blurb=signs(metadata.blurb or metadata.description), contributors=people)


def _about(person: Contributor) -> dict[str, Any]:
    return {"name": person.name, "text": paragraphs(person.about), "picture": person.picture}


@cache
def _covers() -> dict[str, Any]:
    return tomllib.loads((files("publish.layout") / "covers.toml").read_text(encoding="utf-8"))


def _signs() -> dict[str, str]:
    return dict(_covers()["price"]["signs"])
