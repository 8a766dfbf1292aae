"""Our own rules for a printer's file: a good one passes, and each thing that can be wrong with it is caught."""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from publish.checks.pdfx_rules import PDFX_RULES, RULES, check_printer_file
from publish.pdf.printing import printer_file
from publish.problems import Problems

from .press import BLACK, COLOUR, bound, drawing, png, shown
from .profiles import profile

FLAVOURS = ("pdf", "x1a", "x4")


@cache
def good(flavour: str) -> bytes:
    """A printer's file with text, a drawing, a gradient and a picture."""
    markup, pictures = drawing('<text x="2" y="20" fill="#f00">Hi</text>')
    picture = Image.merge("RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256))])
    data = bound(
        markup + shown("a.png") + "<p>Words (in brackets).</p>",
        "h1 { color: oklch(0.5 0.2 20); background: linear-gradient(red, blue) }",
        {**pictures, **png(picture)},
    )
    return printer_file(data, replace(COLOUR, flavour=flavour), (), Problems())


def said(data: bytes, flavour: str) -> list[str]:
    problems = Problems()
    check_printer_file(data, flavour, problems)
    return [problem.code for problem in problems]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_good_file_passes(flavour: str) -> None:
    assert said(good(flavour), flavour) == []


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_black_file_passes(flavour: str) -> None:
    data = printer_file(bound(), replace(BLACK, flavour=flavour, profile=profile()), (), Problems())
    assert said(data, flavour) == []


def test_the_proof_is_no_printers_file() -> None:
    data = bound(css="h1 { color: red }")
    assert {"X015"} <= set(said(data, "pdf"))
    assert {"X011", "X012", "X013", "X014", "X015", "X016"} <= set(said(data, "x1a"))


Change = Callable[[Pdf], object]


def _bleed(pdf: Pdf) -> None:
    pdf.pages[0].BleedBox = [-9, 0, 200, 200]
    pdf.pages[0].TrimBox = [0, 0, 200, 200]


def _trim(pdf: Pdf) -> None:
    pdf.pages[0].BleedBox = [9, 9, 200, 200]
    pdf.pages[0].TrimBox = [0, 0, 200, 200]


def _no_trim(pdf: Pdf) -> None:
    del pdf.pages[0]["/TrimBox"]


def _paint(operators: bytes) -> Change:
    return lambda pdf: pdf.pages[0].contents_add(operators)


def _state(**entries: Any) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].Resources.ExtGState = Dictionary(Odd=Dictionary(**entries))

    return change


def _each(kind: Name, key: str, value: object) -> Change:
    """Change an entry of all streams of a kind; None takes it out."""

    def change(pdf: Pdf) -> None:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and kind == thing.get("/Subtype"):
                thing[key] = value

    return change


def _font(change: Callable[[pikepdf.Object], object]) -> Change:
    """Change the first font of the first page, below its outer dictionary."""

    def changed(pdf: Pdf) -> None:
        change(next(iter(pdf.pages[0].Resources.Font.values())).DescendantFonts[0])

    return changed


def _unembedded(font: pikepdf.Object) -> None:
    del font.FontDescriptor["/FontFile2"]


def _whole(font: pikepdf.Object) -> None:
    font.BaseFont = Name("/Alegreya")


def _opentype(font: pikepdf.Object) -> None:
    file = font.FontDescriptor.FontFile2
    del font.FontDescriptor["/FontFile2"]
    file.Subtype = Name.OpenType
    font.FontDescriptor.FontFile3 = file


def _gradient(pdf: Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and "/Shading" in thing.get("/Resources", {}):
            for shading in thing.Resources.Shading.values():
                shading.ColorSpace = Name.DeviceRGB


def _soft(pdf: Pdf) -> None:
    image = next(thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing)
    image.SMask = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)


def _link(pdf: Pdf) -> None:
    pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[50, 50, 90, 60])])


def _attached(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = b"words"


def _root(key: str, value: object) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.Root[key] = value

    return change


def _info(key: str) -> Change:
    def change(pdf: Pdf) -> None:
        del pdf.docinfo[key]

    return change


def _intent(change: Callable[[pikepdf.Object], object]) -> Change:
    return lambda pdf: change(pdf.Root.OutputIntents[0])


def _no_xmp(pdf: Pdf) -> None:
    del pdf.Root["/Metadata"]


def _nameless(intent: pikepdf.Object) -> None:
    intent.OutputConditionIdentifier = String("")


PALETTE = Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")])
MUTANTS: dict[str, tuple[str, str, Change]] = {
    "bleed beyond the sheet": ("pdf", "X010", _bleed),
    "trim beyond the bleed": ("x1a", "X010", _trim),
    "no trim": ("x4", "X010", _no_trim),
    "trapped unknown": ("x1a", "X011", lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name.Unknown)),
    "trapped a string": ("x4", "X011", _info("/Trapped")),
    "no flavour": ("x1a", "X012", _info("/GTS_PDFXVersion")),
    "no conformance": ("x1a", "X012", _info("/GTS_PDFXConformance")),
    "no packet": ("x4", "X012", _no_xmp),
    "no intent": ("x1a", "X014", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "two intents": ("x1a", "X014", lambda pdf: pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])),
    "intent without a name": (
        "x1a",
        "X014",
        _intent(_nameless),
    ),
    "intent without a registry": ("x1a", "X014", _intent(lambda one: one.__delitem__("/RegistryName"))),
    "intent without a profile": ("x4", "X014", _intent(lambda one: one.__delitem__("/DestOutputProfile"))),
    "intent of three colours": ("x4", "X014", _intent(lambda one: one.DestOutputProfile.__setitem__("/N", 3))),
    "a screen's colour": ("pdf", "X015", _paint(b"1 0 0 rg")),
    "a screen's colour beside brackets": ("x1a", "X015", _paint(b"/Span <</ActualText (x rg y)>> BDC 1 0 0 RG EMC")),
    "a screen's space": ("x1a", "X015", _paint(b"/DeviceRGB cs 1 0 0 scn")),
    "a space of its own": ("x4", "X015", _paint(b"/Odd CS 1 0 0 SCN")),
    "a screen's picture": ("x4", "X015", _each(Name.Image, "/ColorSpace", Name.DeviceRGB)),
    "a screen's palette": (
        "x4",
        "X015",
        _each(Name.Image, "/ColorSpace", PALETTE),
    ),
    "a screen's gradient": ("x1a", "X015", _gradient),
    "a link": ("x1a", "X016", _link),
    "an opacity": ("pdf", "X017", _state(ca=0.5)),
    "an opacity of lines": ("x1a", "X017", _state(CA=0.5)),
    "a blend mode": ("x1a", "X017", _state(BM=Name.Multiply)),
    "a mask": ("x1a", "X017", _state(SMask=Dictionary(S=Name.Alpha))),
    "a soft mask": ("x1a", "X017", _soft),
    "a group": ("x1a", "X017", _each(Name.Form, "/Group", Dictionary(S=Name.Transparency))),
    "a font that is not there": ("pdf", "X018", _font(_unembedded)),
    "a whole font": ("x1a", "X019", _font(_whole)),
    "no title": ("x1a", "X021", _info("/Title")),
    "no date": ("x4", "X021", _info("/CreationDate")),
    "a program": ("pdf", "X022", _root("/Names", Dictionary(JavaScript=Dictionary(Names=[])))),
    "an action": ("x1a", "X022", _root("/OpenAction", Dictionary(S=Name.Named))),
    "a form": ("x4", "X022", _root("/AcroForm", Dictionary(Fields=[]))),
    "a file": ("pdf", "X022", _attached),
    "layers": ("pdf", "X023", _root("/OCProperties", Dictionary(OCGs=[]))),
    "an OpenType file": ("x1a", "X024", _font(_opentype)),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_changed_file_is_caught(name: str) -> None:
    flavour, code, change = MUTANTS[name]
    with pikepdf.open(io.BytesIO(good(flavour))) as pdf:
        change(pdf)
        out = io.BytesIO()
        version = "1.3" if flavour == "x1a" else "1.6"
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version=version)
    assert set(said(out.getvalue(), flavour)) == {code}


def test_a_newer_pdf_is_caught() -> None:
    with pikepdf.open(io.BytesIO(good("x1a"))) as pdf:
        newer, packed = io.BytesIO(), io.BytesIO()
        pdf.save(newer, force_version="1.4")
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, force_version="1.5")
    assert said(newer.getvalue(), "x1a") == ["X013"]
    older = packed.getvalue().replace(b"%PDF-1.5", b"%PDF-1.3", 1)  # in its head alone
    assert said(older, "x1a") == ["X013"]


def test_an_encrypted_file_is_caught() -> None:
    with pikepdf.open(io.BytesIO(good("pdf"))) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    assert said(out.getvalue(), "pdf") == ["X020"]


def test_what_looks_like_an_operator_inside_brackets_is_none() -> None:
    with pikepdf.open(io.BytesIO(good("x1a"))) as pdf:
        pdf.pages[0].contents_add(b"/Span <</ActualText (1 0 0 rg )>> BDC EMC")
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version="1.3")
    assert said(out.getvalue(), "x1a") == []


def test_a_file_that_is_none_is_said_to_be_none() -> None:
    assert said(b"words", "x1a") == ["C013"]


def test_every_rule_is_tried() -> None:
    caught = {code for _, code, _ in MUTANTS.values()} | {"X013", "X020"}
    assert caught == {f"X{number:03}" for number in range(10, 25)}
    assert len(RULES) + len(PDFX_RULES) <= len(MUTANTS)
