"""Markdown from elsewhere keeps its words and gets what a book needs."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publish.intake.imported import Imported, front_matter
from publish.intake.markdown import from_markdown
from publish.manuscript.frontmatter import split
from publish.problems import Problem, Problems


def imported(text: str) -> tuple[Imported | None, list[Problem]]:
    problems = Problems()
    return from_markdown(text, "a.md", problems), list(problems)


def body(text: str) -> str:
    result, _ = imported(text)
    assert result is not None
    return result.body


def title(text: str) -> str | None:
    result, _ = imported(text)
    assert result is not None
    return result.title


def test_the_only_heading_of_level_one_becomes_the_title() -> None:
    text = "\n# The Whale\n\nIt swam.\n\n## Where\n\nFar.\n"
    assert title(text) == "The Whale"
    assert body(text).split() == ["It", "swam.", "##", "Where", "Far."]


@pytest.mark.parametrize(
    "text",
    [
        "# One\n\nText.\n\n# Two\n\nText.\n",
        "Text first.\n\n# One\n",
        "# The *Whale*\n\nText.\n",
        "# The Whale {#whale}\n\nText.\n",
        "## The Whale\n\nText.\n",
        "---\ntitle: The Whale\n---\n\n# One\n\nText.\n",
        "# One\n\nText.\n\nTwo\n===\n",
        "```\ncode\n```\n\n# One\n",
    ],
)
def test_other_headings_stay_where_they_are(text: str) -> None:
    assert title(text) is None
    assert body(text).strip() == text.rsplit("---\n", maxsplit=1)[-1].strip()


def test_a_heading_in_code_is_none() -> None:
    text = "# The Whale\n\n```\n# a comment\n```\n"
    assert title(text) == "The Whale"


def test_front_matter_stays_as_typed_and_gets_what_is_missing() -> None:
    result, _ = imported("---\ntitle:   The Whale   # working title\ntags: [a]\n---\nIt swam.\n")
    assert result is not None
    text = result.file("Unused", "2025-03-14")
    assert text.startswith("---\ntitle:   The Whale   # working title\ntags: [a]\nlang: en\nidentifier: urn:uuid:")
    assert text.endswith("\ndate: 2025-03-14\n---\n\nIt swam.\n")


def test_what_front_matter_says_is_not_said_again() -> None:
    head = "title: a\nlang: fr\ndate: 2020\nidentifier: urn:uuid:0d9a3a5e-2f2c-4c55-8d2e-7b8f3b1c9a10\n"
    result, _ = imported(f"---\n{head}---\nIt swam.\n")
    assert result is not None
    assert result.file("Unused", "2025-03-14") == f"---\n{head}---\n\nIt swam.\n"


def test_a_file_without_front_matter_gets_all_of_it() -> None:
    result, _ = imported("# The Whale\n\nIt swam.\n\nAnd swam.\n")
    assert result is not None
    head, body = result.file("Unused", "2025-03-14").removeprefix("---\n").split("---\n\n")
    assert [line.partition(":")[0] for line in head.splitlines()] == ["title", "lang", "identifier", "date"]
    assert body == "It swam.\n\nAnd swam.\n"


def test_front_matter_that_cannot_be_read_is_a_problem() -> None:
    result, (problem,) = imported("---\ntitle: a: b\n---\nIt swam.\n")
    assert result is None
    assert (problem.code, str(problem.span)) == ("Y002", "a.md:2:9")


@pytest.mark.parametrize("head", ['+++\ntitle = "The Whale"\n+++', "% The Whale\n% Ada Brandt"])
def test_metadata_of_another_kind_are_kept_as_text_and_said(head: str) -> None:
    text = f"{head}\n\nIt swam.\n"
    result, problems = imported(text)
    assert result is not None
    assert result.body == text
    assert [(problem.code, str(problem.span)) for problem in problems] == [("I013", "a.md:1:1")]
    assert imported("+++ or not +++\n\nIt swam, 100 % sure.\n")[1] == []


def test_indented_code_is_fenced_and_said() -> None:
    text = "Look:\n\n    x = 1\n    print(x)\n\nEnd.\n"
    assert body(text) == "Look:\n\n```\nx = 1\nprint(x)\n```\n\nEnd.\n"
    assert [str(problem.span) for problem in imported(text)[1] if problem.code == "I012"] == ["a.md:3:1"]


def test_a_fence_is_longer_than_the_ticks_inside_it() -> None:
    assert body("Look:\n\n    ```x = 1;\n") == "Look:\n\n````\n```x = 1;\n````\n"


@pytest.mark.parametrize(
    "text",
    [
        "\tIt was a dark night, and the whale slept.\n",
        "- one\n\n    x = 1;\n\n    y = 2;\n",
        "1. one\n\n    x = 1;\n",
        "[^a]: one\n\n    x = 1;\n",
        "```\n\n    x = 1;\n\n```\n",
        "~~~~\n```\n\n    x = 1;\n~~~~\n",
    ],
)
def test_other_indented_lines_stay(text: str) -> None:
    assert body(text) == text


def test_a_passage_whose_letters_prove_it_is_marked() -> None:
    english = "It was the best of times and it was the worst of times, as the man had said to her.\n"
    azeri = "Gecəniz xeyrə qalsın,\nşirin yuxular."
    assert body(f"{english}\n{azeri}\n") == f"{english}\n[{azeri}]{{lang=az}}\n"
    for marked in (f"> {azeri}", f"[{azeri}]{{lang=az}}", f"- {azeri}", f"```\n{azeri}\n```"):
        assert body(f"{english}\n{marked}\n") == f"{english}\n{marked}\n"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1).filter(lambda text: text.strip()))
def test_every_title_can_be_read_back(typed: str) -> None:
    problems = Problems()
    front = split(f"---\n{front_matter({'title': typed})}---\n", "a.md", problems)
    assert list(problems) == []
    assert isinstance(front.value.data, dict)
    assert str(front.value.data["title"].data).split() == typed.split()


@given(
    st.lists(
        st.sampled_from(["a b", "    x = 1;", "\tc", "```", "~~~", "- d", "# e", "===", "", "> f", "Ə ş g", "1. h"])
    )
)
@example(["~~~", "~~~", "# e"])
def test_every_word_is_kept_in_its_order(lines: list[str]) -> None:
    """The title is the first thing typed or none, so that even going to the metadata it keeps its place."""
    text = "\n".join(lines)
    result, _ = imported(text)
    assert result is not None
    body = result.file("", "2025-03-14").split("\n---\n\n", maxsplit=1)[1]
    made = f"# {result.title} {body}" if result.title else body
    plain = [word for word in made.replace("[", "").replace("]{lang=az}", "").split() if not word.startswith("```")]
    assert plain == [word for word in text.split() if not word.startswith("```")]
