"""Our own rules for an EPUB: each with a file that breaks it and one that does not."""

import io
import zipfile
from pathlib import Path

import pytest

from epub.reader import dressed
from layout.helpers import photo
from publish.checks import epub_rules
from publish.epub import package
from publish.problems import Problem, Problems

LANDMARKS = (
    '<nav epub:type="toc"><ol><li><a href="c.xhtml">One</a></li></ol></nav><nav epub:type="landmarks"><ol>'
    '<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>'
    '<li><a epub:type="bodymatter" href="c.xhtml">Text</a></li></ol></nav>'
)
CALL = '<p>x<a id="call" epub:type="noteref" href="#note">1</a></p>'
BACK = '<p><a role="doc-backlink" href="#call">1</a> Note.</p>'
NOTE = f'<aside id="note" epub:type="footnote">{BACK}</aside>'


def page(body: str) -> str:
    """A document."""
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f"<html {spaces}><head><title>T</title></head><body>{body}</body></html>"


def file(body: str = "<p>Text.</p>", nav: str = LANDMARKS, **more: str) -> bytes:
    """An EPUB with a chapter of this body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("EPUB/nav.xhtml", page(nav))
        archive.writestr("EPUB/c.xhtml", page(body))
        for name, text in more.items():
            archive.writestr(name, text)
    return out.getvalue()


def said(data: bytes) -> list[Problem]:
    """What the rules say of an EPUB."""
    problems = Problems()
    epub_rules.check(data, problems)
    return list(problems)


def codes(body: str) -> list[str]:
    """The codes of what the rules say of a chapter."""
    return [problem.code for problem in said(file(body))]


def test_a_plain_book_is_good() -> None:
    assert said(file()) == []


def test_what_we_make_is_good(tmp_path: Path) -> None:
    (tmp_path / "lamp.png").write_bytes(photo("PNG"))
    text = "# One\n\n::: print-only\nPaper.[^a]\n:::\n\nGlass.[^a] ![](lamp.png){.decorative}\n\n## Head\n\n[^a]: A."
    assert said(package(dressed(text, root=tmp_path, cover=True))) == []


@pytest.mark.parametrize(
    "body",
    [
        CALL + NOTE.replace("#call", "#other"),
        CALL + NOTE.replace(BACK, "<p>Note.</p>"),
        CALL.replace("#note", "#other") + NOTE,
        NOTE + CALL.replace(' epub:type="noteref"', ""),
        NOTE,
        CALL.replace('id="call"', 'id="else"') + '<p id="call">y</p>' + NOTE,
    ],
    ids=["back to nowhere", "no way back", "call to nowhere", "no call in name", "no call", "back to no call"],
)
def test_a_note_and_its_call_that_do_not_lead_to_each_other(body: str) -> None:
    assert codes(body) == ["E010"]


def test_a_note_and_its_call_that_do() -> None:
    assert codes(CALL + NOTE) == []


@pytest.mark.parametrize("name", ["EPUB/a b.txt", "EPUB/café.txt", "EPUB/a&b.txt"])
def test_a_name_that_shops_refuse(name: str) -> None:
    (problem,) = said(file(**{name: "x"}))
    assert problem.code == "E011"
    assert name in problem.message


@pytest.mark.parametrize("name", ["EPUB/a-b_1.txt", "META-INF/container.xml"])
def test_a_name_that_shops_take(name: str) -> None:
    assert said(file(**{name: "x"})) == []


@pytest.mark.parametrize("body", ["", " \n", "<section><p></p></section>"])
def test_a_document_that_shows_nothing(body: str) -> None:
    assert codes(body) == ["E012"]


@pytest.mark.parametrize("body", ["x", '<img src="a.png" alt="A"/>', '<svg xmlns="http://www.w3.org/2000/svg"/>'])
def test_a_document_that_shows_something(body: str) -> None:
    assert codes(body) == []


@pytest.mark.parametrize("image", ['<img src="a.png"/>', '<img src="a.png" alt=""/>'])
def test_an_image_without_words(image: str) -> None:
    (problem,) = said(file(image))
    assert problem.code == "E013"
    assert "a.png" in problem.message


@pytest.mark.parametrize("image", ['<img src="a.png" alt="A"/>', '<img src="a.png" alt="" role="presentation"/>'])
def test_an_image_with_words_or_without_need_of_them(image: str) -> None:
    assert codes(image) == []


@pytest.mark.parametrize("heads", ["13", "124", "1235", "12324"])
def test_headings_that_skip_a_level(heads: str) -> None:
    (problem,) = said(file("".join(f"<h{n}>x</h{n}>" for n in heads)))
    assert (problem.code, problem.severity) == ("E014", "warning")


@pytest.mark.parametrize("heads", ["1", "2", "12323", "1231", "1234562"])
def test_headings_that_go_down_step_by_step(heads: str) -> None:
    assert codes("".join(f"<h{n}>x</h{n}>" for n in heads)) == []


@pytest.mark.parametrize("name", ["toc", "bodymatter"])
def test_a_landmark_that_is_missing(name: str) -> None:
    nav = LANDMARKS.replace(f'<li><a epub:type="{name}"', "<li><a")
    (problem,) = said(file(nav=nav))
    assert (problem.code, name in problem.message) == ("E015", True)


DAMAGED = [
    b"",
    b"no zip at all",
    file()[:200],
    file()[:-30],
    file().replace(b"Text.", b"T&xt."),
    file(**{"EPUB/d.xhtml": "<p>"}),
    file(**{"EPUB/d.xhtml": ""}),
]


@pytest.mark.parametrize("data", DAMAGED, ids=range(len(DAMAGED)))
def test_a_file_that_cannot_be_read_is_one_problem(data: bytes) -> None:
    assert [problem.code for problem in said(data)] == ["E016"]


@pytest.mark.parametrize("flag", [0x1, 0x8 | 0x1])
def test_a_file_under_lock_and_key_is_one_problem(flag: int) -> None:
    data = bytearray(file())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= flag
    assert [problem.code for problem in said(bytes(data))] == ["E016"]


def test_any_byte_may_be_wrong_without_a_traceback() -> None:
    sound = package(dressed("# One\n\nWords.^[Note.]"))
    for at in range(0, len(sound), 97):
        said(sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :])
