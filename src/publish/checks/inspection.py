"""What there is to know of an EPUB, ours or anybody's, in the words of a librarian: rows of a label and its lines.

The lines hold what the EPUB says as it says it; whoever shows them makes hidden signs visible.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from lxml import etree

from publish.book.dialect.html import INLINE
from publish.checks.navigation import Entry, Navigation
from publish.checks.opened import XHTML, Opened
from publish.files import weight

LINES = 40
"""Lines under a label at most, so that a book of a thousand chapters leaves its metadata in sight."""
LENGTH = 200
"""Characters of a line at most."""
HEAVIEST = 5
"""Files that are named with their weight."""
CUT = "…"
ACCESS = {
    "access modes": "schema:accessMode",
    "sufficient": "schema:accessModeSufficient",
    "features": "schema:accessibilityFeature",
    "hazards": "schema:accessibilityHazard",
    "conforms to": "dcterms:conformsTo",
    "certified by": "a11y:certifiedBy",
    "exemption": "a11y:exemption",
    "summary": "schema:accessibilitySummary",
}
DOCUMENTS, OTHER = "documents", "other files"
KINDS = {
    XHTML: DOCUMENTS,
    "text/css": "style sheets",
    "application/vnd.ms-opentype": "fonts",
    "application/font-sfnt": "fonts",
    "application/font-woff": "fonts",
    "application/x-font-ttf": "fonts",
    "application/x-font-truetype": "fonts",
    "application/x-font-opentype": "fonts",
    "text/javascript": "scripts",
    "application/javascript": "scripts",
}
FAMILIES = {"image": "images", "font": "fonts", "audio": "sound", "video": "films"}


@dataclass(frozen=True)
class Row:
    """A label and the lines that stand beside it."""

    label: str
    lines: tuple[str, ...]


def describe(epub: Opened) -> tuple[Row, ...]:
    """All that is to be said of an EPUB, in the order of interest; what it has not is left out."""
    rows = (
        ("title", _titles(epub)),
        ("author", _people(epub, "dc:creator")),
        ("contributor", _people(epub, "dc:contributor")),
        ("language", epub.values("dc:language")),
        ("identifier", epub.values("dc:identifier")),
        ("publisher", epub.values("dc:publisher")),
        ("date", epub.values("dc:date")),
        ("EPUB", [epub.version or "of no version that it names"]),
        ("accessibility", _access(epub)),
        ("contents", _tree(_told(epub, attrgetter("contents")))),
        ("pages", _pages(epub)),
        ("landmarks", _landmarks(epub)),
        ("holds", _weights(epub)),
        ("heaviest", _heaviest(epub)),
    )
    return tuple(Row(label, found) for label, lines in rows if (found := _bounded(lines)))


def _bounded(lines: Iterable[str]) -> tuple[str, ...]:
    """As many lines as are shown, and how many are not."""
    rest = iter(lines)
    short = [line if len(line) <= LENGTH else line[:LENGTH] + CUT for line in islice(rest, LINES)]
    more = sum(1 for _ in rest)
    return (*short, f"{CUT} and {more} more") if more else tuple(short)


def _titles(epub: Opened) -> Iterator[str]:
    for meta in epub.metadata:
        if meta.tag == "dc:title" and meta.text:
            kind = epub.refined(meta, "title-type")
            yield f"{meta.text} ({kind})" if kind not in (None, "main") else meta.text


def _people(epub: Opened, tag: str) -> Iterator[str]:
    for meta in epub.metadata:
        if meta.tag == tag and meta.text:
            role = epub.refined(meta, "role")
            yield f"{meta.text} ({role})" if role not in (None, "aut") else meta.text


def _access(epub: Opened) -> Iterator[str]:
    said = [(label, epub.values(name)) for label, name in ACCESS.items()]
    for label, values in said:
        if values:
            yield f"{label}: {', '.join(values)}"
    if not any(values for _, values in said):
        yield "it says nothing of it"


def _tree(entries: Sequence[Entry], indent: str = "") -> Iterator[str]:
    for entry in entries:
        yield indent + (entry.title or "(without a title)")
        yield from _tree(entry.below, indent + "  ")


def _told(epub: Opened, told: Callable[[Navigation], tuple[Entry, ...]]) -> tuple[Entry, ...]:
    """A list of the navigation document, else of the NCX."""
    ways = (way for way in (epub.nav, epub.ncx) if way is not None)
    return next((entries for way in ways if (entries := told(way))), ())


def _pages(epub: Opened) -> Iterator[str]:
    pages = _told(epub, attrgetter("pages"))
    if pages:
        yield f"{len(pages)}, from {pages[0].title} to {pages[-1].title}"
        for source in epub.values("pageBreakSource") or epub.values("dc:source"):
            yield f"those of {source}"


def _landmarks(epub: Opened) -> Iterator[str]:
    for entry in _told(epub, attrgetter("landmarks")):
        yield f"{entry.kind}: {entry.title}"


def _weights(epub: Opened) -> Iterator[str]:
    """How many files of each kind there are, and what they weigh, the heaviest kind first."""
    kinds = {item.name: _kind(item.media_type) for item in epub.items}
    number: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for name, entry in epub.files.items():
        kind = kinds.get(name, OTHER)
        number[kind] += 1
        size[kind] += entry.size
    words = sum(_words(tree) for name, tree in epub.documents.items() if name != epub.nav_name)
    for kind, total in size.most_common():
        told = f", {words} words" if kind == DOCUMENTS else ""
        yield f"{kind}: {number[kind]}{told}, {weight(total)}"
    packed = sum(entry.packed for entry in epub.files.values())
    yield f"together: {weight(size.total())}, packed as {weight(packed)}"


def _kind(media_type: str) -> str:
    return KINDS.get(media_type) or FAMILIES.get(media_type.partition("/")[0], OTHER)


def _words(document: etree._Element) -> int:
    """The words that a document shows. Letters in a span of their own, such as an initial, begin no new word."""
    body = document.find("{*}body")
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")) if body is not None else ():
        text = element.text if event == "start" else element.tail
        pieces.append((text or "") if etree.QName(element).localname in INLINE else f" {text or ''}")
    return len("".join(pieces).split())


def _heaviest(epub: Opened) -> Iterator[str]:
    for entry in sorted(epub.files.values(), key=lambda entry: (-entry.size, entry.name))[:HEAVIEST]:
        yield f"{entry.name}: {weight(entry.size)}"
