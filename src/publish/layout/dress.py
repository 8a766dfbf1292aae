"""A book made into documents, styles, fonts and pictures for one edition."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from publish.book.model import Book, Matter, Section
from publish.book.words import words
from publish.layout import html, themes
from publish.layout.css import edition_sheet, settle
from publish.layout.faces import choose, known_families
from publish.layout.images import Gallery
from publish.layout.made import PRINT_ONLY, Maker
from publish.layout.markup import OTHERS, canonical, classes, parse
from publish.layout.model import Document, Edition, Medium, Rendition
from publish.layout.shape import Shaper, book_notes, dress_root, made_root, put_head
from publish.pages import References
from publish.problems import Problems


def dress(
    book: Book,
    edition: Edition,
    project: Path,
    references: References,
    problems: Problems,
    *,
    moved_notes: frozenset[str] = frozenset(),
) -> Rendition:
    """Dress a book for an edition.

    Every section that the edition shows becomes a document (the rendition's book has these alone), made sections
    through the theme's templates. In print notes stand where the metadata want them, but those in `moved_notes` at
    the end of their section; on a screen they stand at the end of their section, as `<section class="endnotes">` with
    `<aside class="note" id>` and links back.
    Page references are text from `references`. Pictures and fonts come along; the author's mistakes go to
    `problems`, and something stands in for what cannot be used.
    """
    medium = edition.medium
    book = replace(book, sections=tuple(section for section in book.sections if _is_shown(section, medium)))
    look = themes.find(book.metadata, medium, project, problems)
    look = replace(look, theme=known_families(look.theme, problems))
    gallery = Gallery(book, medium, project, problems)
    shaper = Shaper(book, medium, look.theme, references, gallery.picture, moved_notes)
    book, documents = _Documents(book, shaper, Maker(book, look.theme, medium, references, problems)).all()
    sheets = settle(look, edition_sheet(book.metadata, look.theme), medium, gallery, problems)
    fonts = choose(look.theme, book, documents, medium, problems)
    rendition = Rendition(book, edition, documents, sheets, fonts, gallery.shown(), gallery.cover(), look.theme)
    return html.tried(rendition, problems)


def _is_shown(section: Section, medium: Medium) -> bool:
    """Whether an edition shows a section: made ones as the medium has them, others but the other edition's."""
    if section.made:
        return medium is Medium.PRINT or section.role not in PRINT_ONLY
    return OTHERS[medium] not in classes(parse(section.xhtml))


@dataclass(frozen=True)
class _Documents:
    """The documents of a book in one edition."""

    book: Book
    shaper: Shaper
    maker: Maker

    def all(self) -> tuple[Book, tuple[Document, ...]]:
        """The documents in reading order, and the book with the section of notes that layout may have added."""
        left: list[tuple[Section, dict[str, etree._Element]]] = []
        found: list[tuple[Section, etree._Element]] = []
        for section in self.book.sections:
            if section.made:
                content = self.maker.section(section)
                self.shaper.finish(content)
                found.append((section, made_root(section, content)))
                continue
            root, notes = self.shaper.shape(section)
            found.append((section, root))
            if notes:
                left.append((section, notes))
        if self.book.piece and (text := next((pair for pair in found if not pair[0].made), None)):
            put_head(text[1], self.maker.piece_head(text[0]))
        book = self._add_notes(found, left)
        first = next((section.id for section, _ in found if section.matter is Matter.BODY), None)
        for section, root in found:
            dress_root(root, section, book, self.shaper.theme, first_body=section.id == first)
        return book, tuple(Document(section, canonical(root)) for section, root in found)

    def _add_notes(
        self,
        found: list[tuple[Section, etree._Element]],
        left: Sequence[tuple[Section, dict[str, etree._Element]]],
    ) -> Book:
        """Put the notes of all sections after the body and its appendices, in a section of their own."""
        if not left:
            return self.book
        lang = self.book.metadata.lang
        title = words(lang)["notes"]
        ident = "notes" if "notes" not in self.book.ids else "notes-of-the-book"
        own = Section(ident, "endnotes", Matter.BACK, title, title, made=True, lang=lang)
        before = max(
            i for i, (s, _) in enumerate(found) if s.matter is not Matter.BACK or s.role == "appendix" or not i
        )
        place = self.book.sections.index(found[before][0]) + 1
        found.insert(before + 1, (own, book_notes(own, left)))
        return replace(self.book, sections=(*self.book.sections[:place], own, *self.book.sections[place:]))
