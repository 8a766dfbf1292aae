"""What a build costs after an edit, beside the plain engine's run over the whole novel, in one run, as ratios.

    OCTAVO_CORPUS=... make bench

Needs a novel: the folder that OCTAVO_CORPUS names. Every figure is the least of several runs. Commands are measured
from their start to their end; `resident` rows are builds of a program that stays in memory (`publish build --watch`).
Where pandoc and Typst are installed (`pip install pypandoc-binary typst`), their whole run over the same Markdown is a
row.
"""

import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

from measuring import Run, plain_document, projects, run

TIMES = 3
CHAPTER = "30-chapter.md"
EARLY = "10-chapter.md"
LONG = " ".join(["It was a truth that every one of them had long acknowledged in private."] * 40)
RESIDENT = """
import sys, time
from pathlib import Path
from publish.cli.console import Console
from publish.cli.running import run_in
from publish.pdf.workshop import Workshop
from publish.unchanged import Build
if __name__ == "__main__":
    project, chapter, words = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    with Workshop() as workshop:
        for turn in range(4):
            start = time.monotonic()
            run_in(workshop, Build(project, ("pdf",)), Console(project), explain=False)
            print(f"measured {time.monotonic() - start}")
            chapter.write_text(chapter.read_text(encoding="utf-8") + words * (turn + 1), encoding="utf-8")
"""
TYPST = """
import sys
import pypandoc, typst
text = pypandoc.convert_file(sorted(sys.argv[2:]), "typst", format="markdown", extra_args=["--standalone"])
open(sys.argv[1] + ".typ", "w", encoding="utf-8").write(text)
typst.compile(sys.argv[1] + ".typ", output=sys.argv[1])
"""


class Novel:
    """The novel as a project, with a cache of its own."""

    def __init__(self, project: Path, folder: Path) -> None:
        self.project, self.folder, self.cache = project, folder, folder / "cache"
        self._edits = 0

    def build(self, *more: str) -> Run:
        """`publish build pdf`."""
        command = (sys.executable, "-m", "publish", "build", "pdf", "--project", str(self.project), *more)
        return run(*command, cache=self.cache)

    def change_a_word(self) -> None:
        """Change one word of one chapter, to another than before."""
        path = self.project / "manuscript" / CHAPTER
        self._edits += 1
        path.write_text(path.read_text(encoding="utf-8") + f" word{self._edits}", encoding="utf-8")

    def lengthen(self) -> None:
        """Make an early chapter a page longer, so that all later folios move."""
        path = self.project / "manuscript" / EARLY
        path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{LONG}\n", encoding="utf-8")

    def resident(self, chapter: str, words: str) -> float:
        """The least wall seconds of a build after an edit in a program that stays in memory."""
        script = self.folder / "resident.py"
        script.write_text(RESIDENT, encoding="utf-8")
        path = self.project / "manuscript" / chapter
        said = run(sys.executable, str(script), str(self.project), str(path), words, cache=self.cache).said
        return min(float(line.split()[1]) for line in said.split("\n")[1:] if line.startswith("measured"))


def four_times(project: Path, target: Path) -> Path:
    """The novel four times over, as one book."""
    shutil.copytree(project / "manuscript", target / "manuscript")
    for turn in range(2, 5):
        for path in sorted((project / "manuscript").glob("*.md")):
            text = path.read_text(encoding="utf-8").rpartition("\n---\n")[2]
            (target / "manuscript" / f"{turn}{path.name}").write_text(text, encoding="utf-8")
    return target


def typst(novel: Novel) -> Run | None:
    """pandoc and Typst over the same Markdown."""
    if not all(importlib.util.find_spec(name) for name in ("pypandoc", "typst")):
        return None
    script = novel.folder / "typst_run.py"
    script.write_text(TYPST, encoding="utf-8")
    files = [str(path) for path in (novel.project / "manuscript").glob("*.md")]
    return min(
        (run(sys.executable, str(script), str(novel.folder / "typst.pdf"), *files) for _ in range(TIMES)),
        key=lambda one: one.wall,
    )


def least(*runs: Run) -> Run:
    """The run that took the least time."""
    return min(runs, key=lambda one: one.wall)


def measure(project: Path, folder: Path) -> list[tuple[str, float, str]]:
    """Each case with its wall seconds and what else is to be said."""
    novel = Novel(project, folder)
    larger = four_times(project, folder / "larger")
    novel.build()
    html = plain_document(project, folder / "plain")
    command = (sys.executable, "-m", "weasyprint", str(html), str(folder / "plain.pdf"), "--pdf-tags")
    plain = least(run(*command), run(*command))
    rows = [("plain", plain.wall, f"{plain.memory:.0f} MB")]
    rows.append(("nothing changed", least(*(novel.build() for _ in range(5))).wall, ""))
    for name, edit in (("one word", novel.change_a_word), ("a chapter longer, all later folios move", novel.lengthen)):
        rows.append((name, least(*((edit(), novel.build())[1] for _ in range(TIMES))).wall, "from the command line"))
    rows.append(("one word, resident", novel.resident(CHAPTER, " word"), ""))
    rows.append(("a chapter longer, resident", novel.resident(EARLY, f"\n\n{LONG}"), ""))
    if (other := typst(novel)) is not None:
        rows.append(("pandoc and Typst, whole run", other.wall, ""))
    for name, book in (("novel", project), ("novel four times over", larger)):
        shutil.rmtree(book / "build", ignore_errors=True)
        cold = Novel(book, folder)
        cold.cache = folder / f"cold-{book.name}"
        made = cold.build()
        memory = f"{made.memory:.0f} MB, a worker {made.workers:.0f} MB"
        rows.append((f"cold, faces to be cut: {name}", made.wall, memory))
    return rows


def main() -> None:
    """Measure and print the table."""
    if not os.environ.get("OCTAVO_CORPUS"):
        print("edits are not measured: OCTAVO_CORPUS must name the folder of books")
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        rows = measure(projects(folder)["novel"], folder)
        print("| case | wall s | to plain | |")
        print("|---|---|---|---|")
        for name, wall, remark in rows:
            print(f"| {name} | {wall:.2f} | 1/{rows[0][1] / wall:.1f} | {remark} |")


if __name__ == "__main__":
    main()
