"""A draft is built in spite of errors, under a name of its own, and every error is marked in its pages."""

import re
import zipfile
from pathlib import Path

import pypdfium2

from .helpers import book, run, write

TEXT = (
    "# One\n\nHe wrote[^whale] of it; see [](#nowhere) and [this](#gone).\n\n![A whale](nope.png)\n\n"
    "Text $x^2$ and [@key] and <blink>more</blink> and [Whale]{.index}.\n"
)


def test_a_draft_marks_every_error_and_has_its_own_name(tmp_path: Path) -> None:
    good = {"build/the-whale.pdf": b"%PDF- the last good one", "build/the-whale.epub": b"PK the last good one"}
    project = write(tmp_path / "book", {**book(TEXT), **good})
    ran = run("build", "--draft", "--project", project)
    assert ran.status == 0
    assert len(re.findall(r"^\S+: error [A-Z]\d{3}: ", ran.said, re.MULTILINE)) == 8
    assert {name: (project / name).read_bytes() for name in good} == good
    with zipfile.ZipFile(project / "build" / "the-whale-draft.epub") as packed:
        page = next(packed.read(name).decode() for name in packed.namelist() if name.endswith("chapter-01.xhtml"))
    marked = re.findall(r'class="[^"]*draft-mark[^"]*"[^>]*>(?:<span[^>]*>)?([^<]*)<', page)
    assert marked == ["?", "?", "this", "[manuscript/nope.png]", "$x^2$", "[@key]", "more", "Whale"]
    printed = pypdfium2.PdfDocument(project / "build" / "the-whale-draft.pdf")
    assert "[manuscript/nope.png]" in "".join(page.get_textpage().get_text_bounded() for page in printed)


def test_a_book_without_errors_is_built_as_a_draft_too(tmp_path: Path) -> None:
    project = write(tmp_path, book("# One\n\nText.\n"))
    assert run("build", "epub", "--draft", "--project", project).status == 0
    assert [path.name for path in (project / "build").glob("*.epub")] == ["the-whale-draft.epub"]
