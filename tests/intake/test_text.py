"""Typed text becomes Markdown that reads as it was typed."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publish.book.markdown import parse
from publish.intake.imported import Imported
from publish.intake.text import from_text
from publish.manuscript.frontmatter import split
from publish.manuscript.model import Source
from publish.problems import Problem, Problems

ESSAY = (
    "  On Keeping Bees\n\nA Short Essay\n\n\n"
    "\tA hive on a roof is a small republic with a bad view, and I keep three of them there, "
    "between a tank and an aerial.\n"
    "\tPeople ask whether they sting. They do, in the the summer of the 44 – Day heat, "
    "but never without a reason at all.\n"
    "\n\t \n"
    "YAŞASIN ARILAR! QOY ƏBƏDİ YAŞASINLAR! BAĞLAR SİZİNDİR!\n\n\t\n \t \n"
)


def imported(text: str) -> tuple[Imported, list[Problem]]:
    problems = Problems()
    return from_text(text, "a.txt", problems), list(problems)


def read_back(result: Imported) -> list[str]:
    """All words of what was made, title and subtitle first, as a reader of the book meets them."""
    problems = Problems()
    text = result.file("", "2025-01-01")
    front = split(text, "a.md", problems)
    assert isinstance(front.value.data, dict)
    heads = [front.value.data[key].data for key in ("title", "subtitle") if key in front.value.data]
    parsed = parse(Source("manuscript/a.md", text, front.first_line), problems)
    assert list(problems) == []
    assert parsed.notes == {}
    assert (
        parsed.root.xpath("//a|//em|//strong|//code|//ul|//ol|//table|//sub|//sup|//del|//pre|//dl|//blockquote") == []
    )
    for line_end in parsed.root.iter("br"):
        line_end.tail = f" {line_end.tail or ''}"
    blocks = [" ".join("".join(map(str, element.itertext())).split()) for element in parsed.root.iter("p", "h1")]
    return " ".join([*map(str, heads), *blocks]).split()


def test_a_typed_essay_becomes_title_subtitle_and_paragraphs() -> None:
    result, problems = imported(ESSAY)
    assert (result.title, result.subtitle, result.lang) == ("On Keeping Bees", "A Short Essay", "en")
    paragraphs = result.body.split("\n\n")
    assert len(paragraphs) == 3
    assert "in the the summer of the 44 – Day heat" in paragraphs[1]
    assert paragraphs[2] == "[YAŞASIN ARILAR! QOY ƏBƏDİ YAŞASINLAR! BAĞLAR SİZİNDİR!]{lang=az}"
    assert [(problem.code, str(problem.span)) for problem in problems] == [("I010", "a.txt:10:1")]
    assert read_back(result) == ESSAY.split()


def test_text_broken_by_hand_has_paragraphs_between_blank_lines() -> None:
    result, _ = imported(
        "A Title\n\nThe first paragraph goes on for quite a long while and\nends here.\n\nThe second one.\n"
    )
    assert result.body == "The first paragraph goes on for quite a long while and ends here.\n\nThe second one."


def test_an_indent_begins_a_paragraph_without_a_blank_line() -> None:
    result, _ = imported(
        "A Title\n\n    The first paragraph goes on for quite a while, and then\nit ends.\n    The second one.\n"
    )
    assert result.body == "The first paragraph goes on for quite a while, and then it ends.\n\nThe second one."


def test_each_long_line_is_a_paragraph() -> None:
    first, second = "word " * 30, "other " * 30
    result, _ = imported(f"A Title\n{first}\n{second}\n")
    assert result.title == "A Title"
    assert result.body == f"{first.strip()}\n\n{second.strip()}"


def test_short_lines_keep_their_ends() -> None:
    result, _ = imported("A Title\n\nMrs Ada Brandt\n3 Harbour Street\n- Gothenburg\n")
    assert result.body == "Mrs Ada Brandt\\\n3 Harbour Street\\\n\\- Gothenburg"


@pytest.mark.parametrize("line", ["* * *", "***", "---", "#", "⁂"])
def test_a_line_of_signs_is_a_break_between_scenes(line: str) -> None:
    result, _ = imported(f"A Title\n\nOne scene.\n\n{line}\n\nAnother one.\n")
    assert result.body == "One scene.\n\n* * *\n\nAnother one."


@pytest.mark.parametrize("line", ["Chapter 7", "CHAPTER VII.", "Chapter Seven: The Storm"])
def test_a_numbered_chapter_becomes_a_heading(line: str) -> None:
    result, _ = imported(f"A Title\n\n{line}\n\nIt was the best of times, and of the others.\n")
    assert result.body.startswith(f"# {line}\n")
    assert result.subtitle is None


@pytest.mark.parametrize("line", ["Chapter and verse", "Chapters 7", "In chapter 7"])
def test_what_only_speaks_of_chapters_stays_text(line: str) -> None:
    result, _ = imported(f"A Title\n\nIt was the best of times.\n\n{line}\n")
    assert "# " not in result.body


@pytest.mark.parametrize(
    ("text", "title", "subtitle"),
    [
        ("What I Saw\n\nIt rained all day.\n", "What I Saw", None),
        ("What I Saw\n\nAnd Why\n\nIt rained.\n", "What I Saw", "And Why"),
        ("\t\t\tWhat I Saw\n\nIt rained.", None, None),
        ("It rained all day.\n\nThen it stopped.\n", None, None),
        ("What I Saw\n", None, None),
        ("What I Saw\n\nDear Ada,\n\nit rained.\n", "What I Saw", None),
        ("What I Saw\n\nby Ada Brandt\n\nIt rained.\n", "What I Saw", None),
        ("x" * 121 + "\n\nIt rained.\n", None, None),
    ],
)
def test_title_and_subtitle_are_short_first_lines(text: str, title: str | None, subtitle: str | None) -> None:
    result, _ = imported(text)
    assert (result.title, result.subtitle) == (title, subtitle)


@pytest.mark.parametrize(
    "line",
    [
        "*not leaning*, _nor this_, snake_case, __init__",
        "# 1 in the charts",
        "- a dash, + a plus",
        "+ 5",
        "> above",
        "1. January",
        "12) twelfth",
        "a. first, i. second",
        "A. Lincoln",
        "1984 was a year",
        "[1] and [a](b) and [^2] and ![x](y)",
        "<b>bold</b> and <https://example.org> <!-- no -->",
        "`code` and ``` fence",
        "~~~",
        "a ~b~ c^2^ ~~d~~",
        "AT&T &amp; &copy; &#64;",
        "{#id .class}",
        "| bar | bar |",
        "::: note",
        ":::",
        ": definition",
        "\\newpage and C:\\temp",
        "from $5 to $10, but $x$",
        "=====",
        "*[HTML]: text",
        "[x]: https://example.org",
        "Table: x",
        "@ada and [@ada]",
        "a line\\",
        "ends in #",
        "-----x",
    ],
)
def test_signs_that_markdown_reads_stay_as_typed(line: str) -> None:
    for text in (
        f"Title\n\n{line}\n\nEnd.\n",
        f"Title\n\nshort\n{line}\nshort\n\nEnd.\n",
        f"Title\n\n{'x ' * 70}\n{line}\n",
    ):
        result, _ = imported(text)
        assert read_back(result) == text.split()


def test_a_language_that_letters_do_not_prove_is_only_hinted_at() -> None:
    foreign = "Yağmur bütün gün yağdı, çocuklar şarkı söyledi."
    english = "It was the best of times and it was the worst of times, as the man had said to her."
    result, (problem,) = imported(f"Rain\n\n{english}\n\n{foreign}\n")
    assert foreign in result.body.split("\n\n")
    assert (problem.code, str(problem.span)) == ("I011", "a.txt:5:1")


def test_a_name_alone_marks_nothing() -> None:
    english = "It was Əliyev who spoke to the people of Şuşa on that day, and they were glad that he had come to them."
    result, problems = imported(f"A Day\n\n{english}\n")
    assert result.body == english
    assert problems == []


def test_neighbours_in_one_language_are_marked_together() -> None:
    english = "It was the best of times and it was the worst of times, as the man had said to her."
    result, _ = imported(
        f"Night\n\n{english}\n\nGecəniz xeyrə qalsın, şirin yuxular.\n\nYaxşı, gedək, əzizim, bağa.\n\n{english}\n"
    )
    assert result.body.split("\n\n")[1:5] == [
        "::: {lang=az}",
        "Gecəniz xeyrə qalsın, şirin yuxular.",
        "Yaxşı, gedək, əzizim, bağa.",
        ":::",
    ]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Bu gün hava çox gözəl idi və biz də bağa getdik, sonra da evə qayıtdıq.", "az"),
        ("Bu gün hava çok güzel idi ve biz de bahçeye gittik, sonra da eve döndük.", "tr"),
        ("Es war ein schöner Tag, und wir gingen mit den Kindern in den Garten.", "de"),
        ("Il était une fois un garçon qui ne savait pas lire, et la ville le savait.", "fr"),
        ("Это был хороший день, и мы пошли в сад, но все было не так.", "ru"),
        ("Xyzzy plugh.", "en"),
    ],
)
def test_the_language_of_the_whole_is_made_out_by_its_words(text: str, lang: str) -> None:
    assert imported(f"1\n\n{text}\n")[0].lang == lang


LINES = st.lists(
    st.text(st.sampled_from("ab1.* _#-+=>|:`~[](){}^<!&;\\$\"'@iIvA)\tƏşЇ–"), max_size=24), min_size=1, max_size=9
).map("\n".join)


@given(LINES)
@example("@1\nşƏ")
def test_every_word_is_kept_in_its_order(text: str) -> None:
    result, _ = imported(f"Title\n\n{text}\n\nEnd.\n")
    signs_only = {"*", "-", "_", "#"}
    kept = [word for word in read_back(result) if set(word) - signs_only]
    assert kept == [word for word in f"Title {text} End.".split() if set(word) - signs_only]


def test_the_whole_essay(corpus: Path) -> None:
    path = corpus / "essay" / "essay.txt"
    if not path.is_file():
        pytest.skip(f"OCTAVO_CORPUS has no {path.name}")
    text = path.read_text(encoding="utf-8")
    result, _ = imported(text)
    *paragraphs, closing = result.body.split("\n\n")
    assert result.title == text.split("\n")[0].strip()
    assert result.subtitle == text.split("\n")[2].strip()
    assert len(paragraphs) == 8
    assert closing.endswith("]{lang=az}")
    assert set("ƏĞİŞ") <= set(closing)
    assert read_back(result) == text.split()
