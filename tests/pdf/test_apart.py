"""Books laid out by sections: where each comes to stand, what its furniture bears, what binding does to pictures."""

import io
from dataclasses import replace
from hashlib import sha256

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from publish.layout.model import Document, Picture, Rendition
from publish.pdf.typeset import Laid, Typesetter
from publish.pdf.workshop import Workshop
from publish.problems import Problems

from .paper import book, rendition, section

SLID = "@page { margin: 10mm 20mm 10mm 10mm } @page :left { margin: 10mm 10mm 10mm 20mm }"
SLID += "@page :right { margin: 10mm 20mm 10mm 10mm }"


def png(name: str, *, upper: bool) -> Picture:
    """A black square of which one half is transparent: the upper one or the left one."""
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 40, 20) if upper else (0, 0, 20, 40))
    out = io.BytesIO()
    image.save(out, "PNG")
    return Picture(name, "image/png", out.getvalue(), sha256(out.getvalue()).hexdigest(), 40, 40)


PICTURES = {"a.png": png("a.png", upper=False), "b.png": png("b.png", upper=True)}


def cut(*bodies: str, css: str = "") -> Rendition:
    """A book of these sections, each a document."""
    sections = [section(body, f"s{number}") for number, body in enumerate(bodies)]
    made = rendition(book(*sections), css, PICTURES)
    return replace(made, documents=tuple(Document(one, one.xhtml) for one in sections))


def bound(whole: Rendition) -> tuple[Laid, bytes]:
    problems = Problems()
    setter = Typesetter(Workshop(1), lambda stage: None)
    laid = setter.lay_out(whole, problems)
    assert laid is not None, list(problems)
    assert len(laid.sets) == len(whole.documents)
    return laid, setter.bind(laid, problems)


def test_pictures_that_differ_only_in_what_is_transparent_stay_apart() -> None:
    figures = [f'<p data-p="0">Text.</p><figure><img src="octavo:{name}" alt="x"/></figure>' for name in PICTURES]
    _, data = bound(cut(*figures, figures[0]))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        masks = [next(iter(page.Resources.XObject.values())).SMask.read_bytes() for page in pdf.pages]
    assert masks[0] != masks[1]
    assert masks[0] == masks[2]


def test_a_picture_without_words_may_stand_beside_others_on_a_page_that_is_slid() -> None:
    figures = "".join(
        f'<figure><img src="octavo:{name}" alt="{alt}"/></figure>' for name, alt in (("a.png", "x"), ("b.png", ""))
    )
    _, data = bound(cut("<p>One.</p>", f"<p>Two.</p>{figures}", css=SLID))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        elements = [held for held in pdf.objects if isinstance(held, pikepdf.Dictionary)]
        figure = next(element for element in elements if element.get("/S") == pikepdf.Name.Figure)
        assert float(figure.A.BBox[0]) > 50


def test_furniture_with_pictures_bears_the_same_name_in_every_fragment() -> None:
    top = "@top-center { content: url(octavo:a.png) }"
    _, data = bound(cut(*["<p>Text.</p>"] * 5, css=f"@page {{ {top} }} @page :left {{ {top} }}"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = [[str(name) for name in page.Resources.XObject] for page in pdf.pages]
    assert names[1] == names[3]
    assert names[2] == names[4]


def test_every_section_is_set_for_the_side_on_which_it_begins() -> None:
    """A section is one right page long, or two that begin with a left one: each moves the next to the other side."""
    css = "@page :left { margin: 35mm 10mm } @page :right { margin: 10mm }"
    text = "<p>The lamp was lit at six.</p>" * 9
    laid, _ = bound(cut(*[text] * 24, css=css))
    pages = [page for page in laid.placing.pages if page.record is not None]
    assert len(pages) == 24 * 2 - 1
    assert [page.side for page in pages] == [page.record.side for page in pages if page.record is not None]


@pytest.mark.parametrize(("rule", "pages"), [("display: none", 2), ("position: absolute", 2), ("float: left", 3)])
def test_a_book_with_a_section_out_of_the_flow_stays_in_one_piece(rule: str, pages: int) -> None:
    whole = cut("<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>", css=f"section {{ page: text }} #s1 {{ {rule} }}")
    problems = Problems()
    setter = Typesetter(Workshop(1), lambda stage: None)
    laid = setter.lay_out(whole, problems)
    assert laid is not None
    assert (len(laid.sets), laid.page_count) == (1, pages)


def test_names_in_styles_may_hold_any_sign() -> None:
    css = """section { page: a\\"\\:b; string-set: c\\"\\:d attr(id) }
    @page a\\"\\:b { @top-left { content: string(c\\"\\:d) } }"""
    _, data = bound(cut("<p>One.</p>", "<p>Two.</p>", css=css))
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    assert ["s0" in pages[0], "s1" in pages[1]] == [True, True]


def test_a_link_to_another_section_leads_there_and_one_to_nowhere_is_said() -> None:
    whole = cut('<p><a href="#s1">there</a> <a href="#nowhere">nowhere</a></p>', "<p>Two.</p>")
    problems = Problems()
    setter = Typesetter(Workshop(1), lambda stage: None)
    laid = setter.lay_out(whole, problems)
    assert laid is not None
    with pikepdf.open(io.BytesIO(setter.bind(laid, problems))) as pdf:
        assert [str(note.Dest) for note in pdf.pages[0].Annots] == ["s1"]
    assert any("nowhere" in problem.message for problem in problems)
