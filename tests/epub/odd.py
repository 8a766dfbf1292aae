"""Books that hold what hardly any book holds, and the smallest ones."""

from pathlib import Path

from conftest import HOUSE
from epub.reader import dressed
from layout.helpers import photo
from publish.book.model import Book
from publish.checks.judging import contents_of
from publish.checks.opened import open_epub
from publish.epub import package
from publish.epub.claim import Evidence, Verdict
from publish.jobs import Job
from publish.manuscript.model import Accessibility
from publish.onscreen import make_epub
from publish.pages import PageChoice, Precision
from publish.pipeline import understand
from publish.problems import Problems

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

SMALLEST = ("x", "::: contents\n:::\n\nx^[N.]\n\n## y", "::: contents\n[One](#one)\n:::\n\n# One {#one}")


def harbour(project: Path, notes: str = "chapter") -> Path:
    """The project of the book that holds every element a manuscript can; paper lacks letters for it."""
    (project / "manuscript").mkdir(parents=True)
    text = (HOUSE / "tests" / "epub" / "harbour.md").read_text(encoding="utf-8")
    text = text.replace("---\n", f"---\nnotes: {notes}\n", 1)
    (project / "manuscript" / "01-harbour.md").write_text(text, encoding="utf-8")
    (project / "manuscript" / "lamp.png").write_bytes(photo("PNG", (400, 300)))
    return project


def build_epub(project: Path) -> tuple[Book, Path]:
    """The e-book alone of a project that must build without an error.

    The fonts of paper may lack some of its letters, and a draft of the proof has pages all the same.
    """
    job = Job(project, Problems(), lambda stage: None, pages=PageChoice(precision=Precision.BLOCK))
    reading = understand(job)
    assert reading is not None, list(job.problems)
    output = make_epub(reading.book, job)
    assert output is not None, list(job.problems)
    return reading.book, output.path


def claimed_book() -> bytes:
    """A book that is claimed to be accessible, and may be."""
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
    return package(rendition, evidence=Evidence(Verdict(contents_of(epub))))


def odd_books(folder: Path) -> dict[str, bytes]:
    """Each of them as an EPUB; their picture is put into the folder."""
    (folder / "lamp.png").write_bytes(photo("PNG", (400, 300)))
    books = {
        f"odd, numbering {numbering}": dressed(ODD, root=folder, lang="he", numbering=numbering, cover=True)
        for numbering in ("none", "sections")
    }
    books |= {f"small {number}": dressed(text) for number, text in enumerate(SMALLEST, 1)}
    return {**{name: package(book) for name, book in books.items()}, "claimed": claimed_book()}
