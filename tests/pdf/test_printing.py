"""From a bound PDF to a printer's file: what is taken out, and how it is finished."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

from publish.checks.paper_text import read_pdf
from publish.manuscript.model import Metadata
from publish.pdf.printing import Target, printer_file
from publish.pdf.profiles import read_profile
from publish.places import Span
from publish.problems import Problems

from .paper import book, paper, section
from .press import ALL, BLACK, COLOUR, WORDS, bound, keys, look, made
from .profiles import profile


def test_what_a_printer_refuses_is_gone() -> None:
    pdf, _ = made(bound(), replace(BLACK, flavour="pdf"))
    for key in (
        "/Outlines",
        "/Names",
        "/Dests",
        "/PageLabels",
        "/StructTreeRoot",
        "/MarkInfo",
        "/Metadata",
        "/PageMode",
    ):
        assert key not in pdf.Root
    assert not any("/Annots" in page for page in pdf.pages)
    assert "/Info" not in pdf.trailer


def test_what_a_printer_does_not_mind_stays() -> None:
    pdf, _ = made(bound(), replace(BLACK, flavour="pdf", strip=frozenset({"outline"})))
    assert "/Outlines" not in pdf.Root
    assert {"/Names", "/PageLabels", "/StructTreeRoot", "/Metadata"} <= set(pdf.Root.keys())
    assert any("/Annots" in page for page in pdf.pages)


def test_what_acts_by_itself_goes_in_any_case() -> None:
    with pikepdf.open(io.BytesIO(bound())) as pdf:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.Names.JavaScript = Dictionary(Names=pikepdf.Array())
        pdf.attachments["a.txt"] = b"words"
        pdf.Root.AcroForm = Dictionary(Fields=pikepdf.Array())
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    pdf, _ = made(out.getvalue(), Target("pdf", frozenset(), black=True))
    assert not {"/OpenAction", "/AcroForm"} & set(pdf.Root.keys())
    assert set(pdf.Root.Names.keys()) == {"/Dests"}
    assert not pdf.is_encrypted


def test_pictures_and_states_that_no_page_uses_are_left_out() -> None:
    with pikepdf.open(io.BytesIO(bound())) as pdf:
        resources = pdf.pages[0].Resources
        resources.XObject = Dictionary(Spare=pdf.make_stream(b"1 0 0 rg", Type=Name.XObject, Subtype=Name.Form))
        resources.ExtGState.Spare = Dictionary(ca=0.5)
        out = io.BytesIO()
        pdf.save(out)
    printed, codes = made(out.getvalue())
    assert codes == []
    assert not any("/Spare" in keys(thing) for thing in printed.objects)
    assert all("/ColorSpace" not in page.Resources for page in printed.pages)


def test_pdfx1a_is_pdf_1_3_and_says_how_it_is_printed() -> None:
    pdf, _ = made(bound())
    assert pdf.pdf_version == "1.3"
    info = {key: str(value) for key, value in pdf.docinfo.items()}
    assert info["/GTS_PDFXVersion"] == "PDF/X-1:2001"
    assert info["/GTS_PDFXConformance"] == "PDF/X-1a:2001"
    assert info["/Title"] == "A Small Book"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20260301000000Z"
    assert pdf.docinfo.Trapped == Name("/False")
    (intent,) = pdf.Root.OutputIntents
    assert (str(intent.OutputConditionIdentifier), str(intent.RegistryName)) == ("FOGRA39", "http://www.color.org")
    assert "/DestOutputProfile" not in intent


def test_pdfx4_has_its_words_in_xmp_and_the_profile_inside() -> None:
    pdf, _ = made(bound(), replace(BLACK, flavour="x4", profile=profile()))
    assert pdf.pdf_version == "1.6"
    with pdf.open_metadata() as xmp:
        assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert xmp["pdf:Trapped"] == "False"
        assert xmp["xmp:MetadataDate"] == "2026-03-01T00:00:00Z"
        assert xmp["dc:title"] == "A Small Book"
        assert xmp["xmpMM:DocumentID"].startswith("uuid:")
    assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() == profile()


def test_a_condition_of_ones_own_comes_with_its_profile() -> None:
    own = replace(BLACK, condition="Our press")
    assert made(bound(), own)[1] == ["X004"]
    pdf, codes = made(bound(), replace(own, profile=profile()))
    assert codes == []
    (intent,) = pdf.Root.OutputIntents
    assert "/RegistryName" not in intent
    assert intent.DestOutputProfile.N == 4
    assert made(bound(), replace(BLACK, flavour="x4"))[1] == ["X003"]


def test_the_profile_that_the_metadata_name_is_read_inside_the_project_alone(tmp_path: Path) -> None:
    project = tmp_path / "book"
    project.mkdir()
    (project / "press.icc").write_bytes(profile())
    (tmp_path / "other.icc").write_bytes(profile())
    (project / "link.icc").symlink_to(tmp_path / "other.icc")
    place = Span("a.md", 3)
    for path, found in (
        (None, profile() * 0),
        ("press.icc", profile()),
        ("../other.icc", "X025"),
        ("link.icc", "X025"),
        ("no.icc", "X025"),
        (".", "X025"),
    ):
        problems = Problems()
        data = read_profile(Metadata("T", icc_profile=path, where={"icc-profile": place}), project, problems)
        assert (data or b"", *((problem.code, problem.span) for problem in problems)) == (
            (b"", (found, place)) if isinstance(found, str) else (found,)
        )


@pytest.mark.parametrize("unfit", [b"words", profile(space=b"RGB "), profile(kind=b"mntr")])
def test_a_profile_that_is_none_of_a_press_is_refused(unfit: bytes) -> None:
    assert made(bound(), replace(COLOUR, profile=unfit))[1] == ["X002"]


def test_a_profile_of_version_4_is_none_for_pdfx1a() -> None:
    own = replace(BLACK, condition="Our press", profile=profile(version=4))
    assert made(bound(), own)[1] == ["X002"]
    assert made(bound(), replace(own, flavour="x4"))[1] == []


def test_boxes_nest_even_where_they_were_rounded() -> None:
    with pikepdf.open(io.BytesIO(bound())) as pdf:
        page = pdf.pages[0]
        page.MediaBox, page.TrimBox = [0, 0, 255, 311], [-0.01, 0, 255.0049, 311]
        page.BleedBox = [1, 1, 200, 200]
        page.obj.CropBox = page.MediaBox
        out = io.BytesIO()
        pdf.save(out)
    printed, _ = made(out.getvalue())
    page = printed.pages[0]
    assert [float(side) for side in page.obj.TrimBox] == [0, 0, 255, 311]
    assert [float(side) for side in page.obj.BleedBox] == [0, 0, 255, 311]
    assert "/CropBox" not in page.obj


def test_a_book_without_a_date_cannot_be_pdfx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    undated = paper(book(section("<h1>One</h1>"))).pdf
    assert made(undated)[1] == ["X005"]
    assert made(undated, replace(BLACK, flavour="pdf"))[1] == []


def test_of_opentype_fonts_pdfx1a_keeps_the_outlines_alone() -> None:
    font = opentype()
    with pikepdf.open(io.BytesIO(bound())) as pdf:
        face = next(iter(pdf.pages[0].Resources.Font.values())).DescendantFonts[0]
        face.Subtype = Name.CIDFontType0
        del face.FontDescriptor["/FontFile2"]
        face.FontDescriptor.FontFile3 = pdf.make_stream(font, Subtype=Name.OpenType)
        out = io.BytesIO()
        pdf.save(out)
    for flavour, subtype in (("x1a", Name.CIDFontType0C), ("x4", Name.OpenType)):
        printed, codes = made(out.getvalue(), replace(BLACK, flavour=flavour, profile=profile()))
        assert codes == []
        file = next(iter(printed.pages[0].Resources.Font.values())).DescendantFonts[0].FontDescriptor.FontFile3
        assert subtype == file.Subtype
        outlines = TTFont(io.BytesIO(font)).reader["CFF "]
        assert file.read_bytes() == (outlines if flavour == "x1a" else font)


def opentype() -> bytes:
    """The smallest font whose outlines are cubic."""
    build = FontBuilder(1000, isTTF=False)
    build.setupGlyphOrder([".notdef"])
    pen = T2CharStringPen(500, None)
    build.setupCFF("Tiny", {}, {".notdef": pen.getCharString()}, {})
    build.setupHorizontalMetrics({".notdef": (500, 0)})
    build.setupMaxp()
    out = io.BytesIO()
    build.save(out)
    return out.getvalue()


@pytest.mark.parametrize("flavour", ["pdf", "x1a", "x4"])
def test_the_second_reader_finds_every_word_in_a_file_that_keeps_its_tags(flavour: str) -> None:
    data = bound(WORDS)
    target = replace(BLACK, flavour=flavour, strip=ALL - {"tags"}, profile=profile())
    assert "a link" in read_pdf(data).flow
    assert read_pdf(printer_file(data, target, (), Problems())) == read_pdf(data)


@pytest.mark.parametrize("flavour", ["pdf", "x1a", "x4"])
def test_the_same_book_is_the_same_bytes_and_looks_the_same(flavour: str) -> None:
    data = bound(WORDS * 4)
    target = replace(COLOUR, flavour=flavour)
    first, again = (printer_file(data, target, (), Problems()) for _ in range(2))
    assert first == again
    with pikepdf.open(io.BytesIO(data)) as before, pikepdf.open(io.BytesIO(first)) as after:
        assert after.check_pdf_syntax() == []
        assert look(before).tobytes() == look(after).tobytes()
