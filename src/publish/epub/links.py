"""Where links lead: the file of every section, the section of every id, and addresses as readers can open them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from publish.book.text import tree
from publish.layout.model import Document, Rendition

NAV = "nav.xhtml"
ADDRESS = re.compile(
    r"(?P<scheme>(?:https?|ftp|mailto|tel|urn):)(?P<host>//[^/?#]*)?(?P<path>[^#]*)(?P<fragment>.*)", re.I | re.S
)
HOST = re.compile(r"//([^\s@<>]*@)?([\w.-]+|\[[0-9a-f:.]+\])(:(?P<port>\d{1,5}))?", re.I)
WITH_HOST = ("http:", "https:", "ftp:")
UNSAFE = re.compile(r"[\x00-\x20\"<>\[\\\]^`{|}\x7f]|%(?![0-9a-f]{2})", re.I)
"""What may not stand in an address as it is (RFC 3987, section 2.2)."""


@dataclass(frozen=True)
class Names:
    """The file of every section, and the section of every id that this edition shows.

    `contents` is the id of the contents that paper has and that the navigation stands for; None where there is none.
    """

    files: Mapping[str, str]
    ids: Mapping[str, str]
    contents: str | None = None

    def address(self, ident: str, own: str) -> str | None:
        """The address of an id from the document of the section `own`; None where this edition does not show it."""
        section = self.ids.get(ident)
        if section is None:
            return NAV if ident == self.contents else None
        if section == own:
            return f"#{ident}"
        return self.files[section] + ("" if ident == section else f"#{ident}")


def names_of(rendition: Rendition) -> Names:
    """Name the documents: `chapter-01.xhtml`, `preface.xhtml`; ASCII, and the same on every build."""
    roles = [document.section.role for document in rendition.documents]
    files: dict[str, str] = {}
    ids: dict[str, str] = {}
    for place, document in enumerate(rendition.documents):
        role, section = roles[place], document.section.id
        alone = roles.count(role) == 1 and role not in ("chapter", "part")
        files[section] = f"{role}.xhtml" if alone else f"{role}-{roles[:place].count(role) + 1:02}.xhtml"
        for ident in _ids(document):
            ids.setdefault(ident, section)
    return Names(files, ids, rendition.contents)


def _ids(document: Document) -> Iterator[str]:
    yield document.section.id
    for element in tree(document.xhtml).iter():
        if ident := element.get("id"):
            yield ident


def web_address(typed: str) -> str | None:
    """An address outside the book as readers can open it; None where it names no place that a reader may open.

    Signs that may not stand in an address are written as their codes, a DOI as the address that resolves it.
    """
    text = typed.strip()
    if text.lower().startswith("doi:"):
        text = f"https://doi.org/{text[4:].lstrip()}"
    found = ADDRESS.fullmatch(text)
    if found is None:
        return None
    scheme, host = found["scheme"], found["host"]
    if not (_is_host(host) if host else scheme.lower() not in WITH_HOST and found["path"]):
        return None
    fragment = found["fragment"][:1] + found["fragment"][1:].replace("#", "%23")
    return scheme + (host or "") + _encoded(found["path"]) + _encoded(fragment)


def _is_host(text: str) -> bool:
    found = HOST.fullmatch(text)
    return found is not None and int(found["port"] or 0) < 65_536


def _encoded(text: str) -> str:
    return UNSAFE.sub(lambda found: quote(found[0], safe=""), text)
