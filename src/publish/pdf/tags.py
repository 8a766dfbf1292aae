"""Mending of the engine's tags, so that a screen reader reads the book and not its furniture.

Running heads and folios become artifacts, notes become Note with an ID, header cells get their scope, and links
print as they show. (ISO 14289-1, PDF/UA: 7.8 page headers, 7.9 notes, 7.5 tables, 7.18 annotations.)
"""

import re

import pikepdf
from pikepdf import Dictionary, Name, NameTree, Object, String

MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"
PRINT = 4
"""The annotation flag that lets a link be printed."""


def mend_tags(pdf: pikepdf.Pdf) -> None:
    """Mend the structure tree and the page streams of a PDF that the engine has just painted."""
    root = pdf.Root.StructTreeRoot
    document = root.K[0]
    _free_furniture(pdf, root, document)
    names: dict[str, Object] = {}
    _name_notes(document, names)
    for element in _elements(pdf):
        if element.S == Name.TH:
            _give_scope(element)
            if "/ID" in element:
                names[str(element.ID)] = element
    if names:
        tree = NameTree.new(pdf)
        for name, element in sorted(names.items()):
            tree[name] = element
        root.IDTree = tree.obj
    parents = _parents(root)
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            annotation.F = PRINT
            # Boxes inside a link bear links of their own, tagged as what the boxes are.
            parents[int(annotation.StructParent)].S = Name.Link


def _free_furniture(pdf: pikepdf.Pdf, root: Object, document: Object) -> None:
    """Make artifacts of what the engine tagged but hung nowhere in the tree: the boxes in the margins."""
    parents = _parents(root)
    known = {child.objgen: True for child in document.K}
    for page in pdf.pages:
        held = parents[int(page.StructParents)]
        loose = {index for index, element in enumerate(held) if not _hangs(element, document, known)}
        if not loose:
            continue
        page.Contents.write(_unmark(page.Contents.read_bytes(), loose))
        for index in loose:
            held[index] = None


def _parents(root: Object) -> dict[int, Object]:
    """The tree's elements by the numbers that pages and links bear."""
    numbers = root.ParentTree.Nums
    return {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}


def _unmark(stream: bytes, loose: set[int]) -> bytes:
    return MARKED.sub(lambda mark: ARTIFACT if int(mark[1]) in loose else mark[0], stream)


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


def _name_notes(document: Object, names: dict[str, Object]) -> None:
    """Name each note. The engine hangs the foot of a page at the top of the tree, one child a note."""
    for foot in document.K:
        for note in foot.K if foot.get("/S") == Name.NonStruct else ():
            if isinstance(note, Dictionary):
                name = f"note-{len(names) + 1:05d}"
                note.S, note.ID = Name.Note, String(name)
                names[name] = note


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
