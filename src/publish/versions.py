"""Which program made something: our own code, and the libraries whose versions decide what an output looks like."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from publish import __version__

ENGINES = ("weasyprint", "ebooklib", "fonttools", "pikepdf")


@cache
def maker() -> str:
    """A digest of the program itself, so that a changed one never takes an older one's work for its own."""
    digest = sha256(" ".join((__version__, *(version(engine) for engine in ENGINES))).encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
