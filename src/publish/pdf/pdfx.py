"""A PDF finished as PDF/X, the standard of the press: PDF/X-1a:2001 (ISO 15930-1) and PDF/X-4 (ISO 15930-7).

Both say for which way of printing a file was made, hold nothing that changes by itself, and have the place on the sheet
of every page. X-1a is PDF 1.3, with inks alone and nothing see-through; X-4 is PDF 1.6.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pikepdf
from fontTools.ttLib import TTFont
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf, String

from publish.pdf.xmp import BEGIN, END, META, PDF, RDF, XMP
from publish.pdf.xmp import DC as DUBLIN

REGISTRY = "http://www.color.org"
"""Where printing conditions are registered (ICC Characterization Data Registry)."""
REGISTERED = {
    "CGATS TR 001": "SWOP: web offset on coated publication paper, USA",
    "CGATS TR 006": "GRACoL: sheet-fed offset on coated paper, USA",
    "FOGRA39": "Offset on coated paper (ISO 12647-2:2004)",
    "FOGRA47": "Offset on uncoated white paper (ISO 12647-2:2004)",
    "FOGRA51": "Offset on coated paper (ISO 12647-2:2013)",
    "FOGRA52": "Offset on uncoated white paper (ISO 12647-2:2013)",
}
"""Registered conditions. One that is named so needs no profile in PDF/X-1a."""
PDFX = "http://www.npes.org/pdfx/ns/id/"
MEDIA = "http://ns.adobe.com/xap/1.0/mm/"
DATE = "D:%Y%m%d%H%M%SZ"
SIDES = 4


@dataclass(frozen=True)
class Intent:
    """For which way of printing a file is made: a registered name, or the author's own with its profile."""

    condition: str
    profile: bytes | None = None

    @property
    def registered(self) -> bool:
        """Whether the name alone says it."""
        return self.condition in REGISTERED


@dataclass(frozen=True)
class Identity:
    """What a file says of itself: title, makers, when this state of the book was made, and a digest of it."""

    title: str
    creator: str
    producer: str
    made: datetime
    seal: bytes


def as_x1a(pdf: Pdf, identity: Identity, intent: Intent) -> bytes:
    """The bytes of PDF/X-1a:2001, from a PDF of inks in which nothing is see-through.

    A profile is not put in where the condition is registered: printers ask for black without one.
    """
    _finish(pdf, identity, intent, with_profile=not intent.registered)
    info = pdf.docinfo
    info["/GTS_PDFXVersion"], info["/GTS_PDFXConformance"] = String("PDF/X-1:2001"), String("PDF/X-1a:2001")
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]  # it would have to say the same as the information, which is what counts here
    _bare_outlines(pdf)
    return _bytes(pdf, "1.3", pikepdf.ObjectStreamMode.disable)


def as_x4(pdf: Pdf, identity: Identity, intent: Intent) -> bytes:
    """The bytes of PDF/X-4, from a PDF of inks; the profile goes in, registered or not."""
    _finish(pdf, identity, intent, with_profile=True)
    pdf.Root.Metadata = pdf.make_stream(_packet(identity), Type=Name.Metadata, Subtype=Name.XML)
    return _bytes(pdf, "1.6", pikepdf.ObjectStreamMode.generate)


def _finish(pdf: Pdf, identity: Identity, intent: Intent, *, with_profile: bool) -> None:
    """What both standards ask for."""
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    made = String(identity.made.strftime(DATE))
    for key, value in (
        ("/Title", String(identity.title)),
        ("/Creator", String(identity.creator)),
        ("/Producer", String(identity.producer)),
        ("/CreationDate", made),
        ("/ModDate", made),
        ("/Trapped", Name("/False")),
    ):
        pdf.docinfo[key] = value
    name = String(intent.condition)
    said = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=name)
    said.OutputCondition = said.Info = String(REGISTERED.get(intent.condition, intent.condition))
    if intent.registered:
        said.RegistryName = String(REGISTRY)
    if with_profile and intent.profile is not None:
        said.DestOutputProfile = pdf.make_stream(intent.profile, N=4, Alternate=Name.DeviceCMYK)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(said)])
    for page in pdf.pages:
        _nest_boxes(page)
        if "/Annots" in page:
            del page["/Annots"]


def _nest_boxes(page: pikepdf.Page) -> None:
    """Say where the page is cut and how far its colour runs over: each box inside the next, to the last digit."""
    media = _box(page.MediaBox)
    trim = _within(_box(page.obj.get("/TrimBox", page.MediaBox)), media)
    bleed = _within(_box(page.obj.get("/BleedBox", page.MediaBox)), media)
    outer = [min(bleed[at], trim[at]) if at < SIDES // 2 else max(bleed[at], trim[at]) for at in range(SIDES)]
    for name, box in (("/MediaBox", media), ("/TrimBox", trim), ("/BleedBox", outer)):
        page.obj[name] = Array(box)
    for name in ("/ArtBox", "/CropBox"):
        if name in page.obj:
            del page.obj[name]


def _box(sides: Iterable[Any]) -> list[float]:
    return [round(float(side), 4) for side in sides]


def _within(box: list[float], around: list[float]) -> list[float]:
    return [*map(max, box[:2], around[:2]), *map(min, box[2:], around[2:])]


def _bare_outlines(pdf: Pdf) -> None:
    """Keep the outlines of OpenType fonts alone: PDF 1.3 knows no OpenType file (ISO 32000-1, table 126)."""
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and Name.Font == thing.get("/Type"):
            file = thing.get("/FontDescriptor", Dictionary()).get("/FontFile3")
            if file is not None and Name.OpenType == file.get("/Subtype"):
                with TTFont(io.BytesIO(file.read_bytes())) as font:
                    file.write(font.reader["CFF "])
                cid = str(thing.Subtype).startswith("/CIDFont")
                file.Subtype = Name.CIDFontType0C if cid else Name.Type1C


def _packet(identity: Identity) -> bytes:
    """The same as in the document information for programs: XMP."""
    root = etree.Element(f"{{{META}}}xmpmeta", nsmap={"x": META})
    rdf = etree.SubElement(root, f"{{{RDF}}}RDF", nsmap={"rdf": RDF})
    spaces = {"dc": DUBLIN, "xmp": XMP, "pdf": PDF, "pdfxid": PDFX, "xmpMM": MEDIA}
    about = etree.SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""}, spaces)
    title = etree.SubElement(etree.SubElement(about, f"{{{DUBLIN}}}title"), f"{{{RDF}}}Alt")
    item = etree.SubElement(title, f"{{{RDF}}}li", {"{http://www.w3.org/XML/1998/namespace}lang": "x-default"})
    item.text = identity.title
    for name, value in _said(identity):
        etree.SubElement(about, name).text = value
    return BEGIN + etree.tostring(root, encoding="utf-8", pretty_print=True) + END


def _said(identity: Identity) -> Iterator[tuple[str, str]]:
    moment = identity.made.strftime("%Y-%m-%dT%H:%M:%SZ")
    yield f"{{{PDFX}}}GTS_PDFXVersion", "PDF/X-4"
    yield f"{{{PDF}}}Producer", identity.producer
    yield f"{{{PDF}}}Trapped", "False"
    yield f"{{{XMP}}}CreatorTool", identity.creator
    for name in ("CreateDate", "ModifyDate", "MetadataDate"):
        yield f"{{{XMP}}}{name}", moment
    yield f"{{{MEDIA}}}DocumentID", f"uuid:{UUID(bytes=identity.seal[:16], version=5)}"
    yield f"{{{MEDIA}}}VersionID", "1"
    yield f"{{{MEDIA}}}RenditionClass", "default"


def _bytes(pdf: Pdf, version: str, objects: pikepdf.ObjectStreamMode) -> bytes:
    out = io.BytesIO()
    pdf.save(out, force_version=version, compress_streams=True, object_stream_mode=objects, deterministic_id=True)
    return out.getvalue()
