"""Our own rules for an EPUB: what readers and shops ask for and EPUBCheck does not see."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from publish.checks.screen_text import DAMAGED, parse
from publish.epub import findings
from publish.problems import Problem, Problems

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*\Z")
LANDMARKS = ("toc", "bodymatter")
SHOWN = ("img", "svg", "image", "video", "audio")


@dataclass(frozen=True)
class Contents:
    """An EPUB as read: all names in it, and its XHTML documents."""

    names: tuple[str, ...]
    documents: dict[str, etree._Element]


def check(data: bytes, problems: Problems) -> None:
    """Try every rule on an EPUB."""
    try:
        contents = _open(data)
    except DAMAGED as failure:
        problems.add(findings.unreadable(None, str(failure)))
        return
    for one in RULES:
        for problem in one(contents):
            problems.add(problem)


def _open(data: bytes) -> Contents:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = tuple(archive.namelist())
        documents = {name: parse(archive.read(name)) for name in names if name.endswith(".xhtml")}
    return Contents(names, documents)


def plain_names(contents: Contents) -> Iterator[Problem]:
    """File names are plain ASCII (Kobo: no spaces, no special characters)."""
    for name in contents.names:
        if not PLAIN.match(name):
            yield findings.name_not_plain(None, name)


def notes_both_ways(contents: Contents) -> Iterator[Problem]:
    """A note's call leads to it and the note back to its call, so that readers can show it as a pop-up."""
    for file, document in contents.documents.items():
        by_id = {element.get("id"): element for element in document.iter() if element.get("id")}
        called = {a.get("href", "")[1:] for a in document.iter(f"{XHTML}a") if a.get(TYPE) == "noteref"}
        for note in (element for element in document.iter(f"{XHTML}aside") if element.get(TYPE) == "footnote"):
            back = [a.get("href", "")[1:] for a in note.iter(f"{XHTML}a") if a.get("role") == "doc-backlink"]
            ident = note.get("id", "")
            calls = [by_id[target] for target in back if target in by_id]
            if ident not in called or not any(call.get("href") == f"#{ident}" for call in calls):
                yield findings.note_not_linked(None, file, ident)


def nothing_empty(contents: Contents) -> Iterator[Problem]:
    """Every document shows something."""
    for file, document in contents.documents.items():
        body = document.find(f"{XHTML}body")
        text = "".join(map(str, body.itertext())).strip() if body is not None else ""
        if not text and not any(isinstance(e.tag, str) and etree.QName(e).localname in SHOWN for e in document.iter()):
            yield findings.empty_document(None, file)


def images_worded(contents: Contents) -> Iterator[Problem]:
    """Every image has words, or says that it needs none."""
    for file, document in contents.documents.items():
        for image in document.iter(f"{XHTML}img"):
            if not image.get("alt") and image.get("role") != "presentation":
                yield findings.image_unworded(None, file, image.get("src", ""))


def headings_in_order(contents: Contents) -> Iterator[Problem]:
    """No heading is more than one level below the one before it."""
    for file, document in contents.documents.items():
        before = 0
        for element in document.iter(*(f"{XHTML}h{level}" for level in range(1, 7))):
            level = int(etree.QName(element).localname[1])
            if before and level > before + 1:
                yield findings.headings_skip(None, file, level, before)
            before = level


def landmarks(contents: Contents) -> Iterator[Problem]:
    """Readers can jump to the contents and to the beginning of the text."""
    found = {
        link.get(TYPE)
        for document in contents.documents.values()
        for nav in document.iter(f"{XHTML}nav")
        if nav.get(TYPE) == "landmarks"
        for link in nav.iter(f"{XHTML}a")
    }
    for name in LANDMARKS:
        if name not in found:
            yield findings.landmark_missing(None, name)


RULES: tuple[Callable[[Contents], Iterator[Problem]], ...] = (
    plain_names,
    notes_both_ways,
    nothing_empty,
    images_worded,
    headings_in_order,
    landmarks,
)
