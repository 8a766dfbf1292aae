"""Programs that are not ours, and what they say of a file."""

import re
import shutil
import subprocess
from pathlib import Path

NO_PROFILES = "warning: ICC support is not available"
"""Which MuPDF as Debian builds it says of itself, before any file."""
INKS = re.compile(r"^ *([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) CMYK OK$", re.MULTILINE)
READERS = (
    ("qpdf", "--check"),
    ("pdfinfo", "-box"),
    ("mutool", "draw", "-q", "-r", "36", "-F", "ppm", "-o", "/dev/null"),
)


def ask(*command: str | Path) -> tuple[str, str]:
    """What a program said, and what it complained of."""
    program = str(command[0])
    assert shutil.which(program), f"{program} is missing: a reader that is not there has found nothing out"
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, done.stderr.replace(NO_PROFILES, "").strip()


def complaints(path: Path) -> dict[str, str]:
    """What qpdf, poppler and MuPDF complain of in a PDF, by program."""
    heard = {command[0]: ask(*command, path)[1] for command in READERS}
    return {program: said for program, said in heard.items() if said}


def inks(path: Path) -> list[tuple[float, ...]]:
    """How much cyan, magenta, yellow and black Ghostscript finds on each page of a PDF."""
    said, complaint = ask("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=inkcov", "-o", "-", path)
    assert complaint == ""
    return [tuple(map(float, page)) for page in INKS.findall(said)]
