"""Our own rules for an EPUB: each with a file that breaks it and one that does not."""

import io
import zipfile
from pathlib import Path

import pytest

from epub.reader import dressed, heard
from layout.helpers import photo
from publish.epub import package

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


CONTAINER = '<container><rootfiles><rootfile full-path="EPUB/content.opf"/></rootfiles></container>'


def file(body: str = "<p>Text.</p>", nav: str = LANDMARKS, **more: str) -> bytes:
    """An EPUB with a chapter of this body."""
    files = {"EPUB/nav.xhtml": page(nav), "EPUB/c.xhtml": page(body), **more}
    names = [name.removeprefix("EPUB/") for name in files if name.endswith(".xhtml")]
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in names)
    manifest = f"<manifest>{items}</manifest>".replace('id="nav.xhtml"', 'id="nav.xhtml" properties="nav"')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        spine = '<spine><itemref idref="c.xhtml"/></spine>'
        archive.writestr("EPUB/content.opf", f'<package version="3.0">{manifest}{spine}</package>')
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def codes(body: str) -> list[str]:
    """The codes of what the rules say of a chapter."""
    return [problem.code for problem in heard(file(body))]


def test_a_plain_book_is_good() -> None:
    assert heard(file()) == []


def test_what_we_make_is_good(tmp_path: Path) -> None:
    (tmp_path / "lamp.png").write_bytes(photo("PNG"))
    text = "# One\n\n::: print-only\nPaper.[^a]\n:::\n\nGlass.[^a] ![](lamp.png){.decorative}\n\n## Head\n\n[^a]: A."
    assert heard(package(dressed(text, root=tmp_path, cover=True))) == []


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


AWAY = CALL.replace("#note", "notes.xhtml#note")
BACK_HOME = NOTE.replace("#call", "c.xhtml#call")


def test_a_note_in_another_document_and_its_call_that_do() -> None:
    assert heard(file(AWAY, **{"EPUB/notes.xhtml": page(BACK_HOME)})) == []


@pytest.mark.parametrize(
    ("call", "note"),
    [
        (AWAY, NOTE),
        (CALL, BACK_HOME),
        (AWAY.replace("notes.xhtml", "nav.xhtml"), BACK_HOME),
        (AWAY, BACK_HOME.replace("c.xhtml", "nav.xhtml")),
    ],
    ids=["back to its own document", "call to its own document", "call elsewhere", "back elsewhere"],
)
def test_a_note_in_another_document_and_its_call_that_do_not(call: str, note: str) -> None:
    found = [problem.code for problem in heard(file(call, **{"EPUB/notes.xhtml": page(note)}))]
    assert "E010" in found


@pytest.mark.parametrize("name", ["EPUB/a b.txt", "EPUB/café.txt", "EPUB/a&b.txt"])
def test_a_name_that_shops_refuse(name: str) -> None:
    (problem,) = heard(file(**{name: "x"}))
    assert problem.code == "E011"
    assert name in problem.message


@pytest.mark.parametrize("name", ["EPUB/a-b_1.txt", "META-INF/metadata.xml"])
def test_a_name_that_shops_take(name: str) -> None:
    assert heard(file(**{name: "x"})) == []


@pytest.mark.parametrize("body", ["", " \n", "<section><p></p></section>"])
def test_a_document_that_shows_nothing(body: str) -> None:
    assert codes(body) == ["E012"]


@pytest.mark.parametrize("body", ["x", '<img src="a.png" alt="A"/>', '<svg xmlns="http://www.w3.org/2000/svg"/>'])
def test_a_document_that_shows_something(body: str) -> None:
    assert codes(body) == []


@pytest.mark.parametrize("name", ["toc", "bodymatter"])
def test_a_landmark_that_is_missing(name: str) -> None:
    nav = LANDMARKS.replace(f'<li><a epub:type="{name}"', "<li><a")
    (problem,) = heard(file(nav=nav))
    assert (problem.code, name in problem.message) == ("E015", True)


DAMAGED = [
    (b"", "E016"),
    (b"no zip at all", "E016"),
    (file()[:200], "E016"),
    (file()[:-30], "E016"),
    (file(**{"EPUB/d.xhtml": "<p>"}), "E093"),
    (file(**{"EPUB/d.xhtml": ""}), "E093"),
]


@pytest.mark.parametrize(("data", "code"), DAMAGED, ids=range(len(DAMAGED)))
def test_what_cannot_be_read_is_one_problem(data: bytes, code: str) -> None:
    assert [problem.code for problem in heard(data)] == [code]


def test_any_byte_may_be_wrong_without_a_traceback() -> None:
    sound = package(dressed("# One\n\nWords.^[Note.]"))
    for at in range(0, len(sound), 97):
        heard(sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :])
