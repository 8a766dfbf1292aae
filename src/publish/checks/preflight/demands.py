"""What a printer asks of the files of one book, as numbers; lengths in millimetres."""

from dataclasses import dataclass, field

from publish.manuscript.model import Metadata
from publish.printers.profiles import Printer


@dataclass(frozen=True)
class Margins:
    """The least distance of text from each edge of the trimmed page; `inner` is that at the spine. `with_bleed` is the
    least of the others in a file with bleed.
    """

    inner: float
    outer: float
    top: float
    bottom: float
    with_bleed: float = 0.0


@dataclass(frozen=True)
class Demands:
    """What is asked of an interior.

    `bleed` is by how much pictures that reach the edge of the page run over it. `black` says that the book is printed
    in black ink alone; `most_ink` is the most ink on one place (percent, 0 for no limit). `strip` names what must not
    be in the file (`outline`, `annotations`, `metadata`). `blanks` is the most blank pages in a row, `ppi` the least
    resolution of pictures, `text` the least size of letters in points, `most_bytes` the most bytes (0 for no limit).
    `isbn` is the number under which this very edition is sold, None where it has none.
    """

    printer: str
    trim: tuple[float, float]
    margins: Margins
    bleed: float = 0.0
    black: bool = True
    most_ink: int = 0
    strip: frozenset[str] = field(default_factory=frozenset)
    ppi: int = 300
    text: float = 7.0
    even: bool = False
    blanks: int = 4
    most_bytes: int = 0
    isbn: str | None = None

    @classmethod
    def of(cls, printer: Printer, metadata: Metadata, pages: int) -> "Demands":
        """What a printer asks of a book that has so many pages: the inner margin follows from them."""
        rules, trim = printer.file, metadata.trim
        return cls(
            printer.name,
            (trim.width, trim.height),
            Margins(printer.gutter(pages), printer.outer, printer.top, printer.bottom, printer.with_bleed),
            bleed=printer.bleed,
            black=metadata.ink == "black",
            most_ink=rules.most_ink,
            strip=frozenset(rules.strip),
            ppi=rules.ppi,
            text=rules.text,
            even=rules.even,
            most_bytes=rules.most_bytes,
            isbn=_isbn(printer, metadata),
        )

    @classmethod
    def of_proof(cls, metadata: Metadata) -> "Demands":
        """What any printer would ask of a reading proof, which has links and colours, and any count of pages.

        Of its pictures the build has said already how coarse they are.
        """
        return cls(
            "a printer",
            (metadata.trim.width, metadata.trim.height),
            Margins(0, 0, 0, 0),
            black=False,
            ppi=0,
            isbn=metadata.isbn.get("print"),
        )


@dataclass(frozen=True)
class CoverDemands:
    """What is asked of a cover in one piece: back, spine and front, each as wide as they must be for `pages` pages.

    `tolerance` is by how much the whole may differ. `spine_text` says whether the spine may bear text. `ppi` is the
    least resolution of pictures, `most_ink` the most ink on one place (percent, 0 for no limit).
    """

    printer: str
    trim: tuple[float, float]
    spine: float
    bleed: float
    pages: int
    tolerance: float
    spine_text: bool = True
    ppi: int = 300
    most_ink: int = 0
    isbn: str | None = None

    @classmethod
    def of(cls, printer: Printer, metadata: Metadata, pages: int, spine: float) -> "CoverDemands":
        """What a printer asks of the cover around so many pages, whose spine is so wide (mm)."""
        trim, rules = metadata.trim, printer.cover
        return cls(
            printer.name,
            (trim.width, trim.height),
            spine,
            printer.bleed,
            pages,
            rules.tolerance,
            spine_text=pages > rules.spine_text_above,
            ppi=printer.file.ppi,
            most_ink=printer.file.most_ink,
            isbn=_isbn(printer, metadata),
        )


def _isbn(printer: Printer, metadata: Metadata) -> str | None:
    """The number of a printer's own edition, else that of the printed book."""
    return metadata.isbn.get(printer.key) or metadata.isbn.get("print")
