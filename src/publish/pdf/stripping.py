"""Taking out of a PDF what a printer refuses, each by the name that the printers' data files have for it.

What acts by itself has no place in any file that goes to a press, and is taken out in any case.
"""

from collections.abc import Callable

import pikepdf
from pikepdf import Dictionary, Name, Object


def strip(pdf: pikepdf.Pdf, what: frozenset[str]) -> None:
    """Take out what is named: `outline`, `annotations`, `labels`, `tags`, `layers`, `metadata`.

    With annotations go the places that links lead to. Programs, forms and attached files go in any case; a file that is
    written anew is not encrypted.

    Raises:
        KeyError: a name stands for nothing that we know of.
    """
    for part in sorted(what):
        PARTS[part](pdf)
    _drop(pdf.Root, "/OpenAction", "/AA", "/AcroForm", "/AF", "/Collection", "/URI", "/Perms")
    names = pdf.Root.get("/Names", Dictionary())
    _drop(names, "/JavaScript", "/EmbeddedFiles")
    if "/Names" in pdf.Root and not names.keys():
        del pdf.Root["/Names"]
    for page in pdf.pages:
        _drop(page.obj, "/AA", "/Thumb")


def _outline(pdf: pikepdf.Pdf) -> None:
    _drop(pdf.Root, "/Outlines", "/PageMode")


def _annotations(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        _drop(page.obj, "/Annots")
    _drop(pdf.Root, "/Dests")
    _drop(pdf.Root.get("/Names", Dictionary()), "/Dests")


def _labels(pdf: pikepdf.Pdf) -> None:
    _drop(pdf.Root, "/PageLabels")


def _tags(pdf: pikepdf.Pdf) -> None:
    """The tree of tags; the marks that it stood on mean nothing without it, and do no harm."""
    _drop(pdf.Root, "/StructTreeRoot", "/MarkInfo", "/Lang")
    for page in pdf.pages:
        _drop(page.obj, "/StructParents", "/Tabs")


def _layers(pdf: pikepdf.Pdf) -> None:
    _drop(pdf.Root, "/OCProperties")
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | pikepdf.Stream) and "/OC" in thing:
            del thing["/OC"]


def _metadata(pdf: pikepdf.Pdf) -> None:
    """What the file says of itself: to people (Info, ViewerPreferences) and to programs (XMP, PieceInfo)."""
    _drop(pdf.Root, "/Metadata", "/PieceInfo", "/ViewerPreferences")
    _drop(pdf.trailer, "/Info")
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | pikepdf.Stream) and thing.get("/Type") != Name.Catalog:
            _drop(thing, "/Metadata", "/PieceInfo")


PARTS: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "outline": _outline,
    "annotations": _annotations,
    "labels": _labels,
    "tags": _tags,
    "layers": _layers,
    "metadata": _metadata,
}
"""What can be taken out, by name."""


def _drop(holder: Object, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]
