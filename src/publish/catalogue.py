"""What there is to list and to explain: problem codes, themes, trims, printers, languages, shops."""

import importlib
import inspect
from collections.abc import Callable
from pathlib import Path

from publish.book.typography.table import known_languages
from publish.layout.themes import themes
from publish.manuscript import trims
from publish.printers import PRINTERS
from publish.printers.own import FOLDER, find_printer, own_names, unusable_names
from publish.printers.profiles import printer
from publish.problems import EXPLANATIONS, Problems
from publish.shops import SHOPS
from publish.shops.profiles import shop

ROOMS = (
    "publish.manuscript.findings",
    "publish.manuscript.yaml_findings",
    "publish.manuscript.metadata_findings",
    "publish.book.dialect.findings",
    "publish.book.typography.findings",
    "publish.book.findings",
    "publish.layout.findings",
    "publish.pdf.findings",
    "publish.pdf.printing_findings",
    "publish.pdf.edition_findings",
    "publish.pdf.wrap_findings",
    "publish.pdf.blemish_findings",
    "publish.epub.findings",
    "publish.checks.findings",
    "publish.checks.epub_findings",
    "publish.checks.page_findings",
    "publish.checks.pdfx_findings",
    "publish.checks.preflight.findings",
    "publish.checks.shops.findings",
    "publish.intake.findings",
    "publish.interior_findings",
    "publish.delivery.mail_findings",
    "publish.printers.findings",
    "publish.delivery.parcel_findings",
    "publish.delivery.paper_findings",
    "publish.delivery.shelf_findings",
    "publish.delivery.device_findings",
    "publish.outputs",
    "publish.pipeline",
)
"""The modules that hold rules: a room's findings are known only once its module is loaded."""

Row = tuple[str, str]


def explanation(code: str) -> str | None:
    """What a problem code means and what to do about it, None where there is no such code."""
    _load()
    text = EXPLANATIONS.get(code.upper())
    return f"{code.upper()}: {inspect.cleandoc(text)}" if text else None


def rows(what: str, project: Path) -> list[Row]:
    """The names of one kind (`themes`, `trims`, `printers`, `languages`, `shops`, `codes`) with a few words on each."""
    return LISTS[what](project)


def _themes(project: Path) -> list[Row]:
    return sorted(themes(project).items())


def _trims(_project: Path) -> list[Row]:
    return [(name, f"{trim.width:g} × {trim.height:g} mm") for name, trim in sorted(trims.names().items())]


def _languages(_project: Path) -> list[Row]:
    return [(tag, "quotation marks, dashes and spaces of its own") for tag in known_languages()]


def _shops(_project: Path) -> list[Row]:
    return [(key, f"{shop(key).name}, as its help pages were in {shop(key).checked}") for key in SHOPS]


def _printers(project: Path) -> list[Row]:
    ours = [(key, f"{printer(key).name}, as its rules were in {printer(key).checked}") for key in PRINTERS]
    unusable = [(name, f"no printer can have this name: rename {FOLDER}/{name}") for name in unusable_names(project)]
    return [*ours, *((name, _own_printer(name, project)) for name in own_names(project)), *unusable]


def _own_printer(name: str, project: Path) -> str:
    problems = Problems()
    found = find_printer(name, project, problems)
    file = f"{FOLDER}/{name}.toml"
    if found is None:
        return f"{file} has mistakes: `publish build print --printer {name}` says which"
    return f"{found.name}, as its rules were in {found.checked} ({file})"


def _codes(_project: Path) -> list[Row]:
    _load()
    return [(code, inspect.cleandoc(text).splitlines()[0]) for code, text in sorted(EXPLANATIONS.items())]


LISTS: dict[str, Callable[[Path], list[Row]]] = {
    "themes": _themes,
    "trims": _trims,
    "printers": _printers,
    "languages": _languages,
    "shops": _shops,
    "codes": _codes,
}


def _load() -> None:
    for room in ROOMS:
        importlib.import_module(room)
