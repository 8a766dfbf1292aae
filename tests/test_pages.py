"""The page map as a file, and the editions whose pages an e-book can name."""

import json
import re
from pathlib import Path

import pytest

from cli.helpers import run
from publish.pages import KeptPages, PageMap, PageStart, dump, load
from publish.places import Address

MAP = PageMap(
    (
        PageStart(0, "i", Address("title-page", 0)),
        PageStart(1, "ii", None, blank=True),
        PageStart(2, "1", Address("one", 3, 17), before="ab", after="cd", block=("0123456789abcdef", 2)),
        PageStart(3, "A-2", Address("one", 9)),
    ),
    {"one": "1"},
    "urn:isbn:9783161484100",
)
KEPT = KeptPages(MAP, "a-book.pdf", "00" * 32)


def test_a_page_map_comes_back_as_it_was() -> None:
    assert load(dump(KEPT)) == KEPT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged"),
        (b"{", "damaged"),
        (b"\x80abc", "no page map"),
        (b"[" * 100_000, "no page map"),
        (b"[]", "no page map"),
        (b'{"format": 3}', "no page map"),
        (b'{"format": 2, "pages": []}', "its format is 2"),
        (dump(KEPT).replace(b'"A-2"', b'["A-2", {}]').replace(b'"blank": true', b'"nothing": 1'), "no page map"),
    ],
)
def test_what_is_no_page_map_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        load(data)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A short book, built."""
    (tmp_path / "manuscript").mkdir()
    write(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    assert run("build").status == 0
    return tmp_path


def write(project: Path, metadata: str, text: str = "The lamp was lit, and the harbour lay still.") -> None:
    head = f"---\ntitle: A Book\ndate: 2024\n{metadata}---\n\n"
    (project / "manuscript" / "book.md").write_text(f"{head}# One\n\n{text}\n", encoding="utf-8")


def test_a_page_map_stands_beside_the_pdf_with_its_digest(project: Path) -> None:
    kept = load((project / "build" / "a-book.pages.json").read_bytes())
    assert kept.pdf == "a-book.pdf"
    assert [page.label for page in kept.pages.pages if page.start and page.start.section == "one"] == ["1"]


def test_the_e_book_alone_has_the_same_bytes_as_with_the_pdf(project: Path) -> None:
    together = (project / "build" / "a-book.epub").read_bytes()
    assert run("clean").status == 0
    assert run("build", "epub").status == 0
    assert (project / "build" / "a-book.epub").read_bytes() == together


def test_a_damaged_page_map_is_made_anew(project: Path) -> None:
    path = project / "build" / "a-book.pages.json"
    whole = path.read_bytes()
    path.write_bytes(b"{}")
    assert run("build", "epub").status == 0
    assert path.read_bytes() == whole


class TestEditions:
    """Whose pages an e-book names, and that it is said."""

    def test_those_of_the_proof(self, project: Path) -> None:
        assert "pages as in a-book.pdf" in run("build", "epub").out
        assert "pages as in a-book.pdf" in run("build", "epub", "--pages-of", "proof").out

    @pytest.mark.parametrize("name", ["a-book-kdp", "a-book-kdp-interior"])
    def test_those_of_another_edition_that_was_built(self, project: Path, name: str) -> None:
        build = project / "build"
        (build / f"{name}.pdf").write_bytes((build / "a-book.pdf").read_bytes())
        stored = json.loads((build / "a-book.pages.json").read_bytes())
        stored["pdf"], stored["source"] = f"{name}.pdf", "urn:isbn:9783161484100"
        (build / f"{name}.pages.json").write_text(json.dumps(stored), encoding="utf-8")
        result = run("build", "epub", "--pages-of", "kdp")
        assert result.status == 0
        assert f"pages as in {name}.pdf" in result.out
        (build / f"{name}.pdf").write_bytes(b"changed")
        assert "E023" in run("build", "epub", "--pages-of", "kdp").said

    @pytest.mark.parametrize("name", ["lulu", "../a-book", "a/b"])
    def test_one_that_is_not_there_is_an_error_that_names_the_others(self, project: Path, name: str) -> None:
        before = (project / "build" / "a-book.epub").read_bytes()
        result = run("build", "epub", "--pages-of", name)
        assert result.status == 1
        assert "E021" in result.said
        assert "proof" in result.said
        assert (project / "build" / "a-book.epub").read_bytes() == before

    def test_those_of_an_edition_in_print_though_the_text_has_changed(self, project: Path) -> None:
        days = (f"On day {day} the lamp was lit, and the harbour lay still until dawn." for day in range(80))
        text = "\n\n".join(days)
        write(project, "", text)
        assert run("build").status == 0
        kept = project / "published.pages.json"
        kept.write_bytes((project / "build" / "a-book.pages.json").read_bytes())
        starts = [page.start.section for page in load(kept.read_bytes()).pages.pages if page.start]
        moved = starts.count("one") - 1
        assert moved > 2, "the chapter's first page stays where it is"
        write(project, "pages: published.pages.json\n", f"It rained.\n\n{text}")
        result = run("build", "epub")
        assert result.status == 0
        assert f"pages as in a-book.pdf; {moved} moved with the text, 0 lost" in result.out

    @pytest.mark.parametrize("name", ["nowhere.pages.json", "../outside.pages.json", "manuscript/book.md"])
    def test_a_page_map_that_cannot_be_used_is_an_error_at_its_key(self, project: Path, name: str) -> None:
        write(project, f"pages: {name}\n")
        result = run("build", "epub")
        assert result.status == 1
        assert "manuscript/book.md:4:" in result.said
        assert "E020" in result.said

    def test_none(self, project: Path) -> None:
        assert run("clean").status == 0
        result = run("build", "epub", "--pages=none")
        assert result.status == 0
        assert "pages as in" not in result.out
        assert not (project / "build" / "a-book.pdf").exists()

    def test_by_block_where_the_proof_lacks_words(self, project: Path) -> None:
        (project / "styles").mkdir()
        (project / "styles" / "custom.css").write_text("@media print { em { display: none } }", encoding="utf-8")
        write(project, "", "The *lamp* was lit.")
        refused = run("build", "epub")
        assert refused.status == 1
        assert "E045" in refused.said
        assert "--pages=none" in refused.said
        result = run("build", "epub", "--pages=block")
        assert result.status == 0
        assert "E022" in result.said
