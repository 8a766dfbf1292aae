"""All rules that shops have, by the names that they bear in the data files, and what tries an EPUB by them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from publish.book.model import Book
from publish.checks.epub_rules import MOST
from publish.checks.opened import Opened
from publish.checks.shops import files, images, notes, pages, references, styles
from publish.checks.shops.case import Case
from publish.places import Span
from publish.problems import Problem, Problems
from publish.shops.profiles import shop

RULES: Mapping[str, Callable[[Case], Iterator[Problem]]] = {
    "body-style": styles.body_style,
    "contents-ncx": files.contents_ncx,
    "cover-alone": images.cover_alone,
    "cover-limits": images.cover_limits,
    "cover-size": images.cover_size,
    "cover-there": images.cover_there,
    "document-bytes": files.document_bytes,
    "file-bytes": files.file_bytes,
    "font-formats": files.font_formats,
    "image-bytes": images.image_bytes,
    "image-inks": images.image_inks,
    "image-pixels": images.image_pixels,
    "note-length": notes.note_length,
    "notes-after-calls": notes.notes_after_calls,
    "notes-as-asides": notes.notes_as_asides,
    "page-labels": pages.page_labels,
    "page-references": references.page_references,
    "page-source": pages.page_source,
}


def places(book: Book) -> Mapping[str, Span]:
    """Where the author wrote what shops look at: keys of the metadata, sections and notes (`#id`)."""
    sections = {f"#{section.id}": section.places.start for section in book.sections}
    notes = {f"#{note.id}": note.span for section in book.sections for note in section.notes}
    known = {ident: span for ident, span in (sections | notes).items() if span is not None}
    return {**book.metadata.where, **known}


def check(opened: Opened, shops: Iterable[str], places: Mapping[str, Span], problems: Problems) -> None:
    """Try an EPUB by all rules of some shops (`apple`, `kobo`, ...).

    `places` are where the author wrote what can be mended there; none of an EPUB whose manuscript is not known.
    """
    for key in shops:
        profile = shop(key)
        for rule in profile.rules:
            problems.add_all(islice(RULES[rule.name](Case(opened, profile.name, rule, places)), MOST))
