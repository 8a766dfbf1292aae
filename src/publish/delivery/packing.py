"""A parcel's bytes: a zip that is the same, bit for bit, whenever and wherever the same things are put into it."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from publish.jobs import Job
from publish.outputs import Output, Place, still_good
from publish.problems import Problems

SUMS = "SHA256SUMS"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
"""What a thing in a parcel can be called: no name leads out of the folder into which it is unpacked, or hides there."""
DATE = (1980, 1, 1, 0, 0, 0)
"""The date of everything in a parcel: the first that a zip can bear."""
MODE = 0o100644
"""A plain file that its owner may change and everybody read."""


@dataclass(frozen=True)
class Parcel:
    """A finished parcel, and the files in it that had to be built first, since the last ones were out of date."""

    output: Output
    built: tuple[Output, ...]


def keep_parcel(job: Job, place: Place, data: bytes) -> Output | None:
    """Put a parcel in its place, where it is not there already; None, and a problem, where it cannot be written."""
    key = sha256(data).hexdigest()
    if still_good(place, key):
        return Output(place.path, 0, made=False)
    return job.keep(place, data, key, Problems())


def packed(members: Mapping[str, bytes]) -> bytes:
    """The parcel of these things in this order, and after them the list of their digests, `SHA256SUMS`.

    They are stored as they are: PDF and EPUB are compressed already, and compression would depend on the version of
    a library.

    Raises:
        ValueError: a name is none that a thing in a parcel can have.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as parcel:
        for name, data in {**members, SUMS: sums(members)}.items():
            if not NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no name for a file in a parcel")
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = 3  # Unix, on whatever system this runs: else the mode means nothing.
            entry.external_attr = MODE << 16
            parcel.writestr(entry, data)
    return stream.getvalue()


def sums(members: Mapping[str, bytes]) -> bytes:
    """The digest of each thing as `sha256sum -c` reads them."""
    return "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in members.items()).encode()
