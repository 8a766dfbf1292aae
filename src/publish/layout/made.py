"""The sections that we make from the metadata, through the theme's templates: title page, copyright page, contents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from publish.book.model import Book, Heading, Matter, Section
from publish.book.words import words
from publish.layout.findings import template_forbidden, template_markup
from publish.layout.markup import PARSER
from publish.layout.model import Medium, Theme
from publish.layout.templates import TemplateFaultError, Templates
from publish.layout.themes import base_theme
from publish.pages import References
from publish.places import Span
from publish.problems import Problems

ROLE_WORDS = {"edt": "edited-by", "trl": "translated-by", "ill": "illustrated-by", "wfw": "foreword-by"}
"""The word before the names, by MARC relator; contributors of other roles are named without one."""
ACTIVE = frozenset(
    ("script", "iframe", "object", "embed", "form", "input", "button", "audio", "video", "base", "foreignobject")
)
"""Elements that act or hold other documents; no template may give them."""
PRINT_ONLY = frozenset(("half-title", "contents"))
"""Made sections that only paper has: a screen shows the contents in its own way."""


@dataclass(frozen=True)
class Entry:
    """A line of the contents; `page` is the printed page as text, `children` stand under it."""

    id: str
    role: str
    label: str | None
    number: str | None
    title: str
    short: str
    page: str
    children: tuple["Entry", ...] = ()

    @property
    def href(self) -> str:
        """The link to it inside the book."""
        return f"#{self.id}"


def common_values(book: Book, theme: Theme, medium: Medium) -> dict[str, Any]:
    """The values that every template receives."""
    said = words(book.metadata.lang)
    people: dict[str, list[str]] = {}
    for person in book.metadata.contributors:
        if person.role != "aut":
            people.setdefault(person.role, []).append(person.name)
    return {
        "metadata": book.metadata,
        "authors": tuple(person.name for person in book.metadata.authors),
        "people": tuple(
            {"role": role, "label": said.get(ROLE_WORDS.get(role, "")), "names": tuple(names)}
            for role, names in people.items()
        ),
        "words": said,
        "theme": {"name": theme.name, "opening": theme.opening, "links": theme.links},
        "medium": medium.value,
        "piece": book.piece,
    }


class Maker:
    """Fills the templates of made sections. Where a template does not work the author hears of it, and the base's
    stands in.
    """

    def __init__(self, book: Book, theme: Theme, medium: Medium, references: References, problems: Problems) -> None:
        self._book, self._theme, self._references, self._problems = book, theme, references, problems
        self._common = common_values(book, theme, medium)
        self._templates = Templates(theme.templates)

    def section(self, section: Section) -> etree._Element:
        """What stands in a made section, in a `<div>`."""
        values: dict[str, Any] = {"section": section}
        if section.role == "copyright":
            values |= _notice(self._book, self._theme)
        if section.role == "contents":
            values["entries"] = entries(self._book, self._references)
        return self._content(f"{section.role}.j2", values)

    def piece_head(self, section: Section) -> etree._Element:
        """The head over the text of a piece, in a `<div>`."""
        return self._content("piece-head.j2", {"section": section})

    def _content(self, name: str, values: Mapping[str, Any]) -> etree._Element:
        try:
            return _content(self._templates, name, {**self._common, **values})
        except TemplateFaultError as fault:
            self._problems.add(fault.problem)
            return _content(Templates(base_theme().templates), name, {**self._common, **values})


def _content(templates: Templates, name: str, values: Mapping[str, Any]) -> etree._Element:
    """What a template gives, well-formed.

    Raises:
        TemplateFaultError: the template cannot be filled, or what it gives is not well-formed.
    """
    content = well_formed(f"<div>{templates.fill(name, values)}</div>", templates.origin(name))
    if "xmlns" in etree.tostring(content, encoding="unicode"):
        raise TemplateFaultError(template_markup(Span(templates.origin(name), 1), "it declares a namespace"))
    return content


def well_formed(text: str, origin: str) -> etree._Element:
    """The tree of what a template gave.

    Raises:
        TemplateFaultError: it is not well-formed, or holds what acts: a script, a form, a foreign object.
    """
    try:
        root = etree.fromstring(text.encode(), PARSER)
    except etree.XMLSyntaxError as fault:
        raise TemplateFaultError(template_markup(Span(origin, 1), str(fault.msg or fault))) from fault
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname.lower()
        acts = [attribute for attribute in element.attrib if str(attribute).lower().startswith("on")]
        if name in ACTIVE or acts:
            what = f"the attribute {acts[0]!s}" if acts else f"<{name}>"
            raise TemplateFaultError(template_forbidden(Span(origin, 1), f"{what} has no place in a book"))
    return root


def entries(book: Book, references: References) -> tuple[Entry, ...]:
    """The contents: parts with their chapters, chapters with their headings of level 2; what has a name has a line."""
    parts: dict[str, list[Entry]] = {}
    sections = [section for section in book.sections if _is_listed(section)]
    for section in sections:
        if section.part is not None:
            parts.setdefault(section.part, []).append(
                _entry(section, tuple(_headings(section, references)), references)
            )
    return tuple(
        _entry(section, (*_headings(section, references), *parts.get(section.id, ())), references)
        for section in sections
        if section.part is None
    )


def _is_listed(section: Section) -> bool:
    named = bool(section.title or section.label) and section.role not in ("dedication", "epigraph")
    return named and (not section.made or section.matter is Matter.BACK)


def _entry(section: Section, children: tuple[Entry, ...], references: References) -> Entry:
    page = references.page_of(section.id)
    title = section.title
    return Entry(section.id, section.role, section.label, section.number, title, section.short or title, page, children)


def _headings(section: Section, references: References) -> Iterator[Entry]:
    for heading in section.headings:
        if heading.level == 2:
            yield _heading(heading, references)


def _heading(heading: Heading, references: References) -> Entry:
    page, title = references.page_of(heading.id), heading.title
    return Entry(heading.id, "heading", None, heading.number, title, title, page)


def _notice(book: Book, theme: Theme) -> dict[str, Any]:
    """What the copyright page says besides the metadata."""
    metadata, said = book.metadata, words(book.metadata.lang)
    authors = [person.name for person in metadata.authors]
    return {
        "isbns": tuple({"edition": said.get(key, key), "number": isbn} for key, isbn in metadata.isbn.items()),
        "holder": metadata.copyright.holder or f" {said['and']} ".join(authors),
        "year": metadata.copyright.year or (metadata.date or "")[:4],
        "fonts": tuple(dict.fromkeys((theme.body, theme.sans))),
    }
