"""What makes a PDF a book's: its metadata, page labels, outline, language and tags, the same bytes on every build."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, OutlineItem, String

from publish import __version__
from publish.layout.numerals import numeral
from publish.manuscript.model import Metadata
from publish.pages import PageMap
from publish.pdf.mending import saved
from publish.pdf.xmp import packet

MAKER = f"Octavo {__version__}"
ENGINE = f"WeasyPrint {version('weasyprint')}"
FIGURES = re.compile(r"(|.*[^0-9])([1-9][0-9]{0,8})")
ROMAN = re.compile(r"[ivxlcdm]+")
DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True)
class Destination:
    """A place in the PDF: page from 0, and height above the page's foot in points."""

    page: int
    top: float


@dataclass(frozen=True)
class Mark:
    """An entry of the outline: level (0 is the top), words, and where it leads."""

    level: int
    title: str
    destination: Destination


def finish(
    pdf: pikepdf.Pdf, metadata: Metadata, pages: PageMap, outline: Sequence[Mark], names: Mapping[str, Destination]
) -> bytes:
    """A bound PDF with all that readers, libraries and shops look for; every id in `names` can be linked to.

    Dates are the book's own (`modified`, else `date`), else those of SOURCE_DATE_EPOCH; there is no other clock.
    """
    pdf.Root.Lang = String(metadata.lang)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    _label_pages(pdf, pages)
    _write_outline(pdf, outline)
    _write_names(pdf, names)
    write_info(pdf, metadata)
    packed = packet(metadata, full_title(metadata), keywords(metadata), (MAKER, ENGINE), build_date(metadata))
    pdf.Root.Metadata = pdf.make_stream(packed, Type=Name.Metadata, Subtype=Name.XML)
    return saved(pdf)


def build_date(metadata: Metadata) -> datetime | None:
    """When this state of the book was made, in UTC; None where nobody says."""
    if match := DATE.fullmatch(metadata.modified or metadata.date or ""):
        year, month, day = match.groups(default="1")
        return datetime(int(year), int(month), int(day), tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else None


def keywords(metadata: Metadata) -> list[str]:
    """The author's own subjects; codes of a shop's scheme mean nothing to a reader."""
    return [subject.term for subject in metadata.subjects if not subject.scheme]


def full_title(metadata: Metadata) -> str:
    """Title and subtitle in one line."""
    return f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title


def _label_pages(pdf: pikepdf.Pdf, pages: PageMap) -> None:
    """Write the labels as ranges: a new one wherever a page does not simply count on from the last."""
    pdf.Root.PageLabels = pdf.make_indirect(Dictionary())
    tree = NumberTree.new(pdf)
    last: _Label | None = None
    for page in pages.pages:
        label = _read_label(page.label)
        if last is None or label != replace(last, value=last.value + 1) or not label.style:
            tree[page.index] = label.range
        last = label
    pdf.Root.PageLabels = tree.obj


@dataclass(frozen=True)
class _Label:
    """A folio as page labels know it: a prefix, the style of its figures, and their value (ISO 32000-1, 12.4.2).

    One that is in no style of theirs is a prefix without figures.
    """

    prefix: str
    style: str = ""
    value: int = 0

    @property
    def range(self) -> Dictionary:
        found = Dictionary(S=Name("/" + self.style)) if self.style else Dictionary()
        if self.prefix:
            found.P = String(self.prefix)
        if self.style and self.value != 1:
            found.St = self.value
        return found


def _read_label(text: str) -> _Label:
    if match := FIGURES.fullmatch(text):
        return _Label(match[1], "D", int(match[2]))
    value = _value(text.lower()) if ROMAN.fullmatch(text.lower()) else 0
    for style, name in (("r", "lower-roman"), ("R", "upper-roman")) if value else ():
        if text == numeral(value, name):
            return _Label("", style, value)
    return _Label(text)


def _value(figures: str) -> int:
    """The number that roman figures stand for."""
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[figure] for figure in figures]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _write_outline(pdf: pikepdf.Pdf, outline: Sequence[Mark]) -> None:
    with pdf.open_outline() as tree:
        tree.root.clear()
        stack = [tree.root]
        for mark in outline:
            level = min(mark.level, len(stack) - 1)
            del stack[level + 1 :]
            item = OutlineItem(mark.title, _target(pdf, mark.destination))
            stack[-1].append(item)
            stack.append(item.children)
    if outline:
        pdf.Root.PageMode = Name.UseOutlines


def _write_names(pdf: pikepdf.Pdf, names: Mapping[str, Destination]) -> None:
    """Name every place. The engine names those that are linked to; the names are the same."""
    tree = NameTree.new(pdf)
    for name, destination in sorted(names.items()):
        tree[name] = _target(pdf, destination)
    pdf.Root.Names = Dictionary(Dests=tree.obj)


def _target(pdf: pikepdf.Pdf, destination: Destination) -> Array:
    return Array([pdf.pages[destination.page].obj, Name.XYZ, 0, destination.top, 0])


def write_info(pdf: pikepdf.Pdf, metadata: Metadata) -> None:
    """Write what a PDF says of itself in its information dictionary, and nothing that stood there before."""
    info = {
        "/Title": full_title(metadata),
        "/Author": ", ".join(author.name for author in metadata.authors),
        "/Subject": metadata.description,
        "/Keywords": ", ".join(keywords(metadata)),
        "/Creator": MAKER,
        "/Producer": ENGINE,
    }
    if date := build_date(metadata):
        info["/CreationDate"] = info["/ModDate"] = date.strftime("D:%Y%m%d%H%M%SZ")
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for key, value in info.items():
        if value:
            pdf.docinfo[key] = String(value)
