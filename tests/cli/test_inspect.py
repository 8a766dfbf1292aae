"""`publish inspect`: what it says of an EPUB, what it ends with, and that no sign of it reaches the screen raw."""

import os
from pathlib import Path

import pytest

from epub.packages import METADATA, SILENT, files, page, zipped
from epub.reader import dressed
from publish.epub import package

from .helpers import run

VISUAL = '<meta property="schema:accessMode">visual</meta>'


def inspected(path: Path, data: bytes) -> dict[str, list[str]]:
    """The rows that are printed of an EPUB without a fault."""
    path.write_bytes(data)
    ran = run("inspect", path)
    assert (ran.status, ran.said) == (0, "")
    rows: dict[str, list[str]] = {}
    label = ""
    for line in ran.out.splitlines()[:-1]:
        label = line[:15].strip() or label
        rows.setdefault(label, []).append(line[15:])
    assert ran.out.splitlines()[-1] == "no problem was found; EPUBCheck was not asked"
    return rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a test puts its EPUB."""
    return tmp_path / "book.epub"


def test_a_book_of_ours(file: Path) -> None:
    rows = inspected(file, package(dressed("# One\n\nTwo words.\n\n## In\n\nB.", cover=True, publisher="Salt & Co.")))
    assert rows["title"] == ["A Book"]
    assert rows["publisher"] == ["Salt & Co."]
    assert rows["identifier"] == ["urn:uuid:0b0e7f62-5f0b-4a7a-8a8f-3f0f8d1f9a10"]
    assert rows["EPUB"] == ["3.0"]
    assert rows["contents"] == ["One", "  In"]
    assert "access modes: textual" in rows["accessibility"]
    assert [line.partition(":")[0] for line in rows["landmarks"]] == ["cover", "titlepage", "toc", "bodymatter"]
    assert "pages" not in rows


def test_people_titles_and_roles(file: Path) -> None:
    more = (
        '<dc:title id="s">For Readers</dc:title><meta refines="#s" property="title-type">subtitle</meta>'
        '<dc:creator id="a">Ada</dc:creator><meta refines="#a" property="role">aut</meta>'
        '<dc:contributor id="b">Bo</dc:contributor><meta refines="#b" property="role">trl</meta>'
    )
    rows = inspected(file, zipped(files(metadata=METADATA + more)))
    assert rows["title"] == ["A Book", "For Readers (subtitle)"]
    assert (rows["author"], rows["contributor"]) == (["Ada"], ["Bo (trl)"])


def test_pages_and_access(file: Path) -> None:
    rows = inspected(file, zipped(files(metadata=METADATA + VISUAL)))
    assert rows["pages"] == ["2, from iv to 5", "those of urn:isbn:9780000000002"]
    assert rows["accessibility"] == ["access modes: textual, visual", "features: pageNavigation", "hazards: none"]


def test_a_book_that_says_nothing_of_access(file: Path) -> None:
    file.write_bytes(zipped(files(metadata=SILENT)))
    ran = run("inspect", file)
    assert "accessibility  it says nothing of it\n" in ran.out
    assert (ran.status, "warning E042" in ran.said) == (0, True)


def test_what_it_holds_and_weighs(file: Path) -> None:
    content = files(
        {"a.png": b"x" * 1_500_000, "b.otf": b"y" * 12_000, "e.xhtml": page("<p><span>T</span>wo words.</p><p>x</p>")}
    )
    rows = inspected(file, zipped(content))
    assert rows["holds"][:2] == ["images: 1, 1.5 MB", "fonts: 1, 12 kB"]
    words = next(line for line in rows["holds"] if line.startswith("documents: 4, "))
    assert words.startswith("documents: 4, 7 words, ")
    assert rows["holds"][-1].startswith("together: 1.5 MB, packed as")
    assert rows["heaviest"][0] == "EPUB/a.png: 1.5 MB"


def test_long_contents_are_cut_and_counted(file: Path) -> None:
    many = "".join(f'<li><a href="c.xhtml">{n}{"x" * 300}</a></li>' for n in range(98))
    nav = files()["EPUB/nav.xhtml"].decode().replace("<ol>", f"<ol>{many}", 1)
    contents = inspected(file, zipped(files({"nav.xhtml": nav})))["contents"]
    assert len(contents) == 41
    assert len(contents[0]) == 201
    assert contents[-1] == "… and 61 more"


def test_what_a_file_says_cannot_move_the_cursor(file: Path) -> None:
    title = "<dc:title>\u202eT\u009b31m\u0085</dc:title>"
    name = "EPUB/a\x1b[2J.png"
    file.write_bytes(zipped({**files(metadata=title), name: b"x"}))
    ran = run("inspect", file)
    assert ran.status == 1
    assert "title          <U+202E>T<U+009B>31m" in ran.out
    assert "<U+001B>[2J" in ran.said
    assert not {"\x1b", "\x9b", "\u202e", "\x85"} & set(ran.out + ran.said)


def test_errors_are_told_with_their_places_after_what_could_be_read(file: Path) -> None:
    file.write_bytes(zipped(files({"e.xhtml": "<html>\n<p></html>"})))
    ran = run("inspect", file)
    assert ran.status == 1
    assert ran.out.startswith("title          A Book\n")
    assert "EPUB/e.xhtml:2:11: error E093: " in ran.said
    assert ran.said.endswith("1 error; EPUBCheck was not asked\n")


def test_a_warning_is_no_error(file: Path) -> None:
    file.write_bytes(zipped(files({"e.xhtml": page("<h1>x</h1><h3>y</h3>")})))
    ran = run("inspect", file)
    assert ran.status == 0
    assert "warning E014" in ran.said


def test_of_many_errors_of_a_kind_a_few_are_shown(file: Path) -> None:
    file.write_bytes(zipped(files({"e.xhtml": page("".join(f'<img src="{n}.png"/>' for n in range(9)))})))
    ran = run("inspect", file)
    assert ran.said.count("error E013") == 5
    assert "and 4 more of E013\n9 errors;" in ran.said


def test_what_is_no_epub_is_one_error(file: Path) -> None:
    file.write_bytes(b"# A manuscript")
    ran = run("inspect", file)
    assert (ran.status, ran.out) == (1, "")
    assert "error E016" in ran.said


def test_a_file_that_is_not_there_and_a_folder(file: Path, tmp_path: Path) -> None:
    assert (run("inspect", file).status, run("inspect", tmp_path).status) == (2, 2)
    assert run("inspect", file).said == f"{file} cannot be read: No such file or directory\n"
    assert run("inspect", tmp_path).said == f"{tmp_path} cannot be read: it is a folder\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    assert run("inspect", file).status == 2


def test_nothing_is_written(file: Path, tmp_path: Path) -> None:
    file.write_bytes(zipped({**files(), "../evil": b"x"}))
    run("inspect", file)
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]
    assert not (tmp_path.parent / "evil").exists()
