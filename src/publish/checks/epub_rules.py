"""Our own rules for an EPUB: what readers and shops ask for and EPUBCheck does not see."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from lxml import etree

from publish.checks import epub_findings, page_rules
from publish.checks.navigation import EPUB_TYPE, Entry, Target, resolved
from publish.checks.opened import Opened
from publish.epub import findings
from publish.problems import Problem, Problems

XHTML = "{http://www.w3.org/1999/xhtml}"
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*\Z")
LANDMARKS = ("toc", "bodymatter")
SHOWN = ("img", "svg", "image", "video", "audio")
MOST = 1000
"""Problems that a rule tells: nobody reads more of them, and an EPUB may be made to have millions."""


Rules = tuple[Callable[[Opened], Iterator[Problem]], ...]


def check(epub: Opened, problems: Problems) -> None:
    """Try every rule on an EPUB."""
    try_all(RULES, epub, problems)


def try_all(rules: Rules, epub: Opened, problems: Problems) -> None:
    """Try some rules on an EPUB; of each, the first `MOST` problems count."""
    for one in rules:
        problems.add_all(islice(one(epub), MOST))


def plain_names(epub: Opened) -> Iterator[Problem]:
    """File names are plain ASCII (Kobo: no spaces, no special characters)."""
    for name in epub.names:
        if not PLAIN.match(name):
            yield findings.name_not_plain(None, name)


def notes_both_ways(epub: Opened) -> Iterator[Problem]:
    """A note's call leads to it and the note back to its call, in whatever document, so that it can be a pop-up."""
    leads: dict[Target, Target | None] = {}
    called: set[Target | None] = set()
    for file, document in epub.documents.items():
        for link in document.iter(f"{XHTML}a"):
            to = resolved(link.get("href", ""), file)
            leads.setdefault(Target(file, link.get("id", "")), to)
            if link.get(EPUB_TYPE) == "noteref":
                called.add(to)
    for file, document in epub.documents.items():
        backs = _ways_back(document, file)
        for note in (element for element in document.iter(f"{XHTML}aside") if element.get(EPUB_TYPE) == "footnote"):
            own = Target(file, note.get("id", ""))
            if own not in called or own not in (leads.get(to) for to in backs.get(note, ())):
                yield findings.note_not_linked(None, file, own.fragment)


def _ways_back(document: etree._Element, file: str) -> dict[etree._Element, list[Target]]:
    """Where the links back from each note lead. Each is read once, however deep notes stand inside each other."""
    ways: dict[etree._Element, list[Target]] = {}
    for link in document.iter(f"{XHTML}a"):
        note = next(link.iterancestors(f"{XHTML}aside"), None) if link.get("role") == "doc-backlink" else None
        to = resolved(link.get("href", ""), file)
        if note is not None and to is not None:
            ways.setdefault(note, []).append(to)
    return ways


def nothing_empty(epub: Opened) -> Iterator[Problem]:
    """Every document shows something."""
    for file, document in epub.documents.items():
        body = document.find(f"{XHTML}body")
        text = "".join(map(str, body.itertext())).strip() if body is not None else ""
        if not text and not any(isinstance(e.tag, str) and etree.QName(e).localname in SHOWN for e in document.iter()):
            yield findings.empty_document(None, file)


def landmarks(epub: Opened) -> Iterator[Problem]:
    """Readers can jump to the contents and to the beginning of the text; EPUB 2 knew no such thing."""
    if epub.version.startswith("2"):
        return
    found = {kind for entry in (epub.nav.landmarks if epub.nav else ()) for kind in entry.kind.split()}
    for name in LANDMARKS:
        if name not in found:
            yield findings.landmark_missing(None, name)


def leads_somewhere(epub: Opened) -> Iterator[Problem]:
    """Each line of the contents, each page of a list and each landmark leads to a place that is there."""
    names = frozenset(epub.names)
    ids = {name: {"", *(element.get("id") for element in tree.iter())} for name, tree in epub.documents.items()}
    for entry in _entries(epub):
        at = entry.target
        if at is not None and (at.document not in names or at.fragment not in ids.get(at.document, (at.fragment,))):
            yield epub_findings.leads_nowhere(None, entry.title, str(at))


def _entries(epub: Opened) -> Iterator[Entry]:
    for one in (epub.nav, epub.ncx):
        for entry in (*one.contents, *one.pages, *one.landmarks) if one else ():
            yield from entry.flat()


RULES: Rules = (
    plain_names,
    notes_both_ways,
    nothing_empty,
    landmarks,
    leads_somewhere,
    *page_rules.RULES,
)
