"""Small manuscripts as EPUBs, and what a reading system finds in them."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from lxml import etree

from book.reading import read_book
from layout.helpers import photo
from publish.checks import epub_rules
from publish.checks.opened import open_epub
from publish.epub import package
from publish.layout import dress
from publish.layout.model import EPUB, Picture, Rendition
from publish.pages import References
from publish.problems import Problem, Problems

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UUID = "urn:uuid:0b0e7f62-5f0b-4a7a-8a8f-3f0f8d1f9a10"
NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}


class Reader:
    """An EPUB opened as a reading system opens it."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.opf = self.xml("content.opf")

    def bytes(self, name: str) -> bytes:
        """A file beside the package document."""
        return self.zip.read(f"EPUB/{name}")

    def text(self, name: str) -> str:
        """A file as text."""
        return self.bytes(name).decode()

    def xml(self, name: str) -> etree._Element:
        """A file as a tree."""
        return etree.fromstring(self.bytes(name), etree.XMLParser(resolve_entities=False, no_network=True))

    def all(self, name: str, path: str) -> list[etree._Element]:
        """The elements of a document that a path finds."""
        return [element for element in found(self.xml(name), path) if isinstance(element, etree._Element)]

    def find(self, name: str, path: str) -> etree._Element:
        """The only element of a document that a path finds."""
        (element,) = self.all(name, path)
        return element

    def values(self, name: str, path: str) -> list[str]:
        """The texts or attributes of a document that a path finds."""
        return [str(value) for value in found(self.xml(name), path)]

    def meta(self, name: str) -> list[str]:
        """The metadata of a property (`role`), or of an element (`dc:title`)."""
        path = f"//{name}/text()" if name.startswith("dc:") else f"//opf:meta[@property='{name}']/text()"
        return self.values("content.opf", path)

    @property
    def spine(self) -> list[str]:
        """The documents in reading order; in brackets those outside of it."""
        names = {item.get("id"): item.get("href", "") for item in self.opf.iter(f"{{{NS['opf']}}}item")}
        places = [(names[item.get("idref")], item.get("linear")) for item in self.opf.iter(f"{{{NS['opf']}}}itemref")]
        return [f"({name})" if linear == "no" else name for name, linear in places]

    def documents(self) -> Iterator[str]:
        """The names of all XHTML documents."""
        yield from (item.strip("()") for item in self.spine)


def found(root: etree._Element, path: str) -> list[object]:
    """What an XPath finds."""
    values = root.xpath(path, namespaces=NS)
    assert isinstance(values, list)
    return [*values]


def dressed(
    *texts: str, root: Path | None = None, cover: bool = False, draft: bool = False, **metadata: object
) -> Rendition:
    """A manuscript dressed for a screen, without fonts, which take their time; with errors as a draft alone."""
    book, problems = read_book(*texts, root=root, **{"identifier": UUID, **metadata})
    assert draft or not [problem for problem in problems if problem.severity == "error"], problems
    rendition = dress(book, EPUB, root or Path("nowhere"), References(), Problems())
    return replace(rendition, fonts=(), cover=a_cover() if cover else None)


def read(*texts: str, root: Path | None = None, cover: bool = False, draft: bool = False, **metadata: object) -> Reader:
    """The EPUB of a manuscript."""
    return Reader(package(dressed(*texts, root=root, cover=cover, draft=draft, **metadata)))


def heard(data: bytes) -> list[Problem]:
    """What is said of an EPUB as it is opened and as every rule is tried on it."""
    problems = Problems()
    epub = open_epub(data, problems)
    if epub is not None:
        epub_rules.check(epub, problems)
    return list(problems)


def a_cover(name: str = "cover.png") -> Picture:
    """A small picture for a cover."""
    data = photo("PNG")
    return Picture(name, "image/png", data, sha256(data).hexdigest(), 40, 20)


def said(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(map(str, element.itertext()))
