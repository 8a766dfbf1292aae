"""Azerbaijani and Turkish words are divided in the PDF by our own patterns."""

import pypdfium2
import pytest

from pdf.paper import book, paper, section

LINES = "p {{ hyphens: {} }}"


def lines(lang: str, word: str, hyphens: str) -> int:
    """How many lines a word repeated many times takes, all of them on one page."""
    text = section(f'<p lang="{lang}">{(word + " ") * 24}</p>')
    pdf = pypdfium2.PdfDocument(paper(book(text), LINES.format(hyphens)).pdf)
    found: str = pdf[0].get_textpage().get_text_range()
    pdf.close()
    return found.count("\n")


@pytest.mark.parametrize(("lang", "word"), [("az", "qardaşlarımızdandır"), ("tr", "evlerimizdekilerden")])
def test_long_words_are_divided_at_the_ends_of_lines(lang: str, word: str) -> None:
    assert lines(lang, word, "auto") < lines(lang, word, "none")
