"""Ace by DAISY 1.4, the accessibility checker of libraries and shops, where it is installed; it runs on Node and
Chromium.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from publish.checks.opened import Opened
from publish.epub.findings import ace_says, ace_warns
from publish.places import Span
from publish.problems import Problem

COMMAND = "OCTAVO_ACE"
"""The variable that names Ace's command."""
OURS = Path("readers") / "node_modules" / ".bin" / "ace-cli"
"""Where Octavo's own set-up puts it, in the environment that Octavo runs in."""
BROWSER = "PUPPETEER_EXECUTABLE_PATH"
BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
SECONDS = 1800
"""How long Ace may take: a novel of sixty chapters takes half a minute, or two on a busy machine."""
PATIENCE = {"ACE_TIMEOUT_INITIAL": "60000"}
"""Milliseconds in which the browser must begin, of which Ace's own few are not enough for a busy machine."""
GRAVE = ("critical", "serious")


def find() -> Path | None:
    """Ace's command: the one that the environment names, the one that Octavo's set-up installed, or one on the path."""
    named = os.environ.get(COMMAND)
    if named:
        return Path(named)
    ours = Path(sys.prefix) / OURS
    found = str(ours) if ours.is_file() else shutil.which("ace-cli") or shutil.which("ace")
    return Path(found) if found else None


def run(command: Path, book: Path) -> Mapping[str, Any]:
    """Ace's own report.

    Raises:
        OSError, subprocess.SubprocessError: Ace does not start or takes too long.
        ValueError: it wrote no report.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report"
        # The place of the command may hold Node as well. What Ace and the browser remember goes with the folder.
        surroundings = {
            **PATIENCE,
            **os.environ,
            "PATH": os.pathsep.join((str(command.parent.absolute()), os.environ.get("PATH", ""))),
            "HOME": folder,
            **{f"XDG_{kind}_HOME": folder for kind in ("CACHE", "CONFIG", "DATA", "STATE")},
        }
        browser = os.environ.get(BROWSER) or next(filter(None, map(shutil.which, BROWSERS)), None)
        if browser:
            surroundings[BROWSER] = browser
        done = subprocess.run(
            [str(command), "--silent", "--force", "--outdir", str(out), str(book.absolute())],
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=surroundings,
        )
        report = out / "report.json"
        if not report.is_file():
            said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
            raise ValueError(said[-1] if said else "no report was written")
        found: Mapping[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found


def problems(report: Mapping[str, Any], epub: Opened) -> Iterator[Problem]:
    """Each violation that a report tells, with its place inside the EPUB."""
    for document in report["assertions"]:
        name = document["earl:testSubject"]["url"]
        for found in document["assertions"]:
            test, result = found["earl:test"], found["earl:result"]
            if result["earl:outcome"] != "fail":
                continue
            words = " ".join(str(result.get("dct:description", "")).split())
            word = ace_says if test.get("earl:impact") in GRAVE else ace_warns
            for pointer in result.get("earl:pointer", {}).get("cfi", [""]):
                yield word(_place(epub, name, pointer), test["dct:title"], words)


def _place(epub: Opened, name: str, pointer: str) -> Span:
    """The line of the element that a pointer leads to (EPUB CFI: even numbers count elements, from 2)."""
    full = next((known for known in epub.documents if known == name or known.endswith(f"/{name}")), None)
    element: etree._Element | None = epub.documents[full] if full else None
    for step in pointer.strip("/").split("/") if pointer and element is not None else ():
        number = step.partition("[")[0]
        inner = list(element.iterchildren(etree.Element)) if element is not None else []
        place = int(number) // 2 - 1 if number.isdecimal() else -1
        element = inner[place] if 0 <= place < len(inner) else None
    line = element.sourceline if element is not None and isinstance(element.sourceline, int) else 1
    return Span(f"EPUB/{name}", line)
