"""Rules for what pages are painted with: letters that their font has, black alone in a black book, ink that dries."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, PdfImage, Stream

from publish.checks.preflight import findings as found
from publish.checks.preflight.case import Case
from publish.problems import Problem

OPERATORS = "Tf Tj TJ ' \" k K sc SC scn SCN rg RG"
SHOWING = ("Tj", "TJ", "'", '"')
INKS = ("k", "K", "sc", "SC", "scn", "SCN")
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
        for resources, instructions in painted(page.obj, page.resources):
            missing = missing or lacks_glyphs(resources, instructions)
            if any(_coloured(operands, operator) for operands, operator in instructions):
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
    for resources, instructions in painted(page.obj, page.resources):
        for operands, operator in instructions:
            shares = [float(one) for one in operands if not isinstance(one, Name)] if operator in INKS else []
            weight = max(weight, sum(shares) * 100 if len(shares) == 4 else 0)
        weight = max([weight, *map(_picture_weight, resources.get("/XObject", Dictionary()).values())])
    return weight


def _picture_weight(image: Object) -> float:
    if not isinstance(image, Stream) or image.get("/ColorSpace") != Name.DeviceCMYK:
        return 0.0
    inks = PdfImage(image).as_pil_image().reduce(AREA).tobytes()
    return max((sum(inks[at : at + 4]) for at in range(0, len(inks), 4)), default=0) / 2.55


def painted(holder: Object, resources: Object, depth: int = 0) -> Iterator[tuple[Object, list[tuple[Any, str]]]]:
    """The instructions of a page and of the forms that it shows, each with its resources."""
    parsed = pikepdf.parse_content_stream(holder, OPERATORS)
    yield resources, [(one.operands, str(one.operator)) for one in parsed if hasattr(one, "operands")]
    for form in resources.get("/XObject", Dictionary()).values():
        if form.get("/Subtype") == Name.Form and depth < DEEPEST:
            yield from painted(form, form.get("/Resources", resources), depth + 1)


def lacks_glyphs(resources: Object, instructions: list[tuple[Any, str]]) -> bool:
    """Whether a letter is shown that its font does not have."""
    fonts = resources.get("/Font", Dictionary())
    by_glyph = False
    for operands, operator in instructions:
        if operator == "Tf":
            font = fonts.get(str(operands[0]), Dictionary())
            by_glyph = font.get("/Subtype") == Name.Type0 and font.get("/Encoding") in ("/Identity-H", "/Identity-V")
        elif operator in SHOWING and by_glyph and any(_zero(text) for text in _texts(operands)):
            return True
    return False


def _texts(operands: Any) -> Iterator[bytes]:
    for operand in operands:
        parts = operand if isinstance(operand, Array | list) else [operand]
        yield from (bytes(part) for part in parts if isinstance(part, pikepdf.String))


def _zero(text: bytes) -> bool:
    """Whether one of the numbers of two bytes is 0."""
    return any(not text[at] and not text[at + 1] for at in range(0, len(text) - 1, 2))


def _coloured(operands: Any, operator: str) -> bool:
    """Whether a colour is any but black, white or a grey between."""
    if operator in SHOWING or operator == "Tf":
        return False
    shares = [float(one) for one in operands if not isinstance(one, Name)]
    if operator in INKS and len(shares) == 4:
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
