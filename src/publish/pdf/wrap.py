"""The printed cover as a PDF of one sheet: back, spine, front, and the bleed around them, in the theme's inks.

Text is set smaller, part by part, until it fits where the theme wants it; then the finished sheet is read back, and no
letter may stand nearer to an edge or a fold than the printer says.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

import pikepdf

from publish.layout import html
from publish.layout.directions import direction
from publish.layout.model import Picture, Rendition
from publish.layout.templates import TemplateFaultError, origin
from publish.layout.wrap import POINT, Interior, Wrap, WrapFormat, texts, values
from publish.manuscript.model import Metadata
from publish.pdf import barcode
from publish.pdf import wrap_findings as findings
from publish.pdf.boxes import POINTS, crowded
from publish.pdf.engine import Log, Press, among, listening, paint
from publish.pdf.failures import EngineError
from publish.pdf.findings import engine_failed, missing_glyph
from publish.pdf.finish import write_info
from publish.pdf.mending import saved
from publish.pdf.remarks import report_remarks
from publish.pdf.wrapsafety import Unsafe, unsafe
from publish.places import Span
from publish.problems import Problem, Problems

NEEDED = {barcode.FAMILY: set(barcode.CHARACTERS)}
"""What a cover needs of fonts besides its text."""
BARCODE = "barcode.svg"
FRAME = 1.0
"""Millimetres of white around the barcode's light margins, for a knife or a plate that is a little off."""
SMALLER = 0.9
"""By how much text is made smaller that does not fit."""
LEAST = {"title": 0.3, "names": 0.5, "back": 0.75}
"""The smallest that parts of the text may become; the spine's is the printer's smallest letter."""
CROPPED = 5
"""Percent of a picture that may be cut away without a word."""


@dataclass(frozen=True)
class _Sheet:
    """A laid-out and painted cover: sizes of its parts, those that do not fit still, text too near to an edge."""

    pdf: bytes
    sizes: Mapping[str, float]
    tight: frozenset[str]
    near: tuple[Unsafe, ...]


def interior_of(pdf: bytes) -> Interior:
    """What a cover must know of a finished interior."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return Interior(len(opened.pages), sha256(pdf).hexdigest())


def paint_wrap(rendition: Rendition, wrap: Wrap, built: Interior, problems: Problems) -> bytes | None:
    """The cover of a book that `dress_wrap` has dressed (with `NEEDED`), as a PDF of one page with its boxes.

    `built` is the interior that lies there now. None where the cover was made ready for another one, or where
    templates or the engine break down; what does not fit is a problem.
    """
    if wrap.interior != built:
        problems.add(_other(wrap.interior, built))
        return None
    symbol = _symbol(wrap, rendition, problems)
    try:
        with listening(lambda _: None) as log:
            sheet = _fitted(rendition, wrap, symbol)
    except TemplateFaultError as fault:
        problems.add(fault.problem)
        return None
    except EngineError as failure:
        problems.add(engine_failed(None, str(failure)))
        return None
    _report_log(log, rendition, problems)
    _report(sheet, rendition, wrap.format, problems)
    return sheet.pdf


def _other(wanted: Interior, built: Interior) -> Problem:
    if wanted.pages != built.pages:
        return findings.other_pages(None, wanted.pages, built.pages)
    return findings.other_interior(None)


def _symbol(wrap: Wrap, rendition: Rendition, problems: Problems) -> Picture | None:
    """The barcode as a picture, as large as the printer's box allows."""
    box = wrap.format.barcode
    if wrap.isbn is None or box is None:
        if wrap.isbn is None:
            problems.add(findings.no_isbn(None))
        return None
    magnification = barcode.largest(box[0] - 2 * FRAME, box[1] - 2 * FRAME)
    if magnification < barcode.SMALLEST:
        problems.add(findings.box_too_small(rendition.book.metadata.where.get("isbn"), *box))
        return None
    drawn = barcode.draw(wrap.isbn, magnification)
    size = round(drawn.width / POINT / POINTS), round(drawn.height / POINT / POINTS)
    return Picture(BARCODE, "image/svg+xml", drawn.svg, sha256(drawn.svg).hexdigest(), *size)


def _fitted(rendition: Rendition, wrap: Wrap, symbol: Picture | None) -> _Sheet:
    """The cover in the largest letters that fit.

    Raises:
        TemplateFaultError: a template does not work.
        EngineError: the engine broke down.
    """
    form, rtl = wrap.format, direction(rendition.book.metadata.lang) == "rtl"
    pictures = {picture.name: picture for picture in (*rendition.pictures.values(), rendition.cover, symbol) if picture}
    fetch = among(pictures)
    press = Press((), rendition.fonts, fetch)
    sizes = {"spine": 1.0, **dict.fromkeys(LEAST, 1.0)}
    while True:
        page = html.wrap(rendition, values(rendition, wrap, symbol.name if symbol else None, sizes))
        document = press.lay_out(page, fetch)
        tight = crowded(document)
        if _shrink(sizes, tight, form):
            continue
        pdf = _finished(paint(document, tags=False), form, rendition.book.metadata)
        near = unsafe(pdf, form, rtl=rtl)
        if not _shrink(sizes, {one.panel for one in near} & {"spine"}, form):
            return _Sheet(pdf, sizes, tight, near)


def _shrink(sizes: dict[str, float], tight: Iterable[str], form: WrapFormat) -> bool:
    """Make parts smaller that are too large, in `sizes`; false where none can be."""
    before = dict(sizes)
    sizes.update({part: _smaller(part, sizes[part], form) for part in tight if part in sizes})
    return sizes != before


def _smaller(part: str, size: float, form: WrapFormat) -> float:
    """The next smaller size of a part, the same where there is none. The spine's text is left out instead: 0."""
    if part == "spine":
        next_size = round(size * SMALLER, 3)
        return next_size if form.spine_size * next_size >= form.least_text else 0.0
    return max(round(size * SMALLER, 3), LEAST[part])


def _finished(painted: bytes, form: WrapFormat, metadata: Metadata) -> bytes:
    """The sheet with its boxes and the book's name: its corner, bleed included, is the origin."""
    width, height = form.sheet
    bleed = form.bleed / POINT
    whole = [0, 0, width / POINT + 2 * bleed, height / POINT + 2 * bleed]
    trim = [bleed, bleed, whole[2] - bleed, whole[3] - bleed]
    with pikepdf.open(io.BytesIO(painted)) as pdf:
        page = pdf.pages[0]
        left, bottom, *_ = (float(side) for side in page.mediabox)
        page.contents_add(f"q 1 0 0 1 {-left:.4f} {-bottom:.4f} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        for name in ("/ArtBox", "/CropBox"):
            if name in page.obj:
                del page.obj[name]
        for name, box in (("/MediaBox", whole), ("/BleedBox", whole), ("/TrimBox", trim)):
            page.obj[name] = pikepdf.Array([round(side, 4) for side in box])
        write_info(pdf, metadata)
        return saved(pdf)


def _report_log(log: Log, rendition: Rendition, problems: Problems) -> None:
    """What the engine said; a character that no face has is told where the metadata have it."""
    metadata = rendition.book.metadata
    others = []
    for remark in log.remarks:
        if not remark.pattern.startswith(".notdef"):
            others.append(remark)
            continue
        character = remark.values[0]
        key = next((key for key, text in texts(metadata) if character in text), "")
        number = f"U+{ord(character):04X}"
        problems.add(missing_glyph(metadata.where.get(key), character, number, 1))
    report_remarks(others, rendition.book, (), problems)


def _report(sheet: _Sheet, rendition: Rendition, form: WrapFormat, problems: Problems) -> None:
    metadata = rendition.book.metadata
    where = metadata.where
    if "title" in sheet.tight:
        problems.add(findings.front_crowded(where.get("title"), "title"))
    if "names" in sheet.tight:
        problems.add(findings.front_crowded(where.get("author"), "list of names"))
    if "back" in sheet.tight:
        size = sum(len(text) for text in (metadata.blurb, *(person.about for person in metadata.authors)) if text)
        problems.add(findings.back_crowded(where.get("blurb") or where.get("description"), size))
    if not metadata.blurb:
        problems.add(findings.no_blurb(None))
    if why := _bare(sheet, form):
        problems.add(findings.bare_spine(None, form.spine, why))
    theme = rendition.theme
    place = Span(origin(theme.templates if theme else {}, "wrap-look.j2"), 1)
    crowded_panels = {"back" if part == "back" else "front" for part in sheet.tight}
    for one in sheet.near:
        if one.panel not in crowded_panels:
            problems.add(findings.text_unsafe(place, one.panel, one.words, one.distance, one.least))
    if rendition.cover:
        _report_crop(rendition.cover, form, where.get("cover-image"), problems)


def _bare(sheet: _Sheet, form: WrapFormat) -> str | None:
    """Why the spine bears no words; None where it does."""
    if not form.spine_text:
        return "the printer wants more pages for them"
    if not form.spine_size:
        return "the letters would be too small"
    return None if sheet.sizes["spine"] else "title and names are too long for letters that can be read"


def _report_crop(picture: Picture, form: WrapFormat, place: Span | None, problems: Problems) -> None:
    """Say how much of the author's picture is cut away so that it fills the front."""
    wanted = (form.height + 2 * form.bleed) / (form.width + form.bleed)
    found = picture.height / picture.width
    lost = round(100 * (1 - min(wanted / found, found / wanted)))
    if lost > CROPPED:
        problems.add(findings.picture_cropped(place, lost, "height" if found > wanted else "width", wanted))
