"""The files a build makes: what they are called, whether they are still good, and how they replace the last ones.

Beside the outputs, `build/.octavo/` keeps a record of each: the digest of all that went into it, its own digest,
and what was said while it was made. A record that is damaged or does not fit its file counts as none.
"""

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.files import sweep, write_atomically
from publish.pages import SUFFIX, KeptPages, PageMap, References, dump, load
from publish.problems import Problem, Problems, Said, Severity, from_json, rule, to_json
from publish.versions import maker

if TYPE_CHECKING:  # A build with nothing to do names outputs, and has no use for the rooms that make them.
    from publish.layout.model import Rendition

FORMAT = 2


@rule("O001", Severity.ERROR)
def cannot_write(path: str, reason: str) -> Said:
    """A file could not be written.

    The disk is full, or the folder `build/` belongs to somebody else. The files of the last good build are
    untouched. Make room, or mend the folder's permissions, and build again.
    """
    return f"cannot write {path}: {reason}", "the last good files are untouched; make room or mend the permissions"


@dataclass(frozen=True)
class Record:
    """What is known of one output: digests of what it was made from and of its bytes, its pages, what was said."""

    key: str
    sha256: str
    pages: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Output:
    """A finished file: where it is, its pages (0 for an EPUB), whether this build had to make it, the seconds taken.

    `remark` is what else is to be said of it.
    """

    path: Path
    pages: int
    made: bool
    seconds: float = 0.0
    remark: str = ""

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return self.path.stat().st_size


@dataclass(frozen=True)
class Place:
    """Where one output of a project stands: `build/<slug>[-draft].<kind>` and what is kept beside it."""

    folder: Path
    slug: str
    kind: str
    draft: bool = False

    @property
    def path(self) -> Path:
        """The output itself."""
        return self.folder / f"{self.slug}{'-draft' if self.draft else ''}.{self.kind}"

    @property
    def page_map(self) -> Path:
        """The page map beside a PDF."""
        return self.path.with_suffix(SUFFIX)

    @property
    def record(self) -> Path:
        """The record of the output."""
        return self.folder / ".octavo" / f"{self.path.name}.json"

    @property
    def verdict(self) -> Path:
        """What was last found of an e-book's accessibility."""
        return self.folder / ".octavo" / f"{self.path.name}.verdict.json"


def key_of(rendition: "Rendition", *more: str) -> str:
    """A digest of every byte that decides what an output looks like, our own code among them."""
    digest = sha256()
    parts: list[str | bytes] = [maker(), rendition.edition.name, *more]
    parts += [rendition.contents or ""]
    parts += [repr(rendition.book.metadata)]
    for document in rendition.documents:
        parts += [document.section.id, document.section.title, document.xhtml]
        parts += [note.xhtml for note in document.section.notes]
    for sheet in rendition.stylesheets:
        parts += [sheet.name, sheet.css]
    if theme := rendition.theme:
        parts += [repr(sorted(theme.colours.items()))]
        parts += [part for name, template in sorted(theme.templates.items()) for part in (name, template.text)]
    parts += [face.digest for face in rendition.fonts]
    for name, picture in sorted(rendition.pictures.items()):
        parts += [name, picture.digest]
    parts += [rendition.cover.digest] if rendition.cover else []
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def still_good(place: Place, key: str) -> Record | None:
    """The record of an output that is on disk, whole, with its page map, and made from the same input; else None."""
    record = _load_record(place.record)
    if record is None or record.key != key or not place.path.is_file():
        return None
    if record.pages and not ((kept := kept_pages(place)) and kept.sha256 == record.sha256):
        return None
    return record if sha256(place.path.read_bytes()).hexdigest() == record.sha256 else None


def keep(place: Place, data: bytes, key: str, problems: Iterable[Problem], page_map: PageMap | None = None) -> None:
    """Put a finished output in place of the last one, then its page map, then its record.

    Raises:
        OSError: the folder cannot be written or the disk is full; the last good output is untouched.
    """
    for folder in (place.folder, place.record.parent):
        sweep(folder)
    write_atomically(place.path, data)
    digest = sha256(data).hexdigest()
    if page_map is not None:
        write_atomically(place.page_map, dump(KeptPages(page_map, place.path.name, digest)))
    record = {
        "format": FORMAT,
        "key": key,
        "sha256": digest,
        "pages": len(page_map.pages) if page_map else 0,
        "problems": [to_json(problem) for problem in problems],
    }
    write_atomically(place.record, _dump(record))


def kept_pages(place: Place) -> KeptPages | None:
    """The page map beside a PDF; None where there is none, or none that can be read."""
    try:
        return load(place.page_map.read_bytes())
    except (OSError, ValueError):
        return None


def last_references(place: Place) -> References:
    """The pages of the last build: the best first guess for references in the next one."""
    kept = kept_pages(place)
    return References(kept.pages.anchors) if kept else References()


def last_pages(place: Place) -> int:
    """How many pages the last build of a PDF had, 0 where there was none."""
    record = _load_record(place.record)
    return record.pages if record else 0


def remember(problems: Problems, record: Record) -> None:
    """Say again what was said when a file that is still good was made."""
    for problem in record.problems:
        problems.add(problem)


def clean(folder: Path) -> list[Path]:
    """Remove the outputs that records list, their page maps and the records; whatever else is in `build/` stays."""
    removed = []
    for record in sorted((folder / ".octavo").glob("*.json")):
        output = folder / record.name.removesuffix(".json")
        for path in (output, output.with_suffix(SUFFIX), record):
            if path.is_file():
                path.unlink()
                removed.append(path)
    for swept in (folder, folder / ".octavo"):
        sweep(swept)
    with contextlib.suppress(OSError):
        (folder / ".octavo").rmdir()
    return removed


def _load(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _load_record(path: Path) -> Record | None:
    stored = _load(path)
    try:
        if stored["format"] != FORMAT:
            return None
        problems = tuple(from_json(problem) for problem in stored["problems"])
        return Record(str(stored["key"]), str(stored["sha256"]), int(stored["pages"]), problems)
    except (KeyError, TypeError, ValueError):
        return None
