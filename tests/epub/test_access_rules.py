"""Our own rules for an EPUB's accessibility: each with a file that breaks it and one that does not."""

from pathlib import Path

import pytest

from epub.packages import files, zipped
from epub.reader import dressed
from layout.helpers import photo
from publish.checks import access_rules
from publish.checks.opened import open_epub
from publish.epub import package
from publish.manuscript.model import Accessibility
from publish.problems import Problem, Problems

SPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
ASKED = {"accessMode": "textual", "accessibilityFeature": "tableOfContents", "accessibilityHazard": "none"}
CONTENTS = ("c.xhtml", "c.xhtml#in", "d.xhtml")


def page(body: str, html: str = 'lang="en" xml:lang="en"') -> str:
    """A document in English."""
    return f"<html {SPACES} {html}><head><title>T</title></head><body>{body}</body></html>"


def meta(name: str, text: str, more: str = "") -> str:
    """A metadata element."""
    return f'<meta property="{name}"{more}>{text}</meta>'


def heard(data: bytes) -> list[Problem]:
    """What the rules say of an EPUB."""
    problems = Problems()
    epub = open_epub(data, Problems())
    assert epub is not None
    access_rules.check(epub, problems)
    return list(problems)


def book(
    body: str = '<p id="in">x</p>', contents: tuple[str, ...] = CONTENTS, html: str | None = None, more: str = ""
) -> list[Problem]:
    """What the rules say of a book of two documents, the first of this body, with these contents and metadata."""
    rows = "".join(f'<li><a href="{href}">{href}</a></li>' for href in contents)
    chapter = page(body) if html is None else page(body, html)
    documents = {"nav.xhtml": page(f'<nav epub:type="toc"><ol>{rows}</ol></nav>'), "c.xhtml": chapter}
    metadata = "".join(meta(f"schema:{name}", text) for name, text in ASKED.items()) + more
    return heard(zipped(files({**documents, "d.xhtml": page("<p>y</p>")}, metadata)))


def codes(body: str) -> list[str]:
    """The codes of what the rules say of a chapter."""
    return [problem.code for problem in book(body)]


def test_a_plain_book_is_good() -> None:
    assert book() == []


def test_what_we_make_is_good(tmp_path: Path) -> None:
    (tmp_path / "lamp.png").write_bytes(photo("PNG"))
    text = (
        "# One\n\nGlass.[^a] ![](lamp.png){.decorative} [سلام]{lang=ar}\n\n## Head\n\n[^a]: A.\n\n"
        "|  | b |\n|--|---|\n| c | d |\n\n"
        '# Deux {lang=fr}\n\n![Lampe](lamp.png){alt="Une lampe" details=#loin}\n\n## Loin {#loin}\n\n[](#loin)'
    )
    assert heard(package(dressed(text, root=tmp_path, cover=True, lang="en-GB"))) == []


@pytest.mark.parametrize("image", ['<img src="a.png"/>', '<img src="a.png" alt=""/>'])
def test_an_image_without_words(image: str) -> None:
    (problem,) = book(image)
    assert problem.code == "E013"
    assert "a.png" in problem.message


@pytest.mark.parametrize("image", ['<img src="a.png" alt="A"/>', '<img src="a.png" alt="" role="presentation"/>'])
def test_an_image_with_words_or_without_need_of_them(image: str) -> None:
    assert codes(image) == []


@pytest.mark.parametrize("heads", ["13", "124", "1235", "12324"])
def test_headings_that_skip_a_level(heads: str) -> None:
    (problem,) = book("".join(f"<h{n}>x</h{n}>" for n in heads))
    assert (problem.code, problem.severity) == ("E014", "warning")


@pytest.mark.parametrize("heads", ["1", "2", "12323", "1231", "1234562"])
def test_headings_that_go_down_step_by_step(heads: str) -> None:
    assert codes("".join(f"<h{n}>x</h{n}>" for n in heads)) == []


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("", "<p>x</p>"),
        ('lang="en"', "<p>x</p>"),
        ('xml:lang="en"', "<p>x</p>"),
        ('lang="en" xml:lang="fr"', "<p>x</p>"),
        ('lang="en" xml:lang="en"', '<p>x <i lang="fr">y</i> <i lang="fr">z</i></p>'),
        ('lang="en" xml:lang="en"', '<p>x <i xml:lang="fr">y</i></p>'),
    ],
)
def test_a_language_that_is_not_said_to_html_and_xml_alike(html: str, body: str) -> None:
    (problem,) = book(body, html=html)
    assert problem.code == "E037"
    assert problem.message.startswith("EPUB/c.xhtml: <i>" if "<i" in body else "EPUB/c.xhtml: <html>")


def test_a_language_that_is() -> None:
    assert codes('<p>x <i lang="FR" xml:lang="fr">y</i></p>') == []


def test_an_id_that_stands_twice() -> None:
    (problem,) = book('<p id="in">x</p><p id="in">y</p>')
    assert (problem.code, "the id in" in problem.message) == ("E038", True)


@pytest.mark.parametrize(
    "contents", [("d.xhtml", "c.xhtml"), ("c.xhtml#in", "c.xhtml"), ("c.xhtml#z", "c.xhtml#in", "d.xhtml")]
)
def test_contents_that_lead_back(contents: tuple[str, ...]) -> None:
    (problem,) = book('<p id="in">x</p><p id="z">y</p>', contents)
    assert problem.code == "E039"
    assert f"“{contents[1]}” after “{contents[0]}”" in problem.message


@pytest.mark.parametrize(
    "contents", [("c.xhtml", "c.xhtml#in", "c.xhtml#z"), ("c.xhtml", "c.xhtml", "d.xhtml"), ("e.xhtml", "c.xhtml")]
)
def test_contents_in_the_order_of_reading(contents: tuple[str, ...]) -> None:
    assert book('<p id="in">x</p><p id="z">y</p>', contents) == []


@pytest.mark.parametrize(
    "table", ["<tr><td>a</td></tr>", "<tr><th>a</th></tr>", '<tr><th scope="col">a</th><th>b</th></tr>']
)
def test_a_table_whose_heads_are_missing_or_say_nothing(table: str) -> None:
    (problem,) = book(f"<p>x</p><table>{table}</table>")
    assert (problem.code, problem.severity) == ("E040", "warning")
    assert "table 1" in problem.message


@pytest.mark.parametrize(
    "table",
    ['<table><tr><th scope="col">a</th></tr></table>', '<table role="presentation"><tr><td>a</td></tr></table>'],
)
def test_a_table_that_can_be_heard(table: str) -> None:
    assert codes(table) == []


@pytest.mark.parametrize(
    "link", ['<a href="#in"/>', '<a href="#in"> <b/></a>', '<a href="#in"><img src="a" alt=""/></a>']
)
def test_a_link_without_words(link: str) -> None:
    assert "E041" in codes(f'<p id="in">{link}</p>')


@pytest.mark.parametrize(
    "link",
    ['<a href="#in">x</a>', '<a href="#in" aria-label="x"/>', '<a href="#in"><img src="a" alt="x"/></a>', "<a/>"],
)
def test_a_link_with_words(link: str) -> None:
    assert codes(f'<p id="in">{link}</p>') == []


@pytest.mark.parametrize("name", ASKED)
def test_metadata_that_every_book_must_have(name: str) -> None:
    metadata = "".join(meta(f"schema:{other}", text) for other, text in ASKED.items() if other != name)
    documents = {name: page("<p>x</p>") for name in ("nav.xhtml", "c.xhtml", "d.xhtml")}
    (problem,) = heard(zipped(files(documents, metadata)))
    assert (problem.code, problem.message) == ("E042", f"the package says nothing of {name}")


@pytest.mark.parametrize("hazards", [("flashing", "noFlashingHazard"), ("sound",), ("unknown",)])
def test_hazards_that_contradict_each_other(hazards: tuple[str, ...]) -> None:
    (problem,) = book(more="".join(meta("schema:accessibilityHazard", hazard) for hazard in hazards))
    assert problem.code == "E043"


@pytest.mark.parametrize("hazards", [(), ("noFlashingHazard", "noSoundHazard")])
def test_hazards_that_do_not(hazards: tuple[str, ...]) -> None:
    assert book(more="".join(meta("schema:accessibilityHazard", hazard) for hazard in hazards)) == []


CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
SIGNED = meta("a11y:certifiedBy", "Ada", ' refines="#claim"')
OLDER = "http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aa"


@pytest.mark.parametrize(
    "metadata",
    [
        meta("dcterms:conformsTo", CLAIM),
        meta("dcterms:conformsTo", CLAIM.replace(" - ", " ")) + SIGNED,
        meta("dcterms:conformsTo", "WCAG 2.2 AA") + SIGNED,
        f'<link rel="dcterms:conformsTo" href="{OLDER}"/>',
    ],
)
def test_a_claim_that_is_worded_ill_or_signed_by_nobody(metadata: str) -> None:
    assert [problem.code for problem in book(more=metadata)] == ["E044"]


@pytest.mark.parametrize(
    "metadata",
    [
        meta("dcterms:conformsTo", CLAIM, ' id="claim"') + SIGNED,
        f'<link rel="dcterms:conformsTo" href="{OLDER}"/>' + SIGNED,
        meta("dcterms:conformsTo", "https://example.org/house-style"),
    ],
)
def test_a_claim_that_is_worded_well(metadata: str) -> None:
    assert book(more=metadata) == []


def test_an_exemption_is_no_claim() -> None:
    exempt = Accessibility(exemption="eaa-microenterprise")
    assert heard(package(dressed("# One\n\nx", accessibility=exempt))) == []
