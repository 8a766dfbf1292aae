"""What the package says of a book to a reader who cannot see it: found in its documents, or said by the author.

The terms are those of EPUB Accessibility 1.1 and of schema.org's accessibility vocabulary.
"""

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from publish.book.words import languages, words
from publish.epub.claim import STANDARD
from publish.epub.model import Meta
from publish.epub.xhtml import EPUB, XHTML, XML_LANG
from publish.manuscript.model import Accessibility, Metadata

ALWAYS = ("displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "ARIA")
"""What every EPUB of ours has."""
NAMES = {"h": XHTML, "m": "http://www.w3.org/1998/Math/MathML", "epub": EPUB}
FEATURES = {
    "longDescription": etree.XPath("boolean(//@aria-details)"),
    "MathML": etree.XPath("boolean(//m:math)", namespaces=NAMES),
    "rubyAnnotations": etree.XPath("boolean(//h:ruby)", namespaces=NAMES),
    "pageBreakMarkers": etree.XPath("boolean(//*[@role='doc-pagebreak'])"),
    "pageNavigation": etree.XPath("boolean(//h:nav[@epub:type='page-list'])", namespaces=NAMES),
}
"""What an EPUB has of which one element is enough."""


def accessibility(metadata: Metadata, documents: Sequence[etree._Element], *, claimed: bool) -> Iterator[Meta]:
    """What is true of this book, found in its documents and its navigation; and what the author says.

    `claimed` says whether it earns the claim of `publish.epub.claim`.
    """
    said = metadata.accessibility
    pictures = list(_pictures(documents))
    described = all(image.get("alt") for image in pictures)
    yield from _schema("accessMode", ["textual", *(["visual"] if pictures else [])])
    yield from _schema(
        "accessModeSufficient",
        [*(["textual"] if described else []), *(["textual,visual"] if pictures else [])],
    )
    features = [*ALWAYS, *(["alternativeText"] if pictures and described else [])]
    features += [name for name, found in FEATURES.items() if any(map(found, documents))]
    yield from _schema("accessibilityFeature", features)
    yield from _schema("accessibilityHazard", said.hazards or ["none"])
    yield _summary(metadata, bool(pictures), described)
    if claimed:
        yield from _claim(said)
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


def _claim(said: Accessibility) -> Iterator[Meta]:
    """What the book conforms to, who says so, and what gives them the right to (EPUB Accessibility 1.1, 2.4)."""
    yield Meta("meta", STANDARD, {"property": "dcterms:conformsTo", "id": "conformance"})
    certifier = {"property": "a11y:certifiedBy", "refines": "#conformance", "id": "certifier"}
    yield Meta("meta", said.certified_by or "", certifier)
    if said.credential:
        yield Meta("meta", said.credential, {"property": "a11y:certifierCredential", "refines": "#certifier"})
    if said.report:
        yield Meta("link", "", {"rel": "a11y:certifierReport", "refines": "#certifier", "href": said.report})
