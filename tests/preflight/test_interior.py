"""What is found in the finished interior: each rule with a file that it refuses and one that it lets be."""

import io
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Dictionary, Name, OutlineItem

from publish.places import Address, Span
from publish.problems import Severity

from .sheet import DEMANDS, ISBN, MM, TITLE, TRIM, Page, asking, codes, image, interior, letters, said, saved, story

GOOD = letters("Words", 20, 75)
TWICE = (Page(), Page(GOOD))


def page(paint: str, **given: object) -> Page:
    """A page that names the book and is painted with something more."""
    return Page(f"{TITLE} {paint}", **given)  # type: ignore[arg-type]


def picture(x: float, y: float, wide: float, high: float) -> str:
    """The picture I at so many mm from the lower left corner, so many wide and high."""
    return f"q {wide * MM} 0 0 {high * MM} {x * MM} {y * MM} cm /I Do Q"


def test_a_good_file_passes() -> None:
    assert codes(interior(*TWICE)) == []


@pytest.mark.parametrize(
    ("number", "x", "y", "edge"),
    [
        (1, 14, 75, "inner"),
        (1, 85, 75, "outer"),
        (2, 9, 75, "outer"),
        (2, 80, 75, "inner"),
        (1, 20, 13, "bottom"),
        (1, 20, 138, "top"),
    ],
)
def test_text_too_near_to_an_edge(number: int, x: float, y: float, edge: str) -> None:
    pages = [Page(), Page(GOOD)]
    pages[number - 1] = page(letters("Words", x, y))
    (problem,) = said(interior(*pages))
    assert (problem.code, problem.severity, problem.page) == ("R001", Severity.ERROR, str(number))
    assert f"mm from the {edge} edge" in problem.message


def test_margins_are_mirrored() -> None:
    """On a left page the spine is at the right: what is inside there stands free on the left."""
    assert codes(interior(Page(), Page(letters("Words", 10.5, 75)))) == []
    assert codes(interior(page(letters("Words", 10.5, 75)), Page(GOOD))) == ["R001"]


def test_unsafe_text_is_found_where_it_was_typed() -> None:
    (problem,) = said(interior(page(letters("day.", 5, 75)), Page(GOOD)))
    assert problem.span == Span("text.md", 2, 29)


def test_a_page_of_another_size() -> None:
    (problem,) = said(interior(Page(), Page(GOOD, trim=(105, 150))))
    assert problem.code == "R002"
    assert "the page is 105.0 × 150.0 mm, and Press expects 100 × 150 mm" in problem.message
    assert codes(interior(Page(), Page(GOOD, trim=(100.2, 150)))) == []


def test_where_one_page_has_bleed_all_have() -> None:
    assert codes(interior(*TWICE), asking(bleed=3.0)) == []
    assert set(codes(interior(Page(bleed=3), Page(GOOD)), asking(bleed=3.0))) == {"R003"}
    assert codes(interior(Page(bleed=3.175), Page(GOOD, bleed=3.175)), asking(bleed=3.175)) == []


def test_text_stands_further_in_where_there_is_bleed() -> None:
    margins = replace(DEMANDS.margins, with_bleed=12)
    near = letters("Words", 10.5, 75)
    assert codes(interior(Page(), Page(near)), asking(margins=margins)) == []
    assert codes(interior(Page(bleed=3), Page(near, bleed=3)), asking(bleed=3.0, margins=margins)) == ["R001"]


def test_art_at_the_edge_of_a_file_without_bleed() -> None:
    drawn = page(f"0.5 g {30 * MM} {60 * MM} {75 * MM} {20 * MM} re f")
    assert codes(interior(drawn, Page(GOOD)), asking(bleed=3.0)) == ["R004"]


@pytest.mark.parametrize(("past", "found"), [(0, ["R004"]), (3, []), (-5, [])])
def test_art_that_reaches_the_edge_runs_over_it(past: float, found: list[str]) -> None:
    drawn = page(f"0.5 g {30 * MM} {60 * MM} {(TRIM[0] - 30 + past) * MM} {20 * MM} re f", bleed=3)
    assert codes(interior(drawn, Page(GOOD, bleed=3)), asking(bleed=3.0)) == found


def type0() -> Dictionary:
    """A font whose texts are numbers of glyphs."""
    return Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-H")))


@pytest.mark.parametrize(("text", "found"), [("00410000", ["R005"]), ("00410042", []), ("41000042", [])])
def test_the_box_for_a_missing_glyph(text: str, found: list[str]) -> None:
    paint = f"BT /F 10 Tf 1 0 0 1 100 200 Tm [<{text}>] TJ ET"
    made = interior(Page(), Page(paint, {"Font": type0()}))
    assert [code for code in codes(made) if code == "R005"] == found


@pytest.mark.parametrize(
    ("paint", "found"),
    [
        ("0 0 0 1 k", []),
        ("0 0 0 0.4 K", []),
        ("0.3 g", []),
        ("0.2 0.2 0.2 rg", []),
        ("/DeviceCMYK cs 0 0 0 1 scn", []),
        ("0.1 0 0 1 k", ["R006"]),
        ("1 0 0 rg", ["R006"]),
        ("/DeviceCMYK CS 0 1 0 0 SCN", ["R006"]),
    ],
)
def test_a_black_book_has_black_ink_alone(paint: str, found: list[str]) -> None:
    made = interior(page(paint), Page(GOOD))
    assert codes(made) == found
    assert codes(made, asking(black=False)) == []


@pytest.mark.parametrize(
    ("space", "found"), [(Name.DeviceGray, []), (Name.DeviceRGB, ["R006"]), (Name.DeviceCMYK, ["R006"])]
)
def test_a_black_book_has_grey_pictures(space: Name, found: list[str]) -> None:
    made = page(picture(30, 50, 20, 20), resources={"XObject": image(400, 400, space)})
    assert codes(interior(made, Page(GOOD))) == found


@pytest.mark.parametrize(("paint", "found"), [("0.9 0.8 0.8 1 k", ["R023"]), ("0.4 0.3 0.3 1 K", [])])
def test_ink_that_would_not_dry(paint: str, found: list[str]) -> None:
    made = interior(page(paint), Page(GOOD))
    assert codes(made, asking(black=False, most_ink=300)) == found
    assert codes(made, asking(black=False)) == []


@pytest.mark.parametrize(("share", "found"), [(255, ["R023"]), (180, [])])
def test_the_ink_of_a_picture(share: int, found: list[str]) -> None:
    made = page(picture(30, 50, 20, 20), resources={"XObject": image(400, 400, Name.DeviceCMYK, share)})
    assert codes(interior(made, Page(GOOD)), asking(black=False, most_ink=300)) == found


@pytest.mark.parametrize(("wide", "found"), [(20, []), (40, ["R007"])])
def test_a_picture_needs_pixels_for_its_size(wide: float, found: list[str]) -> None:
    made = interior(page(picture(30, 50, wide, wide), resources={"XObject": image(300, 300)}), Page(GOOD))
    problems = said(made)
    assert [problem.code for problem in problems] == found
    if found:
        assert "a picture of 40 mm has 191 pixels per inch; Press asks for 300" in problems[0].message


def test_a_coarse_picture_is_found_where_it_was_typed() -> None:
    markup = '<h1>The Lamp</h1><p>It burned.</p><figure><img src="images/lamp.png" alt="A lamp"/></figure>'
    made = interior(Page(), Page(picture(30, 50, 40, 40), {"XObject": image(300, 300)}))
    (problem,) = said(made, story=story(markup))
    assert problem.span == story(markup).sections[0].places.of(Address("one", 5))


def test_a_picture_in_a_form_that_is_enlarged() -> None:
    def form(pdf: pikepdf.Pdf) -> Dictionary:
        drawn = pdf.make_stream(b"q 50 0 0 50 0 0 cm /I Do Q")
        drawn.stream_dict = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 50, 50],
            Resources=Dictionary(XObject=image(200, 200)(pdf)),
        )
        return Dictionary(X=pdf.make_indirect(drawn))

    made = page("q 2 0 0 2 100 100 cm /X Do Q", resources={"XObject": form})
    (problem,) = said(interior(made, Page(GOOD)))
    assert "has 144 pixels per inch" in problem.message


@pytest.mark.parametrize(("size", "scale", "found"), [(6.5, 1, ["R008"]), (7, 1, []), (10, 0.6, ["R008"]), (4, 2, [])])
def test_letters_too_small_to_print(size: float, scale: float, found: list[str]) -> None:
    small = f"q {scale} 0 0 {scale} {30 * MM} {60 * MM} cm {letters('Small', 0, 0, size)} Q"
    assert codes(interior(page(small), Page(GOOD))) == found


def test_what_the_printer_refuses_is_gone() -> None:
    with pikepdf.open(io.BytesIO(interior(*TWICE))) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(OutlineItem("One", 0))
        pdf.docinfo["/Title"] = "The Lamp"
        pdf.pages[0].Annots = pikepdf.Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])])
        made = saved(pdf)
    problems = said(made, asking(strip=frozenset(("outline", "annotations", "metadata"))))
    assert [problem.message.split(",")[0] for problem in problems] == [
        "the file has bookmarks",
        "the file has links or comments",
        "the file has metadata",
    ]
    assert codes(made) == []
    assert codes(interior(*TWICE), asking(strip=frozenset(("outline", "annotations", "metadata")))) == []


def test_an_odd_count_of_pages() -> None:
    three = interior(*TWICE, Page(GOOD))
    assert codes(three, asking(even=True)) == ["R010"]
    assert codes(three) == codes(interior(*TWICE), asking(even=True)) == []


def test_a_file_of_another_build() -> None:
    assert codes(interior(*TWICE), labels=("1", "2", "3")) == ["R012"]


@pytest.mark.parametrize(
    ("labels", "pages"),
    [(("1", "2"), []), (("i", "ii"), []), (("xi", "12"), []), (("2", "3"), ["2", "3"]), (("1", "i"), ["i"])],
)
def test_odd_folios_stand_on_right_pages(labels: tuple[str, ...], pages: list[str]) -> None:
    problems = said(interior(*TWICE), labels=labels)
    assert [(problem.code, problem.page) for problem in problems] == [("R013", label) for label in pages]


@pytest.mark.parametrize(("count", "found"), [(4, []), (5, ["R014"])])
def test_blank_pages_in_a_row(count: int, found: list[str]) -> None:
    assert codes(interior(Page(), *(Page("") for _ in range(count)), Page(GOOD))) == found


@pytest.mark.parametrize(
    "words",
    [
        "lorem ipsum dolor sit amet",
        "Lorem ipsum dolor sit amet",
        "TKTK",
        "[TK: a date]",
        "[XXX]",
        "XXXX",
        "TODO: more",
        "[insert a quotation]",
    ],
)
def test_what_waits_to_be_written(words: str) -> None:
    one = story(f"<h1>The Lamp</h1><p>He said {words} and went.</p>")
    (problem,) = said(interior(*TWICE), story=one)
    assert (problem.code, problem.severity) == ("R015", Severity.WARNING)
    assert problem.span == Span("text.md", 2, 9)


@pytest.mark.parametrize(
    "words",
    [
        "In Chapter XXX and Psalm XXXIX",
        "said T. K. to TK Maxx",
        "a designer's lorem ipsum",
        "his todo list",
        "Dr. [sic] and [he] went",
        "<code>// TODO: XXXX</code>",
        "<code>a <em>TODO: b</em></code>",
    ],
)
def test_words_and_numbers_of_books_are_no_placeholders(words: str) -> None:
    assert codes(interior(*TWICE), story=story(f"<h1>The Lamp</h1><p>Here is {words}.</p>")) == []


def test_the_isbn_stands_in_the_book() -> None:
    sold = asking(isbn=ISBN)
    assert codes(interior(*TWICE), sold) == ["R016"]
    assert codes(interior(page(letters(f"ISBN {ISBN}", 20, 40)), Page(GOOD)), sold) == []


def test_an_isbn_of_another_book() -> None:
    other = interior(page(letters("ISBN 978-0-306-40615-7", 20, 40)), Page(GOOD))
    (problem,) = said(other)
    assert problem.code == "R017"
    assert "978-0-306-40615-7" in problem.message
    assert codes(interior(page(letters("Tel. 978-0-306-40615-8", 20, 40)), Page(GOOD))) == []


def test_title_and_author_stand_in_the_book() -> None:
    problems = said(interior(*TWICE), story=story(title="The Lantern"))
    assert [problem.message for problem in problems] == ["the book does not show the title “The Lantern”"]
    capitals = Page(letters("T H E  L A M P, ADA BRANDT", 20, 75))
    assert codes(interior(capitals, Page(GOOD))) == []


def test_the_document_s_own_title() -> None:
    with pikepdf.open(io.BytesIO(interior(*TWICE))) as pdf:
        pdf.docinfo["/Title"] = "Untitled"
        made = saved(pdf)
    (problem,) = said(made)
    assert problem.message == "the document's own title does not show the title “The Lamp”"


def test_more_bytes_than_the_printer_takes() -> None:
    assert codes(interior(*TWICE), asking(most_bytes=500)) == ["R021"]


def test_of_many_pages_the_first_are_named_and_the_others_counted() -> None:
    many = interior(Page(), *(Page(letters("Words", 2, 75)) for _ in range(20)))
    problems = said(many)
    assert [problem.code for problem in problems] == ["R001"] * 12 + ["R022"]
    assert problems[-1].message == "8 more pages have what R001 says"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing"])
def test_what_is_no_pdf_is_a_problem_and_no_traceback(data: bytes) -> None:
    from publish.checks.preflight import preflight
    from publish.problems import Problems

    from .sheet import DEMANDS, page_map

    problems = Problems()
    preflight(data, DEMANDS, story(), page_map("1"), problems)
    assert [problem.code for problem in problems] == ["C013"]
