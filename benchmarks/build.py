"""Time and memory of a build beside the plain engine's on the same HTML and CSS, in one run, as ratios.

    OCTAVO_CORPUS=... make bench

Books: the essay and the novel of the folder that OCTAVO_CORPUS names, else the two small books of tests/books. Each row
is a command from its start to its end, with all processes that it starts. Faces are in the cache before anything is
measured, and nothing else is.

    octavo pdf    `publish build pdf`, cold: nothing of this book is in the cache
    octavo pdf 1  the same in one process
    plain         the `weasyprint` command on the HTML and CSS that the PDF was made of
    octavo epub   `publish build epub`

`beside` is the share of our CPU time, in one process, that is spent outside the engine's layout and painting.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from measuring import pages, plain_document, projects, run

WATCHED = """
import sys, time
from publish.pdf import engine
spent = [0.0]
def watch(holder, name):
    inner = getattr(holder, name)
    def timed(*args, **kwargs):
        start = time.process_time()
        try:
            return inner(*args, **kwargs)
        finally:
            spent[0] += time.process_time() - start
    setattr(holder, name, timed)
watch(engine.Press, "__init__")
watch(engine.Press, "lay_out")
watch(engine, "paint")
from publish.cli import publish
publish(["build", "pdf", "--jobs", "1", "--project", sys.argv[1]], standalone_mode=False)
print(f"measured {spent[0]} {time.process_time()}")
"""


def measure(name: str, project: Path, folder: Path) -> list[str]:
    """The rows of one book."""
    publish = (sys.executable, "-m", "publish", "build")
    faces = folder / f"{name}-faces"
    run(*publish, "pdf", "--project", str(in_other_words(project, folder / f"{name}-words")), cache=faces)
    other = Path(shutil.copytree(project, folder / f"{name}-other"))
    warm = Path(shutil.copytree(faces, folder / f"{name}-warm"))
    run(*publish, "pdf", "--project", str(other), cache=warm)
    html = plain_document(other, folder / f"{name}-plain")

    def cold(*command: str) -> tuple[str, ...]:
        shutil.rmtree(project / "build", ignore_errors=True)
        shutil.rmtree(folder / "cache", ignore_errors=True)
        shutil.copytree(faces, folder / "cache")
        return command

    ours = run(*cold(*publish, "pdf", "--project", str(project)), cache=folder / "cache")
    count = pages(next((project / "build").glob("*.pdf")))
    plain = run(sys.executable, "-m", "weasyprint", str(html), str(folder / "plain.pdf"), "--pdf-tags")
    alone = run(*cold(*publish, "pdf", "--jobs", "1", "--project", str(project)), cache=folder / "cache")
    watched = run(*cold(sys.executable, "-c", WATCHED, str(project)), cache=folder / "cache")
    engine, whole = map(float, watched.said.rpartition("measured ")[2].split())
    epub = run(*cold(*publish, "epub", "--project", str(project)), cache=folder / "cache")
    rows = (
        ("octavo pdf", ours, count, ""),
        ("octavo pdf 1", alone, count, f"{100 * (whole - engine) / whole:.0f} % beside"),
        ("plain", plain, pages(folder / "plain.pdf"), ""),
        ("octavo epub", epub, "", ""),
    )
    return [
        f"| {name} | {kind} | {what.wall:.1f} | {what.wall / plain.wall:.2f} | {what.cpu:.1f} "
        f"| {what.cpu / plain.cpu:.2f} | {what.memory:.0f} | {what.workers:.0f} | {number} | {remark} |"
        for kind, what, number, remark in rows
    ]


def in_other_words(project: Path, target: Path) -> Path:
    """A book in the same faces of which no section is the same, so that the cache holds none of this book."""
    shutil.copytree(project, target)
    for path in (target / "manuscript").rglob("*.md"):
        text = path.read_text(encoding="utf-8").replace("\ntitle: ", "\ntitle: Another ", 1)
        path.write_text(f"{text}\n\nAnother paragraph.\n", encoding="utf-8")
    return target


def main() -> None:
    """Measure every book and print the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        print("| book | what | wall s | to plain | CPU s | to plain | MB | MB of a worker | pages | |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for name, project in projects(folder).items():
            print("\n".join(measure(name, project, folder)), flush=True)


if __name__ == "__main__":
    main()
