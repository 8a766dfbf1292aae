"""A finished PDF as plain values: what is seen on each page, what leads where, and how the text is tagged.

PDFium gives pixels, characters and marked contents, pikepdf all else. Lengths are in points from the page's lower left
corner, pages are counted from 0.
"""

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

DPI = 60
"""Pixels an inch at which pages are painted: a letter is some five pixels high."""
BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Rotate", "/UserUnit", "/Tabs")
SPACES = frozenset("\0 \t\r\n\u00a0\u2002\u2003\u2009\u200a\u202f")


@dataclass(frozen=True)
class Item:
    """Something that stands on a page: what it is, in words, and its lengths (a word's boxes, a link's area)."""

    what: str
    at: tuple[float, ...]


@dataclass(frozen=True)
class Leaf:
    """One page as it is seen.

    `marked` are the texts of its marked contents by number, `artifacts` those of running heads, folios and the like,
    `loose` those that are neither.
    """

    picture: Image.Image
    boxes: tuple[str, ...]
    words: tuple[Item, ...]
    links: tuple[Item, ...]
    marked: dict[int, str] = field(default_factory=dict)
    artifacts: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


class Opened:
    """A PDF, open for reading; to be closed."""

    def __init__(self, data: bytes) -> None:
        self.file = pikepdf.open(io.BytesIO(data))
        self._seen = pypdfium2.PdfDocument(data)
        self._numbers = {page.obj.objgen: index for index, page in enumerate(self.file.pages)}
        self.labels = [str(self._seen.get_page_label(index)) for index in range(len(self._seen))]

    def close(self) -> None:
        """Close both readers."""
        self.file.close()
        self._seen.close()

    def __len__(self) -> int:
        return len(self.labels)

    def number(self, page: Any) -> int:
        """The number of a page's dictionary; -1 where it is no page of this file."""
        return self._numbers.get(page.objgen, -1)

    @cached_property
    def names(self) -> dict[str, tuple[int, float]]:
        """Page and height of every named place."""
        tree = self.file.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        return {name: self._place(held) for name, held in pikepdf.NameTree(tree).items()} if tree is not None else {}

    def outline(self) -> list[tuple[int, str, int, float]]:
        """Level, words, page and height of every entry of the outline, in order."""
        with self.file.open_outline() as outline:
            return list(self._entries(outline.root, 0))

    def about(self) -> dict[str, str]:
        """What the file says of itself: information, XMP, language, and how it opens."""
        root = self.file.Root
        said = {key: str(value) for key, value in self.file.docinfo.items()}
        said |= {key: repr(root.get(key)) for key in ("/Lang", "/ViewerPreferences", "/PageMode", "/MarkInfo")}
        said |= {"/OutputIntents": repr(root.get("/OutputIntents"))}
        return said | {"XMP": root.Metadata.read_bytes().decode() if "/Metadata" in root else ""}

    def leaf(self, index: int) -> Leaf:
        """One page."""
        held, page = self.file.pages[index], self._seen[index]
        try:
            text = page.get_textpage()
            boxes = tuple(f"{name[1:]} {_plain(held.get(name))}" for name in BOXES if name in held)
            picture = page.render(scale=DPI / 72, rev_byteorder=True).to_pil().convert("RGB")
            words, links = tuple(_words(text)), tuple(self._links(held))
            return Leaf(picture, boxes, words, links, *_marks(page, text))
        finally:
            page.close()

    def _place(self, dest: Any) -> tuple[int, float]:
        """Page and height that a destination means, named or not."""
        if isinstance(dest, pikepdf.Dictionary):
            dest = dest.D
        if isinstance(dest, pikepdf.String | pikepdf.Name):
            return self.names.get(str(dest).removeprefix("/"), (-1, 0.0))
        return self.number(dest[0]), float(dest[3])

    def _entries(self, items: Any, level: int) -> Iterator[tuple[int, str, int, float]]:
        for item in items:
            yield level, item.title, *self._place(item.destination)
            yield from self._entries(item.children, level + 1)

    def _links(self, page: pikepdf.Page) -> Iterator[Item]:
        """The links of a page: where they lead and whether they print, their areas, the height that they lead to."""
        for link in page.get("/Annots", ()):
            area = tuple(float(side) for side in link.Rect)
            action = link.get("/A", pikepdf.Dictionary())
            flags = f"flags {link.get('/F', 0)}"
            if "/URI" in action:
                yield Item(f"{action.URI}, {flags}", area)
            else:
                to, height = self._place(link.get("/Dest", action.get("/D")))
                label = self.labels[to] if to >= 0 else "nowhere"
                yield Item(f"page {label}, {flags}", (*area, height))


def _plain(value: Any) -> str:
    """A box or another value of a page as text, numbers rounded to what a printer could see."""
    if isinstance(value, pikepdf.Array):
        return " ".join(f"{float(side):.3f}" for side in value)
    return str(value)


def _words(text: Any) -> Iterator[Item]:
    """The words of a page, each with the boxes of its characters in turn."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    places = [ctypes.byref(side) for side in (left, right, bottom, top)]
    letters: list[str] = []
    boxes: list[float] = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if letter in SPACES or pdfium.FPDFText_IsGenerated(text, index) == 1:
            if letters:
                yield Item("".join(letters), tuple(boxes))
                letters, boxes = [], []
            continue
        pdfium.FPDFText_GetCharBox(text, index, *places)
        letters.append(letter)
        boxes += (left.value, bottom.value, right.value, top.value)
    if letters:
        yield Item("".join(letters), tuple(boxes))


def _marks(page: Any, text: Any) -> tuple[dict[int, str], tuple[str, ...], tuple[str, ...]]:
    """The texts of the marked contents of a page by number, those of its artifacts, and those that are neither."""
    marked: dict[int, str] = {}
    artifacts: list[str] = []
    loose: list[str] = []
    count = pdfium.FPDFPage_CountObjects(page)
    objects = [(pdfium.FPDFPage_GetObject(page, n), -1, False) for n in range(count)][::-1]
    while objects:
        held, number, artifact = objects.pop()
        if (own := pdfium.FPDFPageObj_GetMarkedContentID(held)) >= 0:
            number, artifact = own, False
        elif "Artifact" in _mark_names(held):
            number, artifact = -1, True
        kind = pdfium.FPDFPageObj_GetType(held)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            # What is drawn in a form belongs to what the form stands in, unless it is marked itself.
            count = pdfium.FPDFFormObj_CountObjects(held)
            objects += [(pdfium.FPDFFormObj_GetObject(held, n), number, artifact) for n in range(count)][::-1]
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT and (words := _text(held, text)).strip():
            if number >= 0:
                marked[number] = marked.get(number, "") + words
            else:
                (artifacts if artifact else loose).append(words.strip())
    # A space that PDFium adds at a text's end depends on what is painted next.
    marked = {number: " ".join(words.split()) for number, words in marked.items()}
    return marked, tuple(sorted(artifacts)), tuple(sorted(loose))


def _mark_names(held: Any) -> Iterator[str]:
    size = ctypes.c_ulong()
    for index in range(pdfium.FPDFPageObj_CountMarks(held)):
        mark = pdfium.FPDFPageObj_GetMark(held, index)
        buffer = (ctypes.c_ushort * 64)()
        pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size)
        yield bytes(buffer)[: size.value].decode("utf-16-le").rstrip("\0")


def _text(held: Any, text: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(held, text, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(held, text, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
