"""A book put together from steps that were kept is the book that is made from nothing, whatever was edited between."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import HOUSE, copy_novel
from publish import cache
from publish.book.assembly import assemble
from publish.book.model import Book
from publish.manuscript.model import Manuscript, Metadata, Source
from publish.manuscript.reader import read
from publish.problems import Problem, Problems
from publish.steps import Given, Steps

PROJECTS = {HOUSE / "tests" / "books" / "lighthouse": 8, HOUSE: 3}
"""Projects, and after how many series of edits each is compared; the house's own book is long."""
TYPED = (
    'said "no', "'", " -- ", "…", "*", "^[A note.]", "[^9]", "\n\n## A heading\n\n", "\n", "\n\n", "@sec", "`code",
    "<!-- ", "![](none.png)", "lost {.x}", "> ", "- ", "\n\n[^9]: Its text.\n\n", "# Another\n\n", "::: tip\n", ":::\n",
)  # fmt: skip


def all_of(book: Book, problems: Problems) -> tuple[dict[str, Any], list[list[Any]], list[Problem]]:
    """Everything that a book holds, the places of its words, and all that was said."""
    places = [[section.places.start, *section.places.words] for section in book.sections]
    return asdict(book), places, list(problems)


def same_as_anew(manuscript: Manuscript, steps: Steps) -> bool:
    """Whether the kept steps and none give the same book, the same places and the same problems in the same order."""
    seen, anew = Problems(), Problems()
    return all_of(assemble(manuscript, seen, steps), seen) == all_of(assemble(manuscript, anew), anew)


def edits(text: str, random: Random) -> Iterator[str]:
    """A text after one edit, two, three: characters typed, words and lines gone or twice."""
    for _ in range(3):
        lines = text.split("\n")
        at = random.randrange(len(lines))
        match random.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[random.randrange(len(lines))])
            case 2:
                words = lines[at].split(" ")
                words[random.randrange(len(words))] = random.choice(("another", "", "It's"))
                lines[at] = " ".join(words)
            case _:
                place = random.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place] + random.choice(TYPED) + lines[at][place:]
        text = "\n".join(lines)
        yield text


def edited(manuscript: Manuscript, random: Random) -> Iterator[Manuscript]:
    """A manuscript after one edit to one of its files, and another, and a third."""
    sources = list(manuscript.sources)
    at = random.randrange(len(sources))
    source = sources[at]
    head = source.lines[: source.first_line - 1]
    for text in edits("\n".join(source.lines[source.first_line - 1 :]), random):
        sources[at] = replace(source, text="\n".join([*head, text]))
        yield replace(manuscript, sources=tuple(sources))


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_a_book_from_kept_steps_is_the_same_after_any_edit(project: Path) -> None:
    manuscript = read(project, Problems())
    assert manuscript is not None
    steps = Steps()
    assert same_as_anew(manuscript, steps)

    @given(st.randoms(use_true_random=False))
    @settings(max_examples=PROJECTS[project], deadline=None, suppress_health_check=list(HealthCheck))
    def edit(random: Random) -> None:
        for changed in edited(manuscript, random):
            assert same_as_anew(changed, steps)

    edit()


@pytest.mark.proof
def test_the_novel_from_kept_steps_is_the_same_after_any_edit(corpus: Path, tmp_path: Path) -> None:
    manuscript = read(copy_novel(corpus, tmp_path / "novel"), Problems())
    assert manuscript is not None
    steps = Steps()
    assert same_as_anew(manuscript, steps)
    for changed in edited(manuscript, Random(1813)):
        assert same_as_anew(changed, steps)


def test_words_moved_by_a_line_above_them_keep_their_places() -> None:
    text = "# One\n\nalpha beta\n\n# Two\n\ngamma delta"
    steps = Steps()
    for above in ("", "new\n\n"):
        source = Source("manuscript/a.md", text.replace("alpha", above + "alpha"))
        book = assemble(Manuscript(Path("nowhere"), (source,), Metadata("T")), Problems(), steps)
        for section in book.sections:
            for word in section.places.words:
                line = source.lines[word.span.line - 1]
                assert line[word.span.column - 1 : word.span.column - 1 + word.span.length].isalpha()


def test_a_second_build_makes_no_step_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    for expected in (["a", "b"], [], ["c"], ["a"]):
        made: list[str] = []

        def make(name: str, made: list[str] = made) -> Given:
            made.append(name)
            return Given({"name": name}, (name.encode(), b""))

        steps = Steps.of(tmp_path)
        for name in ("c", "b") if expected == ["c"] else ("a", "b"):
            assert steps.once([name], lambda name=name: make(name)) == Given({"name": name}, (name.encode(), b""))  # type: ignore[misc]
        steps.keep()
        assert made == expected


def test_steps_that_are_damaged_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    steps = Steps.of(tmp_path)
    steps.once(["a"], lambda: Given(1, (b"x",)))
    steps.keep()
    (blob,) = (tmp_path / "blobs").glob("??/*")
    blob.write_bytes(blob.read_bytes()[:-1] + b"y")
    assert Steps.of(tmp_path).once(["a"], lambda: Given(2, ())) == Given(2, ())
    assert cache.load(blob.name) is None
