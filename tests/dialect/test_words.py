"""No text is lost: whatever marks stand between words, the words come out, once and in order."""

import re

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from .helpers import read

MARKS = [
    "*", "**", "_", "~~", "~", "^", "`", "``", "> ", "- ", "1. ", "a. ", "# ", "## ", "| ", "|", " | ", "\n", "\n\n",
    "    ", "\t", " ", " ", " ", "[", "]", "!", "\\", "\\\n", "  \n", "&amp;", "&", "< ",
    "\n***\n", "\n---\n", "\n===\n", "\n|--|--|\n",
    "\n\\newpage\n", "\n: ", "\n:::\n", "\n::: x\n", "^[", "{", "}", "$", "- [ ] ", "\n```\n",
]  # fmt: skip
MORE = [
    *MARKS, "(", ")", "[^", "]: ", "<!--", "-->", "<b>", "</b>", "<div>\n", "</div>\n", "<x",
     ">", "{#a}", "{.b ", "=", '"',
    "\n[^1]: ", "*[", "Table: ", "\n~~~\n", "\x00", "\x02", "klzzwxh:0001", "\x03", "\ufffe", "\u2028", "![", "[a](b)",
]  # fmt: skip


def texts(marks: list[str]) -> st.SearchStrategy[str]:
    """Words with numbers of their own, and marks between them."""
    piece = st.one_of(st.just("word"), st.sampled_from(marks))
    return st.lists(piece, max_size=40).map(_numbered)


def _numbered(pieces: list[str]) -> str:
    return "".join(f"word{number}q" if piece == "word" else piece for number, piece in enumerate(pieces))


def words(text: str) -> list[str]:
    return re.findall(r"word\d+q", text)


def with_notes(element: etree._Element, notes: dict[str, etree._Element]) -> str:
    """All text of an element, that of notes in place where they are called."""
    inner = [element.text or "", element.get("alt", "")]
    if element.get("class") == "note-call" and element.get("data-note", "").startswith("^"):
        inner.append(with_notes(notes[element.get("data-note", "")], notes))
    inner += [with_notes(child, notes) + (child.tail or "") for child in element]
    return "".join(inner)


@given(texts(MARKS))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_words_come_out_once_and_in_order(text: str) -> None:
    assume(not re.search(r"(~~~|```).*word", text))  # There a word names the language of the code.
    assume(not re.search(r"\[\^.*word", text))  # There a word names a note.
    parsed, _ = read(text)
    notes = {label: note.element for label, note in parsed.notes.items()}
    assert words(with_notes(parsed.root, notes)) == words(text)


@given(texts(MORE))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_the_reader_and_every_place_is_in_the_file(text: str) -> None:
    parsed, problems = read(text)
    lines = text.split("\n")
    trees = [parsed.root, *(note.element for note in parsed.notes.values())]
    for tree in trees:
        assert etree.fromstring(etree.tostring(tree)) is not None
        for element in tree.iter():
            assert "data-at" not in element.attrib
            assert 1 <= int(element.get("data-line", "1")) <= int(element.get("data-end", "999999"))
            assert int(element.get("data-column", "1")) <= len(lines[int(element.get("data-line", "1")) - 1]) + 1
    for problem in problems:
        assert problem.span is not None
        assert problem.span.line <= len(lines)
        assert problem.span.column + problem.span.length - 1 <= max(1, len(lines[problem.span.line - 1]))


@given(texts(MORE))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_links_hold_no_links(text: str) -> None:
    parsed, _ = read(text)
    assert not parsed.root.xpath("//a//a")
