"""A new project is written whole, into a folder of its own, or not at all."""

from pathlib import Path
from uuid import UUID

import pytest

from publish.book.assembly import assemble
from publish.files import write_atomically
from publish.intake import project
from publish.intake.project import create, import_file, title_of
from publish.manuscript.reader import read
from publish.problems import Problem, Problems, Severity

TODAY = "2025-03-14"
SOME = UUID("0d9a3a5e-2f2c-4c55-8d2e-7b8f3b1c9a10")


def new(folder: Path) -> tuple[list[Path], list[Problem]]:
    problems = Problems()
    return create(folder, problems, today=TODAY, identifier=SOME), list(problems)


def imported(text: Path, folder: Path) -> tuple[list[Path], list[Problem]]:
    problems = Problems()
    return import_file(text, folder, problems, today=TODAY), list(problems)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_new_book_has_all_that_it_needs_and_nothing_more(tmp_path: Path) -> None:
    made, problems = new(tmp_path / "my-first book")
    assert problems == []
    assert names(tmp_path / "my-first book") == [
        ".gitignore",
        "README.md",
        "manuscript/01-the-first-page.md",
        "manuscript/02-the-second-page.md",
        "styles/custom.css",
    ]
    assert sorted(made) == sorted(tmp_path / "my-first book" / name for name in names(tmp_path / "my-first book"))
    assert (tmp_path / "my-first book" / "README.md").read_text().startswith("# My First Book\n")


def test_a_new_book_can_be_built_without_a_word_of_complaint(tmp_path: Path) -> None:
    new(tmp_path / "my-book")
    problems = Problems()
    manuscript = read(tmp_path / "my-book", problems)
    assert manuscript is not None
    metadata = manuscript.metadata
    assert (metadata.title, metadata.lang, metadata.date, metadata.identifier) == ("My Book", "en", TODAY, SOME.urn)
    assemble(manuscript, problems)
    assert [problem for problem in problems if problem.severity is not Severity.HINT] == []


def test_an_imported_text_is_a_book(tmp_path: Path) -> None:
    (tmp_path / "on bees.txt").write_text("On Bees\n\nThey sting -- seldom -- and it was the bees that said so.\n")
    made, problems = imported(tmp_path / "on bees.txt", tmp_path / "bees")
    assert [problem.code for problem in problems] == ["I008", "I009"]
    assert names(tmp_path / "bees") == [".gitignore", "README.md", "manuscript/01-on-bees.md"]
    assert len(made) == 3
    found = Problems()
    manuscript = read(tmp_path / "bees", found)
    assert manuscript is not None
    assert (manuscript.metadata.title, manuscript.metadata.date) == ("On Bees", TODAY)
    assert len(found) == 0


def test_the_same_text_always_makes_the_same_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("On Bees\n\nThey sting.\n")
    for folder in ("one", "two"):
        imported(tmp_path / "a.txt", tmp_path / folder)
    assert names(tmp_path / "one") == names(tmp_path / "two")
    for name in names(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_without_a_title_the_name_of_the_file_is_one(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"the_whale{suffix}").write_text("It swam. And it swam.\n")
    _, problems = imported(tmp_path / f"the_whale{suffix}", tmp_path / "whale")
    assert "I007" in [problem.code for problem in problems]
    assert "title: The Whale\n" in (tmp_path / "whale" / "manuscript" / "01-the-whale.md").read_text()


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    made, (problem,) = new(tmp_path)
    assert (made, problem.code, problem.severity) == ([], "I001", "error")
    assert names(tmp_path) == ["notes.txt"]


def test_an_empty_folder_is_as_good_as_a_new_one(tmp_path: Path) -> None:
    made, problems = new(tmp_path)
    assert problems == []
    assert made


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "book").write_text("mine")
    made, (problem,) = new(tmp_path / "book")
    assert (made, problem.code) == ([], "I002")
    assert (tmp_path / "book").read_text() == "mine"


@pytest.mark.parametrize("there", [True, False])
def test_a_full_disk_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    write = write_atomically

    def full(target: Path, data: bytes) -> None:
        if target.name == "README.md":
            raise OSError(28, "No space left on device")
        write(target, data)

    monkeypatch.setattr(project, "write_atomically", full)
    if there:
        (tmp_path / "book").mkdir()
    made, (problem,) = new(tmp_path / "book")
    assert (made, problem.code) == ([], "I003")
    assert "No space left" in problem.message
    assert (tmp_path / "book").exists() is there
    assert names(tmp_path) == []


def test_an_interrupted_import_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(target: Path, data: bytes) -> None:
        target.parent.mkdir(parents=True)
        raise KeyboardInterrupt

    monkeypatch.setattr(project, "write_atomically", stop)
    with pytest.raises(KeyboardInterrupt):
        new(tmp_path / "book")
    assert not (tmp_path / "book").exists()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"PK", "I005"),
        ("a", b"text", "I005"),
        ("a.txt", b" \n", "I006"),
        ("a.txt", b"caf\xe9 au lait", "F011"),
        ("a.txt", b"a\x00b", "F013"),
        ("a.md", b"---\ntitle: [\n---\n", "Y002"),
        ("missing.txt", None, "I004"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_a_hint(
    tmp_path: Path, name: str, data: bytes | None, code: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    made, (problem,) = imported(tmp_path / name, tmp_path / "book")
    assert (made, problem.code) == ([], code)
    assert problem.hint
    assert not (tmp_path / "book").exists()


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(50_000_000)
    made, (problem,) = imported(tmp_path / "a.txt", tmp_path / "book")
    assert (made, problem.code) == ([], "F010")


@pytest.mark.parametrize(
    ("name", "title"),
    [("my-first_book", "My First Book"), ("İzmir", "İzmir"), ("--", "Untitled"), ("iPhone notes", "IPhone Notes")],
)
def test_a_name_becomes_a_title(name: str, title: str) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize("head", ["", "---\ntitle: On Bees\ntags: [insects]\n---\n\n"])
def test_imported_markdown_is_a_book_that_can_be_read_again(tmp_path: Path, head: str) -> None:
    (tmp_path / "bees.md").write_text(f"{head}They sting.\n\n## When\n\nSeldom.\n\n- in rain\n- at noon\n")
    imported(tmp_path / "bees.md", tmp_path / "bees")
    found = Problems()
    manuscript = read(tmp_path / "bees", found)
    assert manuscript is not None
    assert [problem for problem in found if problem.severity is Severity.ERROR] == []
    (source,) = manuscript.sources
    assert "\n".join(source.lines[source.first_line - 1 :]).split() == (
        "They sting. ## When Seldom. - in rain - at noon".split()
    )
