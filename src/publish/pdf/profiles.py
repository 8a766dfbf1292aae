"""The ICC profile of the press that a book's metadata name, a file of the project."""

from pathlib import Path

from publish.files import look
from publish.manuscript.model import Metadata
from publish.pdf.printing_findings import profile_unreadable
from publish.pdf.separation import LARGEST
from publish.problems import Problems


def read_profile(metadata: Metadata, project: Path, problems: Problems) -> bytes | None:
    """The bytes of `icc-profile`; None where none is named, or, with a problem, where it cannot be read.

    Whether it is of any use shows when it is used.
    """
    path, place = metadata.icc_profile, metadata.where.get("icc-profile")
    if path is None:
        return None
    try:
        file = look(project / path).resolve()
        if not file.is_relative_to(project.resolve()):
            problems.add(profile_unreadable(place, path, "it lies outside of the project"))
        elif file.stat().st_size > LARGEST:
            problems.add(profile_unreadable(place, path, f"it has more than {LARGEST // 1_000_000} MB"))
        else:
            return file.read_bytes()
    except (OSError, ValueError, RuntimeError) as reason:
        problems.add(profile_unreadable(place, path, getattr(reason, "strerror", None) or "there is no such file"))
    return None
