"""Binding: text and furniture of all pages in one PDF, with one subset a face, one tree of tags, one set of places."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, Stream, String

from publish.pdf.fragment import ELSEWHERE
from publish.pdf.place import Placed, Placing
from publish.pdf.record import PageRecord, Set
from publish.pdf.subsets import load, united
from publish.pdf.subsets import resources as all_resources

POINTS = 0.75
"""Points in a CSS pixel."""
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC q"


@dataclass(frozen=True)
class Furniture:
    """The folio layer of a page: a page of a painted sheet."""

    sheet: Set
    page: int

    @property
    def record(self) -> PageRecord:
        """What is known of the painted page."""
        return self.sheet.record.pages[self.page]


def bind(sets: Sequence[Set], placing: Placing, furniture: Mapping[int, Sequence[Furniture]]) -> Pdf:
    """The pages of a book in one PDF: links lead across fragments, tags are one tree; the rest is for the finish.

    `furniture` gives the layers under the text of each page; a page between fragments has nothing else.
    """
    return _Binder(sets, furniture).bound(placing)


class _Binder:
    def __init__(self, sets: Sequence[Set], furniture: Mapping[int, Sequence[Furniture]]) -> None:
        self._out = pikepdf.new()
        self._sets = sets
        self._furniture = furniture
        sheets = {id(layer.sheet): layer.sheet for layers in furniture.values() for layer in layers}
        self._parts = {id(part): pikepdf.open(io.BytesIO(part.pdf)) for part in (*sets, *sheets.values())}
        self._fonts: dict[str, Object] = {}
        self._names: dict[int, Mapping[str, str]] = {}
        self._unite([*sets, *sheets.values()])
        self._streams: dict[tuple[int, int], Object] = {}
        self._forms: dict[tuple[int, int], int] = {}
        self._words: dict[bytes, Object] = {}
        self._images: dict[bytes, Object] = {}
        self._tags = _Tags(self._out)

    def bound(self, placing: Placing) -> Pdf:
        resources: Object | None = None
        for count, part in enumerate(self._sets):
            pdf = self._parts[id(part)]
            first = placing.starts[count]
            if first > len(self._out.pages):
                self._blank(placing.pages[first - 1])
            for page in pdf.pages:
                self._out.pages.append(page)
            resources = self._shared(part, first)
            moves = [
                self._furnish(placed, resources) for placed in placing.pages[first : first + len(part.record.pages)]
            ]
            self._tags.append(pdf, first, {page: moves[page] for page in part.record.figures if moves[page]})
        self._tags.finish()
        return self._out

    def _blank(self, placed: Placed) -> None:
        """A page between two fragments: as large as its furniture, or as the page before it."""
        layers = self._furniture.get(placed.index, ())
        box = layers[0].record if layers else None
        before = self._out.pages[-1]
        sample = self._parts[id(layers[0].sheet)].pages[layers[0].page] if box else before
        page = Dictionary(Type=Name.Page, MediaBox=Array(list(sample.MediaBox)), Tabs=Name.S, Contents=Array())
        for name in ("/TrimBox", "/BleedBox"):
            if name in sample:
                page[name] = Array(list(sample[name]))
        page.Resources = Dictionary(Font=Dictionary())
        self._out.pages.append(pikepdf.Page(self._out.make_indirect(page)))
        self._furnish(placed, page.Resources)

    def _furnish(self, placed: Placed, resources: Object) -> float:
        """Put the furniture under a page's text, the text where its side wants it, and its links where they lead.

        How far the text was moved to the right, in points, is given back.
        """
        page = self._out.pages[placed.index]
        layers = self._furniture.get(placed.index, ())
        contents = list(self._under(layers, resources))
        move = 0.0
        if placed.record is not None:
            if layers:
                move = round((layers[0].record.left - placed.record.left) * POINTS, 4)
            shift = f"q 1 0 0 1 {move:.4f} 0 cm".encode() if move else b"q"
            contents += [self._word(shift), page.Contents, self._word(b"Q")]
        if layers:
            page.Contents = Array(contents)
        for note in page.get("/Annots", ()):
            _lead(note)
            if move:
                note.Rect = _moved(note.Rect, move)
        return move

    def _under(self, layers: Sequence[Furniture], resources: Object) -> Iterator[Object]:
        """What stands under a page's text, one artifact: veraPDF reads no stream of a page a second time."""
        for place, layer in enumerate(layers):
            yield self._word(b"Q q" if place else ARTIFACT)
            yield self._painted(layer, resources)
        if layers:
            yield self._word(b"Q EMC")

    def _painted(self, layer: Furniture, resources: Object) -> Object:
        """What a layer paints: its page's own stream, or a call of it as a form where it has things of its own."""
        page = self._parts[id(layer.sheet)].pages[layer.page]
        own = page.Resources
        key = id(layer.sheet), layer.page
        if not any(own.get(kind) for kind in ("/XObject", "/Pattern", "/Shading")) and self._fits(layer, resources):
            for name, state in own.get("/ExtGState", {}).items():
                if "/ExtGState" not in resources:
                    resources.ExtGState = Dictionary()
                if name not in resources.ExtGState:
                    resources.ExtGState[name] = Dictionary(dict(state.items()))
            if key not in self._streams:
                self._streams[key] = self._out.copy_foreign(page.Contents)
            self._dress(layer.sheet, resources)
            return self._streams[key]
        if key not in self._streams:
            self._streams[key] = self._out.copy_foreign(page.as_form_xobject())
            self._dress(layer.sheet, self._streams[key].Resources)
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        name = f"/Furniture{self._forms.setdefault(key, len(self._forms) + 1)}"
        resources.XObject[name] = self._streams[key]
        return self._word(name.encode() + b" Do")

    def _fits(self, layer: Furniture, resources: Object) -> bool:
        """Whether the fonts of a layer are the text's own under the same names, as far as it has these names."""
        held = resources.get("/Font", Dictionary())
        names = self._names[id(layer.sheet)].items()
        return all(
            f"/{own}" not in held or held[f"/{own}"].objgen == self._fonts[f"/{name}"].objgen for own, name in names
        )

    def _word(self, data: bytes) -> Object:
        """A short stream that many pages share."""
        if data not in self._words:
            self._words[data] = self._out.make_indirect(Stream(self._out, data))
        return self._words[data]

    def _shared(self, part: Set, first: int) -> Object:
        """The resources that all pages of a fragment share, with the book's fonts and with pictures kept once."""
        resources = self._out.pages[first].Resources
        self._dress(part, resources)
        for name, image in resources.get("/XObject", {}).items():
            if image.get("/Subtype") == Name.Image:
                resources.XObject[name] = self._images.setdefault(_picture(image), image)
        return resources

    def _dress(self, part: Set, resources: Object) -> None:
        """Give resources the book's fonts under the part's names; forms and patterns in them share the dictionary."""
        if "/Font" not in resources:
            resources.Font = Dictionary()
        for own, name in self._names[id(part)].items():
            resources.Font[f"/{own}"] = self._fonts[f"/{name}"]

    def _unite(self, parts: Sequence[Set]) -> None:
        """Make the book's fonts, and take those of the parts out that they stand for."""
        subsets = united([load(part.record.fonts) for part in parts], lambda n: pikepdf.open(io.BytesIO(parts[n].pdf)))
        self._names = {id(part): names for part, names in zip(parts, subsets.names, strict=True)}
        for part in parts:
            for held in {
                one.Font.objgen: one.Font for one in all_resources(self._parts[id(part)]) if "/Font" in one
            }.values():
                for own in self._names[id(part)]:
                    if f"/{own}" in held:
                        del held[f"/{own}"]
        if subsets.pdf:
            with pikepdf.open(io.BytesIO(subsets.pdf)) as pdf:
                fonts = pdf.pages[0].Resources.Font
                self._fonts = {name: self._out.copy_foreign(font) for name, font in fonts.items()}


class _Tags:
    """The structure trees of fragments under one document element."""

    def __init__(self, out: Pdf) -> None:
        self._out = out
        self._kids, self._parents = Array(), Array()
        self._names: dict[str, Object] = {}
        self._root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))
        self._count = 0

    def append(self, pdf: Pdf, first: int, moves: Mapping[int, float]) -> None:
        """Hang in the tree of a fragment whose pages are in the book already, from `first`.

        Figures on the pages in `moves` were moved with the text so far to the right.
        """
        tree = self._out.copy_foreign(pdf.Root.StructTreeRoot)
        for kid in tree.K[0].K:
            kid.P = self._document
            self._kids.append(kid)
        numbers = tree.ParentTree.Nums
        for number, move in moves.items():
            for element in numbers[2 * number + 1]:
                if element is not None and Name.Figure == element.S and "/A" in element:
                    element.A.BBox = _moved(element.A.BBox, move)
        for place in range(0, len(numbers), 2):
            self._parents.append(int(numbers[place]) + self._count)
            self._parents.append(numbers[place + 1])
        for page in (self._out.pages[index] for index in range(first, first + len(pdf.pages))):
            page.StructParents = int(page.StructParents) + self._count
            for note in page.get("/Annots", ()):
                if "/StructParent" in note:
                    note.StructParent = int(note.StructParent) + self._count
        self._count += len(numbers) // 2
        if "/IDTree" in tree:
            self._names.update(NameTree(tree.IDTree).items())

    def finish(self) -> None:
        """Make the tree the book's."""
        self._document.K = self._kids
        self._root.K = Array([self._document])
        self._root.ParentTree = self._out.make_indirect(Dictionary(Nums=self._parents))
        if self._names:
            tree = NameTree.new(self._out)
            for name, element in sorted(self._names.items()):
                tree[name] = element
            self._root.IDTree = tree.obj
        self._out.Root.StructTreeRoot = self._root
        self._out.Root.MarkInfo = Dictionary(Marked=True)


def _picture(image: Object) -> bytes:
    """A digest of all that an image shows: two can have the same colours, and differ in what is transparent."""
    said = "".join(f"{name} {value!r}" for name, value in image.items() if name not in ("/SMask", "/Length"))
    mask = _picture(image.SMask) if "/SMask" in image else b""
    return sha256(said.encode() + b"\0" + mask + image.read_raw_bytes()).digest()


def _moved(box: Object, move: float) -> Array:
    """A box so far to the right."""
    return Array([round(float(at) + (0 if place % 2 else move), 2) for place, at in enumerate(box)])


def _lead(note: Object) -> None:
    """Let a link to another fragment lead to a place of the book, by its name."""
    address = str(note.A.URI) if "/A" in note and "/URI" in note.A else ""
    if address.startswith(ELSEWHERE):
        ident = unquote(address.removeprefix(ELSEWHERE))
        del note["/A"]
        note.Dest = note.Contents = String(ident)
