"""What the author wrote: files, metadata, and the place of everything in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from publish.places import Span


@dataclass(frozen=True)
class Contributor:
    """A person (or house) with a part in the book. `role` is a MARC relator code: aut, edt, trl, ill, ..."""

    name: str
    role: str = "aut"
    file_as: str | None = None
    about: str | None = None
    picture: str | None = None


@dataclass(frozen=True)
class Subject:
    """What the book is about: a word of the author's (`scheme` empty) or a code of the scheme `thema` or `bisac`."""

    term: str
    scheme: str = ""


@dataclass(frozen=True)
class Series:
    """The series that the book belongs to, and its number there as typed."""

    name: str
    number: str | None = None

    @property
    def position(self) -> str | None:
        """The number where it is one by which books can be put in order: 2, or 98.4 (EPUB 3.3, group-position)."""
        return self.number if re.fullmatch(r"[0-9]+(\.[0-9]+)*", self.number or "") else None


@dataclass(frozen=True)
class Copyright:
    """What the copyright page says, where the author says it; `text` stands for the whole notice."""

    year: str | None = None
    holder: str | None = None
    text: str | None = None
    credits: str | None = None


@dataclass(frozen=True)
class Trim:
    """The size of the trimmed page, in mm."""

    width: float
    height: float
    name: str = ""


@dataclass(frozen=True)
class Paper:
    """The paper of the print edition; `caliper` in mm a leaf where the author states it."""

    name: str = "white"
    caliper: float | None = None


@dataclass(frozen=True)
class Accessibility:
    """What the author says of the book's accessibility; the rest is computed from the book.

    `hazards` and `exemption` are words of EPUB's vocabulary (`none`, `flashing`, `noFlashingHazard`, ...).
    """

    summary: str | None = None
    hazards: tuple[str, ...] = ()
    certified_by: str | None = None
    credential: str | None = None
    report: str | None = None
    exemption: str | None = None


@dataclass(frozen=True)
class Metadata:
    """The front matter of the first file, checked and converted. Only the title is always the author's own.

    `identifier` is a `urn:uuid:...` (derived from title, author and language where the author gives none), dates
    are ISO 8601 (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`), `lang` is BCP 47. `where` is the place of each top-level key.
    `date` is printed and may be missing; `modified` is what files carry, and the reader always sets it: the author's,
    else `date`, else a fixed day. ISBNs have 13 digits and their hyphens, by edition or printer; prices are by edition
    and currency.
    """

    title: str
    subtitle: str | None = None
    contributors: tuple[Contributor, ...] = ()
    lang: str = "en"
    languages: tuple[str, ...] = ()
    identifier: str = ""
    date: str | None = None
    modified: str | None = None
    isbn: Mapping[str, str] = field(default_factory=dict)
    edition: str | None = None
    series: Series | None = None
    publisher: str | None = None
    imprint: str | None = None
    place: str | None = None
    rights: str | None = None
    copyright: Copyright = Copyright()
    description: str | None = None
    blurb: str | None = None
    subjects: tuple[Subject, ...] = ()
    price: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    territories: tuple[str, ...] = ()
    accessibility: Accessibility = Accessibility()
    cover_image: str | None = None
    icc_profile: str | None = None
    theme: str = "classic"
    trim: Trim = Trim(129, 198, "129x198mm")
    paper: Paper = Paper()
    ink: str = "black"
    pages: str | None = None
    start: str = "any"
    numbering: str = "none"
    notes: str = "foot"
    quotes: str | None = None
    where: Mapping[str, Span] = field(default_factory=dict)

    @property
    def authors(self) -> tuple[Contributor, ...]:
        """The contributors who wrote the book, in the order given."""
        return tuple(person for person in self.contributors if person.role == "aut")

    def identifier_of(self, *editions: str) -> str:
        """What the first of these editions that has an ISBN is known by, as a URN (RFC 3187); else the book's own."""
        isbn = next(filter(None, map(self.isbn.get, editions)), None)
        return f"urn:isbn:{isbn.replace('-', '')}" if isbn else self.identifier


@dataclass(frozen=True)
class SectionAttributes:
    """What the front matter of a later file says of its first chapter, as if it stood on the heading."""

    role: str | None = None
    title: str | None = None
    subtitle: str | None = None
    short: str | None = None
    author: str | None = None
    lang: str | None = None
    where: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """One file of the manuscript as read: NFC, line feeds, no BOM.

    `text` is the whole file, so that lines and columns are those the author sees; the Markdown starts at line
    `first_line` (after front matter).
    """

    path: str
    text: str
    first_line: int = 1
    attributes: SectionAttributes = SectionAttributes()

    @property
    def lines(self) -> list[str]:
        """The file's lines, without line ends; `lines[0]` is line 1."""
        return self.text.split("\n")


@dataclass(frozen=True)
class Manuscript:
    """Everything that was read of a project: its folder, its files in reading order, its metadata."""

    root: Path
    sources: tuple[Source, ...]
    metadata: Metadata
