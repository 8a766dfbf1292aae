"""Our own rules for printed pages in an EPUB: each with a file that breaks it and one that does not."""

import io
import zipfile

import pytest

from epub.reader import heard

SPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
CONTAINER = '<container><rootfiles><rootfile full-path="EPUB/content.opf"/></rootfiles></container>'
ITEM = '<item id="{0}" href="{0}" media-type="{1}"{2}/>'
SOURCE = '<meta property="pageBreakSource">urn:isbn:9780000000002</meta>'
FEATURES = "".join(
    f'<meta property="schema:accessibilityFeature">{name}</meta>' for name in ("pageBreakMarkers", "pageNavigation")
)
LANDMARKS = (
    '<nav epub:type="landmarks"><ol><li><a epub:type="toc" href="nav.xhtml">Contents</a></li>'
    '<li><a epub:type="bodymatter" href="a.xhtml">Text</a></li></ol></nav>'
)
PLACES = {"iv": "a.xhtml#p-iv", "1": "b.xhtml#p-1", "2": "b.xhtml#p-2"}


def mark(label: str, more: str = "") -> str:
    """The mark of a page."""
    said = f' aria-label="{label}"' if label else ""
    return f'<span epub:type="pagebreak" role="doc-pagebreak" id="p-{label}{more}"{said}/>'


FRONT = f"<p>{mark('iv')}Before.</p>"
TEXT = f"<h1>One</h1><p>{mark('1')}Text, {mark('2')}and more.</p>"


def page_list(places: dict[str, str]) -> str:
    """A page list, in a navigation document."""
    rows = "".join(f'<li><a href="{href}">{label}</a></li>' for label, href in places.items())
    return f'<nav epub:type="page-list"><ol>{rows}</ol></nav>' if places else ""


def ncx_list(places: dict[str, str]) -> str:
    """An NCX with a page list."""
    rows = "".join(
        f'<pageTarget><navLabel><text>{label}</text></navLabel><content src="{href}"/></pageTarget>'
        for label, href in places.items()
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><pageList>{rows}</pageList></ncx>'


def codes(
    text: str = TEXT,
    listed: dict[str, str] = PLACES,
    metadata: str = SOURCE + FEATURES,
    ncx: dict[str, str] | None = None,
    front: str = FRONT,
) -> list[str]:
    """The codes of what the rules say of a book of two documents with these lists."""
    bodies = {"nav.xhtml": page_list(listed) + LANDMARKS, "a.xhtml": front, "b.xhtml": text}
    files = {
        name: f"<html {SPACES}><head><title>T</title></head><body>{body}</body></html>" for name, body in bodies.items()
    }
    properties = {"nav.xhtml": ' properties="nav"'}
    items = "".join(ITEM.format(name, "application/xhtml+xml", properties.get(name, "")) for name in files)
    if ncx is not None:
        files["toc.ncx"] = ncx_list(ncx)
        items += ITEM.format("toc.ncx", "application/x-dtbncx+xml", "")
    spine = '<spine><itemref idref="a.xhtml"/><itemref idref="b.xhtml"/></spine>'
    opf = f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata>{metadata}</metadata>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("EPUB/content.opf", f"{opf}<manifest>{items}</manifest>{spine}</package>")
        for name, content in files.items():
            archive.writestr(f"EPUB/{name}", content)
    return [problem.code for problem in heard(out.getvalue())]


def test_pages_that_are_marked_listed_and_said_of_are_good() -> None:
    assert codes() == []
    assert codes(ncx=PLACES) == []


WHOLE = [
    "<h1>x{}</h1>",
    "<h1><em>x{}</em></h1>",
    '<p><a href="#p-1">x{}</a></p>',
    "<p><sup>x{}</sup></p>",
    "<table><caption>x{}</caption><tr><td>y</td></tr></table>",
    "<figure><svg xmlns='http://www.w3.org/2000/svg'/><figcaption>x{}</figcaption></figure>",
    "<p><ruby>x{}<rt>y</rt></ruby></p>",
    "<details><summary>x{}</summary>y</details>",
]


@pytest.mark.parametrize("body", WHOLE)
def test_a_mark_inside_what_is_read_as_one(body: str) -> None:
    assert codes(body.format(mark("1")) + mark("2")) == ["E024"]


@pytest.mark.parametrize("body", ["{}<h1>x</h1>", "<ul><li>{}x</li></ul>", "<p><em>x{}</em></p>", "<pre>x{}y</pre>"])
def test_a_mark_before_or_in_running_text(body: str) -> None:
    assert codes(body.format(mark("1")) + mark("2")) == []


def test_a_list_out_of_order() -> None:
    turned = {"iv": PLACES["iv"], "2": PLACES["2"], "1": PLACES["1"]}
    assert codes(listed=turned) == ["E025"]
    assert codes(ncx=turned) == ["E025"]
    assert codes(listed={"1": PLACES["1"], "iv": PLACES["iv"], "2": PLACES["2"]}) == ["E025"]


def test_a_list_that_lacks_pages_or_calls_them_otherwise() -> None:
    lacking = {label: place for label, place in PLACES.items() if label != "1"}
    assert codes(listed=lacking) == ["E026"]
    assert codes(ncx=lacking) == ["E026"]
    assert codes(ncx={}) == ["E026"]
    assert codes(listed={"iv": PLACES["iv"], "3": PLACES["1"], "2": PLACES["2"]}) == ["E026"]


def test_a_page_that_leads_nowhere() -> None:
    assert codes(listed={**PLACES, "9": "b.xhtml#p-9"}) == ["E098"]


def test_a_mark_without_a_label() -> None:
    assert codes(TEXT + mark("", "x")) == ["E027"]


@pytest.mark.parametrize("said", [' title="3"/>', ">3</span>", ' aria-label="3"/>'])
def test_a_mark_with_a_label_of_any_kind(said: str) -> None:
    three = f'<span epub:type="pagebreak" id="p-3"{said}'
    assert codes(TEXT + three, {**PLACES, "3": "b.xhtml#p-3"}) == []


def test_pages_of_no_book() -> None:
    assert codes(metadata=FEATURES) == ["E028"]


def test_the_older_way_to_name_the_book() -> None:
    source = '<dc:source xmlns:dc="http://purl.org/dc/elements/1.1/" id="s">urn:isbn:9780000000002</dc:source>'
    refining = '<meta refines="#s" property="source-of">pagination</meta>'
    assert codes(metadata=FEATURES + source + refining) == []
    assert codes(metadata=FEATURES + source) == ["E028"]


def test_features_that_are_not_named() -> None:
    assert codes(metadata=SOURCE + FEATURES.replace("pageBreakMarkers", "ARIA")) == ["E029"]
    assert codes(metadata=SOURCE + FEATURES.replace("pageNavigation", "ARIA")) == ["E029"]


def test_a_book_that_names_no_features() -> None:
    assert codes(metadata=SOURCE) == []


def test_features_that_are_not_there() -> None:
    assert codes("<h1>One</h1>", {}, SOURCE + FEATURES, front="<p>Before.</p>") == ["E029", "E029"]
    assert codes("<h1>One</h1>", {}, "", front="<p>Before.</p>") == []


def test_the_older_name_of_a_feature() -> None:
    assert codes(metadata=SOURCE + FEATURES.replace("pageBreakMarkers", "printPageNumbers")) == []
