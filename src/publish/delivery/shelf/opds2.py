"""A feed as OPDS 2.0 has it: JSON, modelled on Readium's manifest of a publication."""

import json
from typing import Any

from publish.delivery.shelf.books import Book, Person
from publish.delivery.shelf.feeds import PAGE, ROOT, Feed, Picture, Placed
from publish.delivery.shelf.opds1 import ACQUISITION, address

SUFFIX = ".json"
KIND = "application/opds+json"
ROLES = {
    "aut": "author",
    "trl": "translator",
    "edt": "editor",
    "ill": "illustrator",
    "nrt": "narrator",
    "art": "artist",
    "clr": "colorist",
}
"""The roles that have a word of their own there; all others are contributors."""
Object = dict[str, Any]


def publications(feed: Feed, shelf: str) -> bytes:
    """The feed as a file; `shelf` is the title of the whole."""
    said: Object = {"metadata": _about(feed), "links": _links(feed, shelf)}
    if feed.branches:
        said["navigation"] = [
            {
                "href": address(feed, branch.feed + SUFFIX),
                "title": branch.title,
                "type": KIND,
                "rel": branch.relation,
                "properties": {"numberOfItems": branch.count},
            }
            for branch in feed.branches
        ]
    else:
        said["publications"] = [_publication(feed, placed) for placed in feed.books]
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def _about(feed: Feed) -> Object:
    about: Object = {"title": feed.title, "modified": feed.updated}
    if feed.up:
        about |= {"numberOfItems": feed.total, "itemsPerPage": PAGE, "currentPage": feed.number}
    return about


def _links(feed: Feed, shelf: str) -> list[Object]:
    links: list[Object] = [
        {"rel": "self", "href": address(feed, feed.name + SUFFIX), "type": KIND},
        {"rel": "start", "href": address(feed, ROOT + SUFFIX), "type": KIND, "title": shelf},
    ]
    ways = {**({"up": feed.up} if feed.up else {}), **(feed.others or {})}
    links += [{"rel": rel, "href": address(feed, name + SUFFIX), "type": KIND} for rel, name in ways.items()]
    return links


def _publication(feed: Feed, placed: Placed) -> Object:
    return {
        "metadata": _metadata(placed.book),
        "links": [
            {"rel": ACQUISITION, "href": address(feed, file.name), "type": file.media_type, "title": file.label}
            for file in placed.files
        ],
        "images": [_image(feed, picture) for picture in dict.fromkeys((placed.cover, placed.small))],
    }


def _metadata(book: Book) -> Object:
    said: Object = {
        "@type": "http://schema.org/Book",
        "identifier": book.identifier,
        "title": book.title,
        "subtitle": book.subtitle,
        "sortAs": book.sorted_as if book.sorted_as != book.title else "",
    }
    for person in book.people:
        said.setdefault(ROLES.get(person.role, "contributor"), []).append(_person(person))
    said |= {
        "language": list(book.languages),
        "publisher": book.publisher,
        "published": book.issued if len(book.issued) == len("2026-01-31") else "",
        "modified": book.modified,
        "description": book.description,
        "subject": [
            {"name": subject.term, **({"code": subject.code, "scheme": subject.scheme} if subject.scheme else {})}
            for subject in book.subjects
        ],
    }
    if book.series:
        position = {"position": float(book.position)} if book.position else {}
        said["belongsTo"] = {"series": {"name": book.series, **position}}
    # What is empty is left out: OPDS 2.0 takes a blank value for a fault.
    return {key: value for key, value in said.items() if value}


def _person(person: Person) -> Object:
    return {"name": person.name, **({"sortAs": person.sorted_as} if person.sorted_as != person.name else {})}


def _image(feed: Feed, picture: Picture) -> Object:
    return {
        "href": address(feed, picture.name),
        "type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
    }
