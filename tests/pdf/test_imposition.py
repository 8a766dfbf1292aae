"""Booklets: sheets are printed, folded and laid into one another, and then read."""

import io
from functools import cache

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.pdf.imposition import A4, LETTER, MM, STITCHED, Sheet, Side, impose, sides
from publish.problems import Problems

from .folding import read
from .paper import book, paper, section

Printed = tuple[int | None, int | None]
"""What stands on a side of a sheet: its left page and its right one."""
SIGNATURES = st.one_of(st.none(), st.integers(1, 16).map(lambda sheets: 4 * sheets))


BARE = "@page { @bottom-center { content: none } } @page :left { @top-center { content: none } }"


@given(st.integers(1, 400), SIGNATURES)
def test_folded_sheets_give_every_page_in_order_and_what_is_blank_at_the_end(pages: int, signature: int | None) -> None:
    found = read([(side.left, side.right) for side in sides(pages, signature)], signature)
    assert found == list(range(len(found)))
    assert pages <= len(found) < pages + 4


@given(st.integers(1, 400), SIGNATURES)
def test_a_sheet_lies_deeper_for_each_that_is_around_it(pages: int, signature: int | None) -> None:
    for side in sides(pages, signature):
        around = min(side.left, side.right) % signature if signature else min(side.left, side.right)
        assert side.depth == around // 2
        assert side.outer is (side.left > side.right)


def test_a_single_sheet() -> None:
    assert list(sides(3)) == [Side(3, 0, 0, outer=True), Side(1, 2, 0, outer=False)]


@cache
def numbered(pages: int) -> bytes:
    """A book on pages of 90 by 110 mm, each of which shows its number."""
    text = "".join(f'<p style="break-before: page">leaf{page}</p>' for page in range(pages))
    return paper(book(section(text)), BARE).pdf


def shown(pdf: bytes) -> list[Printed]:
    """The numbers on both halves of each page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        halves = [text.get_text_bounded(left, 0, left + width / 2, height) for left in (0, width / 2)]
        left, right = (int(half.strip().removeprefix("leaf")) if half.strip() else None for half in halves)
        found.append((left, right))
    document.close()
    return found


@pytest.mark.parametrize(("pages", "signature"), [(1, None), (5, None), (8, None), (14, 8), (12, 4)])
def test_what_is_printed_can_be_read(pages: int, signature: int | None) -> None:
    problems = Problems()
    printed = shown(impose(numbered(pages), A4, problems, signature=signature))
    found = read(printed, signature)
    assert found == [*range(pages), *[None] * (-pages % 4)]
    assert list(problems) == []


def placed(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """The words on each page of a PDF: left, foot, right and top."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append([text.get_rect(number) for number in range(text.count_rects())])
    document.close()
    return found


def test_pages_keep_their_size_and_stand_against_the_fold() -> None:
    (page, *_) = placed(numbered(4))
    outer, _ = placed(impose(numbered(4), A4, Problems(), caliper=0))
    (left, foot, right, _) = page[0]
    on_sheet = max(outer)
    assert on_sheet[0] == pytest.approx(A4.width * MM / 2 + left, abs=0.1)
    assert on_sheet[2] - on_sheet[0] == pytest.approx(right - left, abs=0.1)
    assert on_sheet[1] == pytest.approx((A4.height - 110) * MM / 2 + foot, abs=0.1)


def test_pages_that_are_larger_than_half_a_sheet_are_made_smaller() -> None:
    small = Sheet("small", 100, 110)
    pdf = impose(numbered(4), small, Problems())
    scale = 100 / 2 / 90
    (page, *_) = placed(numbered(4))
    outer, _ = placed(pdf)
    assert max(outer)[2] - max(outer)[0] == pytest.approx((page[0][2] - page[0][0]) * scale, abs=0.1)


def test_inner_sheets_are_moved_towards_the_fold_by_the_paper_around_them() -> None:
    still, moved = (placed(impose(numbered(12), A4, Problems(), caliper=mm)) for mm in (0, 0.5))
    for number, side in enumerate(sides(12)):
        (left, right), (left_moved, right_moved) = sorted(still[number]), sorted(moved[number])
        assert left_moved[0] - left[0] == pytest.approx(0.5 * MM * side.depth, abs=0.05)
        assert right[0] - right_moved[0] == pytest.approx(0.5 * MM * side.depth, abs=0.05)


def test_the_fold_is_marked_on_the_outer_side_in_black_alone() -> None:
    with pikepdf.open(io.BytesIO(impose(numbered(8), LETTER, Problems()))) as pdf:
        drawn = [page.Contents.read_bytes() for page in pdf.pages]
    assert [b"0 0 0 1 K" in side for side in drawn] == [True, False, True, False]
    middle = f"{LETTER.width * MM / 2:.3f} 0.000 m".encode()
    assert middle in drawn[0]


def test_letters_stay_letters_fonts_are_there_once_and_printers_hear_how_to_turn_the_sheet() -> None:
    source = numbered(12)
    with pikepdf.open(io.BytesIO(impose(source, A4, Problems()))) as pdf, pikepdf.open(io.BytesIO(source)) as book_of:
        assert pdf.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge
        assert pdf.Root.ViewerPreferences.PrintScaling == pikepdf.Name("/None")
        assert pdf.docinfo["/Title"] == book_of.docinfo["/Title"]
        fonts = [[held for held in made.objects if _is_font_file(held)] for made in (pdf, book_of)]
        assert len(fonts[0]) == len(fonts[1]) == 1
        assert pdf.check_pdf_syntax() == []


def _is_font_file(held: object) -> bool:
    return isinstance(held, pikepdf.Stream) and "/Length1" in held


def test_the_same_book_gives_the_same_bytes() -> None:
    assert impose(numbered(6), A4, Problems()) == impose(numbered(6), A4, Problems())


@pytest.mark.parametrize("signature", [0, 6, -4])
def test_a_signature_has_whole_sheets(signature: int) -> None:
    problems = Problems()
    assert impose(numbered(4), A4, problems, signature=signature) == b""
    assert [problem.code for problem in problems] == ["U020"]


def test_a_booklet_too_thick_to_stitch_is_said_to_be_so() -> None:
    most = STITCHED * 4
    for pages, signature, codes in ((most, None, []), (most + 1, None, ["U021"]), (most + 1, 16, [])):
        problems = Problems()
        impose(numbered(pages), A4, problems, signature=signature)
        assert [problem.code for problem in problems] == codes
