"""Markdown: one file of the manuscript becomes a tree in the house's vocabulary, every block with its lines."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lxml import etree
from markdown import Markdown
from markdown.util import AtomicString

from publish.book.dialect import findings
from publish.book.dialect.blocks import BlockReader
from publish.book.dialect.emphasis import NESTING, NestedTooDeepError
from publish.book.dialect.figures import make_figures
from publish.book.dialect.inline import unescaped
from publish.book.dialect.lines import Line
from publish.book.dialect.placing import Leaf, settle
from publish.book.dialect.reader import inline_reader
from publish.book.dialect.reading import Reading
from publish.book.dialect.tables import attach_captions
from publish.book.dialect.tracking import Tracked
from publish.book.parsed import NoteText, Parsed
from publish.manuscript.model import Source
from publish.problems import Problems

MARKS = 3000
"""Signs that Markdown reads, at most in one paragraph; beyond it reading would take longer than anybody waits."""

MARK = re.compile(r"[\[\]*_`<>!^~&{}\\$]|  \n")
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML, and so no EPUB, can hold."""

SPACE = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*")


def parse(source: Source, problems: Problems) -> Parsed:
    """Read one file. What is wrong in it goes to `problems`, and the tree holds its words all the same."""
    reading = Reading(source.path, problems)
    root = Element("div")
    text = NO_XML.sub("\ufffd", source.text).removesuffix("\n")
    lines = [Line(text, number) for number, text in enumerate(text.split("\n"), 1) if number >= source.first_line]
    BlockReader(reading).read(lines, root)
    trees = [root, *(element for element, _ in reading.notes.values())]
    md = inline_reader(reading)
    for tree in trees:
        attach_captions(reading, tree)
        make_figures(reading, tree)
        _read_inline(reading, md, tree)
    for tree in [root, *(element for element, _ in reading.notes.values())]:
        _mark_abbreviations(tree, reading.abbreviations)
        _tidy(tree)
    for label, span in reading.defined.items():
        if label not in reading.used:
            problems.add(findings.unused_definition(span, label))
    notes = {label: NoteText(_canonical(element), span) for label, (element, span) in reading.notes.items()}
    return Parsed(source, _canonical(root), notes)


def _read_inline(reading: Reading, md: Markdown, tree: Element) -> None:
    """Read the inline marks of every block that holds text, each by itself, so that one cannot spoil another."""
    for element in list(tree.iter()):
        number = element.attrib.pop("data-leaf", None)
        if number is None or "data-raw" in element.attrib or not element.text:
            continue
        leaf = Leaf(reading.path, reading.leaves[int(number)])
        children = list(element)
        for child in children:
            element.remove(child)
        _inline(reading, md, element, leaf)
        settle(reading, element, leaf)
        element.extend(children)


def _inline(reading: Reading, md: Markdown, element: Element, leaf: Leaf) -> None:
    """Read one element's inline marks; the text stays as it stood, under an error, where they are too many."""
    text = element.text or ""
    marks = len(MARK.findall(text))
    if marks == 0:
        return
    if marks > MARKS:
        reading.problems.add(findings.too_many_marks(leaf.span(0, 1), MARKS))
        return
    holder, inner = Element("div"), Element(element.tag)
    inner.text = Tracked.of(text)
    holder.append(inner)
    try:
        md.treeprocessors["inline"].run(holder)
    except NestedTooDeepError:
        reading.problems.add(findings.too_deep(leaf.span(0, 1), "marks", NESTING))
        return
    element.text = inner.text
    element.extend(list(inner))


def _mark_abbreviations(tree: Element, abbreviations: dict[str, str]) -> None:
    """Mark each known abbreviation in the text with what it stands for."""
    if not abbreviations:
        return
    known = sorted(abbreviations, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, known)) + r")(?!\w)")
    for element in list(tree.iter()):
        if element.tag in ("code", "pre", "abbr", "br", "img"):
            continue
        for owner in [None, *list(element)]:
            _mark_in(element, owner, pattern, abbreviations)


def _mark_in(parent: Element, before: Element | None, pattern: re.Pattern[str], meanings: dict[str, str]) -> None:
    """Mark abbreviations in a parent's text (before is None) or in the tail of one of its children."""
    text = parent.text if before is None else before.tail
    pieces = pattern.split(text or "")
    if len(pieces) == 1:
        return
    at = 0 if before is None else list(parent).index(before) + 1
    if before is None:
        parent.text = pieces[0]
    else:
        before.tail = pieces[0]
    for short, tail in zip(pieces[1::2], pieces[2::2], strict=True):
        element = Element("abbr", {"title": meanings[short]})
        element.text, element.tail = short, tail
        parent.insert(at, element)
        at += 1


def _tidy(tree: Element) -> None:
    """Turn escaped characters back, line ends inside paragraphs into spaces, and leave no working marks."""
    for element in tree.iter():
        element.attrib.pop("data-raw", None)
        code = element.tag in ("code", "pre")
        if element.text and not (code and isinstance(element.text, AtomicString)):
            element.text = unescaped(element.text) if code else SPACE.sub(" ", unescaped(element.text))
        if element.tail:
            tail = unescaped(element.tail)
            element.tail = SPACE.sub(" ", tail.lstrip(" \t\n") if element.tag == "br" else tail)


def _canonical(element: Element) -> etree._Element:
    """The tree as the rest of the house knows it."""
    data = NO_XML.sub("\ufffd", ElementTree.tostring(element, encoding="unicode"))
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
