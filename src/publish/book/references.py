"""Links and cross references: every target is found, and what we say for it is written."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from publish.book import findings
from publish.book.draft import Draft, DraftBook, mark, missing, span_of, take
from publish.book.parsed import Parsed
from publish.book.words import words
from publish.pages import References

ID = re.compile(r"[A-Za-z][\w.-]*\Z", re.ASCII)
FILE = re.compile(r"(?P<path>[^#:?]+\.(?:md|markdown|txt))(?:#(?P<id>.*))?\Z")
ADDRESS = re.compile(r"(?:https?|ftp)://[^\s/]|(?:mailto|tel|doi|urn):\S", re.IGNORECASE)
"""Addresses outside the book that a reader can open."""

Labels = Mapping[str, tuple[str, str]]
"""The kind and number of each numbered figure, table and listing, by id."""


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
                if ident is not None:
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


def resolve(book: DraftBook, labels: Labels, parsed: Sequence[Parsed]) -> None:
    """Point every link of the book to what it names, and write the text of cross references."""
    first = _first_sections(book)
    files = {file.source.path: first.get(file.source.path) for file in parsed}
    for section in book.sections:
        for root in roots_of(section):
            for element in root.iter():
                if element.tag == "a" and "note-call" not in element.get("class", "").split():
                    _resolve_link(book, section, element, labels, files)
                elif element.get("data-details") is not None:
                    target = take(element, "data-details").removeprefix("#")
                    if _known(book, section, element, target):
                        element.set("aria-details", target)


def _first_sections(book: DraftBook) -> dict[str, str]:
    """The section in which each file's text begins."""
    first: dict[str, str] = {}
    for section in book.sections:
        for path in (section.path, *(block.get("data-file", "") for block in section.root)):
            first.setdefault(path, section.id)
    return first


def _resolve_link(
    book: DraftBook,
    section: Draft,
    link: etree._Element,
    labels: Labels,
    files: Mapping[str, str | None],
) -> None:
    href = link.get("href", "")
    target = _target(book, section, link, href, files)
    if target is None and (href.startswith("#") or not ADDRESS.match(href)):
        take(link, "href")
        if link.get("class") in ("ref", "page-ref"):
            missing(link)
        else:
            mark(link)
    if target is None:
        return
    link.set("href", f"#{target}")
    if link.get("class") == "ref":
        link.set("data-made", "")
        link.text = name_of(book, target, labels, _lang_at(link, section))
    elif link.get("class") == "page-ref":
        link.set("data-made", "")
        link.text = References().unknown


def _target(
    book: DraftBook, section: Draft, link: etree._Element, href: str, files: Mapping[str, str | None]
) -> str | None:
    """The id that a link leads to; None where it leads out of the book, or to nothing, which is reported."""
    if href.startswith("#"):
        target = unquote(href[1:])
        return target if _known(book, section, link, target) else None
    if ADDRESS.match(href):
        return None
    span = span_of(link, section.path)
    named = FILE.match(href)
    if named is None:
        book.problems.add(findings.address_not_allowed(span, href))
        return None
    path = _path_of(unquote(named["path"]), span.file, files)
    if path is None or (not named["id"] and files[path] is None):
        near = book.guess(named["path"], [posixpath.basename(name) for name in files])
        book.problems.add(findings.link_to_nowhere(span, named["path"], near))
        return None
    if not named["id"]:
        return files[path]
    target = unquote(named["id"])
    return target if _known(book, section, link, target) else None


def _path_of(typed: str, origin: str, files: Mapping[str, str | None]) -> str | None:
    """The file of the manuscript that a path means, as seen from the file it stands in or from the project."""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(origin), typed))
    return next((path for path in (beside, posixpath.normpath(typed)) if path in files), None)


def _known(book: DraftBook, section: Draft, element: etree._Element, target: str) -> bool:
    """Whether the book has such an id; where not, it is reported."""
    if target in book.ids:
        return True
    near = book.guess(target, book.ids)
    span = span_of(element, section.path)
    book.problems.add(findings.link_to_nowhere(span, f"#{target}", f"#{near}" if near else None))
    return False


def _lang_at(element: etree._Element, section: Draft) -> str:
    """The language of the passage that an element stands in."""
    around = (lang for holder in element.iterancestors() if (lang := holder.get("lang")))
    return element.get("lang") or next(around, section.lang)


def name_of(book: DraftBook, target: str, labels: Labels, lang: str) -> str:
    """What a cross reference says: "Figure 2", "Chapter 3", "Section 1.2", else the title of what it points to."""
    say = words(lang)
    if target in labels:
        kind, number = labels[target]
        return f"{say[kind]} {number}"
    section, _ = book.ids[target]
    heading = next((heading for heading in section.headings if heading.id == target), None)
    if heading is not None and (heading.number or heading.title):
        return f"{say['section']} {heading.number}" if heading.number else heading.title
    if section.number:
        return f"{say[section.role]} {section.number}"
    return section.title or say.get(section.role, say["text"])
