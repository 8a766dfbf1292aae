"""The EPUB's container, packed by EbookLib: our bytes go in as they are, the same bytes come out on every build.

EbookLib parses, rewrites or drops what it is not told to leave alone, so every document reaches it as a plain item,
and its metadata are written by us. Only this module knows it.
"""

import io
import zipfile
from datetime import datetime

from ebooklib import epub
from lxml import etree

from publish import __version__
from publish.epub.model import Item, Package

DC = "http://purl.org/dc/elements/1.1/"
OPF = "http://www.idpf.org/2007/opf"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
STORED = (".jpg", ".jpeg", ".png")
"""What compression makes no smaller."""


def pack(package: Package) -> bytes:
    """The EPUB as bytes.

    Raises:
        ValueError: two items have the same id or name, or an item is empty.
    """
    book = epub.EpubBook()
    book.FOLDER_NAME = "EPUB"
    book.IDENTIFIER_ID = package.identifier
    book.language = package.language
    book.direction = package.direction
    for item in package.items:
        _add(book, item)
    book.spine = [(ident, "no" if ident in package.aside else "yes") for ident in package.spine]
    out = io.BytesIO()
    writer = _Writer(out, book, {"mtime": package.modified, "epub2_guide": False})
    writer.package = package
    writer.process()
    writer.write()
    return out.getvalue()


def _add(book: epub.EpubBook, item: Item) -> None:
    if not item.data:
        raise ValueError(f"{item.name} is empty")
    if any(other.id == item.id or other.file_name == item.name for other in book.items):
        raise ValueError(f"{item.name}: two items share an id or a name")
    raw = epub.EpubItem(item.id, item.name, item.media_type, item.data)
    raw.properties = list(item.properties)
    book.add_item(raw)


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # the library has no types
    """EbookLib's writer with our metadata and a zip file that is the same on every build."""

    package: Package

    def _write_opf_metadata(self, root: etree._Element) -> None:
        root.set(XML_LANG, self.package.language)
        if self.package.direction:
            root.set("dir", self.package.direction)
        del root.attrib["prefix"]
        holder = etree.SubElement(root, "metadata", nsmap={"dc": DC})
        for meta in self.package.metadata:
            prefix, _, name = meta.tag.rpartition(":")
            element = etree.SubElement(holder, f"{{{DC}}}{name}" if prefix else name, dict(meta.attributes))
            element.text = meta.text or None
        stamp = etree.SubElement(holder, "meta", {"property": "dcterms:modified"})
        stamp.text = self.package.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
        etree.SubElement(holder, "meta", {"name": "generator", "content": f"Octavo {__version__}"})

    def write(self) -> None:
        """Write the container: the media type first and stored, then the package document, then all items."""
        self.out = _SteadyZip(self.file_name, self.package.modified)
        try:
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()
        finally:
            self.out.close()


class _SteadyZip:
    """A zip file whose entries bear one date, one mode and one system of origin."""

    def __init__(self, target: io.BytesIO, stamp: datetime) -> None:
        self._zip = zipfile.ZipFile(target, "w")
        self._date = (max(1980, stamp.year), stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second // 2 * 2)

    def writestr(self, name: str, data: str | bytes, compress_type: int | None = None) -> None:
        """Add an entry."""
        entry = zipfile.ZipInfo(name, self._date)
        entry.create_system, entry.external_attr = 3, 0o100644 << 16
        stored = compress_type == zipfile.ZIP_STORED or name.endswith(STORED)
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, data.encode() if isinstance(data, str) else data, compresslevel=None if stored else 9)

    def close(self) -> None:
        """Write the directory."""
        self._zip.close()
