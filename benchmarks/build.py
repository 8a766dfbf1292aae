"""Time and memory of a build beside the plain engine's on the same HTML and CSS, in one run, as ratios.

    OCTAVO_CORPUS=... make bench

Books: the essay and the novel of the folder that OCTAVO_CORPUS names, else the two small books of tests/books. Faces
are in the cache before anything is measured. Each row is a whole process: wall and CPU seconds, peak memory, pages.

    octavo pdf    `publish build pdf`, with no output of an earlier build
    plain         the `weasyprint` command on the HTML and CSS that the PDF was made of
    octavo epub   `publish build epub`

`layouts` is how many times the book was laid out until its page numbers were true; `beside` is the share of our CPU
time that is spent outside the engine's layout and painting.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from publish.book.assembly import assemble
from publish.layout import dress
from publish.layout.html import compose
from publish.layout.model import PROOF, Rendition
from publish.manuscript.reader import read
from publish.outputs import Place, last_references
from publish.problems import Problems

HOUSE = Path(__file__).parent.parent
WATCHED = """
import sys, time
from publish.pdf import engine
spent, calls = [0.0], [0]
def watch(name):
    inner = getattr(engine, name)
    def timed(*args, **kwargs):
        start = time.process_time()
        try:
            return inner(*args, **kwargs)
        finally:
            spent[0] += time.process_time() - start
            calls[0] += name == "lay_out"
    setattr(engine, name, timed)
watch("lay_out")
watch("paint")
from publish.cli import publish
publish(["build", "pdf", "--project", sys.argv[1]], standalone_mode=False)
print(f"measured {spent[0]} {calls[0]} {time.process_time()}")
"""


@dataclass(frozen=True)
class Run:
    """What one process took: wall and CPU seconds, peak memory in MB, what it printed."""

    wall: float
    cpu: float
    memory: float
    said: str


def run(*command: str) -> Run:
    """Run a command to its end and measure it."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        if status:
            sys.exit(f"failed: {' '.join(command)}")
        out.seek(0)
        said = out.read().decode()
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


def projects(folder: Path) -> dict[str, Path]:
    """The books, as projects in a temporary folder."""
    corpus = os.environ.get("OCTAVO_CORPUS")
    if not corpus:
        print("OCTAVO_CORPUS names no folder of books; the two small books of the tests stand in\n")
        for name in ("letter", "lighthouse"):
            shutil.copytree(HOUSE / "tests" / "books" / name, folder / name)
        return {name: folder / name for name in ("letter", "lighthouse")}
    sys.path.insert(0, str(HOUSE / "tests"))
    from conftest import copy_novel, import_essay

    return {
        "essay": import_essay(Path(corpus), folder / "essay"),
        "novel": copy_novel(Path(corpus), folder / "novel"),
    }


def plain_document(project: Path, folder: Path) -> Path:
    """The HTML of the finished PDF as a file with its style sheets, faces and pictures beside it."""
    problems = Problems()
    manuscript = read(project, problems)
    if manuscript is None:
        sys.exit("the manuscript cannot be read")
    book = assemble(manuscript, problems)
    (pdf,) = (project / "build").glob("*.pdf")
    references = last_references(Place(pdf.parent, pdf.stem, "pdf"))
    rendition = dress(book, PROOF, project, references, problems)
    folder.mkdir()
    html = compose(rendition).replace("</head>", f"<style>{_css(rendition, folder)}</style></head>", 1)
    for name, picture in rendition.pictures.items():
        (folder / picture.name).write_bytes(picture.data)
        html = html.replace(f"octavo:{name}", picture.name)
    (folder / "book.html").write_text(html, encoding="utf-8")
    return folder / "book.html"


def _css(rendition: Rendition, folder: Path) -> str:
    rules = []
    for number, face in enumerate(rendition.fonts):
        (folder / f"{number}.ttf").write_bytes(face.data)
        rules.append(
            f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
            f"src: url({number}.ttf) }}"
        )
    return "\n".join([*rules, *(sheet.css for sheet in rendition.stylesheets)])


def pages(pdf: Path) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def measure(name: str, project: Path, folder: Path) -> list[str]:
    """The rows of one book."""
    publish = (sys.executable, "-m", "publish", "build")
    run(*publish, "--project", str(project))  # faces and pictures come into the cache
    shutil.rmtree(project / "build")
    ours = run(*publish, "pdf", "--project", str(project))
    (pdf,) = (project / "build").glob("*.pdf")
    count = pages(pdf)
    html = plain_document(project, folder / f"{name}-plain")
    plain = run(sys.executable, "-m", "weasyprint", str(html), str(folder / "plain.pdf"), "--pdf-tags")
    shutil.rmtree(project / "build")
    watched = run(sys.executable, "-c", WATCHED, str(project)).said.rpartition("measured ")[2].split()
    engine, layouts, whole = float(watched[0]), int(watched[1]), float(watched[2])
    epub = run(*publish, "epub", "--project", str(project))
    note = f"{layouts} layouts, {100 * (whole - engine) / whole:.0f} % beside"
    runs = (
        ("octavo pdf", ours, count, note),
        ("plain", plain, pages(folder / "plain.pdf"), ""),
        ("octavo epub", epub, "", ""),
    )
    return [
        f"| {name} | {kind} | {what.wall:.1f} | {what.wall / plain.wall:.2f} | {what.cpu:.1f} "
        f"| {what.cpu / plain.cpu:.2f} | {what.memory:.0f} | {what.memory / plain.memory:.2f} | {number} | {remark} |"
        for kind, what, number, remark in runs
    ]


def main() -> None:
    """Measure every book and print the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        print("| book | what | wall s | to plain | CPU s | to plain | MB | to plain | pages | |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for name, project in projects(folder).items():
            print("\n".join(measure(name, project, folder)), flush=True)


if __name__ == "__main__":
    main()
