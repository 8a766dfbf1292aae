"""Mending of the engine's tags, so that a screen reader reads the book and not its furniture.

Running heads and folios become artifacts, notes become Note with an ID, one each though they go on over a page turn,
header cells get their scope, and links print as they show. (ISO 14289-1, PDF/UA: 7.8 page headers, 7.9 notes, 7.5
tables, 7.18 annotations.)
"""

import re
from collections.abc import Collection, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, String

MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
PLAIN = 5
"""Entries of an element that has nothing to say besides its type: Type, S, P, Pg and K."""
POINTS = 0.75
"""Points in a CSS pixel."""
PRINT = 4
"""The annotation flag that lets a link be printed."""


def mend_tags(pdf: pikepdf.Pdf, prefix: str, going_on: Collection[int] = (), *, furniture: bool) -> tuple[int, ...]:
    """Mend the structure tree and the page streams of a PDF that the engine has just painted.

    `prefix` begins the IDs of elements, so that they are unique in a book that is bound of several PDFs; on the pages
    `going_on` the first note is the rest of the last one of the page before; `furniture` says that there are boxes in
    the margins. The pages that have figures are given back.
    """
    root = pdf.Root.StructTreeRoot
    document = root.K[0]
    parents = _parents(root)
    if furniture:
        _free_furniture(pdf, parents, document)
    elements = _elements(pdf)
    _free_decorations(pdf, parents, elements)
    _join_lines(pdf, parents, elements)
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    _join_notes(document, {pdf.pages[index].obj.objgen for index in going_on})
    names = dict(_name_notes(document, prefix))
    names.update(_name_cells(elements, prefix, numbers))
    if names:
        tree = NameTree.new(pdf)
        for name, element in sorted(names.items()):
            tree[name] = element
        root.IDTree = tree.obj
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            annotation.F = PRINT
            # Boxes inside a link bear links of their own, tagged as what the boxes are.
            parents[int(annotation.StructParent)].S = Name.Link
    return tuple(sorted({numbers[figure.Pg.objgen] for figure in _measure_figures(elements)}))


def _free_decorations(pdf: pikepdf.Pdf, parents: dict[int, Object], elements: list[Object]) -> None:
    """Make artifacts of pictures that have no words: the author says of them that they need none."""
    loose: dict[tuple[int, int], set[int]] = {}
    for element in elements:
        if Name.Figure == element.S and "/Alt" not in element:
            loose.setdefault(element.Pg.objgen, set()).update(int(kid) for kid in element.K if isinstance(kid, int))
            element.P.K = Array([kid for kid in element.P.K if isinstance(kid, int) or kid.objgen != element.objgen])
    for page in pdf.pages if loose else ():
        if numbers := loose.get(page.obj.objgen):
            page.Contents.write(_unmark(page.Contents.read_bytes(), numbers, b"Layout"))
            for number in numbers:
                parents[int(page.StructParents)][number] = None


def _measure_figures(elements: list[Object]) -> Iterator[Object]:
    """Give the boxes of figures in points from the page's foot, as PDF measures, and not in the engine's own pixels."""
    for element in elements:
        if Name.Figure == element.S and "/A" in element and "/BBox" in element.A:
            left, top, right, bottom = (float(at) * POINTS for at in element.A.BBox)
            height = float(element.Pg.MediaBox[3])
            element.A.BBox = Array([round(at, 2) for at in (left, height - bottom, right, height - top)])
            yield element


def _join_lines(pdf: pikepdf.Pdf, parents: dict[int, Object], elements: list[Object]) -> None:
    """Let a paragraph hold the text of its lines itself, where the engine gives each line an element of its own."""
    lines = {
        element.objgen: element.P
        for element in elements
        if Name.Span == element.S and len(element.keys()) == PLAIN and all(isinstance(kid, int) for kid in element.K)
    }
    for holder in {parent.objgen: parent for parent in lines.values()}.values():
        kids = Array()
        for kid in holder.K:
            joined = isinstance(kid, Dictionary) and kid.objgen in lines
            kids.extend(kid.K if joined else [kid])
        holder.K = kids
    for page in pdf.pages:
        held = parents[int(page.StructParents)]
        for index, element in enumerate(held):
            if element is not None and element.objgen in lines:
                held[index] = lines[element.objgen]


def _free_furniture(pdf: pikepdf.Pdf, parents: dict[int, Object], document: Object) -> None:
    """Make artifacts of what the engine tagged but hung nowhere in the tree: the boxes in the margins."""
    known = {child.objgen: True for child in document.K}
    for page in pdf.pages:
        held = parents[int(page.StructParents)]
        loose = {index for index, element in enumerate(held) if not _hangs(element, document, known)}
        if not loose:
            continue
        page.Contents.write(_unmark(page.Contents.read_bytes(), loose, b"Pagination"))
        for index in loose:
            held[index] = None


def _parents(root: Object) -> dict[int, Object]:
    """The tree's elements by the numbers that pages and links bear."""
    numbers = root.ParentTree.Nums
    return {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}


def _unmark(stream: bytes, loose: set[int], kind: bytes) -> bytes:
    artifact = b"/Artifact <</Type /%s>> BDC" % kind
    return MARKED.sub(lambda mark: artifact if int(mark[1]) in loose else mark[0], stream)


def _hangs(element: Object, document: Object, known: dict[tuple[int, int], bool]) -> bool:
    """Whether an element is reached from the top of the tree; remembered for each."""
    path = []
    while element.objgen not in known:
        path.append(element.objgen)
        if element.P.objgen == document.objgen:
            known[element.objgen] = False
        else:
            element = element.P
    for step in path:
        known[step] = known[element.objgen]
    return known[element.objgen]


def _join_notes(document: Object, going_on: Collection[tuple[int, int]]) -> None:
    """Hang the rest of a note, which stands first at the foot of the next page, on the note itself."""
    last = None
    for foot in _feet(document):
        notes = [note for note in foot.K if isinstance(note, Dictionary)]
        if last is not None and foot.Pg.objgen in going_on:
            rest = notes.pop(0)
            rest.P = last
            last.K.append(rest)
            foot.K = Array(notes)
        last = notes[-1] if notes else last
    document.K = Array([part for part in document.K if part.get("/S") != Name.NonStruct or len(part.K)])


def _feet(document: Object) -> list[Object]:
    """The feet of all pages with notes. The engine hangs them at the top of the tree, one child a note."""
    return [foot for foot in document.K if foot.get("/S") == Name.NonStruct]


def _name_notes(document: Object, prefix: str) -> Iterator[tuple[str, Object]]:
    """Name each note."""
    count = 0
    for foot in _feet(document):
        for note in foot.K:
            if isinstance(note, Dictionary):
                count += 1
                name = f"{prefix}-note-{count:05d}"
                note.S, note.ID = Name.Note, String(name)
                yield name, note


def _name_cells(elements: list[Object], prefix: str, pages: dict[tuple[int, int], int]) -> Iterator[tuple[str, Object]]:
    """Give header cells their scope, and names that are unique in the book; a table is tagged page by page."""
    for element in elements:
        if element.S not in (Name.TH, Name.TD):
            continue
        begin = f"{prefix}-{pages[element.Pg.objgen]}-"
        if element.S == Name.TH:
            _give_scope(element)
        if "/ID" in element:
            name = begin + str(element.ID)
            element.ID = String(name)
            yield name, element
        if "/A" in element and "/Headers" in element.A:
            element.A.Headers = Array([String(begin + str(header)) for header in element.A.Headers])


def _elements(pdf: pikepdf.Pdf) -> list[Object]:
    return [held for held in pdf.objects if isinstance(held, Dictionary) and held.get("/Type") == Name.StructElem]


def _give_scope(cell: Object) -> None:
    """A header cell heads its column, unless it stands in a row with cells that are none."""
    attributes = cell.get("/A")
    if not isinstance(attributes, Dictionary):
        attributes = cell.A = Dictionary(O=Name.Table)
    row = cell.P
    heads = row.P.get("/S") == Name.THead or all(other.get("/S") == Name.TH for other in row.K)
    attributes.Scope = Name.Column if heads else Name.Row
