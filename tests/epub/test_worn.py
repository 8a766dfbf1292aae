"""A face goes into the EPUB if the documents wear it, for the characters that it shows; in doubt it goes in."""

import pytest
from lxml import etree

from epub.reader import dressed, read
from publish.epub.worn import worn
from publish.layout import fonts
from publish.layout.fonts import Cut
from publish.layout.model import FontFace, Stylesheet

SERIF, SANS, MONO = "EB Garamond", "Alegreya Sans", "JetBrains Mono"
CUTS = [
    Cut(family, weight, style)
    for family, bold in ((SERIF, 600), (SANS, 700), (MONO, 700))
    for weight in (400, bold)
    for style in ("normal", "italic")
]
Name = tuple[str, int, str]


@pytest.fixture(scope="module")
def faces() -> list[FontFace]:
    return [fonts.face(cut) for cut in CUTS]


def shown(faces: list[FontFace], css: str, body: str) -> dict[Name, str]:
    """The faces that a body wears under a style sheet: family, weight, style; and the characters of each."""
    document = etree.fromstring(f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>')
    found = worn([document], [Stylesheet("a.css", css)], faces)
    return {(face.family, face.weight, face.style): "".join(sorted(text)) for face, text in found.items()}


ONE = 'p { font-family: "EB Garamond", serif }'
WORN: dict[str, tuple[str, str, list[Name]]] = {
    "nothing names a family": ("p { font-weight: bold }", "<p>a</p>", []),
    "a family": (ONE, "<p>a</p>", [(SERIF, 400, "normal")]),
    "a family in capitals, unquoted": ("p { font-family: eb GARAMOND }", "<p>a</p>", [(SERIF, 400, "normal")]),
    "a family that nothing is set in": (ONE, "<h1>a</h1><p> </p>", []),
    "a family in italics": (ONE, "<p><em>a</em></p>", [(SERIF, 400, "italic")]),
    "italics taken back": (
        ONE + "em em { font-style: normal }",
        "<p><em><em>a</em></em></p>",
        [(SERIF, 400, "normal")],
    ),
    "bold is the nearest that is heavier": (ONE, "<p><b>a</b></p>", [(SERIF, 600, "normal")]),
    "a medium weight is the nearest that is lighter": (
        ONE,
        '<p style="font-weight: 500">a</p>',
        [(SERIF, 400, "normal")],
    ),
    "a weight by number": (
        "p { font: italic 650 1em/1.2 'Alegreya Sans', serif }",
        "<p>a</p>",
        [(SANS, 700, "italic")],
    ),
    "the family of the element above": (ONE, "<p><span>a</span></p>", [(SERIF, 400, "normal")]),
    "code is not in the family of its paragraph": (ONE, "<p><code>a</code></p>", []),
    "unless a style says so": (
        ONE + "code { font-family: inherit }",
        "<p><code>a</code></p>",
        [(SERIF, 400, "normal")],
    ),
    "the more particular rule counts": ("p.a { font-family: x }" + ONE, '<p class="a">a</p>', []),
    "but an important one counts more": (
        "p.a { font-family: x } p { font-family: 'EB Garamond' !important }",
        '<p class="a">a</p>',
        [(SERIF, 400, "normal")],
    ),
    "a second family for what the first one lacks": (
        "p { font-family: 'Alegreya Sans', 'EB Garamond' }",
        "<p>\u0561</p><p>\u2c6d</p>",
        [(SANS, 400, "normal"), (SERIF, 400, "normal")],
    ),
    "no second family for what the first one has": (
        "p { font-family: 'Alegreya Sans', 'EB Garamond' }",
        "<p>a</p>",
        [(SANS, 400, "normal")],
    ),
    "a style for some screens may hold and may not": (
        ONE + "@media (min-width: 30em) { p { font-family: 'Alegreya Sans' } }",
        "<p>a</p>",
        [(SERIF, 400, "normal"), (SANS, 400, "normal")],
    ),
    "a style for a first line": (
        ONE + "p::first-line { font-style: italic }",
        "<p>a</p>",
        [(SERIF, 400, "normal"), (SERIF, 400, "italic")],
    ),
    "a rule in a rule": (
        ONE + "p { em { font-family: 'Alegreya Sans' } }",
        "<p><em>a</em></p>",
        [(SANS, 400, "italic")],
    ),
    "a selector that nobody can read": (
        "p:nowhere-to-be-read { font-family: 'Alegreya Sans' }",
        "<p>a</p>",
        [(SANS, 400, "normal")],
    ),
    "what is hidden": (ONE, '<div hidden="hidden"><p>a</p></div>', []),
    "a style in the document itself": (
        "",
        "<style>p { font-family: 'Alegreya Sans' }</style><p>a</p>",
        [(SANS, 400, "normal")],
    ),
}


@pytest.mark.parametrize("case", WORN.values(), ids=WORN.keys())
def test_a_face_is_worn_if_a_style_asks_for_it(faces: list[FontFace], case: tuple[str, str, list[Name]]) -> None:
    css, body, names = case
    assert shown(faces, css, body).keys() == set(names)


def test_a_face_holds_the_characters_that_are_set_in_it(faces: list[FontFace]) -> None:
    text = shown(faces, ONE + "h1 { font-family: 'Alegreya Sans' }", "<h1>Hill</h1><p>sea <i>foam</i>, air</p>")
    assert text == {
        (SERIF, 400, "normal"): " ,aeirs",
        (SERIF, 400, "italic"): "afmo",
        (SANS, 700, "normal"): "Hil",
    }


def test_and_those_that_the_style_puts_into_the_text(faces: list[FontFace]) -> None:
    assert shown(faces, ONE + "p::before { content: '§ ' }", "<p>a</p>") == {(SERIF, 400, "normal"): " a§"}


def test_a_book_in_the_readers_own_face_holds_our_face_for_its_headings_alone(faces: list[FontFace]) -> None:
    book = dressed("# Zebra\n\nA *quiet* `word` in **bold**.", subtitle="Quick")
    documents = [etree.fromstring(document.xhtml) for document in book.documents]
    found = worn(documents, book.stylesheets, faces)
    assert {(face.family, face.weight) for face in found} == {(SERIF, 400)}
    upright = next(text for face, text in found.items() if face.style == "normal")
    assert set("Zebra") <= upright
    assert not set("qw") & upright


def test_a_handbook_holds_a_face_for_its_code(faces: list[FontFace]) -> None:
    book = dressed("# One\n\nSome `code`.", theme="manual")
    documents = [etree.fromstring(document.xhtml) for document in book.documents]
    found = worn(documents, book.stylesheets, faces)
    assert {(face.family, face.weight, face.style) for face in found} >= {(SANS, 700, "normal"), (MONO, 400, "normal")}
    assert not any(face.style == "italic" and face.family == MONO for face in found)


def test_an_empty_list_of_faces_names_none() -> None:
    assert "fonts" not in read("# One").text("content.opf")
