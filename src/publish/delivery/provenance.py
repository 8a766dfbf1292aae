"""What a parcel was made from and by what, for whoever wants to make it again."""

import json
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version

from publish import __version__
from publish.manuscript.model import Metadata
from publish.versions import shapers

LIBRARIES = ("fonttools", "pikepdf", "pillow", "weasyprint")
"""Those whose version can be seen in a file of ours."""


def provenance(metadata: Metadata, manuscript: Mapping[str, bytes], made_for: str) -> bytes:
    """As JSON: the book, its own date, the digest of its manuscript, and the versions of what made it.

    No clock is asked: the same book made by the same versions says the same. The digest of the whole is that of the
    list of its files' digests, as `sha256sum manuscript/*.md | sha256sum` has it where their names are in that order.
    """
    digests = {name: sha256(data).hexdigest() for name, data in manuscript.items()}
    whole = "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()
    said = {
        "title": metadata.title,
        "identifier": metadata.identifier,
        "date": metadata.date,
        "modified": metadata.modified,
        "made-for": made_for,
        "manuscript": {"sha256": sha256(whole).hexdigest(), "files": digests},
        "made-by": {
            "octavo": __version__,
            **{name: version(name) for name in LIBRARIES},
            "pango-and-harfbuzz": shapers(),
        },
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
