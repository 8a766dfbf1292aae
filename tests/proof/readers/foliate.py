"""What foliate-js, the engine of the reader Foliate, shows of a book in a headless Chromium."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from publish.checks.ace import BROWSER, BROWSERS

from .shelf import Shelf

HERE = Path(__file__).parent
MODULES = Path(sys.prefix) / "readers" / "node_modules"
SECONDS = 600
"""How long the reader may take over a book."""
SIZES = ("narrow", "wide")
LIGHTS = ("day", "night")

Rows = list[Mapping[str, Any]]


@dataclass(frozen=True)
class Seen:
    """What the reader shows: contents and landmarks with where they led, pages and notes that it was sent to.

    `errors` is all that the browser complained of, and all that the book asked for elsewhere.
    """

    contents: Rows
    landmarks: Rows
    pages: Rows
    notes: Rows
    errors: list[str]


def seen(name: str, shelf: Shelf) -> Seen:
    """What the reader shows of a book of the shelf; it is read once."""
    book, kept = shelf.take(name), shelf.folder / f"{name}.seen.json"
    shelf.once(f"{name}-seen", lambda: kept.write_text(json.dumps(asdict(read(book.epub, {}, shelf.folder)))))
    return Seen(**json.loads(kept.read_text(encoding="utf-8")))


def read(book: Path, pictures: Mapping[str, str], folder: Path) -> Seen:
    """Read a book with it. Of each place in `pictures` it paints four PNGs: `<name>-<size>-<light>.png`."""
    browser = os.environ.get(BROWSER) or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert browser, "Chromium is missing: a reader that is not there has shown nothing"
    assert (MODULES / "foliate-js").is_dir(), "foliate-js is missing: python3 tools/setup.py proof"
    folder.mkdir(parents=True, exist_ok=True)
    orders = {"pictures": [{"name": name, "href": href} for name, href in pictures.items()]}
    done = subprocess.run(
        [MODULES / ".bin" / "node", HERE / "open.mjs", MODULES, browser, book, folder],
        input=json.dumps(orders),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Seen(**json.loads(done.stdout))
