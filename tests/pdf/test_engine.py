"""The engine: no font but ours, no file but ours, and not a word on the screen."""

import io
import logging
import subprocess
import sys

import pikepdf
import pytest

from publish.layout.model import Picture, Stylesheet
from publish.pdf import engine
from publish.places import Span
from publish.problems import Problem

from .paper import book, face, html, paper, section


def problems(markup: str, css: str = "") -> list[Problem]:
    """What is said of a section with this markup in this style."""
    return list(paper(book(section(markup)), css=css).problems)


def fonts(pdf: bytes) -> set[str]:
    """The names of all fonts in a PDF, without the letters that mark a subset."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {
            str(held.BaseFont).split("+")[-1].rstrip(",")
            for held in opened.objects
            if isinstance(held, pikepdf.Dictionary) and held.get("/Type") == pikepdf.Name.Font
        }


def test_only_the_books_own_faces_are_used_even_for_names_that_the_system_knows() -> None:
    made = paper(
        book(section("<h1>One</h1><p>Text, <em>slanted</em>.</p><pre>code</pre>")),
        css="p { font-family: 'DejaVu Serif', serif } pre { font-family: monospace } h1 { font-family: sans-serif }",
    )
    assert fonts(made.pdf) <= {"Text", "Text-Italic"}


def test_a_character_that_no_face_has_is_an_empty_box_and_a_problem_at_its_place() -> None:
    made = paper(book(section("<h1>One</h1><p>It means 漢 and again 漢 here.</p>")))
    assert fonts(made.pdf) == {"Text"}
    (problem,) = made.problems
    assert problem.code == "P002"
    assert problem.span == Span("text.md", 2, 10)
    assert "“漢” (U+6F22) (2 times)" in problem.message


def test_the_fonts_of_the_machine_are_not_even_looked_at() -> None:
    program = (
        "from publish.pdf import engine; from weasyprint.text.ffi import fontconfig as f;"
        "import weasyprint.text.fonts as t;"
        "\nwith engine._own_fonts_only(): print(f.FcConfigGetFonts(f.FcInitLoadConfigAndFonts(), f.FcSetSystem).nfont)"
    )
    run = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("0\n", "")


def test_a_style_that_means_nothing_is_named_with_sheet_and_line() -> None:
    (problem,) = problems("<h1>One</h1>", "h1 { color: inherit }\nh1 {\n  text-shaddow: 1px }")
    assert problem.code == "P001"
    assert problem.span == Span("styles/custom.css", 3, 3)
    assert "text-shaddow: 1px" in problem.message


def test_a_bad_value_behind_a_variable_is_found_in_its_sheet() -> None:
    (problem,) = problems("<h1>One</h1>", ":root { --x: nonsense }\n\nh1 { margin-left: var(--x) }")
    assert problem.code == "P001"
    assert "margin-left: nonsense" in problem.message


def test_a_rule_that_cannot_be_read_is_a_problem() -> None:
    assert [problem.code for problem in problems("<h1>One</h1>", "@page :sideways { margin: 0 }")] == ["P004"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "/etc/passwd",
        "../../etc/passwd",
        "octavo:other.png",
        "data:,x",
    ],
)
def test_no_file_and_no_address_is_read(url: str) -> None:
    found = problems("<h1>One</h1>", f"h1 {{ background: url('{url}') }}")
    assert [problem.code for problem in found] == ["P003"]


def test_nothing_is_attached_to_the_pdf() -> None:
    one = book(section('<h1>One</h1><p><a rel="attachment" href="file:///etc/passwd">x</a></p>'))
    made = paper(one, markup=html(one).replace("</head>", '<link rel="attachment" href="file:///etc/hostname"></head>'))
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf.attachments) == 0


def test_pictures_of_the_rendition_are_shown() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title><circle r="3"/></svg>'
    picture = Picture("dot.svg", "image/svg+xml", svg, "d", 9, 9)
    faces, sheets = [face()], [Stylesheet("a.css", "html { font-family: Text }")]
    asked: list[str] = []

    def fetch(url: str) -> tuple[bytes, str]:
        asked.append(url)
        return picture.data, picture.media_type

    press = engine.Press(sheets, faces, fetch)
    with engine.listening(lambda _: None) as log:
        press.lay_out('<html lang="en"><p>x <img src="octavo:dot.svg" alt="a dot"></p>', fetch)
    assert asked == ["octavo:dot.svg"]
    assert not log.remarks
    assert press.remarks == ()


def test_a_breakdown_of_the_engine_is_a_problem_and_no_traceback() -> None:
    made = paper(
        book(section("<h1>One</h1>")),
        css="h1 { background: linear-gradient(device-cmyk(0 0 0 1), device-cmyk(0 0 0 0)) }",
    )
    assert made.codes == ["P008"]
    assert made.pdf == b""


def test_a_book_without_a_face_cannot_be_set() -> None:
    with pytest.raises(ValueError, match="at least one face"):
        engine.Press([], [], lambda _: (b"", ""))


def test_the_log_is_given_back_as_it_was() -> None:
    logger = logging.getLogger("weasyprint")
    before = logger.propagate, list(logger.handlers)
    paper(book(section("<h1>One</h1>")))
    assert (logger.propagate, logger.handlers) == before


def test_two_colours_in_a_black_book_are_named_with_their_page() -> None:
    css = "h1 { color: #c00 } p { background: device-cmyk(0.5 0 0 0) }"
    assert [problem.message for problem in problems("<h1>One</h1><p>x</p>", css)] == [
        "page 1 uses the colour rgb(204 0 0) in a book printed in black",
        "page 1 uses the colour device-cmyk(0.5 0 0 0) in a book printed in black",
    ]
    assert paper(book(section("<h1>One</h1>"), ink="colour"), css=css).codes == []


def test_black_of_three_inks_is_no_black_and_grey_of_one_is() -> None:
    assert [problem.code for problem in problems("<h1>One</h1>", "h1 { color: black }")] == ["P007"]
    assert problems("<h1>One</h1>", "h1 { color: device-cmyk(0 0 0 0.4) }") == []


def test_the_engine_is_loaded_without_running_another_program() -> None:
    """Python looks for libraries with the compiler, where there is one: a third of a second, at every start."""
    script = "import subprocess; subprocess.Popen.__init__ = None; import publish.pdf.engine"
    subprocess.run([sys.executable, "-c", script], check=True)
