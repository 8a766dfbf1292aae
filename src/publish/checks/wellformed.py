"""XML that anybody may have written, as trees: no entity is looked up, nothing is fetched, and size is bounded."""

import re
from html.entities import name2codepoint
from typing import Any

from lxml import etree

from publish.checks import epub_findings as findings
from publish.checks.archive import Archive
from publish.places import Span
from publish.problems import Problem, Problems

LARGEST_DOCUMENT = 30_000_000
"""Bytes of one document. Depth is bounded by the parser: libxml2 goes down 256 elements unless it is told otherwise."""
MARKS = 1_000_000
"""Signs that begin a tag or a value (`<`, `=`) in all documents together: each costs some hundred bytes as a tree.

A long novel has some twenty thousand."""
XHTML_1 = re.compile(rb"""<!DOCTYPE\s+html\s+PUBLIC\s+["']-//W3C//DTD XHTML 1""")
NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,7});")


class Trees:
    """The documents of an archive as trees, each parsed once. What is wrong with one is told when it is asked for."""

    def __init__(self, archive: Archive, problems: Problems) -> None:
        self._archive = archive
        self._problems = problems
        self._known: dict[str, etree._Element | None] = {}
        self._marks = 0

    def get(self, name: str) -> etree._Element | None:
        """A document's root; None where it is not there, or cannot be read."""
        if name not in self._known:
            found = self._read(name) if name in self._archive.entries else None
            if isinstance(found, Problem):
                self._problems.add(found)
            self._known[name] = None if isinstance(found, Problem) else found
        return self._known[name]

    def leave_out(self, name: str) -> None:
        """Take a document as one that cannot be read, of which all has been told."""
        self._known[name] = None

    def _read(self, name: str) -> etree._Element | Problem:
        if self._archive.entries[name].size > LARGEST_DOCUMENT:
            return findings.too_large(None, name, f"it is a document of more than {LARGEST_DOCUMENT // 1_000_000} MB")
        data = self._archive.read(name)
        marks = data.count(b"<") + data.count(b"=")
        if self._marks + marks > MARKS:
            return findings.too_large(None, name, "there is more markup in the EPUB than a book needs")
        self._marks += marks
        return parse(data, name)


def parse(data: bytes, name: str) -> etree._Element | Problem:
    """A document's root, or what is wrong with the document."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_spelled_out(data), parser)
    except etree.XMLSyntaxError as failure:
        line, column = failure.position
        why = (failure.msg or "it is empty").partition(", line ")[0]
        return findings.not_well_formed(Span(name, max(1, line or 1), max(1, column or 1)), why)
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        return findings.entities_declared(Span(name, 1))
    return root


def _spelled_out(data: bytes) -> bytes:
    """A document of EPUB 2 with `&nbsp;` and its like as numbers: its DTD, which is not fetched, declares them."""
    if not XHTML_1.search(data[:2000]):
        return data
    return NAMED.sub(lambda found: _number(found[1].decode()) or found[0], data)


def _number(name: str) -> bytes | None:
    return b"&#%d;" % name2codepoint[name] if name in name2codepoint else None
