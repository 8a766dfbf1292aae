"""Sections: where each chapter, part and page begins, and in which order they make a book."""

import difflib
from collections.abc import Sequence
from itertools import count

from anyascii import anyascii
from lxml import etree

from publish.book import findings
from publish.book.draft import Draft, plain, span_of
from publish.book.model import Matter
from publish.book.parsed import Parsed
from publish.book.roles import HEADLESS, IN_A_PART, MADE_IN_A_BOOK, MATTERS
from publish.book.words import words
from publish.manuscript.model import Metadata, SectionAttributes
from publish.places import Span
from publish.problems import Problems

PIECE = "text"
"""The id of a piece's only section."""


def is_piece(parsed: Sequence[Parsed]) -> bool:
    """Whether nothing begins a chapter anywhere: the text is an essay, a story, a letter."""
    return not any(file.root.find("h1") is not None or file.source.attributes.title for file in parsed)


class Divider:
    """Divides the files, one after the other, into sections."""

    def __init__(self, metadata: Metadata, problems: Problems, piece: bool) -> None:
        self.metadata = metadata
        self.problems = problems
        self.piece = piece
        self.sections: list[Draft] = []
        self._current: Draft | None = None

    def divide(self, file: Parsed) -> None:
        """Divide one file: pages of their own before its first heading, then a section for each heading."""
        attributes: SectionAttributes | None = file.source.attributes
        seen = False
        if attributes and attributes.title:
            seen = True
            self._begin(file, _heading_of(file, attributes), attributes)
            attributes = None
        for block in list(file.root):
            role = next((name for name in block.get("class", "").split() if name in HEADLESS), None)
            if block.tag == "h1":
                seen = True
                self._begin(file, block, attributes)
                attributes = None
            elif role and block.tag == "div" and not (seen and role == "epigraph"):
                if seen:
                    self.problems.add(findings.matter_after_heading(span_of(block, file.source.path), role))
                self.sections.append(self._page(file, block, role))
            else:
                self._append(file, block)

    def _append(self, file: Parsed, block: etree._Element) -> None:
        """Put a block into the section that is open; open one where none is."""
        if self._current is None:
            self._current = self._open(file, block)
        elif self._current.path != file.source.path:
            for element in block.iter():
                element.set("data-file", file.source.path)
        self._current.root.append(block)

    def _open(self, file: Parsed, block: etree._Element) -> Draft:
        """The section of text that no heading begins: a piece, or what stands before a book's first heading."""
        span = span_of(block, file.source.path)
        lang = file.source.attributes.lang or self.metadata.lang
        root = etree.Element("section")
        if self.piece:
            draft = Draft(PIECE, "chapter", Matter.BODY, self.metadata.title, root, file, span, lang=lang)
        else:
            self.problems.add(findings.text_before_heading(span))
            title = words(lang)["text"]
            draft = Draft("", "preamble", Matter.FRONT, title, root, file, span, lang=lang)
        draft.short = draft.title
        self.sections.append(draft)
        return draft

    def _page(self, file: Parsed, block: etree._Element, role: str) -> Draft:
        """A page without a heading; an empty one asks for the page that we make."""
        lang = block.get("lang") or self.metadata.lang
        root = etree.Element("section")
        root.extend(list(block))
        title = words(lang)[role]
        made = len(root) == 0
        classes = tuple(name for name in block.get("class", "").split() if name != role)
        ident = block.get("id") or role
        return Draft(
            ident, role, Matter.FRONT, title, root, file, span_of(block, file.source.path), title,
            lang=lang, classes=classes, made=made,
        )  # fmt: skip

    def _begin(self, file: Parsed, heading: etree._Element, attributes: SectionAttributes | None) -> None:
        """Begin a section with its heading."""
        given = attributes or SectionAttributes()
        span = span_of(heading, file.source.path)
        classes = [*heading.get("class", "").split(), *([given.role] if given.role else [])]
        role = next((name for name in classes if name in MATTERS), None)
        if role is None:
            self._near_misses(classes, span)
        role = {"acknowledgments": "acknowledgements"}.get(role or "chapter", role or "chapter")
        matter = MATTERS[role]
        title = " ".join(plain(heading).split())
        subtitle = heading.get("data-subtitle") or given.subtitle
        author = heading.get("data-author") or given.author
        draft = Draft(
            heading.get("id") or "", role, matter, title, etree.Element("section"), file, span,
            short=heading.get("data-short") or given.short or title,
            subtitle=subtitle,
            authors=(author,) if author else (),
            lang=heading.get("lang") or given.lang or self.metadata.lang,
            classes=tuple(name for name in classes if name != role),
        )  # fmt: skip
        draft.root.append(_opening(draft, heading))
        if matter is Matter.FRONT and any(section.matter is Matter.BODY for section in self.sections):
            self.problems.add(findings.late_front_matter(span, role))
        self.sections.append(draft)
        self._current = draft

    def _near_misses(self, classes: Sequence[str], span: Span) -> None:
        for name in classes:
            near = difflib.get_close_matches(name, MATTERS, 1, 0.8)
            if near and name != "unnumbered":
                self.problems.add(findings.unknown_role(span, name, near[0]))


def _heading_of(file: Parsed, attributes: SectionAttributes) -> etree._Element:
    """The heading that a file's front matter stands for."""
    span = attributes.where.get("title", Span(file.source.path, 1))
    heading = etree.Element("h1", {"data-line": str(span.line), "data-end": str(span.line)})
    heading.set("data-column", str(span.column))
    heading.text = attributes.title
    return heading


def _opening(draft: Draft, heading: etree._Element) -> etree._Element:
    """The opening of a section: title, subtitle, byline."""
    opening = etree.Element("header", {"class": "opening"})
    lines = {key: heading.get(key, "1") for key in ("data-line", "data-end")}
    if draft.title or len(heading):
        title = etree.SubElement(opening, "h1", lines)
        title.text = heading.text
        title.extend(list(heading))
    for name, text in (("subtitle", draft.subtitle), ("byline", ", ".join(draft.authors))):
        if text:
            etree.SubElement(opening, "p", {"class": name, **lines}).text = text
    return opening


def arrange(sections: list[Draft], metadata: Metadata, piece: bool) -> list[Draft]:
    """The order of the book: pages without a heading in their places at the front, then all else as written."""
    pages = {section.role: section for section in sections if section.role in HEADLESS}
    doubles = [section for section in sections if section.role in HEADLESS and section is not pages[section.role]]
    if not piece:
        for role in MADE_IN_A_BOOK:
            pages.setdefault(role, _made_page(role, metadata))
    front = [pages[role] for role in HEADLESS if role in pages]
    rest = [section for section in sections if section not in front and section not in doubles]
    arranged = []
    for section in front:
        arranged += [*(double for double in doubles if double.role == section.role), section]
    return arranged + rest


def _made_page(role: str, metadata: Metadata) -> Draft:
    title = words(metadata.lang)[role]
    root = etree.Element("section")
    return Draft(role, role, Matter.FRONT, title, root, short=title, lang=metadata.lang, made=True)


def hold_in_parts(sections: Sequence[Draft]) -> None:
    """Note on each chapter the part that holds it (by id, which every section has by now)."""
    part: str | None = None
    for section in sections:
        if section.role == "part":
            part = section.id
        elif section.role not in IN_A_PART:
            part = None if section.matter is Matter.BACK else part
        else:
            section.part = part


def name_sections(sections: Sequence[Draft], taken: set[str]) -> None:
    """Give every section without an id one made from its title, unlike every id in `taken`, which grows."""
    for section in sections:
        if not section.id:
            section.id = unused(slug(section.title) or section.role, taken)


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens for a text, beginning with a letter; empty where nothing is left."""
    kept = "".join(sign if sign.isalnum() else " " for sign in anyascii(text).lower())
    made = "-".join(kept.split())[:48].strip("-")
    return made if not made or made[0].isalpha() else f"s-{made}"


def unused(ident: str, taken: set[str]) -> str:
    """The id, or the id with the first number that makes it new; noted as taken."""
    if ident in taken:
        ident = next(f"{ident}-{n}" for n in count(2) if f"{ident}-{n}" not in taken)
    taken.add(ident)
    return ident
