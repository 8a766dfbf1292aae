"""A book dressed for one edition: documents, styles, fonts and images, all as bytes and digests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from publish.book.model import Book, Section
from publish.manuscript.model import Trim


class Medium(StrEnum):
    """What an edition is read on."""

    PRINT = "print"
    EBOOK = "ebook"


@dataclass(frozen=True)
class PageFormat:
    """The page that a printer prints: its trim, and the margins (mm) that no text may come nearer to the edge than."""

    trim: Trim
    inner: float = 0
    outer: float = 0
    top: float = 0
    bottom: float = 0


@dataclass(frozen=True)
class Edition:
    """A view of the book: its name ("proof", "epub", "kdp", "screen"), its medium, its page where the printer says it.

    `layer` names style sheets that lie over the theme's: `<layer>.css` of the base and of the theme.
    """

    name: str
    medium: Medium
    page: PageFormat | None = None
    layer: str | None = None


PROOF = Edition("proof", Medium.PRINT)
EPUB = Edition("epub", Medium.EBOOK)
SCREEN = Edition("screen", Medium.PRINT, layer="screen")
LARGE_PRINT = Edition("large-print", Medium.PRINT, PageFormat(Trim(177.8, 254)), "large-print")
"""On 7 x 10 inches, the smallest of printers' usual trims whose lines hold enough words in 18 points."""


@dataclass(frozen=True)
class Stylesheet:
    """One layer of CSS with the name by which problems speak of it (project-relative path, or "classic/print.css")."""

    name: str
    css: str


@dataclass(frozen=True)
class FontFace:
    """One static face: a TrueType file's bytes, and what the CSS calls it.

    `style` is normal or italic, `weight` 100 to 900.
    """

    family: str
    weight: int
    style: str
    data: bytes
    digest: str
    licence: str


@dataclass(frozen=True)
class Picture:
    """An image ready for the edition: turned, without camera data, sRGB or grey.

    `name` is its file name (ASCII, unique). Width and height are in pixels (in CSS px for SVG).
    """

    name: str
    media_type: str
    data: bytes
    digest: str
    width: int
    height: int


@dataclass(frozen=True)
class Template:
    """A template: the name by which it is asked for, the file it came from (as problems name it), its text."""

    name: str
    origin: str
    text: str


@dataclass(frozen=True)
class Colour:
    """A colour of a theme: `rgb` for screens (`#rrggbb`), `cmyk` for printers, percent of the four inks."""

    rgb: str
    cmyk: tuple[int, int, int, int]


@dataclass(frozen=True)
class Theme:
    """A theme as a book uses it: families and weights of its faces, options, and the templates found for it by name.

    `opening` says how chapters begin ("dropcap", "smallcaps", "plain"), `links` what print does with web addresses
    ("notes", "plain"). `weights` are those of body, sans and mono; each comes upright and italic. `colours` go by their
    names.
    """

    name: str
    description: str = ""
    body: str = "EB Garamond"
    sans: str = "Alegreya Sans"
    mono: str = "JetBrains Mono"
    weights: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]] = ((400, 600), (400, 700), (400, 700))
    opening: str = "plain"
    links: str = "plain"
    colours: Mapping[str, Colour] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """One section as this edition shows it: the body's XHTML (no namespace, `data-p` serials kept) and its section."""

    section: Section
    xhtml: bytes


@dataclass(frozen=True)
class Rendition:
    """A book dressed for one edition. Images in the XHTML are `src="octavo:NAME"`, NAME a key of `pictures`.

    Files that the CSS names are pictures too, `url("octavo:NAME")`. `theme` holds the templates of whole documents.
    `contents` is the id of the contents that the book has and this edition leaves to the reading system.
    """

    book: Book
    edition: Edition
    documents: tuple[Document, ...]
    stylesheets: tuple[Stylesheet, ...]
    fonts: tuple[FontFace, ...]
    pictures: Mapping[str, Picture]
    cover: Picture | None = None
    theme: Theme | None = None
    contents: str | None = None
