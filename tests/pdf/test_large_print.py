"""Large print, after the guidelines that its style sheet names: the sizes, the letters, the lines and the edges."""

from collections import defaultdict

import pypdfium2
import pytest

from publish.layout.model import LARGE_PRINT
from publish.problems import Problem, Severity

from .editions import Letter, letters, set_in
from .test_register import BLOCKS, PARAGRAPH, SLOPE

LONG = "incomprehensibilities of extraordinarily uncharacteristic counterrevolutionaries " * 12
EMPHASIS = (
    "She said *never*, and **meant it**; Cicero^2^ says [quod]{lang=la} and [nato]{.smallcaps}. *Not **that** one.*"
)


@pytest.fixture(scope="module", params=["classic", "manual"])
def printed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[list[Letter]], list[Problem]]:
    """The pages of a book of all blocks in large print, and what was said of it."""
    project = tmp_path_factory.mktemp("large")
    (project / "manuscript").mkdir()
    (project / "manuscript" / "slope.svg").write_text(SLOPE)
    head = (
        f"---\ntitle: A Book of Everything\nauthor: Ada Brandt\nlang: en\ndate: 2025\ntheme: {request.param}\n---\n\n"
    )
    body = "\n\n".join(f"{PARAGRAPH}\n\n{block.format(PARAGRAPH.strip())}" for block in BLOCKS.values())
    text = (
        f"::: dedication\nFor them.\n:::\n\n# Everything\n\n{body}\n\n{EMPHASIS}\n\n{LONG}\n\n# More\n\n{PARAGRAPH}\n"
    )
    (project / "manuscript" / "book.md").write_text(head + text)
    pdf, said = set_in(LARGE_PRINT, project)
    return [list(letters(page)) for page in pypdfium2.PdfDocument(pdf)], said


def test_no_letter_is_under_16_points_and_the_text_is_in_18(printed: tuple[list[list[Letter]], list[Problem]]) -> None:
    sizes = [letter.size for page in printed[0] for letter in page]
    assert min(sizes) >= 16
    assert sizes.count(18) > len(sizes) / 2


def test_no_letter_slopes_and_all_but_code_is_sans_serif(printed: tuple[list[list[Letter]], list[Problem]]) -> None:
    fonts = {letter.font for page in printed[0] for letter in page}
    assert not any("Italic" in font or "Oblique" in font for font in fonts)
    assert all("Sans" in font or "Mono" in font for font in fonts)
    assert any("Bold" in font for font in fonts)


def lines(page: list[Letter]) -> list[list[Letter]]:
    """The letters of a page, line by line."""
    found: dict[float, list[Letter]] = defaultdict(list)
    for letter in page:
        found[letter.down].append(letter)
    return [found[down] for down in sorted(found)]


def test_lines_begin_one_below_the_other_and_end_where_their_words_do(
    printed: tuple[list[list[Letter]], list[Problem]],
) -> None:
    plain = [line for page in printed[0] for line in lines(page) if "".join(x.sign for x in line).isalpha()]
    ends = {round(line[-1].left) for line in plain if len(line) > 20}
    assert len(ends) > 5


def test_the_pages_with_the_books_names_begin_at_the_left_too(
    printed: tuple[list[list[Letter]], list[Problem]],
) -> None:
    half_title, _, title, _, dedication = printed[0][:5]
    for page in (half_title, title, dedication):
        edges = [line[0].left for line in lines(page)]
        assert max(edges) - min(edges) < 3
        assert min(edges) == pytest.approx(min(letter.left for letter in half_title), abs=8)


def test_no_word_is_broken(printed: tuple[list[list[Letter]], list[Problem]]) -> None:
    words = {"incomprehensibilities", "extraordinarily", "uncharacteristic", "counterrevolutionaries"}
    text = ["".join(letter.sign for letter in line) for page in printed[0] for line in lines(page)]
    long = [line for line in text if any(word in line for word in words)]
    assert long
    assert not any(line.endswith("-") for line in text)


def test_lines_are_a_third_of_their_size_apart_and_on_one_grid(
    printed: tuple[list[list[Letter]], list[Problem]],
) -> None:
    for page in printed[0]:
        text = [
            line[0].down for line in lines(page) if line[0].size == 18 and line[0].sign != "*" and line[0].down < 680
        ]
        steps = {round((down - text[0]) / 24 % 1, 1) % 1 for down in text}
        assert steps <= {0.0}


def test_the_number_of_a_page_is_always_at_the_same_place(printed: tuple[list[list[Letter]], list[Problem]]) -> None:
    last = [lines(page)[-1][0] for page in printed[0] if page]
    folios = {letter.down for letter in last if letter.sign.isdigit()}
    assert len(folios) == 1


def test_calls_of_notes_are_in_brackets_and_nothing_is_lost(printed: tuple[list[list[Letter]], list[Problem]]) -> None:
    pages, said = printed
    text = "".join(letter.sign for page in pages for letter in page)
    assert "Acall.[1]" in text
    assert [problem for problem in said if problem.severity is Severity.ERROR] == []
