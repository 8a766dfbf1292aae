"""What went to whom and when: lines of JSON in the user's data folder, one file a book."""

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from publish.delivery import folders


@dataclass(frozen=True)
class Sent:
    """A file that a server took for somebody. `at` is the time (ISO 8601), `message` the letter's Message-ID."""

    at: str
    identifier: str
    title: str
    edition: str
    file: str
    sha256: str
    to: str
    message: str


class Log:
    """The log of one book, known by its identifier."""

    def __init__(self, identifier: str) -> None:
        self._identifier = identifier
        # An identifier may hold anything, the name of a file not: each line says in full which book it is about.
        name = re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")[:80]
        self.path: Path = folders.records() / "sent" / f"{name or 'book'}.jsonl"

    def open(self) -> None:
        """See that it can be written, before anything is sent.

        Raises:
            OSError: it cannot.
        """
        folders.private(folders.records())
        folders.private(self.path.parent)
        with self.path.open("ab"):
            pass

    def add(self, sent: Sent) -> None:
        """Note a file that was sent, at once and for good.

        Raises:
            OSError: it cannot be written.
        """
        with self.path.open("ab") as stream:
            stream.write(json.dumps(asdict(sent), ensure_ascii=False).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())

    def when(self, digest: str, key: str) -> str | None:
        """When the file with this digest was last sent to somebody (`Recipient.key`); None where it never was.

        Raises:
            OSError: the log is there but cannot be read.
        """
        times = [sent.at for sent in self._entries() if sent.sha256 == digest and sent.to.casefold() == key]
        return times[-1] if times else None

    def _entries(self) -> list[Sent]:
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        found = []
        for line in lines:
            try:
                sent = Sent(**{str(key): str(value) for key, value in json.loads(line).items()})
            except (ValueError, TypeError, AttributeError, RecursionError):
                continue  # A line that was cut off when the power went says nothing.
            found += [sent] if sent.identifier == self._identifier else []
        return found
