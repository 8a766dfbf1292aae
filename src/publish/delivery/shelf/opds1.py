"""A feed as OPDS 1.2 has it: Atom, which every reading app with a catalogue reads."""

import posixpath
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from publish.delivery.shelf.books import Book, Person
from publish.delivery.shelf.feeds import PAGE, ROOT, Branch, Feed, Placed

SUFFIX = ".xml"
ATOM = "http://www.w3.org/2005/Atom"
DUBLIN = "http://purl.org/dc/terms/"
SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
SCHEMA = "http://schema.org"
THREADS = "http://purl.org/syndication/thread/1.0"
NAMESPACES = {None: ATOM, "dc": DUBLIN, "opensearch": SEARCH, "schema": SCHEMA, "thr": THREADS}
KIND = "application/atom+xml;profile=opds-catalog;kind="
ACQUISITION = "http://opds-spec.org/acquisition/open-access"
"""What is on the shelf is there for everybody (OPDS 1.2, 5.4.1.1)."""
IMAGE, THUMBNAIL = "http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"


def atom(feed: Feed, shelf: str) -> bytes:
    """The feed as a file; `shelf` is the title of the whole."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=NAMESPACES)  # type: ignore[arg-type]
    _add(root, ATOM, "id", uuid5(NAMESPACE_URL, f"{shelf}\0{feed.name}").urn)
    _add(root, ATOM, "title", feed.title)
    _add(root, ATOM, "updated", feed.updated)
    _add(_add(root, ATOM, "author"), ATOM, "name", shelf)
    kind = _kind(feed)
    _link(root, feed, "self", feed.name + SUFFIX, kind)
    _link(root, feed, "start", ROOT + SUFFIX, f"{KIND}navigation", shelf)
    if feed.up:
        _link(root, feed, "up", feed.up + SUFFIX, f"{KIND}navigation")
    for relation, name in (feed.others or {}).items():
        _link(root, feed, relation, name + SUFFIX, kind)
    if feed.up:
        _add(root, SEARCH, "totalResults", str(feed.total))
        _add(root, SEARCH, "itemsPerPage", str(PAGE))
        _add(root, SEARCH, "startIndex", str((feed.number - 1) * PAGE + 1))
    for branch in feed.branches:
        _way(root, feed, branch, shelf)
    for placed in feed.books:
        _entry(root, feed, placed)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _kind(feed: Feed) -> str:
    return KIND + ("navigation" if feed.branches else "acquisition")


def _way(root: etree._Element, feed: Feed, branch: Branch, shelf: str) -> None:
    entry = _add(root, ATOM, "entry")
    _add(entry, ATOM, "title", branch.title)
    _add(entry, ATOM, "id", uuid5(NAMESPACE_URL, f"{shelf}\0{branch.feed}").urn)
    _add(entry, ATOM, "updated", feed.updated)
    _add(entry, ATOM, "content", str(branch.count)).set("type", "text")
    kind = "navigation" if branch.leads_on else "acquisition"
    link = _link(entry, feed, branch.relation, branch.feed + SUFFIX, KIND + kind, branch.title)
    link.set(f"{{{THREADS}}}count", str(branch.count))


def _entry(root: etree._Element, feed: Feed, placed: Placed) -> None:
    book, entry = placed.book, _add(root, ATOM, "entry")
    _add(entry, ATOM, "title", book.title)
    _add(entry, ATOM, "id", book.identifier)
    _add(entry, ATOM, "updated", book.modified)
    for person in book.people:
        _person(entry, person)
    _add(entry, DUBLIN, "identifier", book.identifier)
    for tag in book.languages:
        _add(entry, DUBLIN, "language", tag)
    texts = ((SCHEMA, "alternativeHeadline", book.subtitle), (DUBLIN, "publisher", book.publisher))
    for namespace, name, text in (*texts, (DUBLIN, "issued", book.issued), (ATOM, "rights", book.rights)):
        if text:
            _add(entry, namespace, name, text)
    _classes(entry, book)
    if book.description:
        _add(entry, ATOM, "content", book.description).set("type", "text")
    for relation, picture in ((IMAGE, placed.cover), (THUMBNAIL, placed.small)):
        _link(entry, feed, relation, picture.name, picture.media_type)
    for file in placed.files:
        _link(entry, feed, ACQUISITION, file.name, file.media_type, file.label)


def _classes(entry: etree._Element, book: Book) -> None:
    """The series that a book belongs to (OPDS has no word for it: readers take schema.org's), and its subjects."""
    if book.series:
        series = _add(entry, SCHEMA, "Series")
        series.set(f"{{{SCHEMA}}}name", book.series)
        if book.position:
            series.set(f"{{{SCHEMA}}}position", book.position)
    for subject in book.subjects:
        category = _add(entry, ATOM, "category")
        category.set("term", subject.code)
        category.set("label", subject.term)
        if subject.scheme:
            category.set("scheme", subject.scheme)


def _person(entry: etree._Element, person: Person) -> None:
    _add(_add(entry, ATOM, "author" if person.role == "aut" else "contributor"), ATOM, "name", person.name)


def _link(
    parent: etree._Element, feed: Feed, relation: str, name: str, media_type: str, title: str = ""
) -> etree._Element:
    link = _add(parent, ATOM, "link")
    link.set("rel", relation)
    link.set("href", address(feed, name))
    link.set("type", media_type)
    if title:
        link.set("title", title)
    return link


def address(feed: Feed, name: str) -> str:
    """Where a file of the shelf is, seen from a feed."""
    return posixpath.relpath(name, posixpath.dirname(feed.name) or ".")


def _add(parent: etree._Element, namespace: str, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = text or None
    return element
