"""The package's metadata: who, what, when, for whom, and what the book is like for a reader who cannot see it."""

from collections.abc import Iterator

from publish.book.text import tree
from publish.epub.model import Meta
from publish.layout.model import Rendition
from publish.manuscript.model import Metadata

IDENTIFIER = "pub-id"
HAZARDS = ("flashing", "motionSimulation", "sound")
AUTHORITIES = {"thema": "Thema", "bisac": "BISAC"}


def identifier(metadata: Metadata) -> str:
    """The identifier that counts: the EPUB's own ISBN where it has one, else the book's."""
    return f"urn:isbn:{metadata.isbn['epub'].replace('-', '')}" if metadata.isbn.get("epub") else metadata.identifier


def package_metadata(rendition: Rendition) -> Iterator[Meta]:
    """All metadata elements, in the order in which libraries show them."""
    metadata = rendition.book.metadata
    yield Meta("dc:identifier", identifier(metadata), {"id": IDENTIFIER})
    if identifier(metadata) != metadata.identifier:
        yield Meta("dc:identifier", metadata.identifier)
    yield from _titles(metadata)
    yield Meta("dc:language", metadata.lang)
    for lang in metadata.languages:
        if lang != metadata.lang:
            yield Meta("dc:language", lang)
    yield from _people(metadata)
    yield from _series(metadata)
    yield from _subjects(metadata)
    for tag, text in (
        ("dc:publisher", metadata.publisher or metadata.imprint),
        ("dc:date", metadata.date),
        ("dc:rights", metadata.rights or metadata.copyright.text),
        ("dc:description", metadata.description),
    ):
        if text:
            yield Meta(tag, text)
    if metadata.isbn.get("print"):
        yield Meta("dc:source", f"urn:isbn:{metadata.isbn['print'].replace('-', '')}")
    yield from _accessibility(rendition)
    if rendition.cover is not None:
        yield Meta("meta", "", {"name": "cover", "content": "cover-image"})


def _refine(ident: str, name: str, text: str, scheme: str | None = None) -> Meta:
    attributes = {"refines": f"#{ident}", "property": name}
    return Meta("meta", text, {**attributes, "scheme": scheme} if scheme else attributes)


def _titles(metadata: Metadata) -> Iterator[Meta]:
    yield Meta("dc:title", metadata.title, {"id": "title"})
    yield _refine("title", "title-type", "main")
    if metadata.subtitle:
        yield _refine("title", "display-seq", "1")
        yield Meta("dc:title", metadata.subtitle, {"id": "subtitle"})
        yield _refine("subtitle", "title-type", "subtitle")
        yield _refine("subtitle", "display-seq", "2")
    if metadata.edition:
        yield Meta("meta", metadata.edition, {"property": "schema:bookEdition"})


def _people(metadata: Metadata) -> Iterator[Meta]:
    for number, person in enumerate(metadata.contributors, 1):
        tag = "creator" if person.role == "aut" else "contributor"
        ident = f"{tag}-{number}"
        yield Meta(f"dc:{tag}", person.name, {"id": ident})
        yield _refine(ident, "role", person.role, "marc:relators")
        if person.file_as:
            yield _refine(ident, "file-as", person.file_as)
        yield _refine(ident, "display-seq", str(number))


def _series(metadata: Metadata) -> Iterator[Meta]:
    if metadata.series:
        yield Meta("meta", metadata.series.name, {"property": "belongs-to-collection", "id": "series"})
        yield _refine("series", "collection-type", "series")
        if metadata.series.number:
            yield _refine("series", "group-position", metadata.series.number)


def _subjects(metadata: Metadata) -> Iterator[Meta]:
    for number, subject in enumerate(metadata.subjects, 1):
        ident = f"subject-{number}"
        yield Meta("dc:subject", subject.term, {"id": ident})
        if subject.scheme:
            yield _refine(ident, "authority", AUTHORITIES[subject.scheme])
            yield _refine(ident, "term", subject.term)


def _accessibility(rendition: Rendition) -> Iterator[Meta]:
    """What is true of this book, found in its documents; and what the author says."""
    metadata = rendition.book.metadata.accessibility
    pictures, described = _pictures(rendition)
    modes = ["textual", *(["visual"] if pictures else [])]
    for mode in modes:
        yield Meta("meta", mode, {"property": "schema:accessMode"})
    if not pictures or described:
        yield Meta("meta", "textual", {"property": "schema:accessModeSufficient"})
    if pictures:
        yield Meta("meta", "textual,visual", {"property": "schema:accessModeSufficient"})
    for feature in _features(rendition, pictures, described):
        yield Meta("meta", feature, {"property": "schema:accessibilityFeature"})
    hazards = [hazard for hazard in metadata.hazards if hazard in HAZARDS] or ["none"]
    for hazard in hazards:
        yield Meta("meta", hazard, {"property": "schema:accessibilityHazard"})
    yield Meta("meta", metadata.summary or _summary(pictures, described), {"property": "schema:accessibilitySummary"})
    for name, text in (("certifiedBy", metadata.certified_by), ("certifierCredential", metadata.credential)):
        if text:
            yield Meta("meta", text, {"property": f"a11y:{name}"})
    if metadata.report:
        yield Meta("link", "", {"rel": "a11y:certifierReport", "href": metadata.report})
    if metadata.exemption:
        yield Meta("meta", metadata.exemption, {"property": "a11y:exemption"})


def _pictures(rendition: Rendition) -> tuple[int, bool]:
    """How many pictures say something, and whether all of them have words."""
    images = [image for document in rendition.documents for image in tree(document.xhtml).iter("img")]
    telling = [image for image in images if image.get("role") != "presentation"]
    return len(telling), all(image.get("alt") for image in telling)


def _features(rendition: Rendition, pictures: int, described: bool) -> Iterator[str]:
    roots = [tree(document.xhtml) for document in rendition.documents]
    yield from ("displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "ARIA")
    if pictures and described:
        yield "alternativeText"
    if any(root.xpath("//*[@aria-details]") for root in roots):
        yield "longDescription"


def _summary(pictures: int, described: bool) -> str:
    text = "The text can be enlarged, restyled and read aloud; headings and notes can be reached by their own links."
    if not pictures:
        return text + " There are no pictures that bear meaning."
    return text + (" Every picture has a description." if described else " Some pictures have no description.")
