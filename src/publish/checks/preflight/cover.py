"""Rules for the cover in one piece: it goes around this book, and agrees with it."""

from collections.abc import Iterator, Sequence

from pikepdf import Page, Pdf

from publish.book.model import Book
from publish.checks.preflight import findings as found
from publish.checks.preflight.contents import isbns_in, names_in
from publish.checks.preflight.demands import CoverDemands
from publish.checks.preflight.painting import LEEWAY, heaviest, lacks_glyphs, painted
from publish.checks.preflight.sheets import POINTS, Sheet
from publish.places import Span
from publish.problems import Problem


def cover_problems(sheets: Sequence[Sheet], pdf: Pdf, asked: CoverDemands, book: Book) -> Iterator[Problem]:
    """What is wrong with a cover: its size, text on a spine that bears none, its pictures and inks, names and numbers.

    The sheets are the pages of `pdf`.
    """
    width, height = asked.trim
    wide, high = 2 * width + asked.spine, height
    for sheet in sheets[:1]:
        sizes = sheet.trim.size, sheet.bleed.size
        wanted = (wide, high), (wide + 2 * asked.bleed, high + 2 * asked.bleed)
        if len(sheets) != 1 or any(_differ(*pair, asked.tolerance) for pair in zip(sizes, wanted, strict=True)):
            around = f"{_said(sizes[0])} ({_said(sizes[1])} with bleed)"
            expected = f"{_said(wanted[0])} ({_said(wanted[1])} with bleed)"
            yield found.cover_size(None, asked.printer, around, expected, asked.pages)
        if not asked.spine_text and (words := _on_spine(sheet, asked.spine)):
            yield found.spine_text(None, asked.printer, asked.pages, words)
        yield from _painting(sheet, pdf.pages[0], asked, book.metadata.where.get("cover-image"))
    texts = [sheet.words for sheet in sheets]
    yield from names_in("cover", texts, book.metadata)
    yield from isbns_in("cover", texts, asked.isbn, book.metadata)


def _painting(sheet: Sheet, page: Page, asked: CoverDemands, artwork: Span | None) -> Iterator[Problem]:
    """What would print badly: pictures with too few pixels, too much ink, letters that their font does not have."""
    for picture in sheet.pictures:
        if picture.ppi < asked.ppi - 0.5:
            yield found.picture_coarse(artwork, asked.printer, picture.ppi, picture.box.size[0], asked.ppi)
    weight = heaviest(page)
    if asked.most_ink and weight > asked.most_ink + LEEWAY:
        yield found.ink_too_much(artwork, asked.printer, weight, asked.most_ink)
    if any(lacks_glyphs(holder, resources) for holder, resources in painted(page.obj, page.resources)):
        yield found.glyph_missing(None)


def _on_spine(sheet: Sheet, spine: float) -> str:
    """The words that stand on the spine, in the middle of the cover."""
    middle, half = (sheet.trim.left + sheet.trim.right) / 2, spine * POINTS / 2
    runs = (run for run in sheet.runs if run.box.left < middle + half and run.box.right > middle - half)
    return " ".join(" ".join(run.words for run in runs).split())


def _differ(found: tuple[float, float], wanted: tuple[float, float], tolerance: float) -> bool:
    return any(abs(one - other) > tolerance for one, other in zip(found, wanted, strict=True))


def _said(size: tuple[float, float]) -> str:
    return f"{size[0]:.1f} × {size[1]:.1f}"
