"""An EPUB, ours or anybody's, opened as a reading system opens it: the one door through which the checks go.

Whatever is wrong is told as a problem, and what can be read all the same is read. Only a file without a package is
no EPUB at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from publish.checks import epub_findings as findings
from publish.checks.archive import Archive, Entry, unpack
from publish.checks.navigation import SCHEME, Navigation, read_nav, read_ncx, resolved
from publish.checks.wellformed import Trees
from publish.epub.findings import unreadable
from publish.epub.model import Meta
from publish.problems import Problems

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
OBFUSCATIONS = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
"""Ways to hide fonts that every reader can undo (EPUB 3.3, 4.4); what else is said to be encrypted is locked."""
MEDIA_TYPE = b"application/epub+zip"
PACKAGE = "application/oebps-package+xml"
XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.idpf.org/2007/opf": "opf:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}


@dataclass(frozen=True)
class Item:
    """An item of the manifest. `name` is its full name in the zip, or its address where it lies outside."""

    id: str
    name: str
    media_type: str
    properties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A place in the spine; `linear` says whether it belongs to the reading order."""

    item: Item
    linear: bool


@dataclass(frozen=True)
class Opened:
    """An opened EPUB. Its documents are parsed when they are first asked for, and their faults told then."""

    archive: Archive
    package_name: str
    package: etree._Element
    metadata: tuple[Meta, ...]
    """Elements in their order: `dc:title`, `meta`, `link`; attributes of OPF 2 are called `opf:role`."""
    items: tuple[Item, ...]
    spine: tuple[Place, ...]
    trees: Trees = field(repr=False)

    @property
    def version(self) -> str:
        """The version of EPUB that it says it is."""
        return self.package.get("version", "")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files in the zip, whether they can be read or not."""
        return self.archive.names

    @property
    def files(self) -> Mapping[str, Entry]:
        """The files that can be read, with their sizes."""
        return self.archive.entries

    def read(self, name: str) -> bytes:
        """The bytes of one of the `files`.

        Raises:
            KeyError: there is none of this name.
        """
        return self.archive.read(name)

    @cached_property
    def documents(self) -> Mapping[str, etree._Element]:
        """The XHTML documents that can be read by their full names, first those of the spine in its order."""
        items = [*(place.item for place in self.spine), *self.items]
        names = dict.fromkeys(item.name for item in items if item.media_type == XHTML)
        trees = ((name, self.trees.get(name)) for name in names)
        return {name: tree for name, tree in trees if tree is not None}

    @cached_property
    def nav(self) -> Navigation | None:
        """What the navigation document says (EPUB 3); None where there is none."""
        return next((read_nav(*found) for found in self._trees(self.nav_name)), None)

    @cached_property
    def ncx(self) -> Navigation | None:
        """What the NCX says (EPUB 2, and for older readers); None where there is none."""
        name = next((item.name for item in self.items if item.media_type == NCX), None)
        return next((read_ncx(*found) for found in self._trees(name)), None)

    @property
    def nav_name(self) -> str | None:
        """The full name of the navigation document."""
        return next((item.name for item in self.items if "nav" in item.properties), None)

    def _trees(self, name: str | None) -> Iterator[tuple[etree._Element, str]]:
        tree = self.trees.get(name) if name is not None else None
        if name is not None and tree is not None:
            yield tree, name

    def values(self, name: str) -> tuple[str, ...]:
        """The texts of a metadata element (`dc:title`), or of a property (`schema:accessMode`), in their order."""
        return tuple(text for meta in self.metadata if (text := _value(meta, name)))

    def refined(self, meta: Meta, name: str) -> str | None:
        """What refines a metadata element: its `role`, `file-as`, `title-type`."""
        found = self._refinements.get((f"#{meta.attributes.get('id', '')}", name))
        return found if found is not None else meta.attributes.get(f"opf:{name}")

    @cached_property
    def _refinements(self) -> Mapping[tuple[str, str], str]:
        rows = ((meta.attributes.get("refines"), meta.attributes.get("property"), meta.text) for meta in self.metadata)
        return {(refines, name): text for refines, name, text in rows if refines and name}


def _value(meta: Meta, name: str) -> str | None:
    if meta.tag == name:
        return meta.text
    if meta.tag != "meta" or "refines" in meta.attributes:
        return None
    if meta.attributes.get("property") == name:
        return meta.text
    return meta.attributes.get("content") if meta.attributes.get("name") == name else None


def open_epub(data: bytes, problems: Problems) -> Opened | None:
    """Open an EPUB from its bytes; None where it is none, which is problem E016."""
    archive = unpack(data, problems)
    if archive is None:
        return None
    trees = Trees(archive, problems)
    _leave_locked(trees, problems)
    name = _package_name(trees)
    package = trees.get(name) if name is not None else None
    if package is None or name is None or etree.QName(package).localname != "package":
        why = f"{name} is no package document that can be read" if name else f"{CONTAINER} names no package document"
        problems.add(unreadable(None, why))
        return None
    if not data[30:].startswith(b"mimetype" + MEDIA_TYPE):
        problems.add(findings.not_marked(None))
    items = tuple(_items(package, name))
    known = frozenset(archive.names)
    for item in items:
        if item.name not in known and not SCHEME.match(item.name):
            problems.add(findings.not_there(None, "the manifest", item.name))
    return Opened(archive, name, package, tuple(_metadata(package)), items, _spine(package, items, problems), trees)


def _leave_locked(trees: Trees, problems: Problems) -> None:
    """Leave alone what only a shop's own reader can decrypt."""
    locks = trees.get(ENCRYPTION)
    for data in locks.iter("{*}EncryptedData") if locks is not None else ():
        method, reference = data.find("{*}EncryptionMethod"), data.find(".//{*}CipherReference")
        if reference is not None and (method is None or method.get("Algorithm") not in OBFUSCATIONS):
            target = resolved(reference.get("URI", ""), "")
            problems.add(findings.locked(None, target.document if target else reference.get("URI", "")))
            trees.leave_out(target.document if target else "")


def _package_name(trees: Trees) -> str | None:
    """The full name of the package document. Of several, the first counts (EPUB 3.3, 4.2.6.3.1)."""
    container = trees.get(CONTAINER)
    for rootfile in container.iter("{*}rootfile") if container is not None else ():
        target = resolved(rootfile.get("full-path", ""), "")
        if rootfile.get("media-type", PACKAGE) == PACKAGE and target is not None:
            return target.document
    return None


def _metadata(package: etree._Element) -> Iterator[Meta]:
    """The metadata; OPF 1 wrapped them once more."""
    for element in package.iterfind("{*}metadata//*"):
        name = etree.QName(element)
        tag = PREFIXES.get(name.namespace or "", "").replace("opf:", "") + name.localname
        attributes = {_attribute(str(key)): str(value) for key, value in element.attrib.items()}
        yield Meta(tag, " ".join((element.text or "").split()), attributes)


def _attribute(key: str) -> str:
    name = etree.QName(key)
    return PREFIXES.get(name.namespace or "", "") + name.localname


def _items(package: etree._Element, own: str) -> Iterator[Item]:
    for item in package.iterfind("{*}manifest/{*}item"):
        href = item.get("href", "")
        target = resolved(href, own)
        name = href if target is None else target.document
        yield Item(item.get("id", ""), name, item.get("media-type", ""), tuple(item.get("properties", "").split()))


def _spine(package: etree._Element, items: tuple[Item, ...], problems: Problems) -> tuple[Place, ...]:
    by_id = {item.id: item for item in items}
    places = []
    for reference in package.iterfind("{*}spine/{*}itemref"):
        item = by_id.get(reference.get("idref", ""))
        if item is None:
            problems.add(findings.not_there(None, "the spine", reference.get("idref", "")))
        else:
            places.append(Place(item, reference.get("linear") != "no"))
    return tuple(places)
