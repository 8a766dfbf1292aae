"""The words of an EPUB as a reading system finds them: a zip file, its spine, and the XHTML that stands in it."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from publish.checks.script import INLINE

CONTAINER = "META-INF/container.xml"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
NOTE_TYPES = frozenset(("footnote", "endnote"))
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, KeyError, ValueError)
"""What reading an EPUB raises that is no zip file, a damaged or a locked one, or not well-formed inside."""
MADE = "made"
"""The class of what is not the author's: numbers, labels, note signs, references, ways back."""


@dataclass(frozen=True)
class ScreenText:
    """The author's text in the order of the spine, with a space wherever one block ends; and each note."""

    flow: str
    notes: tuple[str, ...]


def read_epub(data: bytes, sections: Collection[str]) -> ScreenText:
    """Read the text of these sections, found by their ids, and all notes. Documents of ours have no such id.

    Raises:
        DAMAGED: this is no EPUB that can be read.
    """
    flow: list[str] = []
    notes: list[list[str]] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in _spine(package):
            body = parse(package.read(name)).find("{*}body")
            if body is not None:
                _read(body, sections, flow, notes)
    return ScreenText("".join(flow), tuple("".join(note) for note in notes))


def _spine(package: zipfile.ZipFile) -> Iterator[str]:
    """The names of the documents in reading order, the table of contents left out."""
    root = parse(package.read(CONTAINER)).find(".//{*}rootfile")
    if root is None:
        raise ValueError("the container names no package")
    opf = root.get("full-path", "")
    tree = parse(package.read(opf))
    items = {item.get("id"): item for item in tree.iterfind("{*}manifest/{*}item")}
    for reference in tree.iterfind("{*}spine/{*}itemref"):
        item = items[reference.get("idref")]
        if "nav" not in item.get("properties", "").split():
            yield posixpath.join(posixpath.dirname(opf), unquote(item.get("href", "")))


def parse(data: bytes) -> etree._Element:
    """Parse what a file may hold: no entity is looked up, nothing is fetched.

    Raises:
        ValueError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as failure:
        raise ValueError(str(failure)) from failure


def _read(body: etree._Element, sections: Collection[str], flow: list[str], notes: list[list[str]]) -> None:
    """Add the text of a document. `held` says for each open element where its direct text goes."""
    held: list[list[str] | None] = [None]
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        block = etree.QName(element).localname not in INLINE or "line" in element.get("class", "").split()
        if event == "end":
            held.pop()
            _say(held[-1], element.tail, block)
            continue
        target = held[-1]
        if MADE in element.get("class", "").split():
            held.append(None)
            walk.skip_subtree()
            continue
        if NOTE_TYPES & set(element.get(EPUB_TYPE, "").split()):
            target = []
            notes.append(target)
        elif target is None and element.get("id") in sections:
            target = flow
        held.append(target)
        _say(target, element.text, block)


def _say(target: list[str] | None, text: str | None, block: bool) -> None:
    if target is not None:
        target.append((" " if block else "") + (text or ""))
