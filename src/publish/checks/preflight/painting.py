"""Rules for what pages are painted with: letters that their font has, black alone in a black book, ink that dries."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, PdfImage, Stream

from publish.checks.preflight import findings as found
from publish.checks.preflight.case import Case
from publish.problems import Problem

SHOWING = ("Tj", "TJ", "'", '"')
INKS = ("k", "K", "sc", "SC", "scn", "SCN")
LIGHTS = ("rg", "RG")
ZEROS = re.compile(rb"<(?:[0-9A-Fa-f]{4})*0000|\0\0|\\0|<[0-9A-Fa-f]*\s")
"""What a page that shows glyph 0 has in its instructions, and hardly any other."""
AREA = 3
"""Pixels each way over which a picture's ink is averaged: paper takes an area, not a grain of it."""
LEEWAY = 2.0
"""Percent of ink by which numbers may differ through rounding and a picture's compression."""
GREY = 0.001
"""By how much the three colours of a screen may differ and still make a grey."""
DEEPEST = 12


def paint(case: Case) -> Iterator[Problem]:
    """No letter is shown that its font does not have: the glyph 0 of a font is the box for it (OpenType, `glyf`). And
    a book that is printed in black has no colour, neither in letters and rules nor in pictures.
    """
    for index, page in enumerate(case.pdf.pages):
        said: set[str] = set()
        missing = False
        for holder, resources in painted(page.obj, page.resources):
            missing = missing or lacks_glyphs(holder, resources)
            if any(map(_coloured, _colours(holder))):
                said.add("text or a rule")
            if any(map(_coloured_image, resources.get("/XObject", Dictionary()).values())):
                said.add("a picture")
        if missing:
            yield case.seen(found.glyph_missing(case.place(index)), index)
        for what in sorted(said) if case.demands.black else ():
            yield case.seen(found.ink_coloured(case.place(index), what), index)


def ink_weights(case: Case) -> Iterator[Problem]:
    """Nowhere on a page lies more ink than the printer allows."""
    for index, page in enumerate(case.pdf.pages) if case.demands.most_ink else ():
        weight = heaviest(page)
        if weight > case.demands.most_ink + LEEWAY:
            problem = found.ink_too_much(case.place(index), case.printer, weight, case.demands.most_ink)
            yield case.seen(problem, index)


def heaviest(page: pikepdf.Page) -> float:
    """The most ink that a colour or a picture of a page lays on one place, in percent: 400 is all four inks in full."""
    weight = 0.0
    for holder, resources in painted(page.obj, page.resources):
        weight = max([weight, *(sum(shares) * 100 for shares in _colours(holder) if len(shares) == 4)])
        weight = max([weight, *map(_picture_weight, resources.get("/XObject", Dictionary()).values())])
    return weight


def _picture_weight(image: Object) -> float:
    if not isinstance(image, Stream) or image.get("/ColorSpace") != Name.DeviceCMYK:
        return 0.0
    inks = PdfImage(image).as_pil_image().reduce(AREA).tobytes()
    return max((sum(inks[at : at + 4]) for at in range(0, len(inks), 4)), default=0) / 2.55


def painted(holder: Object, resources: Object, depth: int = 0) -> Iterator[tuple[Object, Object]]:
    """A page and the forms that it shows, each with its resources."""
    yield holder, resources
    for form in resources.get("/XObject", Dictionary()).values():
        if form.get("/Subtype") == Name.Form and depth < DEEPEST:
            yield from painted(form, form.get("/Resources", resources), depth + 1)


def lacks_glyphs(holder: Object, resources: Object) -> bool:
    """Whether a page or a form shows a letter that its font does not have."""
    # To read every text takes long; a glance at the bytes spares most pages of it.
    if not ZEROS.search(_content(holder)):
        return False
    fonts = resources.get("/Font", Dictionary())
    by_glyph = False
    for operands, operator in _instructions(holder, "Tf", *SHOWING):
        if operator == "Tf":
            font = fonts.get(str(operands[0]), Dictionary())
            by_glyph = font.get("/Subtype") == Name.Type0 and font.get("/Encoding") in ("/Identity-H", "/Identity-V")
        elif by_glyph and any(map(_shows_zero, operands)):
            return True
    return False


def _instructions(holder: Object, *operators: str) -> Iterator[tuple[Any, str]]:
    parsed = pikepdf.parse_content_stream(holder, " ".join(operators))
    return ((one.operands, str(one.operator)) for one in parsed if hasattr(one, "operands"))


def _content(holder: Object) -> bytes:
    if isinstance(holder, Stream):
        return holder.read_bytes()
    streams = holder.get("/Contents", Array())
    return b"\n".join(one.read_bytes() for one in (streams if isinstance(streams, Array) else [streams]))


def _colours(holder: Object) -> Iterator[list[float]]:
    """The colours that are chosen: four numbers are inks, three are light; one is a grey, or an ink by itself."""
    for operands, operator in _instructions(holder, *INKS, *LIGHTS):
        shares = [float(one) for one in operands if not isinstance(one, Name)]
        if operator in INKS or len(shares) == 3:
            yield shares


def _shows_zero(operand: Any) -> bool:
    """Whether one of the numbers of two bytes in a text, or in one of several, is 0."""
    if isinstance(operand, Array | list):
        return any(map(_shows_zero, operand))
    if not isinstance(operand, pikepdf.String):
        return False
    text = bytes(operand)
    return any(not text[at] and not text[at + 1] for at in range(0, len(text) - 1, 2))


def _coloured(shares: list[float]) -> bool:
    """Whether a colour is any but black, white or a grey between."""
    if len(shares) == 4:
        return any(share > GREY for share in shares[:3])
    return len(shares) == 3 and max(shares) - min(shares) > GREY


def _coloured_image(image: Object) -> bool:
    if not isinstance(image, Stream) or image.get("/Subtype") != Name.Image or "/ColorSpace" not in image:
        return False
    space = image.ColorSpace
    if isinstance(space, Array) and space[0] == Name.Indexed:
        space = space[1]
    if isinstance(space, Array) and space[0] == Name.ICCBased:
        return int(space[1].N) > 1
    name = space[0] if isinstance(space, Array) else space
    return name not in ("/DeviceGray", "/CalGray", "/G")


RULES = (paint, ink_weights)
