"""Sections: where each chapter, part and page begins, and in which order they make a book."""

import difflib
from collections.abc import Iterable, Sequence

from anyascii import anyascii
from lxml import etree

from publish.book import findings
from publish.book.draft import Draft, plain, span_of
from publish.book.model import Matter
from publish.book.parsed import Parsed
from publish.book.roles import ALIASES, HEADLESS, IN_A_PART, MADE_IN_A_BOOK, MATTERS
from publish.book.words import words
from publish.manuscript.model import Metadata, SectionAttributes
from publish.places import Span
from publish.problems import Problems

HEADING_MARKS = frozenset(
    f"data-{name}" for name in ("line", "end", "column", "length", "file", "subtitle", "short", "author")
)
"""What may stand on a heading besides id, class and lang: marks of the reader's, and what the author says of it."""

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
        blocks = list(file.root)
        attributes = self._begin_by_attributes(file, blocks)
        seen = self.piece or (attributes is None and self._current is not None and self._current.parsed is file)
        for block in blocks:
            role = role_of(block.get("class", "").split()) if block.tag == "div" else None
            if block.tag == "h1":
                seen = True
                self._begin(file, block, attributes)
                attributes = None
            elif role in HEADLESS and not (seen and role == "epigraph"):
                if seen and not self.piece:
                    self.problems.add(findings.matter_after_heading(span_of(block, file.source.path), role))
                elif self._late(role) and not self.piece:
                    self.problems.add(findings.late_front_matter(span_of(block, file.source.path), role))
                self.sections.append(self._page(file, block, role))
            else:
                self._append(file, block)
        if attributes is not None and not self.piece:
            for name in sorted(attributes.where.keys() - {"lang"}):
                self.problems.add(findings.attributes_of_nothing(attributes.where[name], name))

    def _begin_by_attributes(self, file: Parsed, blocks: Sequence[etree._Element]) -> SectionAttributes | None:
        """Begin the section that a file's front matter names; give what is still to be said of its first heading."""
        given = file.source.attributes
        if given == SectionAttributes():
            return None
        headings = [block for block in blocks if block.tag == "h1"]
        if given.title and headings and headings[0] is blocks[0]:
            typed = plain(headings[0]).split()
            if typed and typed != given.title.split():
                self.problems.add(findings.two_titles(given.where.get("title"), given.title, " ".join(typed)))
            return given
        if given.title or (given.role and not headings):
            self._begin(file, _heading_of(file, given), given)
            return None
        return given

    def _append(self, file: Parsed, block: etree._Element) -> None:
        """Put a block into the section that is open; open one where none is."""
        if self._current is None:
            if not self.piece and (block.tag == "hr" or block.get("class") == "page-break"):
                return
            self._current = self._open(file, block)
        lang = file.source.attributes.lang
        if lang and self._current.parsed is not file and lang != self._current.lang and not block.get("lang"):
            block.set("lang", lang)
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
            draft = Draft("", "preamble", Matter.FRONT, "", root, file, span, lang=lang)
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
        classes = tuple(name for name in block.get("class", "").split() if role_of([name]) != role)
        ident = block.get("id") or role
        span = span_of(block, file.source.path)
        return Draft(
            ident, role, self._matter(role), title, root, file, span, title,
            lang=lang, classes=classes, made=made,
        )  # fmt: skip

    def _late(self, role: str) -> bool:
        """Whether a role of the front matter comes after the text has begun."""
        begun = any(section.matter is not Matter.FRONT for section in self.sections)
        return begun and MATTERS[role] is Matter.FRONT

    def _matter(self, role: str) -> Matter:
        """The matter of a section that comes next: front matter that comes late belongs to what it stands in."""
        if not self._late(role):
            return MATTERS[role]
        return Matter.BACK if self.piece else self.sections[-1].matter

    def _begin(self, file: Parsed, heading: etree._Element, attributes: SectionAttributes | None) -> None:
        """Begin a section with its heading."""
        given = attributes or SectionAttributes()
        span = span_of(heading, file.source.path)
        classes = [*heading.get("class", "").split(), *self._given_role(given)]
        role = role_of(classes)
        if role is None:
            self._near_misses(classes, span)
        self._stray_attributes(heading, span)
        if role is not None and self._late(role):
            self.problems.add(findings.late_front_matter(span, role))
        title = " ".join(plain(heading).split())
        author = heading.get("data-author") or given.author
        draft = Draft(
            heading.get("id") or "", role or "chapter", self._matter(role or "chapter"), title,
            etree.Element("section"), file, span,
            short=heading.get("data-short") or given.short or title,
            subtitle=heading.get("data-subtitle") or given.subtitle,
            authors=(author,) if author else (),
            lang=heading.get("lang") or given.lang or self.metadata.lang,
            classes=tuple(name for name in classes if role is None or role_of([name]) != role),
        )  # fmt: skip
        draft.root.append(_opening(draft, heading))
        self.sections.append(draft)
        self._current = draft

    def _given_role(self, given: SectionAttributes) -> list[str]:
        """The role that front matter names, as a class; one that is none is reported."""
        if not given.role:
            return []
        name = "-".join(given.role.casefold().split())
        if role_of([name]) is None:
            near = difflib.get_close_matches(name, MATTERS, 1, 0.6)
            self.problems.add(findings.unknown_role(given.where.get("role"), given.role, near[0] if near else None))
            return []
        return [name]

    def _near_misses(self, classes: Sequence[str], span: Span) -> None:
        for name in classes:
            near = difflib.get_close_matches(name, MATTERS, 1, 0.8)
            if near and name != "unnumbered":
                self.problems.add(findings.unknown_role(span, name, near[0]))

    def _stray_attributes(self, heading: etree._Element, span: Span) -> None:
        """Report what is said of a heading under a name that means nothing there, so that it would reach no output."""
        for name in map(str, heading.attrib):
            if name.startswith("data-") and name not in HEADING_MARKS:
                near = difflib.get_close_matches(name[5:], ("subtitle", "short", "author", "lang"), 1, 0.6)
                self.problems.add(findings.unknown_attribute(span, name[5:], near[0] if near else None))


def role_of(classes: Sequence[str]) -> str | None:
    """The role among some classes, under the one name that we use for it."""
    found = next((name for name in classes if name in MATTERS or name in ALIASES), None)
    return ALIASES.get(found, found) if found else None


def _heading_of(file: Parsed, attributes: SectionAttributes) -> etree._Element:
    """The heading that a file's front matter stands for."""
    span = attributes.where.get("title") or attributes.where.get("role") or Span(file.source.path, 1)
    heading = etree.Element("h1", {"data-file": span.file, "data-line": str(span.line), "data-end": str(span.line)})
    heading.set("data-column", str(span.column))
    heading.text = attributes.title
    return heading


def _opening(draft: Draft, heading: etree._Element) -> etree._Element:
    """The opening of a section: title, subtitle, byline."""
    opening = etree.Element("header", {"class": "opening"})
    lines = {key: heading.get(key, "1") for key in ("data-file", "data-line", "data-end")}
    if draft.title or len(heading):
        title = etree.SubElement(opening, "h1", lines)
        title.text = heading.text
        title.extend(list(heading))
    for name, text in (("subtitle", draft.subtitle), ("byline", ", ".join(draft.authors))):
        if text:
            etree.SubElement(opening, "p", {"class": name, **lines}).text = text
    return opening


def arrange(sections: Sequence[Draft], metadata: Metadata, piece: bool) -> list[Draft]:
    """The order of the book: pages without a heading in their places at the front, then all else as written.

    Pages that stand behind the beginning of the text stay where they are, and still replace those that we make.
    """
    first = next((n for n, section in enumerate(sections) if section.matter is Matter.BODY), 0)
    for section in sections[:first]:
        section.matter = Matter.FRONT
    moved = [section for section in sections if section.role in HEADLESS and section.matter is Matter.FRONT]
    written = {section.role for section in sections}
    front: list[Draft] = []
    for role in HEADLESS:
        front += [section for section in moved if section.role == role]
        if role in MADE_IN_A_BOOK and role not in written and not piece:
            front.append(_made_page(role, metadata))
    return front + [section for section in sections if section not in moved]


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


class Ids:
    """The ids that are taken, by the author and by us."""

    def __init__(self, given: Iterable[str]) -> None:
        self._taken = set(given)
        self._next: dict[str, int] = {}

    def unused(self, ident: str) -> str:
        """The id, or the id with the first number that makes it new; noted as taken."""
        new, number = ident, self._next.get(ident, 2)
        while new in self._taken:
            new, number = f"{ident}-{number}", number + 1
        self._next[ident] = number
        self._taken.add(new)
        return new


def name_sections(sections: Sequence[Draft], ids: Ids) -> None:
    """Give every section without an id one made from its title."""
    for section in sections:
        if not section.id:
            section.id = ids.unused(slug(section.title) or section.role)


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens for a text, beginning with a letter; empty where nothing is left."""
    kept = "".join(sign if sign.isalnum() else " " for sign in anyascii(text).lower())
    made = "-".join(kept.split())[:48].strip("-")
    return made if not made or made[0].isalpha() else f"s-{made}"
