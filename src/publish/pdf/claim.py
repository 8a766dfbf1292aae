"""The claim that a PDF meets PDF/UA-1, made only where it is earned: by the book, and by the finished file's tags.

(ISO 14289-1:2014: 5 the identification, 7.2 languages, 7.3 graphics, 7.4.2 headings, 7.5 tables, 7.18.5 links.)
"""

import io
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Dictionary, Name, Object

from publish.pdf.edition_findings import claim_barred
from publish.pdf.mending import saved
from publish.pdf.xmp import with_claim
from publish.problems import Problem, Problems, Severity

BARRIERS = frozenset(("B008", "B012", "B021", "B022"))
"""Problems of a book that stand against the claim, besides all errors, while they let the book be built."""
HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def claimed(pdf: bytes, heard: Iterable[Problem], problems: Problems) -> bytes:
    """The finished PDF with the claim in its metadata; as it is, and a problem, where something stands against it.

    `heard` is what was said of the book.
    """
    barriers = [
        f"{problem.span}: {problem.message}" if problem.span else problem.message
        for problem in heard
        if problem.code in BARRIERS or problem.severity is Severity.ERROR
    ]
    with pikepdf.open(io.BytesIO(pdf)) as tagged:
        barriers += faults(tagged)
        if barriers:
            problems.add(claim_barred(None, barriers[0], len(barriers) - 1))
            return pdf
        packed = with_claim(tagged.Root.Metadata.read_bytes())
        tagged.Root.Metadata = tagged.make_stream(packed, Type=Name.Metadata, Subtype=Name.XML)
        return saved(tagged)


def faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What is wrong with the tags of a PDF, in the order of reading, and with its links."""
    pages = {page.obj.objgen: place for place, page in enumerate(pdf.pages, 1)}
    last = 0
    for element in _elements(pdf.Root.StructTreeRoot):
        kind = str(element.S)
        where = f"on the file's page {pages[element.Pg.objgen]}" if "/Pg" in element else "in the file"
        if level := HEADINGS.get(kind):
            if level > last + 1:
                before = f"one of level {last}" if last else "none"
                yield f"a heading of level {level} follows {before} {where}"
            last = level
        elif kind == "/Table" and len(set(_widths(element))) > 1:
            yield f"the rows of a table {where} are not equally long"
        elif kind == "/Figure" and not str(element.get("/Alt", "")):
            yield f"an image {where} has no words"
    for place, page in enumerate(pdf.pages, 1):
        for link in page.get("/Annots", ()):
            if not str(link.get("/Contents", "")):
                yield f"a link on the file's page {place} does not say where it leads"
        if _has_text_apart(page):
            yield f"text on the file's page {place} is see-through (opacity), and readers who listen lose it"


def _has_text_apart(page: pikepdf.Page) -> bool:
    """Whether tagged text stands in a form of its own, as the engine draws what is see-through: no tag reaches it."""
    forms = page.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    apart = [
        name for name, form in forms.items() if form.get("/Subtype") == Name.Form and b"/MCID" in form.read_bytes()
    ]
    parts = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
    return any(f"{name} Do".encode() in part.read_bytes() for name in apart for part in parts)


def _elements(top: Object) -> Iterator[Object]:
    """The elements below one, in the order of reading."""
    stack = [top]
    while stack:
        element = stack.pop()
        if "/S" in element and element.objgen != top.objgen:
            yield element
        kids = element.get("/K")
        several = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        stack.extend(kid for kid in reversed(several) if isinstance(kid, Dictionary))


def _widths(table: Object) -> Iterator[int]:
    """The columns that each row of a table fills, with the cells that reach down into it from rows above."""
    reaching: list[int] = []
    for row in _elements(table):
        if Name.TR == row.S:
            cells = [
                (_span(cell, "/ColSpan"), _span(cell, "/RowSpan")) for cell in row.K if isinstance(cell, Dictionary)
            ]
            yield len(reaching) + sum(columns for columns, _ in cells)
            reaching += [rows for columns, rows in cells for _ in range(columns)]
            reaching = [rows - 1 for rows in reaching if rows > 1]


def _span(cell: Object, name: str) -> int:
    attributes = cell.get("/A")
    return int(attributes.get(name, 1)) if isinstance(attributes, Dictionary) else 1
