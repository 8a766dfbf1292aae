"""What links say of where they lead, for readers who listen. (ISO 14289-1, 7.18.5: a link's alternate description.)

The engine has the address of an outer link for it, and of an inner one the id, which nobody can read.
"""

from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import String

from publish.book.model import Book
from publish.book.words import words
from publish.pdf.outline import title


def descriptions(book: Book) -> dict[str, str]:
    """Words for the places in a book that have a title or a number, by their ids."""
    return {ident: said for ident, said in _places(book) if said}


def _places(book: Book) -> Iterator[tuple[str, str]]:
    for section in book.sections:
        ours = words(section.lang)
        yield section.id, title(section)
        for heading in section.headings:
            yield heading.id, f"{heading.number} {heading.title}" if heading.number else heading.title
        for note in section.notes:
            yield note.id, f"{ours['note']} {note.number}"
            yield f"fnref-{note.id}", ours["back-to-text"]


def describe_links(pdf: pikepdf.Pdf, said: Mapping[str, str]) -> None:
    """Give these words to the links of a bound PDF that lead to these places."""
    for page in pdf.pages:
        for link in page.get("/Annots", ()):
            if "/Dest" in link and (text := said.get(str(link.Dest))):
                link.Contents = String(text)
