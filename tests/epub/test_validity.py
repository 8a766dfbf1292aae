"""EPUBCheck, the validator that shops use, on books that hold everything that a manuscript can."""

import io
import zipfile
from pathlib import Path

import pytest

from conftest import HOUSE
from epub.reader import dressed, heard
from layout.helpers import photo
from publish.checks import access_rules, completeness, epubcheck
from publish.checks.judging import contents_of
from publish.checks.opened import open_epub
from publish.epub import package
from publish.epub.claim import STANDARD, Evidence, Verdict
from publish.jobs import Job
from publish.manuscript.model import Accessibility
from publish.onscreen import make_epub
from publish.pages import PageChoice, Precision
from publish.pipeline import understand
from publish.problems import Problems

pytestmark = pytest.mark.proof

ODD = """
# אחת {#one}

[english]{lang=en} and [عربي]{lang=ar}. To <a href="https://a.example">see [](#two) there</a>, [doi](doi:10.1000/x<1>),
[mail](mailto:a@b.example), [tel](tel:+4712345), [urn](urn:isbn:9783161484100), [iri](https://münchen.example/ß?q=ü#ä),
[per cent](https://e.example/100%/%zz), [port](http://e.example:80801/), [six](http://[::1]/x), [two](https://e.example/#a#b),
[name](ftp://u:p@e.example/f), [low](https://a_b.example/), [space](https://exa mple.org/), [back](https://e.example\\a).
See [paper](#paper), [contents](#contents), [half title](#half-title).[^a]

::: {.print-only #paper}
Paper. First call.[^b]
:::

Second call.[^b] ![lamp](lamp.png){details=#far}

![Cap](lamp.png){details=#two}

![](lamp.png){details=#paper alt="lamp"}

## ![lamp](lamp.png)

### [](#two)

[^a]: Called from elsewhere.
[^b]: Called twice.

# Two {#two lang=en}

[^a]{.small}

| a[^c] |
|-------|
| b     |

## Far {#far}

x

[^c]: In a table's head.

# ![lamp](lamp.png)

Nameless.
"""


def verdict(data: bytes, tmp_path: Path) -> list[object]:
    """What EPUBCheck and our own rules say."""
    assert epubcheck.installed(), "EPUBCheck is missing: a validator that is not there has found nothing out"
    file = tmp_path / "book.epub"
    file.write_bytes(data)
    return [*epubcheck.run(file)["messages"], *heard(data), *accessible(data)]


def accessible(data: bytes) -> Problems:
    """What our rules for accessibility say."""
    problems = Problems()
    epub = open_epub(data, problems)
    if epub is not None:
        access_rules.check(epub, problems)
    return problems


@pytest.mark.parametrize("notes", ["chapter", "book"])
def test_a_book_that_holds_every_element(notes: str, tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    harbour = (HOUSE / "tests" / "epub" / "harbour.md").read_text(encoding="utf-8")
    harbour = harbour.replace("---\n", f"---\nnotes: {notes}\n", 1)
    (tmp_path / "manuscript" / "01-harbour.md").write_text(harbour, encoding="utf-8")
    (tmp_path / "manuscript" / "lamp.png").write_bytes(photo("PNG", (400, 300)))
    # The fonts of paper lack some of its letters, and a draft of the proof has pages all the same.
    job = Job(tmp_path, Problems(), lambda stage: None, pages=PageChoice(precision=Precision.BLOCK))
    reading = understand(job)
    assert reading is not None
    output = make_epub(reading.book, job)
    assert output is not None, list(job.problems)
    data, problems = output.path.read_bytes(), Problems()
    epub = open_epub(data, problems)
    assert epub is not None
    completeness.compare_epub(reading.book, epub, problems)
    assert list(problems) == []
    assert verdict(data, tmp_path) == []


@pytest.mark.parametrize("numbering", ["none", "sections"])
def test_a_book_of_oddities(numbering: str, tmp_path: Path) -> None:
    (tmp_path / "lamp.png").write_bytes(photo("PNG"))
    book = dressed(ODD, root=tmp_path, lang="he", numbering=numbering, cover=True)
    assert verdict(package(book), tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "::: contents\n:::\n\nx^[N.]\n\n## y",
        "::: contents\n[One](#one)\n:::\n\n# One {#one}",
    ],
)
def test_the_smallest_of_books(text: str, tmp_path: Path) -> None:
    assert verdict(package(dressed(text)), tmp_path) == []


def test_a_book_that_is_claimed_to_be_accessible(tmp_path: Path) -> None:
    said = Accessibility(
        certified_by="Ada Brandt",
        credential="Read Aloud, second grade",
        report="https://a.example/report",
        exemption="eaa-microenterprise",
        hazards=("none", "noSoundHazard"),
    )
    rendition = dressed("# One\n\nText.", accessibility=said, cover=True)
    epub = open_epub(package(rendition), Problems())
    assert epub is not None
    claimed = package(rendition, evidence=Evidence(Verdict(contents_of(epub))))
    assert STANDARD.encode() in zipfile.ZipFile(io.BytesIO(claimed)).read("EPUB/content.opf")
    assert verdict(claimed, tmp_path) == []


def test_a_fault_is_found(tmp_path: Path) -> None:
    data = package(dressed("# One\n\n[there](#one)"))
    (message, *_) = verdict(data.replace(b"EPUB/chapter-01.xhtml", b"EPUB/chapter-99.xhtml"), tmp_path)
    assert isinstance(message, dict)
    assert message["severity"] in ("ERROR", "FATAL")
