"""The EPUB of a book whose PDF is finished, beside pandoc's EPUB of the same Markdown, in one run, as ratios.

    OCTAVO_CORPUS=... make bench

Books: the essay and the novel of the folder that OCTAVO_CORPUS names, else the two small books of tests/books. Each
figure is a command from its start to its end, a process of its own. The PDF is built before and is not in the figures.

    first   `publish build epub` after the PDF: there is no EPUB, and nothing that only an EPUB needs is in the cache
    edited  a word of the text is changed, the PDF is built again, then `publish build epub`: as a writer goes on

Each run of ours has one of pandoc's beside it, `pandoc --toc` over the same files, whose metadata stand in the first.
Ours comes first in one pair and second in the next. Ratios are medians over the pairs, ours to pandoc's: below 1, ours
is faster. Where pandoc is not installed (`pip install pypandoc-binary`), our figures stand alone.
"""

import importlib
import importlib.util
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from measuring import Run, projects, run

PAIRS = 7


@dataclass(frozen=True)
class Pair:
    """A run of ours and the one of pandoc's beside it, None where there is no pandoc."""

    ours: Run
    other: Run | None


class Desk:
    """A book with its finished PDF, the cache as PDFs left it, and how both programs make its EPUB."""

    def __init__(self, project: Path, finished: Path, pandoc: str | None) -> None:
        self.project, self._finished, self._pandoc = project, finished, pandoc
        self._cache, self._edits = project / "cache", 0
        self._chapter = max((project / "manuscript").glob("*.md"), key=lambda path: path.stat().st_size)

    def finish(self) -> None:
        """Build the PDF; faces are cut, unless another book has had them cut."""
        self._build("pdf", self._finished)

    def first(self) -> Run:
        """Our first EPUB after the PDF."""
        for path in (self.project / "build").rglob("*epub*"):
            path.unlink()
        shutil.rmtree(self._cache, ignore_errors=True)
        shutil.copytree(self._finished, self._cache)
        return self._build("epub", self._cache)

    def edited(self) -> Run:
        """Our EPUB after a word was changed, to another than before, and the PDF built again."""
        self._edits += 1
        text = self._chapter.read_text(encoding="utf-8")
        self._chapter.write_text(f"{text.rstrip()} word{self._edits}\n", encoding="utf-8")
        self._build("pdf", self._cache)
        return self._build("epub", self._cache)

    def other(self) -> Run | None:
        """Pandoc's EPUB."""
        if self._pandoc is None:
            return None
        files = sorted(map(str, (self.project / "manuscript").glob("*.md")))
        return run(self._pandoc, "--toc", "--output", str(self.project / "pandoc.epub"), *files)

    def _build(self, kind: str, cache: Path) -> Run:
        return run(sys.executable, "-m", "publish", "build", kind, "--project", str(self.project), cache=cache)


def pandoc() -> str | None:
    """The pandoc of pypandoc-binary, or else the system's."""
    if importlib.util.find_spec("pypandoc") is None:
        return shutil.which("pandoc")
    return str(importlib.import_module("pypandoc").get_pandoc_path())


def pairs(ours: Callable[[], Run], other: Callable[[], Run | None]) -> Iterator[Pair]:
    """Pairs of runs, now the one first and now the other. The first pair warms the disk up and is left out."""
    for turn in range(PAIRS + 1):
        if turn % 2:
            second = other()
            pair = Pair(ours(), second)
        else:
            pair = Pair(ours(), other())
        if turn:
            yield pair


def row(book: str, case: str, measured: list[Pair]) -> str:
    """A row of the table."""
    cells = [book, case]
    for figure in ("wall", "cpu", "memory"):
        ours = [getattr(pair.ours, figure) for pair in measured]
        others = [getattr(pair.other, figure) for pair in measured if pair.other]
        form = ".0f" if figure == "memory" else ".2f"
        cells.append(format(statistics.median(ours), form))
        cells.append(format(statistics.median(others), form) if others else "")
        ratios = [mine / theirs for mine, theirs in zip(ours, others, strict=False)]
        cells.append(format(statistics.median(ratios), ".2f") if ratios else "")
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure every book and print the table."""
    program = pandoc()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        desks = {name: Desk(project, folder / "finished", program) for name, project in projects(folder).items()}
        for desk in desks.values():
            desk.finish()
        print("| book | case | wall s | pandoc | ratio | CPU s | pandoc | ratio | MB | pandoc | ratio |")
        print("|---|---|---|---|---|---|---|---|---|---|---|")
        for name, desk in desks.items():
            for case, ours in (("first", desk.first), ("edited", desk.edited)):
                print(row(name, case, list(pairs(ours, desk.other))), flush=True)


if __name__ == "__main__":
    main()
