"""Functions of ours in the engine's place: the same bytes, sooner; and with another engine none of them, and a word."""

import hashlib
import inspect
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import fontpkg
import pytest
import weasyprint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.layout.model import FontFace, Stylesheet
from publish.pdf import engine
from publish.pdf.grafts import GRAFTS, guard
from publish.pdf.grafts.guard import Graft

from .paper import STYLE, face

LOREM = (
    "The keeper’s office — so they said — was “dry”, affluent & warm; file 1813 (first), naïve Čapek; AVAST! Tofu. " * 4
)
PAGES = """
@page { size: 90mm 60mm; margin: 8mm; @bottom-center { content: counter(page) ' of ' counter(pages) }
  @top-center { content: string(head); border-bottom: 1pt solid } }
@page :left { margin-left: 14mm } @page :first { background: #eee; @top-center { content: none } }
@page :blank { @bottom-center { content: none } }
h1 { string-set: head content(); break-before: right } a.p::after { content: ' p. ' target-counter(attr(href), page) }
.fn { float: footnote }
"""
DOCUMENTS = {
    "justified, with inline marks": f"<p class=j>{LOREM}<em>{LOREM}</em> <strong>x</strong>— {LOREM}</p>",
    "left as it falls": f"<p>{LOREM}</p><p>1813</p><p>—</p><p> <em> </em></p>",
    "word spacing": f"<p class=j style='word-spacing: 2px'>{LOREM}</p><p style='word-spacing: -1px'>{LOREM}</p>",
    "letter spacing and small caps": f"<p class=j style='letter-spacing: 1px; font-variant: small-caps'>{LOREM}</p>",
    "decorations": f"<p class=j><u>{LOREM}</u> <del>{LOREM}</del></p>",
    "features": f'<p class=j style=\'font-feature-settings: "onum", "liga" 0\'>{LOREM}</p>',
    "other scripts": "<p class=j>Αρχή ήν ο λόγος — и слово было у Бога, 12 and so on and on, more words</p>" * 3,
    "right to left": "<p class=j dir=rtl>שלום עולם and Latin (1) — مرحبا بالعالم, more</p>" * 3,
    "no face has it": "<p class=j>日本語の文章 and 👍🏽 emoji ☞ ©️ words ́e ﬁ ­soft­hyphen end</p>" * 3,
    "spaces of all kinds": "<p class=j>a\u00a0b\u2009c\u202fd\u200be\ufefff and  more<br>x</p><pre>a  b\tc\n d</pre>",
    "shadows": f"<div style='box-shadow: 1px 1px #333; border: 1px solid #333; border-radius: 1pt'>{LOREM}</div>",
    "backgrounds": f"<p style='background: #ff0'>{LOREM}</p><p style='visibility: hidden; background: red'>{LOREM}</p>",
    "shares of other lengths": f"<p style='margin: 0 10%; padding: 1em; box-sizing: border-box'>{LOREM}</p>",
    "tables, floats, grids": f"<table style='border-collapse: collapse'><td style='border: 1px solid'>{LOREM}</table>"
    f"<i style='float: left; width: 40%'>{LOREM}</i><div style='display: grid'><b>{LOREM}</b></div>"
    f"<div style='display: flex'><b>one</b><b>{LOREM}</b></div><b style='position: absolute; top: 0'>{LOREM}</b>",
    "pages, notes, counters": f"<h1 id=a>One</h1><p>{LOREM}<span class=fn>{LOREM}</span></p><a class=p href=#b>see</a>"
    f"<h1 id=b>Two</h1><p style='page: other'>{LOREM}</p><h1>Three</h1>{LOREM}" * 2,
    "lengths of the page": f"<style>@page {{ margin: 10vw; @top-left {{ content: 'x'; width: 20vw }} }}</style>{LOREM}",
    "with hyphens": f"<p class=j style='hyphens: auto; width: 30mm; overflow-wrap: break-word'>{LOREM}</p>",
}


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine writes the time into the instance that it makes of a variable font; ours are cut before."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")


def variable() -> FontFace:
    data = Path(fontpkg.path("EB Garamond")).read_bytes()
    return FontFace("Text", 400, "normal", data, hashlib.sha256(data).hexdigest(), "OFL-1.1")


def painted(markup: str, faces: tuple[FontFace, ...], *, tags: bool = True) -> bytes:
    css = f"{STYLE}{PAGES} p {{ orphans: 1; widows: 1 }} .j {{ text-align: justify }}"
    press = engine.Press([Stylesheet("a.css", css)], faces, engine.among({}))
    with engine.listening(lambda _: None):
        document = press.lay_out(f'<html lang="en"><title>T</title>{markup}</html>', engine.among({}))
        return engine.paint(document, tags=tags)


def with_and_without(make: Callable[[], bytes]) -> tuple[bytes, bytes]:
    """What is made with all grafts that change nothing, and by the engine alone."""
    with guard.laid_aside("divided notes"):
        ours = make()
    with guard.laid_aside():
        return ours, make()


def test_grafts_are_laid_aside_by_name_and_come_back() -> None:
    notes, tags = weasyprint.layout.page.make_page, weasyprint.pdf.tags.add_tags
    with guard.laid_aside("divided notes"):
        assert weasyprint.layout.page.make_page is not notes
        assert weasyprint.pdf.tags.add_tags is tags
    assert weasyprint.layout.page.make_page is notes


def test_all_grafts_are_in_place() -> None:
    assert engine.stood_aside == ()
    with guard.laid_aside():
        assert [guard.moved(graft) for graft in GRAFTS] == [()] * len(GRAFTS)
    for graft in GRAFTS:
        assert set(graft.replaces) <= set(graft.relies_on)


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("faces", [(face(), face("italic")), (variable(),)], ids=["static", "variable"])
def test_a_page_is_the_same_to_the_byte(name: str, faces: tuple[FontFace, ...]) -> None:
    ours, plain = with_and_without(lambda: painted(DOCUMENTS[name], faces))
    assert ours == plain
    assert b" Tf" in ours


def test_drawing_without_tags_is_the_same() -> None:
    ours, plain = with_and_without(lambda: painted("".join(DOCUMENTS.values()), (face(),), tags=False))
    assert ours == plain


WORD = st.text(
    st.sampled_from("aefilnortvATVWyš’“”—–-.,;:!?()1930/& \u00a0\u00ad\u2026\u0301αж漢א☞"), min_size=1, max_size=9
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORD, st.booleans()), min_size=1, max_size=60), st.sampled_from(["j", "r"]))
def test_any_words_are_the_same(words: list[tuple[str, bool]], kind: str) -> None:
    markup = " ".join(
        f"<em>{word.replace('&', '&amp;')}</em>" if slanted else word.replace("&", "&amp;") for word, slanted in words
    )
    ours, plain = with_and_without(lambda: painted(f"<p class={kind}>{markup}</p>", (face(), face("italic"))))
    assert ours == plain


def test_a_fingerprint_is_that_of_the_source() -> None:
    for graft in GRAFTS:
        for name in graft.relies_on:
            with guard.laid_aside():
                thing = guard._found(name)[2]
            source = inspect.getsource(thing).rstrip().encode()
            assert graft.relies_on[name] == hashlib.sha256(source).hexdigest()[: guard.FIGURES]


def test_what_is_not_there_has_no_fingerprint() -> None:
    assert guard.fingerprint("weasyprint.layout.page.no_such_function") == ""
    assert guard.fingerprint("weasyprint.no_such_module.function") == ""


def test_a_graft_that_knows_another_source_is_not_put_in() -> None:
    name = "weasyprint.layout.percent.percentage"
    stranger = Graft("stranger", {name: "0" * guard.FIGURES}, {name: lambda original: original})
    before = weasyprint.layout.percent.percentage
    assert guard.install([stranger]) == ("stranger",)
    assert guard.install([stranger, *GRAFTS]) == ("stranger",)
    assert weasyprint.layout.percent.percentage is before


BUILD = """
    import sys
    from pathlib import Path
    from pdf.paper import book, paper, section
    words = " ".join(["Words, and “more” words — of a paragraph."] * 60)
    sections = [section(f"<h1>{name}</h1><p>{words}[1]</p>", name, notes=("A note.",)) for name in ("one", "two")]
    made = paper(book(*sections), css="p { text-align: justify } .note { margin: 5% }")
    Path(sys.argv[1]).write_bytes(made.pdf)
    for problem in made.problems:
        print(problem.code, problem.message)
"""


def built_apart(folder: Path, *before: Path) -> tuple[bytes, list[str]]:
    """A book built in a process of its own, with these folders of packages before all others; and what was said."""
    paths = os.pathsep.join((*map(str, before), *filter(None, sys.path)))
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(BUILD), str(folder / "book.pdf")],
        env={**os.environ, "PYTHONPATH": paths, "OCTAVO_CACHE": str(folder / f"cache-{len(before)}")},
        capture_output=True,
        text=True,
        check=True,
    )
    return (folder / "book.pdf").read_bytes(), run.stdout.split("\n")[:-1]


@pytest.mark.parametrize("change", ["another source", "no source"])
def test_with_another_engine_the_book_is_built_without_grafts_and_says_so_once(change: str, tmp_path: Path) -> None:
    usual, silence = built_apart(tmp_path)
    engine_folder = tmp_path / "packages" / "weasyprint"
    shutil.copytree(Path(weasyprint.__file__).parent, engine_folder, ignore=shutil.ignore_patterns("__pycache__"))
    if change == "no source":
        compile_only(engine_folder)
    else:
        text = engine_folder / "draw" / "text.py"
        head = '    """Draw a textbox to a pydyf stream."""\n'
        source = text.read_text(encoding="utf-8")
        assert head in source
        text.write_text(source.replace(head, f"{head}    # Changed.\n"), encoding="utf-8")
    made, said = built_apart(tmp_path, tmp_path / "packages")
    aside = ["drawing by words"] if change == "another source" else [graft.name for graft in GRAFTS]
    assert silence == []
    assert said == [f"P013 this WeasyPrint 70.0 is not the one that Octavo knows; without: {', '.join(aside)}"]
    assert made == usual
    assert len(made) > 5000


def compile_only(folder: Path) -> None:
    """Leave nothing of a package but what Python compiled, in the places where it looks for that alone."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", "-b", str(folder)], check=True)
    for path in folder.rglob("*.py"):
        path.unlink()
