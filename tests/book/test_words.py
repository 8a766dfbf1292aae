"""Nothing is lost: every word typed is in the book, once, in order, and its place is known."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from book.reading import codes, read_book, read_sources, section
from publish.book.text import flow_text
from publish.manuscript.model import Source
from publish.places import Address

WORD = re.compile(r"[^\W_]+")
BLOCKS = st.sampled_from([
    "{w}", "## {w}", "> {w}", "- {w}\n- {w}", "1. {w}\n2. {w}", "| {w}\n|   {w}", "::: letter\n{w}\n:::",
    "*{w}* **{w}**",
    "\t{w}\n\t{w}", "{w} `{w}` {w}", "| {w} | {w} |\n|---|---|\n| {w} | {w} |", "```\n{w}\n```", "{w}\n: {w}",
    '"{w}," {w} said -- {w}', "[{w}](http://a.b) {w}", "[{w}]{{.smallcaps}}", "{w}^[{w}]", "- {w}\n\n  {w}\n\n  > {w}",
])  # fmt: skip


def test_each_word_knows_where_it_was_typed() -> None:
    text = '# A *fine* title {#x subtitle="And more"}\n\nIt\'s "so" -- `code`\nand on.\n\n- item one\n- item two'
    book, _ = read_book(text)
    lines = text.split("\n")
    for part in book.sections:
        for word in part.places.words:
            line = lines[word.span.line - 1]
            typed = line[word.span.column - 1 : word.span.column - 1 + word.span.length]
            assert WORD.fullmatch(typed)
    placed = [w.span for part in book.sections for w in part.places.words]
    assert len(placed) == len(WORD.findall("A fine title And more It s so code and on item one item two"))


@given(st.lists(BLOCKS, min_size=1, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_words_stand_in_the_book_once_and_in_order(blocks: list[str], random: object) -> None:
    count = iter(range(10_000))
    typed = [
        re.sub(r"\{w\}", lambda _: f"word{next(count)}x", block).replace("{{", "{").replace("}}", "}")
        for block in blocks
    ]
    book, problems = read_book("# Title\n\n" + "\n\n".join(typed))
    assert "B010" not in codes(problems)
    flow = "\n".join(flow_text(part.xhtml, "print") for part in book.sections if part.xhtml)
    notes = "\n".join(flow_text(note.xhtml, "print") for part in book.sections for note in part.notes)
    in_notes = {word for word in WORD.findall("\n".join(typed)) if re.search(rf"\^\[{word}\]", "\n".join(typed))}
    wanted = [word for word in WORD.findall("\n".join(typed)) if word.startswith("word")]
    assert [word for word in WORD.findall(flow) if word.startswith("word")] == [w for w in wanted if w not in in_notes]
    assert WORD.findall(notes) == [w for w in wanted if w in in_notes]


def test_every_word_of_the_novel_is_placed(corpus: Path) -> None:
    files = sorted((corpus / "pride-and-prejudice").glob("*.md"))
    sources = [Source(f"manuscript/{file.name}", file.read_text(encoding="utf-8")) for file in files]
    book, problems = read_sources(*sources)
    typed = sum(len(WORD.findall(source.text)) for source in sources)
    placed = sum(len(part.places.words) for part in book.sections)
    assert [problem for problem in problems if problem.severity != "hint"] == []
    assert placed == typed


def test_a_letter_behind_an_initial_has_the_place_of_its_word() -> None:
    book, _ = read_book("# One\n\nxyz")
    one = section(book, "one")
    serial = re.search(rb'<p[^>]*data-p="(\d+)"[^>]*><span[^>]*>x</span>yz', one.xhtml)
    assert serial is not None
    assert str(one.places.of(Address(one.id, int(serial[1]), 0))) == "manuscript/01.md:3:1"
