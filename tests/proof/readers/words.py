"""What a printed page begins with, read from the PDF, and what follows the page's mark, read from the EPUB.

Neither reading knows of the other, nor of anything that the build found out. Letters alone are compared, without case
and accents: the marks, figures and spaces between them are set otherwise on paper.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import pypdfium2
from lxml import etree

from epub.reader import said
from publish.checks.navigation import EPUB_TYPE
from publish.checks.opened import Opened
from publish.checks.paper_text import read_pages

LENGTH = 40
"""Letters that are compared."""
NOTES = frozenset(("footnote", "endnote"))
INLINE = frozenset("a abbr b bdi bdo cite code em i kbd mark q s small span strong sub sup u".split())


@dataclass(frozen=True)
class Marked:
    """A page's mark: the letters of the word before it, up to 40 of its page after it, those of its table's head."""

    label: str
    word: str
    letters: str
    head: str


def letters(text: str) -> str:
    """The letters of a text, without case, accents and ligatures."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in plain if sign.isalpha())


def printed(pdf: Path) -> dict[str, str]:
    """The letters of each page's text by its label; running heads, folios and notes are left out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        labels = [document.get_page_label(index) for index in range(len(document))]
    finally:
        document.close()
    return {label: letters(page.flow) for label, page in zip(labels, read_pages(pdf.read_bytes()), strict=True)}


def marked(epub: Opened) -> list[Marked]:
    """The marks of an EPUB in the order of its text, notes left out."""
    texts, marks = [""], []
    for place in epub.spine:
        for text, mark in _runs(epub.documents[place.item.name]):
            if mark is not None:
                marks.append(mark)
                texts.append("")
            texts[-1] += text
    before = accumulate(texts, lambda said, text: (said + text)[-4 * LENGTH :])
    return [
        Marked(mark.get("aria-label", ""), _last_word(text), letters(after)[:LENGTH], _head(mark))
        for mark, text, after in zip(marks, before, texts[1:], strict=False)
    ]


def _runs(root: etree._Element) -> Iterator[tuple[str, etree._Element | None]]:
    """The text of a document, a space wherever a block begins or ends; with each mark, what follows right after it."""
    walk = etree.iterwalk(root.find("{*}body"), events=("start", "end"))
    for event, element in walk:
        types = element.get(EPUB_TYPE, "").split()
        space = "" if etree.QName(element).localname in INLINE else " "
        if event == "end":
            yield space + (element.tail or ""), None
        elif NOTES & set(types):
            walk.skip_subtree()
        else:
            yield space + (element.text or ""), element if "pagebreak" in types else None


def _last_word(text: str) -> str:
    return letters("".join(text.split()[-1:]))


def _head(mark: etree._Element) -> str:
    """The letters of the head of the table that a mark stands in."""
    table = next(mark.iterancestors("{*}table"), None)
    head = table.find("{*}thead") if table is not None else None
    return letters(said(head)) if head is not None else ""
