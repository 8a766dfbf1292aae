"""The comparison finds what it is for: each small change of a PDF is found; a PDF is the same as itself."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Operator

from pdf.paper import book, paper, section
from publish.book.model import Matter

from .compare import NOTHING, Allowed, differences

Change = Callable[[pikepdf.Pdf], None]
POINT = 4 / 3
"""Units of the engine's pages in a point."""
MARK = re.compile(rb"MCID (\d+)")
PAGE = 2
"""The page, from 0, on which the changes are made: the first of the chapter."""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A book with a preface, a part, and a chapter with a note, a table, links, and text that lets light through."""
    table = (
        '<table><thead><tr><th id="a">A</th><th id="b">B</th></tr></thead>'
        "<tbody><tr><th>r</th><td>1</td></tr></tbody></table>"
    )
    words = "<p>" + "Some text of a paragraph that goes on. " * 20 + "</p>"
    one = book(
        section("<h1>Preface</h1><p>Words.</p>", "preface", matter=Matter.FRONT, title="Preface"),
        section("<h1>Sea</h1>", "sea", title="The Sea", label="Part I"),
        section(
            f'<h1>One</h1><p>A call[1], <a href="https://example.org/">a link</a>, <a href="#preface">the preface</a>,'
            f' <a href="#out">out</a>.</p>{table}{words}<h2 id="out">Out</h2>'
            f'<p style="opacity: 0.5">Pale words.</p>',
            title="One: the lamp",
            part="sea",
            notes=("The note.",),
        ),
        date="2024-05",
    )
    made = paper(one)
    assert made.codes == []
    return made.typeset.pdf


def changed(pdf: bytes, change: Change) -> bytes:
    """The PDF after a change."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def said(pdf: bytes, change: Change, allowed: Allowed = NOTHING) -> list[str]:
    """What the comparison says of a change."""
    return [str(difference) for difference in differences(pdf, changed(pdf, change), allowed)]


def moved(right: float, up: float = 0.0) -> Change:
    """Move a line of a page's text, by points."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[PAGE]
        held = list(pikepdf.parse_content_stream(page))
        at = [n for n, one in enumerate(held) if one.operator == Operator("Tm")][4]
        place = [float(number) for number in held[at].operands]
        place[4] += right * POINT
        place[5] -= up * POINT
        held[at] = pikepdf.ContentStreamInstruction(place, Operator("Tm"))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(held))

    return change


def inked(drawn: bytes) -> Change:
    """Draw on a page, as an artifact."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[PAGE].contents_add(b"/Artifact BMC q " + drawn + b" Q EMC", prepend=True)

    return change


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """The tags of one type."""
    found = [held for held in pdf.objects if isinstance(held, Dictionary) and held.get("/Type") == Name.StructElem]
    return [element for element in found if Name(kind) == element.S]


def links(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The links of the page that lead inside the book, in order."""
    return [link for link in pdf.pages[PAGE].Annots if "/URI" not in link.get("/A", Dictionary())]


def retarget(pdf: pikepdf.Pdf) -> None:
    target = pikepdf.NameTree(pdf.Root.Names.Dests)["sea"]
    link = next(link for link in links(pdf) if pdf.pages[0].obj.objgen == place(pdf, link)[0].objgen)
    if "/Dest" in link:
        link.Dest = target
    else:
        link.A.D = target


def place(pdf: pikepdf.Pdf, link: pikepdf.Object) -> pikepdf.Object:
    """Where a link leads."""
    dest = link.get("/Dest", link.get("/A", Dictionary()).get("/D"))
    return dest if isinstance(dest, Array) else pikepdf.NameTree(pdf.Root.Names.Dests)[str(dest)]


def lose_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[PAGE].Annots[0]


def forget_tag(pdf: pikepdf.Pdf) -> None:
    links(pdf)[0].StructParent, links(pdf)[1].StructParent = links(pdf)[1].StructParent, links(pdf)[0].StructParent


def widen_link(pdf: pikepdf.Pdf) -> None:
    links(pdf)[0].Rect[2] = float(links(pdf)[0].Rect[2]) + 1


def lose_entry(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        del outline.root[1].children[0].children[0]


def raise_entry(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(outline.root[1].children.pop())


def lead_entry_away(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].destination = Array([pdf.pages[1].obj, Name.XYZ, 0, 100, 0])


def shift_labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels.Nums[-1].St = 7


def lose_name(pdf: pikepdf.Pdf) -> None:
    del pikepdf.NameTree(pdf.Root.Names.Dests)["out"]


def move_name(pdf: pikepdf.Pdf) -> None:
    dest = pikepdf.NameTree(pdf.Root.Names.Dests)["out"]
    dest[3] = float(dest[3]) + 0.1


def change_tag(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/H1")[0].S = Name.H2


def change_language(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/H1")[0].Lang = pikepdf.String("fr")


def describe(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/Table")[0].Alt = pikepdf.String("Two cells")


def change_scope(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/TH")[0].A.Scope = Name.Row


def swap_texts(pdf: pikepdf.Pdf) -> None:
    """Hang the texts of two cells on each other's tags."""
    one, other = elements(pdf, "/TH")[:2]
    one.K, other.K = other.K, one.K


def unhang(pdf: pikepdf.Pdf) -> None:
    """Leave a marked content out of the tree."""
    del elements(pdf, "/TH")[0].K


def lead_back_to_nothing(pdf: pikepdf.Pdf) -> None:
    """Let a text of the page know no tag, as where the tables of two files were put together wrongly."""
    pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(pdf.pages[PAGE].StructParents)][0] = None


def read_folios_aloud(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[PAGE]
    page.Contents = pdf.make_stream(
        page.Contents.read_bytes().replace(b"/Artifact <</Type /Pagination>> BDC", b"/Span BMC")
    )


def retitle(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = pikepdf.String("Another")


def trim(pdf: pikepdf.Pdf) -> None:
    pdf.pages[PAGE].TrimBox[2] = float(pdf.pages[PAGE].TrimBox[2]) - 1


def lose_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


CHANGES = [
    (moved(1), "stands at"),
    (moved(0, 0.002), "stands at"),
    (inked(b"0 g 40 40 60 1.3 re f"), "pixels differ, by up to 255 levels"),
    (inked(b"0.97 g 40 40 2 2 re f"), "pixels differ, by up to "),
    (retarget, "the link to page 1, flags 4"),
    (lose_link, "is missing"),
    (widen_link, "the link to"),
    (forget_tag, "which does not know its tag"),
    (lose_entry, "the outline lacks “Out” of level 2"),
    (raise_entry, "of level 0"),
    (lead_entry_away, "the outline's “Preface” leads to page 1 from 0, 100.0"),
    (shift_labels, "its label is 7"),
    (lose_name, "no place is named out"),
    (move_name, "the place named out leads to"),
    (change_tag, "the tags differ"),
    (change_language, "H1, lang “fr”"),
    (describe, "Table, alt “Two cells”"),
    (change_scope, "scope Row"),
    (swap_texts, "“B” on page"),
    (unhang, "no tag holds “A”"),
    (lead_back_to_nothing, "page 2: “One” does not lead back to its tag"),
    (read_folios_aloud, "neither tagged nor artifacts: ['"),
    (retitle, "/Title is Another, not A Small Book"),
    (trim, "its boxes are"),
    (lose_page, "pages, not"),
]


def test_a_pdf_is_the_same_as_itself(pdf: bytes) -> None:
    assert differences(pdf, pdf) == []


def test_a_pdf_is_the_same_when_it_is_put_together_otherwise(pdf: bytes) -> None:
    """Streams wrapped and divided, marked contents numbered otherwise, places spelt out, IDs of another kind."""
    other = changed(pdf, rebind)
    assert other != pdf
    assert differences(pdf, other) == []


def rebind(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    (note,) = elements(pdf, "/Note")
    note.ID = pikepdf.String("x")
    pikepdf.NameTree(root.IDTree)["x"] = note
    parents = pikepdf.NumberTree(root.ParentTree)
    for page in pdf.pages:
        page.Contents.write(MARK.sub(lambda mark: b"MCID %d" % (int(mark[1]) + 3), page.Contents.read_bytes()))
        number = int(page.StructParents)
        parents[number] = Array([None, None, None, *parents[number]])
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q", prepend=False)
        for link in page.get("/Annots", ()):
            if "/Dest" in link:
                link.Dest = place(pdf, link)
    for form in pdf.objects:
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == Name.Form:
            form.write(MARK.sub(lambda mark: b"MCID %d" % (int(mark[1]) + 3), form.read_bytes()))
    for element in pdf.objects:
        if isinstance(element, Dictionary) and element.get("/Type") == Name.StructElem and "/K" in element:
            kids = element.K if isinstance(element.K, Array) else [element.K]
            element.K = Array([kid + 3 if isinstance(kid, int) else kid for kid in kids])


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_each_change_is_found(change: Change, words: str, pdf: bytes) -> None:
    found = said(pdf, change)
    assert any(words in line for line in found), found


def test_a_moved_word_is_named_with_its_page(pdf: bytes) -> None:
    found = differences(pdf, changed(pdf, moved(1)))
    assert {difference.page for difference in found} == {"2"}
    assert any(difference.what.startswith("the word ") for difference in found)


def test_a_thousandth_of_a_point_is_allowed_on_slid_pages_alone(pdf: bytes) -> None:
    slid = moved(0.001)
    assert any("stands at" in line for line in said(pdf, slid))
    assert said(pdf, slid, Allowed(slid=frozenset([PAGE]))) == []
    assert any("stands at" in line for line in said(pdf, moved(0.01), Allowed(slid=frozenset([PAGE]))))


def test_one_letter_may_be_smoothed_otherwise_on_slid_pages_alone(pdf: bytes) -> None:
    speck = inked(b"0.9 g 40 40 4 4 re f")
    assert any("pixels differ" in line for line in said(pdf, speck))
    assert said(pdf, speck, Allowed(slid=frozenset([PAGE]))) == []
    row = inked(b"0.9 g 40 40 40 2 re f")
    assert any("pixels differ" in line for line in said(pdf, row, Allowed(slid=frozenset([PAGE]))))


def test_a_transparency_group_that_a_page_does_not_use_changes_no_pixel_of_it(pdf: bytes) -> None:
    """The engine lists the groups of all pages in the resources of each."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        groups = [held for page in opened.pages for held in page.Resources.XObject.values() if "/Group" in held]
        assert groups, "the book has no text that lets light through"

    def prune(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0]
        resources = Dictionary(dict(page.Resources))
        del resources["/XObject"]
        page.Resources = resources

    assert said(pdf, prune) == []
