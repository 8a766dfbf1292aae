"""Printed editions whose pages an e-book can name: those that were built here, and one that is in print already."""

from hashlib import sha256
from pathlib import Path

from publish.epub.findings import edition_missing, page_map_of_another, page_map_unusable
from publish.files import look
from publish.manuscript.model import Metadata
from publish.outputs import Place
from publish.pages import SUFFIX, KeptPages, load
from publish.places import Span
from publish.problems import Problems

PROOF = "proof"
"""What the reading proof is called among the editions."""
INTERIOR = "-interior"
"""What the names of the files end with that printers print from."""
MAX_BYTES = 50_000_000


def built(name: str, proof: Place, problems: Problems) -> KeptPages | None:
    """The pages of an edition that stands in the folder of a book's proof; None, and a problem, where it does not.

    The name of a printer stands for the interior that was made for it.
    """
    stems = [] if "/" in name or "\\" in name else [f"{proof.slug}-{name}{INTERIOR}", f"{proof.slug}-{name}"]
    paths = [look(proof.folder / f"{stem}{SUFFIX}") for stem in stems]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        problems.add(edition_missing(None, name, ", ".join([PROOF, *_others(proof)])))
        return None
    kept = _read(path, path.name, None, problems)
    pdf = look(proof.folder / kept.pdf) if kept else path
    if kept and not (pdf.is_file() and sha256(pdf.read_bytes()).hexdigest() == kept.sha256):
        problems.add(page_map_of_another(None, path.name))
        return None
    return kept


def in_print(metadata: Metadata, project: Path, problems: Problems) -> KeptPages | None:
    """The pages of the edition in print that the metadata name; None, and a problem, where they cannot be used."""
    name, where = metadata.pages or "", metadata.where.get("pages")
    path = look(project / name)
    try:
        inside = path.resolve().is_relative_to(project.resolve())
    except (OSError, ValueError, RuntimeError):
        inside = False
    if not inside:
        problems.add(page_map_unusable(where, name, "it is outside of the project"))
        return None
    return _read(path, name, where, problems)


def _read(path: Path, name: str, where: Span | None, problems: Problems) -> KeptPages | None:
    try:
        if path.stat().st_size <= MAX_BYTES:
            return load(path.read_bytes())
        reason = "it is too large to be one"
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
    except ValueError as fault:
        reason = str(fault)
    problems.add(page_map_unusable(where, name, reason))
    return None


def _others(proof: Place) -> list[str]:
    """The editions that stand beside the proof."""
    begin = f"{proof.slug}-"
    names = (path.name[len(begin) : -len(SUFFIX)] for path in proof.folder.glob(f"{begin}*{SUFFIX}"))
    return sorted(name.removesuffix(INTERIOR) for name in names)
