"""YAML at a file's head: what is read, what is refused, and where."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publish.manuscript.frontmatter import FrontMatter, Value, split
from publish.problems import Problem, Problems


def parts(text: str) -> tuple[FrontMatter, list[Problem]]:
    problems = Problems()
    return split(text, "manuscript/a.md", problems), list(problems)


def plain(value: Value) -> object:
    if isinstance(value.data, list):
        return [plain(item) for item in value.data]
    return {key: plain(item) for key, item in value.data.items()} if isinstance(value.data, dict) else value.data


def test_a_file_without_front_matter_begins_at_its_first_line() -> None:
    front, problems = parts("# The Whale\n\n---\n")
    assert (plain(front.value), front.first_line, problems) == ({}, 1, [])


@pytest.mark.parametrize("closing", ["---", "...", "---  "])
def test_the_text_begins_after_the_closing_line(closing: str) -> None:
    front, problems = parts(f"---\ntitle: x\n{closing}\nText.\n")
    assert (plain(front.value), front.first_line, problems) == ({"title": "x"}, 4, [])


@pytest.mark.parametrize("text", ["---\n---\nText.", "---\n\n# a comment\n---\nText."])
def test_front_matter_may_be_empty(text: str) -> None:
    front, problems = parts(text)
    assert (plain(front.value), problems) == ({}, [])


def test_scalars_stay_as_typed() -> None:
    front, _ = parts("---\na: 007\nb: no\nc: 1.10\nd: 2025-03-01\ne: [yes, 0x1F]\n---\n")
    assert plain(front.value) == {"a": "007", "b": "no", "c": "1.10", "d": "2025-03-01", "e": ["yes", "0x1F"]}


def test_nothing_is_said_by_an_empty_value() -> None:
    front, _ = parts('---\na:\nb: ~\nc: null\nd: "null"\ne: ""\n---\n')
    assert plain(front.value) == {"a": "", "b": "", "c": "", "d": "null", "e": ""}


def test_keys_and_values_have_places() -> None:
    front, _ = parts('---\ntitle: "Ə Whale"\nauthor:\n  - name: Ada\n---\n')
    assert isinstance(front.value.data, dict)
    title, author = front.value.data["title"], front.value.data["author"]
    assert [str(front.value.keys[key]) for key in ("title", "author")] == ["manuscript/a.md:2:1", "manuscript/a.md:3:1"]
    assert (str(title.span), title.span.length) == ("manuscript/a.md:2:8", 9)
    assert isinstance(author.data, list)
    assert isinstance(author.data[0].data, dict)
    assert str(author.data[0].data["name"].span) == "manuscript/a.md:4:11"


@pytest.mark.parametrize(
    ("yaml", "code", "place", "words"),
    [
        ("title: Whales: A Life", "Y002", "2:14", "second colon"),
        ('title: "Whales', "Y002", "2:8", "never closed"),
        ("title: [Whales", "Y002", "2:8", "not closed"),
        ("title: @Whales", "Y002", "2:8", "means something else"),
        ("\ttitle: Whales", "Y002", "2:1", "tab"),
        ('title: "a\\q"', "Y002", "2:11", "backslash"),
        ("title: 'it's'", "Y002", "2:12", "does not fit"),
        ("a: b\n--- c", "Y002", "3:5", "second ---"),
        ("title: *Whales*", "Y003", "2:8", "alias"),
        ("title: &a Whales", "Y003", "2:8", "anchor"),
        ("title: !Whales x", "Y004", "2:8", "tag"),
        ("title: !!python/object/apply:os.system [x]", "Y004", "2:8", "tag"),
        ("a: " + "[" * 21 + "]" * 21, "Y005", "2:23", "20 levels"),
        ("a: " + "x" * 100_001, "Y006", "2:1", "100000"),
        ("- title", "Y007", "2:1", "names and values"),
        ("The Whale", "Y007", "2:1", "names and values"),
        ("? [a]\n: b", "Y008", "2:3", "word"),
        ("title: a\ntitle: b", "Y009", "3:1", "second time"),
        ("title: Room #9", "Y010", "2:13", "Room"),
    ],
)
def test_nasty_yaml_is_a_problem_with_its_place_and_a_hint(yaml: str, code: str, place: str, words: str) -> None:
    _, (problem,) = parts(f"---\n{yaml}\n---\nText.\n")
    assert (problem.code, str(problem.span)) == (code, f"manuscript/a.md:{place}")
    assert words in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    "yaml",
    [
        'title: "Whales: A Life"',
        "title: Room#9",
        'title: "Room #9"',
        "trim: A5 # as the printer asked",
        "a: " + "[" * 19 + "]" * 19,
        "blurb: |\n  One: two\n\n  # three",
        'title: Don\'t "stop"',
    ],
)
def test_what_only_looks_nasty_is_read(yaml: str) -> None:
    _, problems = parts(f"---\n{yaml}\n---\n")
    assert problems == []


@pytest.mark.parametrize("nest", ["[", "{a: ", "- ", "? ", "[{"])
def test_five_thousand_levels_are_refused_quickly(nest: str) -> None:
    began = time.monotonic()
    _, problems = parts(f"---\na: x\nb:\n  {nest * 5000}\n---\n")
    assert [problem.code for problem in problems] == ["Y005"]
    assert time.monotonic() - began < 2


def test_front_matter_that_is_never_closed_is_an_error_and_the_text_goes_on() -> None:
    front, (problem,) = parts("---\ntitle: x\n\nText.\n")
    assert (problem.code, str(problem.span), problem.span and problem.span.length) == ("Y001", "manuscript/a.md:1:1", 3)
    assert (front.first_line, front.broken) == (2, True)


YAML = st.text(st.sampled_from("ab:-[]{}#&*!|>'\"%@`?, \n\t\\\u2028\ufeffƏ~.0"), max_size=60)


@given(YAML)
@example("%YAML 1.2")
@example("a: |99\n b")
@example("\ufeff: a")
def test_no_front_matter_makes_a_traceback(yaml: str) -> None:
    text = f"---\n{yaml}\n---\nText.\n"
    front, problems = parts(text)
    assert front.broken <= bool(problems)
    lines = text.split("\n")
    for problem in problems:
        assert problem.span is not None
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1
