"""A book made into documents, styles, fonts and pictures for one edition."""

from dataclasses import replace
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
from publish.layout.model import SCREEN, Document, Edition, Medium, Rendition
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
    through the theme's templates. Notes stand where the metadata want them, but those in `moved_notes`, and all that
    would stand at the foot of a page where there are no pages, at the end of their section, as
    `<section class="endnotes">` with `<aside class="note" id>` and links back.
    Page references are text from `references`. Pictures and fonts come along; the author's mistakes go to
    `problems`, and something stands in for what cannot be used.
    """
    medium = edition.medium
    contents = _left_to_reader(book, medium)
    book = replace(book, sections=tuple(section for section in book.sections if _is_shown(section, medium)))
    look = themes.find(book.metadata, edition, project, problems)
    look = replace(look, theme=known_families(look.theme, problems))
    if edition == SCREEN:  # An address that can be followed needs no note that tells it.
        look = replace(look, theme=replace(look.theme, links="plain"))
    gallery = Gallery(book, medium, project, problems)
    shaper = Shaper(book, medium, look.theme, references, gallery.picture, moved_notes)
    shaped = [(section, *shaper.shape(section)) for section in book.sections if not section.made]
    left = [(section, root, notes) for section, root, notes in shaped if notes]
    book, own = _with_notes(book) if left else (book, None)
    roots = {section.id: root for section, root, _ in shaped}
    if own is not None:
        roots[own.id] = book_notes(own, left)
    documents = _documents(book, roots, shaper, Maker(book, look.theme, medium, references, problems))
    sheets = settle(look, edition_sheet(book.metadata, look.theme, edition), medium, gallery, problems)
    fonts = choose(look.theme, book, documents, medium, problems)
    rendition = Rendition(
        book, edition, documents, sheets, fonts, gallery.shown(), gallery.cover(), look.theme, contents
    )
    return html.tried(rendition, problems)


def _is_shown(section: Section, medium: Medium) -> bool:
    """Whether an edition shows a section: made ones as the medium has them, others but the other edition's."""
    if section.made:
        return medium is Medium.PRINT or section.role not in PRINT_ONLY
    start = section.xhtml.partition(b">")[0].rstrip(b"/") + b"/>"  # in attributes we write this sign as &gt;
    return OTHERS[medium] not in classes(parse(start))


def _left_to_reader(book: Book, medium: Medium) -> str | None:
    """The id of the contents that the reading system shows in its own way: those that we would make on paper."""
    ours = (section.id for section in book.sections if section.made and section.role == "contents")
    return next(ours, None) if medium is Medium.EBOOK else None


def _with_notes(book: Book) -> tuple[Book, Section]:
    """The book with a section for the notes of all others, after the body and its appendices; and that section."""
    lang = book.metadata.lang
    title = words(lang)["notes"]
    ident = "notes" if "notes" not in book.ids else "notes-of-the-book"
    own = Section(ident, "endnotes", Matter.BACK, title, title, made=True, lang=lang)
    last = [place for place, s in enumerate(book.sections) if s.matter is not Matter.BACK or s.role == "appendix"]
    place = last[-1] + 1 if last else 0
    return replace(book, sections=(*book.sections[:place], own, *book.sections[place:])), own


def _documents(book: Book, roots: dict[str, etree._Element], shaper: Shaper, maker: Maker) -> tuple[Document, ...]:
    """The documents in reading order: the author's, and those that templates make."""
    if book.piece and (text := next((section for section in book.sections if not section.made), None)):
        put_head(roots[text.id], maker.piece_head(text))
    first = next((section.id for section in book.sections if section.matter is Matter.BODY), None)
    documents = []
    for section in book.sections:
        root = roots.get(section.id)
        if root is None:
            content = maker.section(section)
            shaper.finish(content)
            root = made_root(section, content)
        dress_root(root, section, book, shaper.theme, first_body=section.id == first)
        documents.append(Document(section, canonical(root)))
    return tuple(documents)
