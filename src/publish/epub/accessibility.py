"""What the package says of a book to a reader who cannot see it: found in its documents, or said by the author.

The terms are those of EPUB Accessibility 1.1 and of schema.org's accessibility vocabulary.
"""

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from publish.book.words import languages, words
from publish.epub.model import Meta
from publish.epub.xhtml import XHTML, XML_LANG
from publish.manuscript.model import Metadata

ALWAYS = ("displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "ARIA")
"""What every EPUB of ours has."""


def accessibility(metadata: Metadata, documents: Sequence[etree._Element]) -> Iterator[Meta]:
    """What is true of this book, found in its documents; and what the author says."""
    said = metadata.accessibility
    pictures = list(_pictures(documents))
    described = all(image.get("alt") for image in pictures)
    long = any(element.get("aria-details") for document in documents for element in document.iter())
    yield from _schema("accessMode", ["textual", *(["visual"] if pictures else [])])
    yield from _schema(
        "accessModeSufficient",
        [*(["textual"] if described else []), *(["textual,visual"] if pictures else [])],
    )
    yield from _schema(
        "accessibilityFeature",
        [*ALWAYS, *(["alternativeText"] if pictures and described else []), *(["longDescription"] if long else [])],
    )
    yield from _schema("accessibilityHazard", said.hazards or ["none"])
    yield _summary(metadata, bool(pictures), described)
    for name, text in (("certifiedBy", said.certified_by), ("certifierCredential", said.credential)):
        if text:
            yield Meta("meta", text, {"property": f"a11y:{name}"})
    if said.report:
        yield Meta("link", "", {"rel": "a11y:certifierReport", "href": said.report})
    if said.exemption:
        yield Meta("meta", said.exemption, {"property": "a11y:exemption"})


def _schema(name: str, terms: Iterable[str]) -> Iterator[Meta]:
    for term in terms:
        yield Meta("meta", term, {"property": f"schema:{name}"})


def _pictures(documents: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """The pictures that say something."""
    for document in documents:
        yield from (image for image in document.iter(f"{{{XHTML}}}img") if image.get("role") != "presentation")


def _summary(metadata: Metadata, pictures: bool, described: bool) -> Meta:
    """The author's own summary, else ours in the book's language, or in English and marked so."""
    attributes = {"property": "schema:accessibilitySummary"}
    if metadata.accessibility.summary:
        return Meta("meta", metadata.accessibility.summary, attributes)
    if metadata.lang.partition("-")[0] not in languages():
        attributes[XML_LANG] = "en"
    say = words(metadata.lang)
    last = "every-picture-described" if described else "some-pictures-undescribed"
    return Meta("meta", f"{say['accessible-text']} {say[last if pictures else 'no-pictures']}", attributes)
