"""Small interiors and covers as a printer gets them, each drawn operator by operator."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from pdf.paper import book, section
from publish.book.model import Book
from publish.checks.preflight import Demands, Margins, preflight
from publish.manuscript.model import Contributor
from publish.pages import PageMap, PageStart
from publish.places import Address
from publish.problems import Problem, Problems

MM = 72 / 25.4
TRIM = (100.0, 150.0)
DEMANDS = Demands("Press", TRIM, Margins(15, 10, 12, 14), black=True)
ISBN = "978-3-16-148410-0"
TITLE = "BT /F 10 Tf 1 0 0 1 100 200 Tm (The Lamp by Ada Brandt) Tj ET"
AUTHOR = (Contributor("Ada Brandt"),)


@dataclass(frozen=True)
class Page:
    """A page: what it is painted with, its resources, and how far the file's bleed reaches (mm)."""

    paint: str = TITLE
    resources: Mapping[str, object] = field(default_factory=dict)
    trim: tuple[float, float] = TRIM
    bleed: float = 0.0


def letters(words: str, x: float, y: float, size: float = 10) -> str:
    """Words whose first letter stands so many mm from the left and the foot of the trimmed page."""
    return f"BT /F {size} Tf 1 0 0 1 {x * MM:.3f} {y * MM:.3f} Tm ({words}) Tj ET"


def interior(*pages: Page) -> bytes:
    """A file of these pages; their origin is the trimmed page's lower left corner."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for page in pages:
        width, height = (side * MM for side in page.trim)
        beyond = page.bleed * MM
        box = Array([-beyond, -beyond, width + beyond, height + beyond])
        resources = Dictionary(Font=Dictionary(F=font))
        for key, value in page.resources.items():
            resources[f"/{key}"] = value(pdf) if callable(value) else value
        made = Dictionary(
            Type=Name.Page,
            MediaBox=box,
            BleedBox=box,
            TrimBox=Array([0, 0, width, height]),
            Resources=resources,
            Contents=pdf.make_stream(page.paint.encode()),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))
    return saved(pdf)


def saved(pdf: Pdf) -> bytes:
    """The file's bytes."""
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def image(width: int, height: int, space: Name = Name.DeviceGray, share: int = 0) -> Callable[[Pdf], Dictionary]:
    """A picture of so many pixels, all of one share (of 255) of each of its colours, as a resource named I."""
    channels = {Name.DeviceGray: 1, Name.DeviceRGB: 3, Name.DeviceCMYK: 4}[space]

    def made(pdf: Pdf) -> Dictionary:
        stream = Stream(pdf, bytes([share]) * (width * height * channels))
        stream.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, ColorSpace=space, BitsPerComponent=8
        )
        return Dictionary(I=pdf.make_indirect(stream))

    return made


def story(markup: str = "<h1>The Lamp</h1><p>It burned all night and all day.</p>", **metadata: object) -> Book:
    """The book that the pages are of."""
    given = {"title": "The Lamp", "contributors": AUTHOR, "isbn": {"print": ISBN}, **metadata}
    return book(section(markup), **given)


def page_map(*labels: str) -> PageMap:
    """Pages with these folios, all of them beginning with the second element of the book."""
    return PageMap(tuple(PageStart(index, label, Address("one", 2, 0)) for index, label in enumerate(labels)))


def said(
    data: bytes, demands: Demands = DEMANDS, story: Book | None = None, labels: tuple[str, ...] | None = None
) -> list[Problem]:
    """What is said of a file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        count = len(pdf.pages)
    problems = Problems()
    pages = page_map(*(labels or map(str, range(1, count + 1))))
    preflight(data, demands, story or globals()["story"](), pages, problems)
    return list(problems)


def codes(data: bytes, demands: Demands = DEMANDS, **other: object) -> list[str]:
    """The codes of what is said of a file."""
    return [problem.code for problem in said(data, demands, **other)]  # type: ignore[arg-type]


def asking(**demands: object) -> Demands:
    """The press with other demands."""
    return replace(DEMANDS, **demands)  # type: ignore[arg-type]
