"""Fragments bound: pictures keep what they show, decorations do not stand in the way, names are the same every time."""

import io
from dataclasses import replace
from hashlib import sha256

import pikepdf
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
