"""The package's metadata: who, what, when, for whom, and what the book is like for a reader who cannot see it."""

from collections.abc import Iterator, Sequence

from lxml import etree

from publish.epub.accessibility import accessibility
from publish.epub.cover import IMAGE
from publish.epub.model import Meta
from publish.layout.model import Rendition
from publish.manuscript.model import Metadata

IDENTIFIER = "pub-id"
AUTHORITIES = {"thema": "Thema", "bisac": "BISAC"}


def identifier(metadata: Metadata) -> str:
    """The identifier that counts: the EPUB's own ISBN where it has one, else the book's."""
    return metadata.identifier_of("epub")


def package_metadata(
    rendition: Rendition, documents: Sequence[etree._Element], *, printed: str, claimed: bool
) -> Iterator[Meta]:
    """All metadata elements, in the order in which libraries show them.

    `documents` are the EPUB's own, as trees; `printed` is the identifier of the edition whose pages they mark, if any;
    `claimed` says whether the book is claimed to be accessible.
    """
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
    source = printed or (metadata.identifier_of("print") if metadata.isbn.get("print") else "")
    if source:
        yield Meta("dc:source", source)
    if printed:
        yield Meta("meta", printed, {"property": "pageBreakSource"})
    yield from accessibility(metadata, documents, claimed=claimed)
    if rendition.cover is not None:
        yield Meta("meta", "", {"name": "cover", "content": IMAGE})


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
        if metadata.series.position:
            yield _refine("series", "group-position", metadata.series.position)


def _subjects(metadata: Metadata) -> Iterator[Meta]:
    for number, subject in enumerate(metadata.subjects, 1):
        ident = f"subject-{number}"
        yield Meta("dc:subject", subject.term, {"id": ident})
        if subject.scheme:
            yield _refine(ident, "authority", AUTHORITIES[subject.scheme])
            yield _refine(ident, "term", subject.term)
