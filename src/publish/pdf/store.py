"""What was set before, kept in the user's cache, and an account of what had to be set anew."""

import io

import pikepdf

from publish import cache
from publish.pdf.record import Set, packed, unpacked


class Store:
    """The cache as a build sees it. Every set fragment it meets stays in memory until the book is bound."""

    def __init__(self) -> None:
        self._known: dict[str, Set] = {}
        self.kept = 0
        """How many fragments came from the cache."""
        self.made = 0
        """How many were set in this build."""

    def find(self, key: str) -> Set | None:
        """What was set under a key; None where nothing was, or what is there is damaged."""
        if key not in self._known:
            blob = cache.load(key)
            found = unpacked(blob) if blob is not None else None
            if found is None or not _whole(found):
                return None
            self.kept += 1
            self._known[key] = found
        return self._known[key]

    def keep(self, key: str, made: Set) -> None:
        """Keep what was set."""
        self.made += 1
        self._known[key] = made
        cache.store(key, packed(made))


def _whole(kept: Set) -> bool:
    """Whether the PDF can be read, and has the pages that its record speaks of."""
    try:
        with pikepdf.open(io.BytesIO(kept.pdf)) as pdf:
            return len(pdf.pages) == len(kept.record.pages) > 0
    except pikepdf.PdfError:
        return False
