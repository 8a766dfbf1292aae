"""Links and cross references: every target is found, and what we say for it is written."""

import difflib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from publish.book import findings
from publish.book.draft import Draft, DraftBook, missing, plain, span_of, take
from publish.book.parsed import Parsed
from publish.book.words import words
from publish.pages import References

ID = re.compile(r"[A-Za-z][\w.-]*\Z", re.ASCII)
FILE = re.compile(r"(?P<path>[^#:?]+\.(?:md|markdown))(?:#(?P<id>.*))?\Z")


def collect_ids(book: DraftBook) -> None:
    """Note every id of the book; the second of two that are the same is reported and dropped."""
    for section in book.sections:
        if section.id in book.ids:
            continue
        book.ids[section.id] = (section, None)
    for section in book.sections:
        for root in roots_of(section):
            for element in root.iter():
                ident = element.get("id")
                if ident is not None and element not in (root,):
                    _note_id(book, section, element, ident)


def check_section_ids(book: DraftBook) -> None:
    """Report sections of the author's whose ids are alike or no ids at all; the later one gets another."""
    seen: dict[str, Draft] = {}
    for section in book.sections:
        if section.id and not ID.match(section.id):
            book.problems.add(findings.bad_id(section.span, section.id))
            section.id = ""
        elif section.id in seen and section.id:
            book.problems.add(findings.duplicate_id(section.span, section.id, str(seen[section.id].span)))
            section.id = ""
        else:
            seen[section.id] = section


def _note_id(book: DraftBook, section: Draft, element: etree._Element, ident: str) -> None:
    span = span_of(element, section.path)
    if not ID.match(ident):
        book.problems.add(findings.bad_id(span, ident))
        del element.attrib["id"]
    elif ident in book.ids:
        other, first = book.ids[ident]
        place = str(span_of(first, other.path)) if first is not None else str(other.span)
        book.problems.add(findings.duplicate_id(span, ident, place))
        del element.attrib["id"]
    else:
        book.ids[ident] = (section, element)


def roots_of(section: Draft) -> Iterator[etree._Element]:
    """The section's tree and those of its notes."""
    yield section.root
    for note in section.notes:
        yield note.element


def resolve(book: DraftBook, labels: Mapping[str, str], parsed: Sequence[Parsed]) -> None:
    """Point every link of the book to what it names, and write the text of cross references."""
    files = {file.source.path: _first_section(book, file) for file in parsed}
    for section in book.sections:
        for root in roots_of(section):
            for element in root.iter():
                if element.tag == "a" and element.get("class") != "note-call":
                    _resolve_link(book, section, element, labels, files)
                elif element.get("data-details") is not None:
                    target = take(element, "data-details").removeprefix("#")
                    if _known(book, section, element, target):
                        element.set("aria-details", target)


def _first_section(book: DraftBook, file: Parsed) -> str | None:
    return next((section.id for section in book.sections if section.parsed is file), None)


def _resolve_link(
    book: DraftBook,
    section: Draft,
    link: etree._Element,
    labels: Mapping[str, str],
    files: Mapping[str, str | None],
) -> None:
    href = link.get("href", "")
    named = FILE.match(href)
    if named is not None and "://" not in href:
        href = _in_file(section, link, named, files)
    if not href.startswith("#"):
        return
    target = unquote(href[1:])
    if not _known(book, section, link, target):
        del link.attrib["href"]
        if link.get("class") in ("ref", "page-ref"):
            missing(link)
        return
    link.set("href", f"#{target}")
    if link.get("class") == "ref":
        link.set("data-made", "")
        link.text = name_of(book, target, labels)
    elif link.get("class") == "page-ref":
        link.set("data-made", "")
        link.text = References().unknown


def _in_file(section: Draft, link: etree._Element, named: re.Match[str], files: Mapping[str, str | None]) -> str:
    """The id that a link to another file of the manuscript means, after a number sign; the file's name if unknown."""
    folder = posixpath.dirname(span_of(link, section.path).file)
    path = posixpath.normpath(posixpath.join(folder, unquote(named["path"])))
    if named["id"] and path in files:
        return f"#{named['id']}"
    return f"#{files.get(path) or named['path']}"


def _known(book: DraftBook, section: Draft, element: etree._Element, target: str) -> bool:
    """Whether the book has such an id; where not, it is reported."""
    if target in book.ids:
        return True
    near = difflib.get_close_matches(target, book.ids, 1, 0.6)
    span = span_of(element, section.path)
    book.problems.add(findings.link_to_nowhere(span, f"#{target}", f"#{near[0]}" if near else None))
    return False


def name_of(book: DraftBook, target: str, labels: Mapping[str, str]) -> str:
    """What a cross reference says: "Figure 2", "Chapter 3", "Section 1.2", else the title of what it points to."""
    if target in labels:
        return labels[target]
    section, element = book.ids[target]
    heading = next((heading for heading in section.headings if heading.id == target), None)
    if heading is not None:
        return f"{words(section.lang)['section']} {heading.number}" if heading.number else heading.title
    if element is not None and element.tag in ("figure", "div"):
        caption = element.find("figcaption") if element.tag == "figure" else element.find("p[@class='caption']")
        if caption is not None:
            return " ".join(plain(caption).split())
    return section.label or section.title
