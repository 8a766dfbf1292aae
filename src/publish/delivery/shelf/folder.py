"""The folder that a shelf is: books, covers and lists put into it, and what is no longer on it removed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path

from publish.delivery.packing import SUMS
from publish.files import sweep, write_atomically

OURS = re.compile(r"(?:books/[a-z0-9][a-z0-9.-]*/|feeds/)?[a-z0-9][a-z0-9.-]*")
"""What a file on a shelf can be called. Whatever else a list of digests names was not put there by us."""
MARK, MEANING = ".octavo-shelf", b"Octavo keeps this folder: what is no longer on the shelf is removed.\n"


@dataclass
class Folder:
    """A shelf's folder while it is filled. `sums`: digests of what is on it now; `written`: what is new."""

    path: Path
    sums: dict[str, str] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)

    @property
    def usable(self) -> bool:
        """Whether it can be filled: it is not there yet, is empty, or was a shelf before."""
        if not self.path.exists():
            return True
        if not self.path.is_dir():
            return False
        return (self.path / MARK).is_file() or not any(self.path.iterdir())

    def claim(self) -> None:
        """Mark the folder as a shelf before anything is put there, so that one that was broken off can be finished.

        Raises:
            OSError: it cannot be written.
        """
        write_atomically(self.path / MARK, MEANING)

    def holds(self, name: str, digest: str) -> bool:
        """Whether a file is there with these very bytes; it then is on the shelf again."""
        if digest_of(self.path / name) != digest:
            return False
        self.sums[name] = digest
        return True

    def put(self, name: str, data: bytes) -> None:
        """Put a file on the shelf; one that is the same keeps its date, so that only what is new is uploaded.

        Raises:
            OSError: it cannot be written.
        """
        digest = sha256(data).hexdigest()
        if not self.holds(name, digest):
            write_atomically(self.path / name, data, durable=False)
            self.sums[name] = digest
            self.written.add(name)

    def finish(self) -> int:
        """Write the list of digests, and remove what was on the shelf before and is no longer; how many files.

        Raises:
            OSError: the list cannot be written.
        """
        gone = [name for name in listed(self.path) if name not in self.sums and OURS.fullmatch(name)]
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items()))
        for name in gone:
            (self.path / name).unlink(missing_ok=True)
        write_atomically(self.path / SUMS, lines.encode())
        for folder in {(self.path / name).parent for name in (*gone, *self.sums)}:
            sweep(folder)
            if folder != self.path and not any(folder.iterdir()):
                folder.rmdir()
        return len(gone)


def listed(folder: Path) -> Mapping[str, str]:
    """What the list of digests of a shelf names, as far as it can be read."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    return {name: digest for digest, mark, name in (line.partition("  ") for line in lines) if mark}


def digest_of(path: Path) -> str | None:
    """The digest of a file's bytes; None where there is none."""
    if path.is_symlink():
        return None  # What a link leads to is not on the shelf.
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
