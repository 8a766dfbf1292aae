"""What we make pleases every shop; and no file, however broken, makes a rule break down."""

import shutil
from pathlib import Path

from conftest import HOUSE
from epub.reader import dressed
from publish.checks.opened import open_epub
from publish.checks.shops.rules import check, places
from publish.epub import package
from publish.jobs import Job
from publish.onscreen import make_epub
from publish.pipeline import understand
from publish.problems import Problems
from publish.shops import SHOPS

from .shelf import File, chapter, epub, page_list, picture, said

NOTE = (
    '<p>x<a id="c" epub:type="noteref" href="#n">1</a></p><aside id="n" epub:type="footnote"><a href="#c">1</a></aside>'
)
CSS = File("a.css", "text/css", "@media screen { body { color: red } }")


def test_the_handbook_pleases_every_shop_but_that_it_has_no_isbn(tmp_path: Path) -> None:
    shutil.copytree(HOUSE / "manuscript", tmp_path / "manuscript")
    job = Job(tmp_path, Problems(), lambda stage: None)
    reading = understand(job)
    assert reading is not None
    output = make_epub(reading.book, job)
    assert output is not None
    assert [problem.code for problem in said(output.path.read_bytes(), *SHOPS)] == ["E075"]


def test_what_is_said_of_a_book_of_ours_stands_where_the_author_wrote_it(tmp_path: Path) -> None:
    text = f"# One\n\nx[^a]\n\n# Index {{.index}}\n\nLamp, 14\n\n[^a]: {'Very long. ' * 500}\n"
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript" / "a.md").write_text(f"---\ntitle: T\nlang: en\ndate: 2025\n---\n{text}", encoding="utf-8")
    reading = understand(Job(tmp_path, Problems(), lambda stage: None))
    assert reading is not None
    data = package(dressed(text))
    found = {problem.code: str(problem.span) for problem in said(data, "kobo", "kindle", places=places(reading.book))}
    assert found == {"E065": "manuscript/a.md:14:1", "E076": "manuscript/a.md:10:1"}


def test_any_byte_may_be_wrong_without_a_traceback() -> None:
    lamp = File("lamp.png", "image/png", picture("PNG", (40, 20)))
    sound = epub(chapter(f"{NOTE}<p>See page 3.</p>"), CSS, lamp, nav=page_list("1", "2"), front=())
    for at in range(0, len(sound), 7):
        opened = open_epub(sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :], Problems())
        if opened is not None:
            check(opened, SHOPS, {}, Problems())
