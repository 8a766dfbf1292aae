"""What benchmarks share: books to build, the same book for the plain engine, processes measured to their end."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
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
LOOK_SECONDS = 0.02
"""How often the memory of all processes of a run is looked at."""


@dataclass(frozen=True)
class Run:
    """What a command took: wall seconds, CPU seconds of it and all that it started, peak memory in MB of the process
    itself and of the largest of those that it started, and what it printed.
    """

    wall: float
    cpu: float
    memory: float
    workers: float
    said: str


def run(*command: str, cache: Path | None = None) -> Run:
    """Run a command to its end and measure it; `cache` is the folder that it shall keep things in."""
    environment = {**os.environ, **({"OCTAVO_CACHE": str(cache)} if cache else {})}
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            command, stdout=out, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
        )
        watch = _Memory(child.pid)
        watch.start()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        watch.end()
        if status:
            sys.exit(f"failed: {' '.join(command)}")
        out.seek(0)
        said = out.read().decode()
    cpu = max(used.ru_utime + used.ru_stime, watch.cpu)
    return Run(wall, cpu, used.ru_maxrss / 1024, watch.largest / 1024, said)


class _Memory(threading.Thread):
    """Looks at the processes of a session while it lasts: peak memory in kB, CPU seconds of all.

    The system adds up the time of those that were waited for, to the end; what was left to itself is known from here.
    """

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session, self._over = session, threading.Event()
        self._seen: dict[int, tuple[int, float]] = {}

    @property
    def largest(self) -> int:
        """The peak of the largest process but the first."""
        return max((memory for pid, (memory, _) in self._seen.items() if pid != self._session), default=0)

    @property
    def cpu(self) -> float:
        """Seconds of all processes, as far as they were seen."""
        return sum(seconds for _, seconds in self._seen.values())

    def run(self) -> None:
        """Look until told to end."""
        while not self._over.wait(LOOK_SECONDS):
            for folder in Path("/proc").glob("[0-9]*"):
                self._look(folder)

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()

    def _look(self, folder: Path) -> None:
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) != self._session:
                return
            status = (folder / "status").read_text()
        except (OSError, IndexError):
            return
        peak = next((line.split()[1] for line in status.split("\n") if line.startswith("VmHWM")), "0")
        seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        self._seen[int(folder.name)] = int(peak), seconds


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
