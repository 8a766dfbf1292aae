"""Our own rules for what a printer's PDF is made of, asked of the finished file.

Sources: ISO 15930-1 (PDF/X-1a:2001, which is PDF 1.3), ISO 15930-7 (PDF/X-4, which is PDF 1.6), and what printers
refuse in a plain PDF. The file is read anew: nothing of what made it is asked.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from publish.checks import pdfx_findings as found
from publish.checks.findings import unreadable
from publish.problems import Problem, Problems

SCREEN = re.compile(rb"(?:^|[\s\])>])(?:rg|RG)(?=[\s/\[(<]|$)")
SPACE = re.compile(rb"/([^\s/<>\[\]()]+)\s+(?:cs|CS)(?=[\s/\[(<]|$)")
INKS = frozenset(("/DeviceCMYK", "/DeviceGray", "/Pattern", "/Separation", "/DeviceN", "/Indexed"))
SUBSET = re.compile(r"/[A-Z]{6}\+.")
VERSIONS = {"x1a": "1.3", "x4": "1.6"}
X1A = {"/GTS_PDFXVersion": "PDF/X-1:2001", "/GTS_PDFXConformance": "PDF/X-1a:2001"}
X4 = "PDF/X-4"
XMP_VERSION = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
NEAR = 0.001
"""Points by which boxes may differ and still be one."""


@dataclass(frozen=True)
class PrinterFile:
    """A finished file, open, and the flavour that it should have: `pdf`, `x1a` or `x4`."""

    pdf: pikepdf.Pdf
    flavour: str

    def things(self) -> Iterator[Dictionary | Stream]:
        """All dictionaries and streams of the file that stand by themselves."""
        return (thing for thing in self.pdf.objects if isinstance(thing, Dictionary | Stream))

    def resources(self, kind: str) -> Iterator[Object]:
        """Each resource of a kind that pages, forms and patterns have."""
        holders: list[Object] = [page.resources for page in self.pdf.pages]
        holders += [thing.Resources for thing in self.things() if isinstance(thing, Stream) and "/Resources" in thing]
        seen: set[tuple[int, int]] = set()
        for holder in holders:
            for what in holder.get(kind, Dictionary()).values():
                if not what.is_indirect or what.objgen not in seen:
                    seen.add(what.objgen)
                    yield what

    def painting(self) -> Iterator[tuple[str, bytes, Object]]:
        """Each stream that paints: where it is, its operators, and its resources."""
        for page in self.pdf.pages:
            contents = page.obj.get("/Contents", Array())
            parts: Iterable[Any] = contents if isinstance(contents, Array) else [contents]
            yield f"page {page.label}", b"\n".join(part.read_bytes() for part in parts), page.resources
        for thing in self.things():
            if isinstance(thing, Stream) and (Name.Form == thing.get("/Subtype") or "/PatternType" in thing):
                yield "a drawing", thing.read_bytes(), thing.get("/Resources", Dictionary())


def check_printer_file(data: bytes, flavour: str, problems: Problems) -> None:
    """Add a problem for each rule that a printer's file breaks; `flavour` is `pdf`, `x1a` or `x4`."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            file = PrinterFile(pdf, flavour)
            for rule in (*RULES, *(PDFX_RULES if flavour != "pdf" else ())):
                problems.add_all(rule(file))
    except pikepdf.PdfError as reason:
        problems.add(unreadable(None, "printer's PDF", str(reason)))


def boxes_nest(file: PrinterFile) -> Iterator[Problem]:
    """The trim lies in the bleed, the bleed on the sheet."""
    for page in file.pdf.pages:
        sheet = _sides(page.MediaBox)
        bleed = _sides(page.obj.get("/BleedBox", page.MediaBox))
        if not _inside(bleed, sheet):
            yield found.boxes_disagree(None, page.label, "its bleed is larger than the sheet")
        if not _inside(_sides(page.obj.get("/TrimBox", page.MediaBox)), bleed):
            yield found.boxes_disagree(None, page.label, "it is cut outside of its bleed")


def trims_said(file: PrinterFile) -> Iterator[Problem]:
    """Every page says where it is cut, in one way."""
    for page in file.pdf.pages:
        if ("/TrimBox" in page.obj) == ("/ArtBox" in page.obj):
            yield found.boxes_disagree(None, page.label, "it does not say where it is cut, or says it twice")


def not_encrypted(file: PrinterFile) -> Iterator[Problem]:
    """No password stands before the file, and none before its printing."""
    if file.pdf.is_encrypted:
        yield found.locked(None)


def nothing_acts(file: PrinterFile) -> Iterator[Problem]:
    """No programs, forms or attached files."""
    root = file.pdf.Root
    names = root.get("/Names", Dictionary())
    for holder, key, what in (
        (root, "/OpenAction", "an action"),
        (root, "/AA", "an action"),
        (root, "/AcroForm", "a form to fill in"),
        (names, "/JavaScript", "a program"),
        (names, "/EmbeddedFiles", "an attached file"),
    ):
        if key in holder:
            yield found.acting(None, what)


def inks_alone(file: PrinterFile) -> Iterator[Problem]:
    """No colour of a screen: no operator, space, picture or gradient in RGB or Lab."""
    for where, data, resources in file.painting():
        if _uses(SCREEN, data):
            yield found.screen_colour(None, f"{where}: RGB")
        spaces = resources.get("/ColorSpace", Dictionary())
        for name in {match[1].decode("latin-1") for match in SPACE.finditer(data)}:
            kind = _kind(spaces.get(f"/{name}", Name(f"/{name}")))
            if kind not in INKS:
                yield found.screen_colour(None, f"{where}: {kind.removeprefix('/')}")
    painted = [image for image in file.things() if Name.Image == image.get("/Subtype") and "/ColorSpace" in image]
    for holder, what in (*((image, "a picture") for image in painted), *((s, "a gradient") for s in _shadings(file))):
        if (kind := _kind(holder.ColorSpace)) not in INKS:
            yield found.screen_colour(None, f"{what}: {kind.removeprefix('/')}")


def all_solid(file: PrinterFile) -> Iterator[Problem]:
    """Nothing is see-through, but in PDF/X-4."""
    if file.flavour == "x4":
        return
    for thing in file.things():
        if Name.Image == thing.get("/Subtype") and "/SMask" in thing:
            yield found.transparent(None, "a picture with a soft mask")
        if "/Group" in thing and Name.Transparency == thing.Group.get("/S"):
            yield found.transparent(None, "a group")
    for state in file.resources("/ExtGState"):
        if any(float(state.get(key, 1)) != 1 for key in ("/ca", "/CA")):
            yield found.transparent(None, "an opacity")
        if str(state.get("/BM", Name.Normal)) not in ("/Normal", "/Compatible"):
            yield found.transparent(None, "a way to blend")
        if str(state.get("/SMask", Name("/None"))) != "/None":
            yield found.transparent(None, "a mask")


def no_layers(file: PrinterFile) -> Iterator[Problem]:
    """Nothing can be hidden and shown, but in PDF/X-4."""
    if file.flavour != "x4" and "/OCProperties" in file.pdf.Root:
        yield found.layered(None)


def fonts_inside(file: PrinterFile) -> Iterator[Problem]:
    """Every font is in the file, cut down to what the book shows of it, and of a kind that the flavour knows."""
    told: set[str] = set()
    for font in file.resources("/Font"):
        if Name.Type3 == font.get("/Subtype"):
            continue
        for one in font.get("/DescendantFonts", [font]):
            name, held = str(one.get("/BaseFont", "/")), one.get("/FontDescriptor", Dictionary())
            if name in told:
                continue
            told.add(name)
            files = [held[key] for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in held]
            if not files:
                yield found.font_missing(None, name[1:])
            elif not SUBSET.match(name):
                yield found.font_whole(None, name[1:])
            elif file.flavour == "x1a" and Name.OpenType == files[0].get("/Subtype"):
                yield found.font_too_new(None, name[1:])


def trapped_said(file: PrinterFile) -> Iterator[Problem]:
    """The file says whether it is trapped: whether colours that meet overlap a little."""
    if str(file.pdf.docinfo.get("/Trapped", "")) not in ("/True", "/False"):
        yield found.trapped_unsaid(None)


def flavour_said(file: PrinterFile) -> Iterator[Problem]:
    """The file names its standard, and is no newer PDF than that is made of."""
    if file.flavour == "x1a":
        said = all(str(file.pdf.docinfo.get(key, "")) == value for key, value in X1A.items())
    else:
        said = file.pdf.open_metadata().get(XMP_VERSION) == X4
    if not said:
        yield found.flavour_unsaid(None, "PDF/X-1a:2001" if file.flavour == "x1a" else X4)
    most = VERSIONS[file.flavour]
    if file.pdf.pdf_version > most or (file.flavour == "x1a" and str(file.pdf.trailer.get("/Type", "")) == "/XRef"):
        yield found.version_wrong(None, file.pdf.pdf_version, most)


def identity_said(file: PrinterFile) -> Iterator[Problem]:
    """The file has a title, dates and an identifier."""
    lacking = [key[1:] for key in ("/Title", "/CreationDate", "/ModDate") if not str(file.pdf.docinfo.get(key, ""))]
    if "/ID" not in file.pdf.trailer:
        lacking.append("ID")
    if lacking:
        yield found.identity_unsaid(None, ", ".join(lacking))


def intent_said(file: PrinterFile) -> Iterator[Problem]:
    """The file says for which way of printing it is made: a registered name, or a profile of four inks."""
    intents = [one for one in file.pdf.Root.get("/OutputIntents", Array()) if one.get("/S") == Name.GTS_PDFX]
    if len(intents) != 1:
        yield found.intent_wrong(None, "it is not said, or said twice")
        return
    intent, profile = intents[0], intents[0].get("/DestOutputProfile")
    if not str(intent.get("/OutputConditionIdentifier", "")):
        yield found.intent_wrong(None, "it has no name")
    if profile is None and (file.flavour == "x4" or "/RegistryName" not in intent):
        yield found.intent_wrong(None, "it has no profile, and needs one")
    if profile is not None and profile.get("/N") != 4:
        yield found.intent_wrong(None, "its profile is not one of four inks")


def nothing_on_the_page(file: PrinterFile) -> Iterator[Problem]:
    """No link or comment touches what is printed."""
    for page in file.pdf.pages:
        printed = _sides(page.obj.get("/BleedBox", page.MediaBox))
        for note in page.obj.get("/Annots", Array()):
            left, foot, right, head = _sides(note.Rect)
            if left < printed[2] and right > printed[0] and foot < printed[3] and head > printed[1]:
                yield found.annotation_inside(None, page.label)
                break


Rule = Callable[[PrinterFile], Iterator[Problem]]
RULES: tuple[Rule, ...] = (boxes_nest, not_encrypted, nothing_acts, inks_alone, all_solid, no_layers, fonts_inside)
"""What is asked of every printer's file."""
PDFX_RULES: tuple[Rule, ...] = (
    trims_said,
    trapped_said,
    flavour_said,
    identity_said,
    intent_said,
    nothing_on_the_page,
)
"""What PDF/X asks besides."""


def _sides(box: Any) -> list[float]:
    """Left, foot, right and head of a box, whichever corners it names."""
    one, two, three, four = (float(side) for side in box)
    return [min(one, three), min(two, four), max(one, three), max(two, four)]


def _inside(box: list[float], around: list[float]) -> bool:
    starts = all(ours >= theirs - NEAR for ours, theirs in zip(box[:2], around[:2], strict=True))
    return starts and all(ours <= theirs + NEAR for ours, theirs in zip(box[2:], around[2:], strict=True))


def _kind(space: Object) -> str:
    """The kind of a colour space; of an indexed one, that of its colours."""
    if isinstance(space, Array):
        kind = str(space[0])
        return _kind(space[1]) if kind == "/Indexed" else kind
    return str(space)


def _shadings(file: PrinterFile) -> Iterator[Object]:
    yield from file.resources("/Shading")
    for pattern in file.resources("/Pattern"):
        if "/Shading" in pattern:
            yield pattern.Shading


def _uses(operator: re.Pattern[bytes], data: bytes) -> bool:
    """Whether a stream has an operator; words in brackets may look like one, so that these are read with care."""
    if b"(" not in data or not operator.search(data):
        return bool(operator.search(data))
    with pikepdf.new() as scratch:
        read = pikepdf.parse_content_stream(scratch.make_stream(data))
    return any(operator.search(str(instruction.operator).encode()) for instruction in read)
