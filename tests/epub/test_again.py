"""An e-book made again from a finished layout: the same bytes whatever is kept from before, and nothing loaded that it
can do without.
"""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from cli.helpers import book, write

TEXT = "# One\n\nWords, *slanted* words.^[A note with `code`.]\n\n# Two\n\nMore words: “café”, naïve — and 1813.\n"
HEAVY = ("weasyprint", "pikepdf", "pypdfium2", "pydantic", "fontTools", "langcodes", "publish.pdf.typeset")
BUILD = (
    "import sys; from publish.cli import publish\n"
    "publish(['build', sys.argv[1], '--project', sys.argv[2]], standalone_mode=False)\n"
    f"print('LOADED', [name for name in {HEAVY} if name in sys.modules])"
)


def build(project: Path, **environment: str) -> str:
    """Build the PDF, then the EPUB in a process of its own; which of the heavy modules that loaded, as it prints it."""
    for path in (project / "build").rglob("*epub*"):
        path.unlink()
    for kind in ("pdf", "epub"):
        command = [sys.executable, "-c", BUILD, kind, str(project)]
        surroundings = {**os.environ, **environment}
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True, cwd=project)
        assert f"the-whale.{kind}" in done.stdout
    return done.stdout.rpartition("LOADED ")[2].strip()


def epub(project: Path) -> bytes:
    return (project / "build" / "the-whale.epub").read_bytes()


def test_after_an_edit_and_its_layout_no_engine_is_loaded(tmp_path: Path) -> None:
    project = write(tmp_path, book(TEXT))
    build(project)
    before = epub(project)
    write(project, book(TEXT.replace("More", "Fewer")))
    assert build(project) == "[]"
    assert epub(project) != before


def test_kept_and_made_anew_it_is_the_same_wherever_and_whenever(tmp_path: Path) -> None:
    project = write(tmp_path / "project", book(TEXT))
    build(project)
    first = epub(project)
    build(project)
    assert epub(project) == first
    # To a program with another library beside it nothing that this one kept is good, but the faces.
    (tmp_path / "beside" / f"another-{secrets.token_hex(8)}.dist-info").mkdir(parents=True)
    path = os.pathsep.join([str(tmp_path / "beside"), *filter(None, [os.environ.get("PYTHONPATH")])])
    assert "weasyprint" in build(project, PYTHONPATH=path, TZ="Asia/Baku", PYTHONHASHSEED="4711")
    assert epub(project) == first
