"""A title as a file name."""

import re

from anyascii import anyascii

LONGEST = 60
"""Characters of a slug at most: every file system and shop takes that much."""

FALLBACK = "book"
"""The slug of a title without a letter or figure."""


def slug(title: str) -> str:
    """The title in small ASCII letters, figures and single hyphens, at most `LONGEST` characters, never empty.

    A longer title is cut between words where there is a place to cut.
    """
    ascii_title = re.sub(r"['`]", "", anyascii(title)).lower()
    words = re.findall(r"[a-z0-9]+", ascii_title)
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        name = longer
    return name or FALLBACK
