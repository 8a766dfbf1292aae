"""A printed cover: one sheet whose measures a ruler would find, its text where knife and fold leave it alone."""

import io
import re
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from publish.layout.wrap import Interior
from publish.manuscript.model import Contributor
from publish.pdf import barcode
from publish.pdf.wrap import interior_of
from publish.places import Span

from .covers import AUTHOR, INTERIOR, LAMP, Cover, cover, painted
from .paper import book, paper, section

FONT_FILES = (pikepdf.Name.ObjStm, pikepdf.Name.XRef)


@pytest.fixture(scope="module")
def lamp() -> Cover:
    return cover()


def test_a_cover_of_a_book_with_all_metadata_has_nothing_to_complain_of(lamp: Cover) -> None:
    assert lamp.codes == []


def test_the_sheet_is_back_spine_front_and_bleed(lamp: Cover) -> None:
    boxes = lamp.boxes()
    whole = [0, 0, 2 * 129 + 18 + 2 * 3.175, 198 + 2 * 3.175]
    assert boxes.keys() == {"/MediaBox", "/BleedBox", "/TrimBox"}
    assert boxes["/MediaBox"] == pytest.approx(whole, abs=0.001)
    assert boxes["/BleedBox"] == pytest.approx(whole, abs=0.001)
    assert boxes["/TrimBox"] == pytest.approx([3.175, 3.175, whole[2] - 3.175, whole[3] - 3.175], abs=0.001)


def test_words_stand_on_the_panel_where_they_belong(lamp: Cover) -> None:
    words = lamp.words()
    for word in ("logbooks,", "clerk.", "£9.99"):
        assert words[word][2] < 129 - 6.35
    for word in ("Harbour", "Story"):
        assert words[word][0] > 129 + 18 + 6.35


def test_the_ground_runs_to_the_end_of_the_bleed(lamp: Cover) -> None:
    image = lamp.picture(72)
    corners = {image.getpixel((x, y)) for x in (1, image.width - 2) for y in (1, image.height - 2)}
    assert len(corners) == 1
    assert corners != {(255, 255, 255)}


def test_spine_words_stand_in_the_middle_of_the_spine_and_clear_of_its_folds(lamp: Cover) -> None:
    spine = lamp.picture(300).crop((*_pixels(129, 0), *_pixels(129 + 18, 198)))
    columns, rows = _extent(spine)
    assert columns[0] > 1.5875
    assert columns[1] < 18 - 1.5875
    assert sum(columns) / 2 == pytest.approx(9, abs=0.6)
    assert rows[0] >= 6.35
    assert rows[1] <= 198 - 6.35


@pytest.mark.parametrize(("lang", "downwards"), [("en", True), ("da", True), ("de", False), ("fr-CA", False)])
def test_a_spine_is_read_as_its_language_has_it(lang: str, downwards: bool) -> None:
    words = cover(lang=lang, title="Small Xylophones", subtitle=None, cover_image=None).on_the_spine()
    assert (words["Small"][1] < words["Xylophones"][1]) is downwards
    assert words["Ada"][3] < min(words["Small"][1], words["Xylophones"][1])


def test_a_book_read_from_the_right_is_bound_there() -> None:
    words = cover(lang="he").words()
    assert words["logbooks,"][0] > 129 + 18
    assert words["Story"][2] < 129


@pytest.mark.parametrize("form", [{"spine_text": False}, {"spine": 3.5}])
def test_a_spine_that_may_or_can_bear_no_words_bears_none_and_says_so(form: dict[str, object]) -> None:
    thin = cover(form=form)
    assert thin.codes == ["V005"]
    assert thin.on_the_spine() == {}


def test_a_thin_spine_has_smaller_letters(lamp: Cover) -> None:
    thin = cover(form={"spine": 7})
    assert thin.codes == []
    left, _, right, _ = thin.on_the_spine()["Lamp"]
    assert right - left < lamp.on_the_spine()["Lamp"][2] - lamp.on_the_spine()["Lamp"][0]


@pytest.mark.parametrize("theme", ["classic", "manual"])
@pytest.mark.parametrize("size", [(101.6, 152.4), (209.55, 152.4), (215.9, 279.4)])
def test_every_trim_keeps_its_text_off_edges_and_folds(theme: str, size: tuple[float, float]) -> None:
    made = cover(form={"width": size[0], "height": size[1]}, theme=theme)
    assert made.codes == []
    for word, (left, top, right, bottom) in made.words().items():
        assert left >= 6.3, word
        assert right <= 2 * size[0] + 18 - 6.3, word
        assert top >= 6.3, word
        assert bottom <= size[1] - 6.3, word


def test_signs_on_the_back_are_set(lamp: Cover) -> None:
    assert {"“only", "one”"} <= lamp.words().keys()


def test_all_faces_are_embedded_and_all_colours_are_inks(lamp: Cover) -> None:
    painted, fonts = [], []
    with pikepdf.open(io.BytesIO(lamp.pdf)) as pdf:
        pdf.pages[0].contents_coalesce()
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Type") not in FONT_FILES:
                painted.append(item.read_bytes())
            if isinstance(item, pikepdf.Dictionary):
                assert not {"/SMask", "/Group"} & set(item.keys())
                fonts += [item] if item.get("/Type") == pikepdf.Name.FontDescriptor else []
    assert fonts
    assert all("/FontFile2" in font for font in fonts)
    assert sum(len(re.findall(rb"/DeviceCMYK cs", stream)) for stream in painted) > 3
    assert not any(re.search(rb"\s(rg|RG|g|G)\s", stream) for stream in painted)


def test_the_bars_of_the_finished_cover_are_those_of_the_isbn(lamp: Cover) -> None:
    image = lamp.picture(1200).convert("L")
    box = lamp.words()["ISBN"]
    row = int((box[3] + 12 + 3.175) / 25.4 * 1200)
    start, end = (int((at + 3.175) / 25.4 * 1200) for at in (box[0] - 4, box[0] + 38))
    line = [image.getpixel((x, row)) for x in range(start, end)]
    runs = [(dark, len(list(run))) for dark, run in groupby(_number(tone) < 128 for tone in line)]
    runs = runs[1:] if not runs[0][0] else runs
    module = 0.33 * barcode.largest(48.8, 28.48) / 25.4 * 1200
    pattern = "".join("01"[dark] * round(length / module) for dark, length in runs[:59])
    assert pattern == barcode.modules("9783161484100")


def test_a_book_without_isbn_has_no_barcode_and_says_so() -> None:
    plain = cover(isbn={})
    assert plain.codes == ["V006"]
    assert "ISBN" not in plain.words()


def test_a_printers_own_isbn_goes_before_that_of_print() -> None:
    assert "979-8-123-45678-6" not in cover().words()
    assert "979-8-88645-174-0" in cover(isbn={**LAMP.isbn, "kdp": "979-8-88645-174-0"}).words()


def test_a_box_too_small_for_scanners_is_a_problem() -> None:
    assert cover(form={"barcode": (30, 20)}).codes == ["V007"]


def test_where_the_printer_wants_no_barcode_there_is_none() -> None:
    made = cover(form={"barcode": None})
    assert made.codes == []
    assert "ISBN" not in made.words()


@pytest.mark.parametrize(
    ("built", "code"), [(Interior(322, "b" * 64), "V001"), (Interior(320, "b" * 64), "V002"), (INTERIOR, None)]
)
def test_a_cover_for_another_interior_is_refused(built: Interior, code: str | None) -> None:
    made, problems = painted(built=built)
    assert [problem.code for problem in problems] == [code] * bool(code)
    assert (made is None) is bool(code)


def test_an_interior_is_known_by_its_pages_and_bytes() -> None:
    one = paper(book(section("<p>One</p>"))).pdf
    two = paper(book(section("<p>One</p>"), section("<p>Two</p>", "two"))).pdf
    assert (interior_of(one).pages, interior_of(two).pages) == (1, 2)
    assert interior_of(one).digest != interior_of(two).digest


def test_long_text_on_the_back_is_set_smaller_until_it_fits_and_then_is_a_problem() -> None:
    full = cover(blurb="\n\n".join(["Salt and paper, wind and a light that nobody sees any more. " * 5] * 4))
    assert full.codes == []
    over = cover(blurb="\n\n".join(["Salt and paper, wind and a light that nobody sees any more. " * 5] * 12))
    assert over.codes == ["V003"]
    assert over.problems[0].span == Span("book.md", 5)


def test_a_long_title_is_set_smaller_and_one_beyond_measure_is_a_problem() -> None:
    long = cover(title="An Enquiry into the Nature of Small Lights, with Remarks on the Keeping of Logbooks")
    assert "V004" not in long.codes
    assert {"Enquiry", "Logbooks"} <= long.words().keys()
    endless = cover(title="An Enquiry into the Nature of Small Lights " * 20)
    assert "V004" in endless.codes
    assert next(p for p in endless.problems if p.code == "V004").span == Span("book.md", 2)


def test_names_that_do_not_fit_are_a_problem() -> None:
    crowd = cover(contributors=tuple(Contributor(f"Ada Brandt the {number}th") for number in range(30)))
    assert [p.message for p in crowd.problems if p.code == "V004"] == ["the list of names does not fit on the front"]


def test_a_back_without_text_is_mentioned() -> None:
    assert cover(blurb=None, contributors=(replace(AUTHOR, about=None),)).codes == ["V010"]
    assert cover(blurb=None, description="Of lamps.").codes == []


def test_the_authors_picture_fills_the_front_and_its_bleed(tmp_path: Path) -> None:
    Image.new("RGB", (1323, 2044), (200, 30, 30)).save(tmp_path / "front.png")
    made = cover(tmp_path, cover_image="front.png")
    assert made.codes == []
    image = made.picture(72)
    scale = 72 / 25.4
    fold = (129 + 18 + 3.175) * scale
    for x in (fold + 2, image.width - 2):
        for y in (1, image.height - 2):
            assert image.getpixel((int(x), y)) == (200, 30, 30)
    assert image.getpixel((int(fold - 2), 10)) != (200, 30, 30)
    assert "Story" not in made.words()


def test_a_picture_of_another_proportion_is_told(tmp_path: Path) -> None:
    Image.new("RGB", (1000, 1000), (200, 30, 30)).save(tmp_path / "front.png")
    made = cover(tmp_path, cover_image="front.png")
    assert made.codes == ["V009"]
    assert made.problems[0].span == Span("book.md", 7)
    assert "35 percent of the picture's width" in made.problems[0].message


def test_a_picture_of_the_author_stands_by_what_is_said_of_them(tmp_path: Path) -> None:
    Image.new("RGB", (400, 500), (30, 200, 30)).save(tmp_path / "ada.png")
    made = cover(tmp_path, contributors=(replace(AUTHOR, picture="ada.png"),))
    assert made.codes == []
    back = made.picture(72).crop((0, 0, *_pixels(129, 198, 72)))
    assert (30, 200, 30) in {colour for _, colour in back.getcolors(1 << 24) or ()}


def test_a_drawing_keeps_its_colours_in_a_book_printed_in_black(tmp_path: Path) -> None:
    shape = '<rect width="132" height="204" fill="#c81e1e"/>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 204">{shape}</svg>'
    (tmp_path / "front.svg").write_text(drawing)
    made = cover(tmp_path, cover_image="front.svg", ink="black")
    assert made.picture(36).getpixel((int((129 + 18 + 60) / 25.4 * 36), 100)) == (200, 30, 30)


def test_a_template_that_puts_words_at_the_knife_is_found_out(tmp_path: Path) -> None:
    _theme(tmp_path, "wrap-front.j2", '<p style="position: absolute; top: 2mm; right: 20mm">Edge</p>')
    made = cover(tmp_path)
    assert made.codes == ["V008"]
    assert "“Edge” on the front stands 2." in made.problems[0].message


def test_a_broken_template_is_told_with_its_line(tmp_path: Path) -> None:
    _theme(tmp_path, "wrap-front.j2", "\n{{ lamp }}")
    made, problems = painted(tmp_path)
    assert made is None
    assert [(p.code, p.span and p.span.file, p.span and p.span.line) for p in problems] == [
        ("L011", "styles/classic/wrap-front.j2", 2)
    ]


def test_a_style_over_which_the_engine_breaks_down_is_a_problem(tmp_path: Path) -> None:
    gradient = "linear-gradient(device-cmyk(0 0 0 1), device-cmyk(0 0 0 0))"
    _theme(tmp_path, "wrap-look.j2", f".front {{ background: {gradient} }}")
    made, problems = painted(tmp_path)
    assert made is None
    assert [problem.code for problem in problems] == ["P008"]


def test_a_character_that_no_face_has_is_told_where_it_was_typed() -> None:
    made = cover(title="The 漢 Lamp")
    assert set(made.codes) == {"P002"}
    assert made.problems[0].span == Span("book.md", 2)


def test_a_theme_of_the_project_has_its_own_colours(tmp_path: Path) -> None:
    _theme(tmp_path, "theme.toml", '[colours]\nground = { rgb = "#ffffff", cmyk = [0, 100, 100, 0] }\n')
    red, green, blue = cover(tmp_path).picture(36).getpixel((2, 2))  # type: ignore[misc]
    assert red > 180
    assert green < 80
    assert blue < 80


def test_the_cover_names_its_book_and_its_date() -> None:
    with pikepdf.open(io.BytesIO(cover(date="2026-05-01").pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "The Lamp: A Harbour Story"
        assert str(pdf.docinfo["/Author"]) == "Ada Brandt"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260501000000Z"


def test_the_same_book_has_the_same_cover(lamp: Cover) -> None:
    assert cover().pdf == lamp.pdf


def _theme(project: Path, name: str, text: str) -> None:
    folder = project / "styles" / "classic"
    folder.mkdir(parents=True)
    (folder / name).write_text(text)


def _pixels(across: float, down: float, dpi: int = 300) -> tuple[int, int]:
    """A place on the trimmed sheet in the picture of the whole."""
    return round((across + 3.175) / 25.4 * dpi), round((down + 3.175) / 25.4 * dpi)


def _extent(image: Image.Image) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where something light stands on a dark ground, across and down, in mm."""
    box = image.convert("L").point(lambda tone: 255 if tone > 120 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = (side / 300 * 25.4 for side in box)
    return (left, right), (top, bottom)


def _number(tone: object) -> int:
    assert isinstance(tone, int)
    return tone
