"""What Octavo knows of its engine that no manual promises. Should an update change it, this says what to look at."""

import io
from importlib.metadata import version

import pikepdf

from publish.layout.model import Stylesheet
from publish.pdf import engine
from publish.pdf.boxes import Pages
from publish.pdf.record import Counter, PageRecord

from .paper import face

STYLE = """
@page { size: 60mm 40mm; margin: 8mm 6mm; @bottom-center { content: counter(page) } }
@page chapter:nth(1 of chapter) { margin-top: 12mm }
@page wide { size: 80mm 40mm }
html { font: 9pt/12pt Text } body, p { margin: 0 }
section { page: chapter; break-before: page; string-set: head attr(data-head) }
.wide { page: wide }
"""
WORDS = "Some words of a paragraph that goes on over several pages. " * 14


def pages(body: str, css: str = "") -> Pages:
    """A laid-out document."""
    press = engine.Press([Stylesheet("a.css", STYLE), Stylesheet("b.css", css)], [face()], _nothing)
    with engine.listening(lambda _: None) as log:
        document = press.lay_out(f'<html lang="en"><body>{body}</body></html>', _nothing)
    assert not log.remarks, list(log.remarks)
    return Pages(document, {})


def kinds(body: str, css: str = "") -> list[PageRecord]:
    """What its pages are."""
    found = pages(body, css)
    return [found.kind(index) for index in range(len(found))]


def _nothing(url: str) -> tuple[bytes, str]:
    raise ValueError(url)


def test_the_engine_is_the_one_that_was_tried() -> None:
    assert version("weasyprint") == "70.0"


def test_a_page_knows_its_name_its_side_and_its_number_in_its_group() -> None:
    found = kinds(f'<section data-head="One">{WORDS}</section><section data-head="Two"><p>Short.</p></section>')
    assert {page.name for page in found} == {"chapter"}
    assert [page.side for page in found[:3]] == ["right", "left", "right"]
    assert [page.groups for page in found] == [*((("chapter", n),) for n in range(1, len(found))), (("chapter", 1),)]
    assert found[0].area[1] < found[1].area[1], "the first page of a chapter has a margin of its own"


def test_groups_lie_in_one_another_and_the_inner_ones_end() -> None:
    found = kinds(f'<section data-head="One"><p>Before.</p><div class="wide">Wide.</div><p>{WORDS}</p></section>')
    assert [page.groups for page in found[:3]] == [
        (("chapter", 1),),
        (("chapter", 2), ("wide", 1)),
        (("chapter", 3),),
    ]


def test_a_blank_page_is_known_and_bears_no_group() -> None:
    found = kinds("<section>One.</section><section>Two.</section>", "section { break-before: right }")
    assert [(page.side, page.blank) for page in found] == [("right", False), ("left", True), ("right", False)]
    assert found[1].groups == ()


def test_strings_are_set_anew_on_every_page_of_their_element() -> None:
    found = kinds(f'<section data-head="One">{WORDS}</section>')
    assert len(found) > 2
    assert all(page.strings == {"head": ("One", "One")} for page in found)


def test_counters_of_pages_are_in_their_style() -> None:
    found = kinds("<section>One.</section>", "@page chapter:nth(1 of chapter) { counter-reset: page 7 }")
    assert [page.counter for page in found] == [Counter(reset=7, step=0)]
    assert kinds("<section>One.</section>")[0].counter == Counter()


def test_anchors_tell_the_height_of_an_element_from_the_pages_head() -> None:
    found = pages('<section id="one"><p>First.</p><p id="second">Second.</p></section>').anchors()
    (first, top), (page, below) = found["one"], found["second"]
    assert (first, page) == (0, 0)
    assert round(top - below) == 12


def test_breaks_are_read_at_the_edges_of_sections() -> None:
    seams = pages(
        '<section><h1 style="break-before: right">One</h1><p style="break-after: left">x</p></section>'
    ).seams()
    assert seams.before == ("page", "right")
    assert seams.after == ("left", "auto")
    assert (seams.first, seams.last) == ("chapter", "chapter")


def test_a_block_that_drops_its_margin_is_known_where_it_stands_first() -> None:
    css = "blockquote { margin: 12pt 0; margin-break: discard }"
    assert pages("<section><blockquote>Said.</blockquote></section>", css).discards()
    assert not pages("<section><p>Before.</p><blockquote>Said.</blockquote></section>", css).discards()


def test_a_press_sets_one_document_after_another_as_if_it_were_the_first() -> None:
    press = engine.Press([Stylesheet("a.css", STYLE)], [face()], _nothing)
    texts = [f'<html lang="en"><section data-head="{n}"><p>{WORDS}</p></section></html>' for n in range(3)]
    with engine.listening(lambda _: None):
        again = [engine.paint(press.lay_out(text, _nothing)) for text in texts]
        alone = [
            engine.paint(engine.Press([Stylesheet("a.css", STYLE)], [face()], _nothing).lay_out(text, _nothing))
            for text in texts
        ]
    assert again == alone


def test_transparency_is_named_by_its_value_and_pages_share_their_resources() -> None:
    press = engine.Press([Stylesheet("a.css", STYLE)], [face()], _nothing)
    text = f'<html lang="en"><section><p style="color: #0008">Pale.</p><p>{WORDS}</p></section></html>'
    with engine.listening(lambda _: None):
        pdf = pikepdf.open(io.BytesIO(engine.paint(press.lay_out(text, _nothing))))
    assert len({page.obj.Resources.objgen for page in pdf.pages}) == 1
    states = pdf.pages[0].Resources.ExtGState
    assert len(states) > 0
    for name, state in states.items():
        (share,) = [float(state[key]) for key in ("/ca", "/CA") if key in state]
        assert name.lower().startswith("/a")
        assert round(float(name[2:]), 6) == share
