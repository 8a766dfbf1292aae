"""Style sheets are read before the engine reads them: what they name, what they may not say, what is not CSS."""

from pathlib import Path

import pytest
import tinycss2

from publish.layout.csswalk import end_of
from publish.layout.fetch import RefusedError, fetch
from publish.layout.model import Edition, Rendition
from publish.problems import Problem

from .helpers import EPUB, PROOF, book, chapter, codes, dressed, photo


def styled(
    project: Path, css: str, edition: Edition = PROOF, name: str = "custom.css"
) -> tuple[str, list[Problem], Rendition]:
    """What becomes of an author's style sheet: its text, the problems, the whole rendition."""
    file = project / "styles" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(css)
    rendition, problems = dressed(book(chapter("")), edition, project)
    return next(sheet.css for sheet in rendition.stylesheets if sheet.name == f"styles/{name}"), problems, rendition


def test_layers_stand_in_order(tmp_path: Path) -> None:
    (tmp_path / "styles" / "classic").mkdir(parents=True)
    for name in ("theme.css", "print.css", "ebook.css"):
        (tmp_path / "styles" / "classic" / name).write_text("p { margin: 0 }")
    _, problems, rendition = styled(tmp_path, "p { margin: 0 }")
    assert not problems
    names = [sheet.name for sheet in rendition.stylesheets]
    assert names[:2] == ["base/base.css", "base/print.css"]
    assert names[-4:] == ["edition", "styles/classic/theme.css", "styles/classic/print.css", "styles/custom.css"]


def test_the_edition_says_sizes_and_families(tmp_path: Path) -> None:
    _, _, rendition = styled(tmp_path, "")
    edition = next(sheet.css for sheet in rendition.stylesheets if sheet.name == "edition")
    assert "--trim-width: 129mm" in edition
    assert '--font-body: "EB Garamond", "Noto Serif", "Noto Sans", serif' in edition


def test_a_file_that_css_names_is_a_picture_of_the_book(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "star.png").write_bytes(photo("PNG"))
    css = "hr { background: url(\"star.png\") } li { list-style: url(star.png) } p { background: url( 'star.png' ) }"
    text, problems, rendition = styled(tmp_path, css)
    assert not problems
    assert text.count('url("octavo:star.png")') == 3
    assert fetch(rendition, "octavo:star.png")[1] == "image/png"


OUTWARD = {
    "the network": ("p { background: url(https://example.org/a.png) }", "L032"),
    "no scheme": ("p { background: url('//example.org/a.png') }", "L032"),
    "a file": ('p { background: url("file:///etc/passwd") }', "L032"),
    "an escaped address": (r"p { background: \75 r\6c('https://example.org/a.png') }", "L032"),
    "a folder up": ("p { background: url(../../secret.png) }", "L031"),
    "a link out": ("p { background: url(link.png) }", "L031"),
    "data": ("p { background: url(data:image/png;base64,AAAA) }", "L032"),
    "a set of images": ('p { background: image-set("https://example.org/a.png" 1x) }', "L032"),
    "a variable": (":root { --x: url(https://example.org/a.png) } p { background: var(--x) }", "L032"),
    "an import": ('@import "https://example.org/a.css";', "L021"),
    "an import by address": ("@import url(https://example.org/a.css);", "L021"),
    "a font": ('@font-face { font-family: x; src: url("https://example.org/a.ttf") }', "L021"),
}


@pytest.mark.parametrize(("css", "code"), OUTWARD.values(), ids=OUTWARD.keys())
@pytest.mark.parametrize("edition", [PROOF, EPUB], ids=["print", "screen"])
def test_nothing_outside_the_project_is_named(tmp_path: Path, css: str, code: str, edition: Edition) -> None:
    project = tmp_path / "project"
    (project / "styles").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(photo("PNG"))
    (project / "styles" / "link.png").symlink_to(tmp_path / "secret.png")
    text, problems, rendition = styled(project, "\n" + css, edition)
    assert code in codes(problems)
    first = next(problem for problem in problems if problem.code == code)
    assert first.span
    assert (first.span.file, first.span.line) == ("styles/custom.css", 2)
    assert not rendition.pictures
    assert "@import" not in text
    assert "@font-face" not in text
    if code != "L021":
        assert not any(word in text for word in ("example.org", "secret", "passwd", "link.png"))


CRASHING = {
    "a note policy": "p { footnote-policy: block }",
    "ink in a gradient": "p { background: linear-gradient(device-cmyk(0 0 0 1), white) }",
    "ink in a gradient, by name": ":root { --ink: device-cmyk(0 0 0 1); --i: var(--ink) }\n"
    "p { background: radial-gradient(var(--i), #fff) }",
    "a blurred shadow": "p { box-shadow: 1px 1px 3px }",
    "an engraved border": "p { border: 3px groove }",
    "an engraved outline": "p { outline-style: ridge }",
    "a target in a margin": "@page { @top-left { content: target-counter(attr(href), page) } }",
}


@pytest.mark.parametrize("css", CRASHING.values(), ids=CRASHING.keys())
def test_what_crashes_the_engine_is_refused_and_loses_its_force(tmp_path: Path, css: str) -> None:
    text, problems, _ = styled(tmp_path, css)
    assert codes(problems) == ["L022"]
    assert problems[0].span
    assert problems[0].span.file == "styles/custom.css"
    assert len(text.split("\n")) == len(css.split("\n"))
    assert not codes(styled(tmp_path, text)[1])
    assert "L022" not in codes(styled(tmp_path, css, EPUB)[1])


HARMLESS = {
    "a plain shadow": "p { box-shadow: 1px 1px 0 black }",
    "a gradient of greys": "p { background: linear-gradient(#000, #fff) }",
    "a solid border of ink": "p { border: 1px solid device-cmyk(0 0 0 1) }",
    "a target by address": "@page { @top-left { content: target-counter(url(#a), page) } }",
    "a target in the text": "a::after { content: target-counter(attr(href), page) }",
    "words that only look so": "/* @import url(http://x) */ p::before { content: 'url(http://x) groove' }",
    "a class named like a border": "p.groove { color: black } .border.inset { margin: 0 }",
    "another policy": "p { footnote-policy: line }",
}


@pytest.mark.parametrize("css", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_harmless_stays_as_it_is(tmp_path: Path, css: str) -> None:
    text, problems, _ = styled(tmp_path, css)
    assert text == css
    assert not problems


@pytest.mark.parametrize(
    "css", ["\np { color black; margin: 0 }", "\np { color: black } }", "\n@media print { p { color } }"]
)
def test_what_is_not_css_has_its_line(tmp_path: Path, css: str) -> None:
    _, problems, _ = styled(tmp_path, css)
    assert codes(problems) == ["L020"]
    assert problems[0].span
    assert problems[0].span.line == 2


def test_brackets_without_end_are_left_out(tmp_path: Path) -> None:
    text, problems, _ = styled(tmp_path, "p { color: " + "(" * 100_000)
    assert (text, codes(problems)) == ("", ["L020"])


def test_a_sheet_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "custom.css").write_bytes(b"\xff\xfe\x00p")
    rendition, problems = dressed(book(chapter("")), PROOF, tmp_path)
    assert codes(problems) == ["L014"]
    assert "styles/custom.css" not in [sheet.name for sheet in rendition.stylesheets]


def test_a_sheet_that_is_a_link_out_of_the_project_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.css").write_text("p { color: red }")
    (tmp_path / "project" / "styles").mkdir(parents=True)
    (tmp_path / "project" / "styles" / "custom.css").symlink_to(tmp_path / "other.css")
    _, problems = dressed(book(chapter("")), PROOF, tmp_path / "project")
    assert codes(problems) == ["L014"]


def test_on_a_screen_custom_properties_are_written_out_and_pages_are_gone(tmp_path: Path) -> None:
    css = ":root { --lead: var(--more); --more: 1.4 }\n@page { margin: 0 }\n"
    css += "p { line-height: var(--lead); font-family: var(--font-mono) }"
    text, _, rendition = styled(tmp_path, css, EPUB)
    assert 'p { line-height: 1.4; font-family: "JetBrains Mono", ' in text
    assert "@page" not in text
    assert len(text.split("\n")) == 3
    assert not any("@page" in sheet.css for sheet in rendition.stylesheets)


def test_our_own_style_sheets_name_nothing_unknown() -> None:
    for edition in (PROOF, EPUB):
        for theme in ("classic", "manual"):
            rendition, problems = dressed(book(chapter(""), theme=theme), edition)
            assert not problems
            assert [face.family for face in rendition.fonts]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "https://example.org/", "octavo:none.png", "/etc/passwd", "data:,x", ""]
)
def test_the_fetcher_gives_the_books_own_pictures_only(url: str) -> None:
    rendition, _ = dressed(book(chapter("")))
    with pytest.raises(RefusedError):
        fetch(rendition, url)


@pytest.mark.parametrize(
    "part", ['url("a)b")', "url(a\\)b)", "f(g(1), [2], '}')", "@page { a { b: ')' } }", "@import 'x';", "'a\\'b'"]
)
def test_the_end_of_a_part_is_found(part: str) -> None:
    assert end_of(part + " rest) }", 0) == len(part)
    assert tinycss2.parse_component_value_list(part)
