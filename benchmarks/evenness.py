"""How evenly a novel is set: spaces between words, hyphens and CPU time, beside other typesetters, in one run.

    OCTAVO_CORPUS=... python benchmarks/evenness.py [--frontier] [FOLDER]

The novel of the folder that OCTAVO_CORPUS names, on pages of 129 x 198 mm with lines of 287.6 pt (`novel.py`), is set
in EB Garamond 11.5/1.35, and in DejaVu Serif 11/1.35 where the system has it: by WeasyPrint as it comes, by ours, and,
as far as they are installed, by Prince and by XeLaTeX at `\\tolerance=9999`. Words and their places are read from the
PDFs by poppler's `pdftotext -bbox`; a space is measured in natural ones, on lines that are justified.

    mean, sd   of all spaces                      hyphens    lines that end with one
    p95        of the lines' mean spaces          ladders    more than two such lines in a row
    >2x, <.7x  lines by their mean space          turns      words divided over a page turn
    ends       last lines of a paragraph that are the end of a divided word, or under four characters

CPU seconds are those of layout and PDF, and those of the whole process, imports included; each beside WeasyPrint's. All
take turns, every one in a process of its own, and of each the least time counts.

`--frontier` sets the novel with hyphens cheaper and dearer: hyphens against evenness, as a table and as a picture in
FOLDER. FOLDER keeps all that was made.
"""

import argparse
import importlib.util
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontier import COSTS, Point, picture
from measuring import run
from novel import Face, house_face, read_novel, wide_face, write_sources
from publish.pdf.lines.taste import JUSTIFIED
from spacing import Evenness, measured

ROUNDS = 3
"""How often each sets the novel."""
HEAD = """
| {} | mean | sd | p95 | >2x | <.7x | hyphens | ladders | turns | ends | pages | layout, PDF | | process | |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"""
FRONTIER = """
| {} | mean | sd | p95 | >2x | <.7x | hyphens | ladders | turns | ends | pages |
|---|---|---|---|---|---|---|---|---|---|---|"""
MISSING = {
    "Prince": "`pip install prince-pdf`; free for what is not commercial",
    "XeLaTeX": "`apt-get install texlive-xetex texlive-latex-recommended`",
    "DejaVu Serif": "`apt-get install fonts-dejavu-core fonts-dejavu-extra`",
}
"""How to get what a table lacks."""


@dataclass(frozen=True)
class Typesetter:
    """One who sets the novel: the PDF that comes of it, and the command. `timed`: it says itself how long it took."""

    name: str
    pdf: Path
    command: tuple[str, ...]
    timed: bool = False


@dataclass(frozen=True)
class Time:
    """CPU seconds of layout and PDF, if known, and of the whole process."""

    work: float | None
    whole: float

    def beside(self, plain: "Time") -> str:
        """The last columns of a row: seconds, and how many times those of the plain engine they are."""
        work = f"{self.work:.1f} s | {self.work / plain.work:.2f}" if self.work and plain.work else "|"
        return f"{work} | {self.whole:.1f} s | {self.whole / plain.whole:.2f}"


def ours(folder: Path, how: str, *hyphen: float) -> Typesetter:
    """WeasyPrint in a process of its own, `plain` or as `octavo` uses it, with the cost of a hyphen if one is given."""
    file = "-".join([how, *map(str, hyphen)]) + ".pdf"
    name = f"a hyphen costs {hyphen[0]:g}" if hyphen else {"plain": "WeasyPrint", "octavo": "Octavo"}[how]
    script = str(Path(__file__).with_name("typeset.py"))
    command = (sys.executable, script, how, str(folder), file, *map(str, hyphen))
    return Typesetter(name, folder / file, command, timed=True)


def others(folder: Path) -> Iterator[Typesetter]:
    """The other typesetters, as far as they are installed."""
    prince = shutil.which("prince")
    if prince or importlib.util.find_spec("prince_pdf") is not None:
        command = (prince,) if prince else (sys.executable, "-m", "prince_pdf")
        pdf = folder / "prince.pdf"
        yield Typesetter("Prince", pdf, (*command, str(folder / "novel.html"), "-o", str(pdf)))
    if tex := shutil.which("xelatex"):
        options = ("-interaction=batchmode", f"-output-directory={folder}", str(folder / "novel.tex"))
        yield Typesetter("XeLaTeX", folder / "novel.pdf", (tex, *options))


def timed(typesetter: Typesetter) -> Time:
    """Let the novel be set once."""
    took = run(*typesetter.command)
    return Time(float(took.said) if typesetter.timed else None, took.cpu)


def compare(folder: Path, face: Face) -> None:
    """Print the table of a face."""
    typesetters = [ours(folder, "plain"), ours(folder, "octavo"), *others(folder)]
    rounds = [[timed(typesetter) for typesetter in typesetters] for _ in range(ROUNDS)]
    times = [min(times, key=lambda time: time.work or time.whole) for times in zip(*rounds, strict=True)]
    print(HEAD.format(face))
    for typesetter, time in zip(typesetters, times, strict=True):
        row = measured(typesetter.pdf, face.natural).row
        print(f"| {typesetter.name} | {row} | {time.beside(times[0])} |", flush=True)


def trace(folder: Path, face: Face) -> None:
    """Print how hyphens stand against evenness in a face, and draw it."""
    print(FRONTIER.format(face))

    def point(typesetter: Typesetter) -> Point:
        run(*typesetter.command)
        found: Evenness = measured(typesetter.pdf, face.natural)
        print(f"| {typesetter.name} | {found.row} |", flush=True)
        return Point(typesetter.name, found.hyphens, found.p95, found.deviation)

    costs = sorted({*COSTS, JUSTIFIED.syllable})
    curve = [point(ours(folder, "octavo", cost)) for cost in costs]
    chosen = costs.index(JUSTIFIED.syllable)
    beside = [point(typesetter) for typesetter in (ours(folder, "plain"), *others(folder))]
    (folder / "frontier.svg").write_text(picture(curve, chosen, beside), "utf-8")
    print(f"\n{folder / 'frontier.svg'}")


def told(faces: Sequence[Face], folder: Path) -> Iterator[str]:
    """What is missing, and how to get it."""
    there = {*(typesetter.name for typesetter in others(folder)), *(face.name for face in faces)}
    for name, remedy in MISSING.items():
        if name not in there:
            yield f"{name} is missing: {remedy}"


def main() -> None:
    """Set the novel in every way there is, and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", nargs="?", type=Path)
    asked.add_argument("--frontier", action="store_true")
    words = asked.parse_args()
    if words.frontier and not words.folder:
        asked.error("--frontier needs a FOLDER for its pictures")
    corpus = os.environ.get("OCTAVO_CORPUS")
    if not corpus or not shutil.which("pdftotext"):
        print("evenness is not measured: OCTAVO_CORPUS must name the folder of books, and poppler must be installed")
        return
    novel = read_novel(Path(corpus))
    faces = [face for face in (house_face(), wide_face()) if face]
    with tempfile.TemporaryDirectory() as temporary:
        for face in faces:
            folder = (words.folder or Path(temporary)).resolve() / re.sub(r"\W", "-", face.name.lower())
            folder.mkdir(parents=True, exist_ok=True)
            write_sources(folder, novel, face)
            (trace if words.frontier else compare)(folder, face)
        print("", *told(faces, Path(temporary)), sep="\n")


if __name__ == "__main__":
    main()
