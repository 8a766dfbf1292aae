"""Rules for what the file holds besides its pages, and for what they say: leftovers, names, numbers, fillers."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from pikepdf import Dictionary, Pdf
from stdnum import isbn as numbers

from publish.book.flow import Source, image, texts_of
from publish.book.model import Book
from publish.book.text import tree
from publish.checks.preflight import findings as found
from publish.checks.preflight.case import Case
from publish.manuscript.model import Metadata
from publish.places import Span
from publish.problems import Problem

ENDS = 12
"""Pages at either end of a book among which title page and copyright page stand."""
ISBN = re.compile(r"(?<!\d)97[89](?:[\s\u2010-\u2013-]{0,3}\d){10}(?!\d)")
CODE = ("code", "pre", "kbd", "samp")
PLACEHOLDERS = re.compile(
    r"[Ll]orem ipsum dolor sit amet|\bTK(?:TK)+\b|\[(?:TK|XXX|TODO|TBD|tbd)\b[^\]]{0,60}\]|\bX{4,}\b|\bTODO:|"
    r"\[(?:insert|Insert|INSERT|your|Your) [^\]]{1,60}\]"
)
"""What is no word and no number of anybody's: TK alone can be initials, XXX a roman thirty; XXXX is no roman number."""


def leftovers(case: Case) -> Iterator[Problem]:
    """What the printer takes no file with is gone, and the file is not too large."""
    for name, words in (("outline", "bookmarks"), ("annotations", "links or comments"), ("metadata", "metadata")):
        if name in case.demands.strip and _has(case.pdf, name):
            yield found.left_over(None, case.printer, words)
    if 0 < case.demands.most_bytes < case.size:
        yield found.file_large(None, case.printer, case.size, case.demands.most_bytes)


def identity(case: Case) -> Iterator[Problem]:
    """Title, author and ISBN stand in the book as the metadata have them, and so in the document's own properties."""
    at_ends = [sheet.words for sheet in (*case.sheets[:ENDS], *case.sheets[-ENDS:])]
    metadata = case.book.metadata
    yield from names_in("book", at_ends, metadata)
    yield from isbns_in("book", at_ends, case.demands.isbn, metadata)
    title = case.pdf.docinfo.get("/Title")
    if title is not None and letters(metadata.title) not in letters(str(title)):
        yield found.name_unprinted(metadata.where.get("title"), "document's own title", "title", metadata.title)


def placeholders(case: Case) -> Iterator[Problem]:
    """Nothing in the text waits to be written. Code is left alone: a program may say TODO."""
    places = {section.id: section.places for section in case.book.sections}
    source = Source(texts_of(case.book))
    code = set(_code(case.book))
    for key, piece in source.pieces.items():
        for match in PLACEHOLDERS.finditer(piece.text) if key not in code else ():
            at = piece.at(match.start())
            yield found.placeholder(places[key[0]].of(source.at(at)), match[0])


def names_in(where: str, texts: Iterable[str], metadata: Metadata) -> Iterator[Problem]:
    """Say which of title and authors a text does not hold, whatever its capitals, spaces and signs."""
    whole = letters("".join(texts))
    if letters(metadata.title) not in whole:
        yield found.name_unprinted(metadata.where.get("title"), where, "title", metadata.title)
    for author in metadata.authors:
        if letters(author.name) not in whole:
            yield found.name_unprinted(metadata.where.get("author"), where, "author", author.name)


def isbns_in(where: str, texts: Iterable[str], own: str | None, metadata: Metadata) -> Iterator[Problem]:
    """Say that a text lacks the edition's ISBN, or holds one that is none of the book's."""
    shown = {numbers.compact(re.sub(r"\D", "", match[0])) for text in texts for match in ISBN.finditer(text)}
    known = {re.sub(r"\D", "", value): value for value in metadata.isbn.values()}
    span: Span | None = metadata.where.get("isbn")
    if own is not None and re.sub(r"\D", "", own) not in shown:
        yield found.isbn_unprinted(span, where, own)
    for number in sorted(shown - set(known)):
        if numbers.is_valid(number):
            yield found.isbn_of_another(span, where, numbers.format(number))


def letters(text: str) -> str:
    """Letters and figures of a text, however they are set."""
    return "".join(sign for sign in image(text) if sign.isalnum())


def _has(pdf: Pdf, name: str) -> bool:
    if name == "outline":
        return bool(pdf.Root.get("/Outlines", Dictionary()).get("/First"))
    if name == "annotations":
        return any(len(page.obj.get("/Annots", [])) for page in pdf.pages)
    return "/Metadata" in pdf.Root or len(pdf.docinfo) > 0


def _code(book: Book) -> Iterator[tuple[str, int]]:
    """The addresses of code and of all that stands in it."""
    for section in book.sections:
        for xhtml in (section.xhtml, *(note.xhtml for note in section.notes)) if section.xhtml else ():
            for element in tree(xhtml).iter(*CODE):
                for inside in element.iter(etree.Element):
                    if serial := inside.get("data-p"):
                        yield section.id, int(serial)


RULES = (leftovers, identity, placeholders)
