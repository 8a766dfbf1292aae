"""Opening a finished book in the program that the user reads such files with."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def open_file(path: Path) -> str | None:
    """Open a file as a double click would, without waiting. Returns why that cannot be, None where it was begun."""
    opener = _opener()
    if opener is None:
        return "there is no screen here to show it on"
    program = shutil.which(opener)
    if program is None:
        return f"the program {opener}, which opens files, is not installed"
    quiet = subprocess.DEVNULL
    subprocess.Popen([program, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    return None


def _opener() -> str | None:
    """The system's own way to open a file; None where there is no screen."""
    if sys.platform == "darwin":
        return "open"
    if shutil.which("wslview"):  # Windows' subsystem for Linux opens in Windows
        return "wslview"
    return "xdg-open" if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else None
