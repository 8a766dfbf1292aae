"""Marks of printed pages stand at the exact place, and never where they would be read as part of something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from publish.epub.markers import ROLE, mark_before, mark_in_text


def marked(markup: str, *labels: str) -> str:
    """A section with pages that begin at the signs | in it, or with the elements that bear the attribute `page`."""
    root = etree.fromstring(f"<section>{markup}</section>")
    spots: list[tuple[etree._Element, int | None]] = []
    for element in root.iter(etree.Element):
        if "page" in element.attrib:
            spots.append((element, None))
            del element.attrib["page"]
        direct = (element.text or "") + "".join(child.tail or "" for child in element)
        spots += [(element, place - direct[:place].count("|")) for place, sign in enumerate(direct) if sign == "|"]
    for element in root.iter(etree.Element):
        element.text = (element.text or "").replace("|", "") or None
        element.tail = (element.tail or "").replace("|", "") or None
    for number, (element, offset) in enumerate(spots):
        label = labels[number] if labels else str(number + 1)
        if offset is None:
            mark_before(element, f"page-{label}", label)
        else:
            mark_in_text(element, offset, f"page-{label}", label)
    return shown(root)


def shown(root: etree._Element) -> str:
    """The markup with [1] or, where the mark is a block, [[1]]."""
    for element in list(root.iter(etree.Element)):
        if element.get("role") == ROLE:
            sign = f"[{element.get('aria-label')}]"
            sign = f"[{sign}]" if element.tag == "div" else sign
            element.tail = sign + (element.tail or "")
            etree.strip_tags(element, "*")
            element.tag = "mark-of-a-page"
    etree.strip_tags(root, "mark-of-a-page")
    inner = etree.tostring(root, encoding="unicode")
    return inner.removeprefix("<section>").removesuffix("</section>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("<p>One |two.</p>", "<p>One [1]two.</p>", id="before a word"),
        pytest.param("<p>One| two.</p>", "<p>One [1]two.</p>", id="not before a space"),
        pytest.param("<p>Light|house keeper.</p>", "<p>Lighthouse [1]keeper.</p>", id="after a word that is parted"),
        pytest.param("<p>A light|house.</p>", "<p>A lighthouse.[1]</p>", id="after the last word"),
        pytest.param("<p>Lamp—|oil.</p>", "<p>Lamp—[1]oil.</p>", id="after a dash"),
        pytest.param("<p>two-|fold lamp</p>", "<p>two-fold [1]lamp</p>", id="not after a hyphen"),
        pytest.param("<p>東京|都です</p>", "<p>東京[1]都です</p>", id="anywhere in scripts without spaces"),
        pytest.param("<p>東京|。です</p>", "<p>東京。[1]です</p>", id="but not before their stops"),
        pytest.param("<p>One <em>|two</em>.</p>", "<p>One [1]<em>two</em>.</p>", id="before emphasis"),
        pytest.param("<p>One <em><b>|two</b></em>.</p>", "<p>One [1]<em><b>two</b></em>.</p>", id="before both"),
        pytest.param("<p>One <em>two |three</em>.</p>", "<p>One <em>two [1]three</em>.</p>", id="inside emphasis"),
        pytest.param("<p>One <em>tw|o</em>s three.</p>", "<p>One <em>two</em>s [1]three.</p>", id="words over edges"),
        pytest.param("<p>To <a>the |lamp</a>.</p>", "<p>To [1]<a>the lamp</a>.</p>", id="never in a link"),
        pytest.param("<p>E=mc<sup>2|3</sup> so</p>", "<p>E=mc[1]<sup>23</sup> so</p>", id="never in a sign"),
        pytest.param("<p>One<br/>|two</p>", "<p>One<br/>[1]two</p>", id="after a line's end"),
        pytest.param("<p>a b <img page=''/> c</p>", "<p>a b [1]<img/> c</p>", id="before a picture in the line"),
        pytest.param("<pre><code>a\n|b\n</code></pre>", "<pre><code>a\n[1]b\n</code></pre>", id="a line of code"),
    ],
)
def test_in_a_line(before: str, after: str) -> None:
    assert marked(f"<p>0</p>{before}") == f"<p>0</p>{after}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("<p>0</p><p>|One.</p>", "<p>0</p>[[1]]<p>One.</p>", id="a paragraph"),
        pytest.param(
            "<p>0</p><p><em>|One</em>.</p>", "<p>0</p>[[1]]<p><em>One</em>.</p>", id="one with emphasis first"
        ),
        pytest.param("<p>0</p><h2>One |two</h2>", "<p>0</p>[[1]]<h2>One two</h2>", id="never inside a heading"),
        pytest.param("<h1>|One</h1>", "[[1]]<h1>One</h1>", id="a section's first heading"),
        pytest.param(
            '<header><p data-made="">Chapter 1</p><h1>|One</h1></header>',
            '[[1]]<header><p data-made="">Chapter 1</p><h1>One</h1></header>',
            id="the number of a chapter goes with its heading",
        ),
        pytest.param(
            '<header data-made="">An Essay</header><p>|One</p>',
            '[[1]]<header data-made="">An Essay</header><p>One</p>',
            id="and the title of a piece with its text",
        ),
        pytest.param(
            "<p>0</p><blockquote><p>|One</p></blockquote>",
            "<p>0</p>[[1]]<blockquote><p>One</p></blockquote>",
            id="a quotation",
        ),
        pytest.param(
            "<div><p>0</p><div><p>a</p><p>|b</p></div></div>",
            "<div><p>0</p><div><p>a</p>[[1]]<p>b</p></div></div>",
            id="a block inside others",
        ),
        pytest.param("<p>0</p><ul><li>|a</li></ul>", "<p>0</p>[[1]]<ul><li>a</li></ul>", id="a list"),
        pytest.param("<ul><li>0</li><li>|a</li></ul>", "<ul><li>0</li><li>[1]a</li></ul>", id="an item of one"),
        pytest.param(
            "<ul><li>0<ul><li><p>|a</p></li></ul></li></ul>",
            "<ul><li>0[1]<ul><li><p>a</p></li></ul></li></ul>",
            id="a list in an item",
        ),
        pytest.param("<dl><dt>0</dt><dd>|a</dd></dl>", "<dl><dt>0</dt><dd>[1]a</dd></dl>", id="a definition"),
        pytest.param(
            "<p>0</p><figure page=''><img/><figcaption>a</figcaption></figure>",
            "<p>0</p>[[1]]<figure><img/><figcaption>a</figcaption></figure>",
            id="a figure",
        ),
        pytest.param(
            "<p>0</p><figure><img page=''/></figure>", "<p>0</p>[[1]]<figure><img/></figure>", id="a figure's picture"
        ),
        pytest.param(
            "<figure><img/><figcaption>|a</figcaption></figure>",
            "<figure><img/>[[1]]<figcaption>a</figcaption></figure>",
            id="a caption on the next page",
        ),
        pytest.param(
            '<aside class="note"><p><a data-made="">1. </a>|One.</p></aside>',
            '[[1]]<aside class="note"><p><a data-made="">1. </a>One.</p></aside>',
            id="a note",
        ),
        pytest.param(
            '<div><p class="stanza"><span class="line">a</span><span class="line">|b</span></p></div>',
            '<div><p class="stanza"><span class="line">a</span>[1]<span class="line">b</span></p></div>',
            id="a line of verse",
        ),
        pytest.param("<p>0</p><hr page=''/>", "<p>0</p>[[1]]<hr/>", id="a scene break"),
    ],
)
def test_before_blocks(before: str, after: str) -> None:
    assert marked(before) == after


ROW = "<tr><th>{0}</th><td>{1}</td></tr>"


def test_a_table_is_marked_before_or_in_its_cells() -> None:
    head = "<thead><tr><th>A</th><th>B</th></tr></thead>"
    first = f"<table>{head}<tbody>{ROW.format('|a', 'b')}</tbody></table>"
    assert marked(f"<p>0</p>{first.replace(head, '')}").startswith("<p>0</p>[[1]]<table>")
    assert marked(first) == first.replace("|", "").replace("<td>", "<td>[1]")
    later = f"<table><tbody>{ROW.format('0', '0')}{ROW.format('|a', 'b')}</tbody></table>"
    assert marked(later) == later.replace("|", "").replace("<td>b", "<td>[1]b")
    inside = f"<table><tbody>{ROW.format('0', '0')}{ROW.format('a', 'b |c')}</tbody></table>"
    assert marked(inside) == inside.replace("|", "[1]")
    assert marked("<p>0</p><table><thead><tr><th>A |B</th></tr></thead></table>").startswith("<p>0</p>[[1]]<table>")


def test_pages_that_begin_at_one_place_stay_in_their_order() -> None:
    assert marked("<p>0</p><p>||One ||two.</p>") == "<p>0</p>[[1]][[2]]<p>One [3][4]two.</p>"
    assert marked("<h1>||One</h1>") == "[[1]][[2]]<h1>One</h1>"
    assert marked("<ul><li>0</li><li>||a</li></ul>") == "<ul><li>0</li><li>[1][2]a</li></ul>"


def test_a_label_is_said_to_those_who_listen() -> None:
    root = etree.fromstring("<section><p>One two</p></section>")
    mark_in_text(root[0], 4, "page-A-3", "A-3")
    element = root.find(".//span")
    assert element is not None
    said = {str(name): str(value) for name, value in element.attrib.items()}
    assert said.pop("{http://www.idpf.org/2007/ops}type") == "pagebreak"
    assert said == {"role": "doc-pagebreak", "id": "page-A-3", "aria-label": "A-3"}
    assert not element.text


TEXT = st.text("ab é—-|", max_size=8)
LINES = st.recursive(
    TEXT,
    lambda inner: st.tuples(st.sampled_from(("em", "b", "a", "sup")), inner, TEXT).map(
        lambda one: f"<{one[0]}>{one[1]}</{one[0]}>{one[2]}"
    ),
    max_leaves=4,
)
BLOCKS = st.recursive(
    LINES.map(lambda line: f"<p>{line}</p>"),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda blocks: f"<blockquote>{''.join(blocks)}</blockquote><ul><li>{'</li><li>'.join(blocks)}</li></ul>"
    ),
    max_leaves=4,
)


@given(st.lists(BLOCKS, min_size=1, max_size=3))
def test_no_text_is_lost_or_moved_and_no_page_is_out_of_order(blocks: list[str]) -> None:
    markup = "".join(blocks)
    made = marked(markup)
    pages = markup.count("|")
    bare = made
    for number in range(1, pages + 1):
        assert f"[{number}]" in made
        bare = bare.replace(f"[[{number}]]", "").replace(f"[{number}]", "")
    canonical = etree.tostring(etree.fromstring(f"<section>{markup.replace('|', '')}</section>"), encoding="unicode")
    assert bare == canonical.removeprefix("<section>").removesuffix("</section>").replace("<section/>", "")
