"""What the engine says while it works, as problems with places: none of it is lost, and none of it is printed."""

import re
from collections.abc import Iterable, Sequence

from publish.book.flow import Source, texts_of
from publish.book.model import Book
from publish.layout.model import Stylesheet
from publish.pdf.findings import engine_differs, missing_glyph, not_loaded, remark, style_ignored
from publish.pdf.record import ASIDE, Remark
from publish.places import Address, Span
from publish.problems import Problem, Problems

AT = re.compile(r" at (\d+):(\d+)")
"""How the engine names line and column in a style sheet."""


def report_remarks(remarks: Iterable[Remark], book: Book, sheets: Sequence[Stylesheet], problems: Problems) -> None:
    """Add a problem for each of the engine's remarks."""
    for said in remarks:
        if said.pattern.startswith(".notdef"):
            for problem in _missing(said.values[0], book):
                problems.add(problem)
        elif said.pattern.startswith(("Failed to load", "Font-face")):
            what, *why = said.values
            problems.add(not_loaded(_where(said, sheets), what, why[0] if why else "not a font"))
        elif said.pattern.startswith("Image ") and "no required alt" in said.pattern:
            continue  # It is a decoration: the book has already asked for the words of all other pictures.
        elif said.pattern == ASIDE:
            problems.add(engine_differs(None, *said.values))
        elif said.pattern.startswith("Ignored"):
            problems.add(style_ignored(_where(said, sheets), *_declaration(said)))
        else:
            problems.add(remark(_where(said, sheets), said.message))


def _missing(character: str, book: Book) -> list[Problem]:
    """One problem for each section in which the character was typed, at its first place there."""
    found: dict[str, tuple[Span | None, int]] = {}
    sections = {section.id: section for section in book.sections}
    for (section, serial), piece in Source(texts_of(book)).pieces.items():
        if times := piece.text.count(character):
            span, before = found.get(section, (None, 0))
            first = sections[section].places.of(Address(section, serial, piece.text.index(character)))
            found[section] = span if before else first, before + times
    number = f"U+{ord(character):04X}"
    if not found:
        return [missing_glyph(None, character, number, 1)]
    return [missing_glyph(span, character, number, times) for span, times in found.values()]


def _where(said: Remark, sheets: Sequence[Stylesheet]) -> Span | None:
    """The place in a style sheet. Where the engine does not say in which, the one that has these words in this line."""
    at = AT.search(said.message)
    if at is None:
        return None
    line, column = int(at[1]), int(at[2])
    if said.sheet is not None:
        return Span(said.sheet, line, column)
    for sheet in sheets:
        lines = sheet.css.split("\n")
        if line <= len(lines) and said.values and said.values[0] in lines[line - 1]:
            return Span(sheet.name, line, column)
    return None


def _declaration(said: Remark) -> tuple[str, str]:
    name, value, _, _, *why = said.values
    return f"{name}: {value.strip()}", " ".join(why)
