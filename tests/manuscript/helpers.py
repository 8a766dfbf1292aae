"""Small projects for the tests of reading."""

from pathlib import Path

from publish.manuscript.model import Manuscript
from publish.manuscript.reader import read
from publish.problems import Problem, Problems

TITLE = "---\ntitle: The Whale\ndate: 2025\nlang: en\n---\n"


def project(folder: Path, **files: str | bytes) -> Path:
    """A project whose manuscript holds these files (the names' double underscores stand for points)."""
    (folder / "manuscript").mkdir(exist_ok=True)
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "manuscript" / name.replace("__", ".")).write_bytes(data)
    return folder


def reading(folder: Path, **files: str | bytes) -> tuple[Manuscript | None, list[Problem]]:
    """What is read of such a project, and the problems."""
    problems = Problems()
    manuscript = read(project(folder, **files), problems)
    return manuscript, list(problems)


def said(problems: list[Problem]) -> list[str]:
    """Code and place of each problem, hints about date and language aside."""
    return [f"{p.code} {p.span or ''}".strip() for p in problems if p.code not in ("Y030", "Y031")]
