"""Drawings lose all that acts or reaches outside, and keep what is drawn."""

from pathlib import Path

import pytest
from lxml import etree

from publish.layout.pixels import DrawingError
from publish.layout.svg import clean

from .helpers import book, chapter, codes, dressed

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 30 10"'


def drawing(inside: str, more: str = "") -> bytes:
    return f"{HEAD}{more}>{inside}<path id='p' d='M0 0h9'/></svg>".encode()


HARMFUL = {
    "a script": "<script>alert(1)</script>",
    "a foreign object": "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "an event": "<g onclick='alert(1)'/>",
    "a link": "<a href='https://example.org'><path d=''/></a>",
    "a file": "<image href='file:///etc/passwd'/>",
    "a file by xlink": "<image xlink:href='../secret.png'/>",
    "a foreign symbol": "<use href='https://example.org/a.svg#x'/>",
    "an SVG inside an address": "<image href='data:image/svg+xml;base64,PHN2Zz4='/>",
    "a style that imports": "<style>@import 'https://example.org/a.css';</style>",
    "a style that names a file": "<style>path { fill: url(https://example.org/a.svg#x) }</style>",
    "an escaped address": r"<style>path { fill: \75 rl(https://example.org/a.svg) }</style>",
    "a fill from outside": "<path fill='url(https://example.org/a.svg#x)' d=''/>",
    "a change of an address": "<a><set attributeName='href' to='javascript:alert(1)'/></a>",
    "a script address": "<a xlink:href='javascript:alert(1)'/>",
    "a base": "<g xml:base='https://example.org/'/>",
    "a picture in a filter": "<filter id='f'><feImage href='https://example.org/a.png'/></filter>",
}


@pytest.mark.parametrize("inside", HARMFUL.values(), ids=HARMFUL.keys())
def test_what_acts_or_reaches_out_is_taken_out(inside: str) -> None:
    cleaned = clean(drawing(inside))
    assert cleaned.removed
    for word in (b"example.org", b"alert", b"passwd", b"secret", b"base64", b"javascript", b"script"):
        assert word not in cleaned.data
    assert b'd="M0 0h9"' in cleaned.data
    assert clean(cleaned.data).removed == ()


@pytest.mark.parametrize(
    "inside", ["<image href='https://example.org/a.png'/>", "<use xlink:href='a.svg#x'/>", "<image/>"]
)
def test_what_shows_nothing_any_more_goes_altogether(inside: str) -> None:
    assert [str(element.tag).rpartition("}")[2] for element in etree.fromstring(clean(drawing(inside)).data)] == [
        "path"
    ]


def test_what_is_drawn_stays() -> None:
    inside = (
        "<defs><linearGradient id='g'><stop offset='0'/></linearGradient></defs><style>path { fill: url(#g) }</style>"
        "<use href='#p' x='3'/><text font-family='serif'>Words</text><rect fill='url(#g)' width='3' height='3'/>"
        "<image href='data:image/png;base64,AAAA' width='1' height='1'/><title>A line</title>"
    )
    cleaned = clean(drawing(inside))
    assert cleaned.removed == ()
    assert len(etree.fromstring(cleaned.data)) == len(etree.fromstring(drawing(inside)))


def test_notes_of_drawing_programs_go_without_a_word() -> None:
    inside = "<metadata>me</metadata><g inkscape:label='C:/Users/ada' xmlns:inkscape='http://www.inkscape.org/x'/>"
    assert b"ada" not in clean(drawing(inside)).data


@pytest.mark.parametrize(
    ("attributes", "size"),
    [("", (30, 10)), (" width='60'", (60, 20)), (" width='1in' height='10mm'", (96, 38)), (" width='50%'", (30, 10))],
)
def test_the_size_comes_from_the_drawing(attributes: str, size: tuple[int, int]) -> None:
    cleaned = clean(drawing("", attributes))
    assert (cleaned.width, cleaned.height) == size


LAUGHS = "".join(f"<!ENTITY a{i} '" + f"&a{i - 1};" * 10 + "'>" for i in range(1, 12))
REFUSED = {
    "a thousand million laughs": f"<!DOCTYPE svg [<!ENTITY a0 'ha'>{LAUGHS}]>{HEAD}><text>&a11;</text></svg>".encode(),
    "an entity from a file": f"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{HEAD}><text>&x;</text></svg>".encode(),
    "uses of uses": drawing(
        "".join(f"<g id='u{i}'>" + f"<use href='#u{i - 1}'/>" * 10 + "</g>" for i in range(1, 12)) + "<g id='u0'/>"
    ),
    "a use of itself": drawing("<g id='x'><use href='#x'/></g>"),
    "a depth of ten thousand": drawing("<g>" * 10_000 + "</g>" * 10_000),
    "not a drawing": b"<html/>",
    "no markup": b"<",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_a_drawing_that_unfolds_is_refused(data: bytes) -> None:
    with pytest.raises(DrawingError):
        clean(data)


def test_what_was_taken_out_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(drawing("<script/>"))
    (tmp_path / "b.svg").write_bytes(drawing(""))
    whole = book(chapter('<p data-p="2"><img src="a.svg" alt=""/><img src="b.svg" alt=""/></p>'))
    rendition, problems = dressed(whole, project=tmp_path)
    assert codes(problems) == ["L036"]
    assert [picture.media_type for picture in rendition.pictures.values()] == ["image/svg+xml"] * 2
