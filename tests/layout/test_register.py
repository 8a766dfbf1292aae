"""What layout writes on blocks so that style sheets can keep the lines of a page in register."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from publish.book.model import Section
from publish.layout.breaks import JOINER
from publish.layout.shape import running_head

from .helpers import EPUB, book, chapter, dressed, photo, xhtml


def set_in_print(body: str) -> etree._Element:
    return etree.fromstring(xhtml(dressed(book(chapter(body)))[0]))


def code(text: str) -> list[etree._Element]:
    pre = set_in_print(f'<pre class="code" data-p="2"><code data-p="3">{text}</code></pre>').find(".//pre")
    assert pre is not None
    return [pre, *pre.iter("span")]


def words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def test_each_line_of_code_stands_by_itself_and_keeps_its_signs() -> None:
    pre, *lines = code("one\n\n  two\n")
    assert [words(line) for line in lines] == ["one\n", "\n", "  two\n"]
    assert {line.get("data-p") for line in lines} == {"3"}
    assert "--lines: 3" in pre.get("style", "")


def test_a_comment_of_several_lines_is_continued_from_line_to_line() -> None:
    _, *spans = code('x = 1\n<span class="c" data-p="4">/* one\ntwo */</span> y')
    assert [words(span) for span in spans if span.get("class") == "line"] == ["x = 1\n", "/* one\n", "two */ y"]
    assert [(words(span), span.get("data-p")) for span in spans if span.get("class") == "c"] == [
        ("/* one\n", "4"),
        ("two */", "4"),
    ]


def test_a_line_of_code_that_is_turned_over_counts_twice() -> None:
    assert "--lines: 2" in code("short words " * 8)[0].get("style", "")
    assert "--lines: 1" in code("short words")[0].get("style", "")


def verse(*lines: str) -> float:
    stanza = "".join(f'<span class="line" data-p="{n}">{line}</span>' for n, line in enumerate(lines, 4))
    div = set_in_print(f'<div class="verse" data-p="2"><p class="stanza" data-p="3">{stanza}</p></div>').find(".//div")
    assert div is not None
    found = re.search(r"--ems: ([\d.]+)", div.get("style", ""))
    assert found is not None
    return float(found[1])


def test_verse_is_as_wide_as_its_longest_line() -> None:
    assert verse("The page is turned,", "the lamp") == verse("The page is turned,", "the moon")
    assert verse("The page is turned, and turned again") > verse("The page is turned,")


def test_one_long_line_among_many_does_not_count() -> None:
    usual = ["The page is turned,"] * 8
    assert verse(*usual, "and this one line goes on for as long as the poet had breath to speak it") == verse(*usual)


def test_a_figure_knows_its_width_and_its_proportion(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(photo(size=(40, 20)))
    for width, said in ((' data-width="60%"', "calc(var(--measure) * 0.6000)"), ("", "40px")):
        figure = f'<figure data-p="2"><img src="a.jpg" alt="A lamp"{width} data-p="3"/></figure>'
        whole = book(chapter(figure), images=("a.jpg",))
        assert f"--width: {said}; --ratio: 0.5000" in xhtml(dressed(whole, project=tmp_path)[0])
        assert "--ratio" not in xhtml(dressed(whole, EPUB, tmp_path)[0])


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("The Lamp", "The Lamp"),
        ("The Keeper of Small Lights: A Novel in Two Parts and a Coda", "The Keeper of Small Lights"),
        ("Who Is There? An Inquiry into Doors and Those Who Knock at Them", "Who Is There?"),
        ("A Book of Everything That a Page Can Bear", "A Book of Everything That a Page Can…"),
    ],
)
def test_a_running_head_is_one_line(title: str, head: str) -> None:
    assert running_head(title) == head


def test_the_short_title_of_a_chapter_is_its_running_head() -> None:
    section: Section = replace(chapter("<p data-p='2'>Text.</p>"), short="Short")
    assert 'data-short="Short"' in xhtml(dressed(book(section))[0])


def test_no_line_begins_with_a_closed_dash() -> None:
    text = words(
        set_in_print('<p data-p="2">He read—<em data-p="3">aloud</em>—and said: — no. <code data-p="4">a—b</code></p>')
    )
    assert f"read{JOINER}—" in text
    assert f"aloud{JOINER}—and said: — no. a—b" in text


def test_short_code_stays_on_one_line_and_long_code_does_not() -> None:
    root = set_in_print(f'<p data-p="2"><code data-p="3">make pdf</code> <code data-p="4">{"long " * 9}</code></p>')
    assert [element.get("class") for element in root.iter("code")] == ["short", None]


def test_the_screen_has_the_text_as_it_is() -> None:
    shown = xhtml(dressed(book(chapter('<p data-p="2">He read—<code data-p="3">make</code></p>')), EPUB)[0])
    assert JOINER not in shown
    assert "short" not in shown.partition("<p")[2]


def marker(attributes: str, items: int = 3) -> float:
    entries = "".join(f'<li data-p="{n}">word</li>' for n in range(3, 3 + items))
    numbered = set_in_print(f'<ol data-p="2" {attributes}>{entries}</ol>').find(".//ol")
    assert numbered is not None
    found = re.search(r"--marker: ([\d.]+)", numbered.get("style", ""))
    assert found is not None
    return float(found[1])


def test_a_list_says_how_much_room_its_widest_number_needs() -> None:
    usual = marker("")
    assert usual < marker('start="98"', 2) < marker('start="98"', 3)
    assert usual < marker('type="i"') < marker('type="i"', 8)
    assert usual == marker('start="many"')
