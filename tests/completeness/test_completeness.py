"""The second reader: what the author wrote is what the finished files say, once and in order."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import build_book
from pdf.paper import Paper, book, html, paper, section
from publish.book.model import Book, Matter
from publish.checks.compare import differences
from publish.checks.completeness import compare_epub, compare_pdf
from publish.checks.opened import open_epub
from publish.places import Span
from publish.problems import Problem, Problems

WORDS = (
    "<p>"
    + "".join(f"Sentence {n} speaks of the harbour, its well-known lamps and its accounts. " for n in range(40))
    + "</p>"
)
NOTES = ("The first note.", "The second note, a little longer than the first.")
CALLS = "<p>The lamp[1] was lit at dusk[2]. It burned all night.</p>"


def read_back(book_: Book, made: Paper) -> list[Problem]:
    """What the second reader says of the PDF."""
    problems = Problems()
    compare_pdf(book_, made.pdf, problems)
    return list(problems)


@pytest.fixture(scope="module")
def rich() -> Book:
    """A book with everything that is not the author's among what is."""
    table = "<table><thead><tr><th>Left</th><th>Right</th></tr></thead><tbody>"
    table += "".join(f"<tr><td>cell {n}</td><td>value {n}</td></tr>" for n in range(30)) + "</tbody></table>"
    made = '<p class="label" data-made="">Chapter 1</p>'
    return book(
        section("<h1>Preface</h1><p>Few words.</p>", "preface", matter=Matter.FRONT),
        section(
            f'{made}<h1>The Lamp</h1><p><span class="initial">T</span>here it was.</p>{CALLS}{WORDS}'
            '<h2><span class="number" data-made="">1.1 </span>Inside</h2>'
            '<p>See <a class="ref" data-made="" href="#two">Chapter 2</a>'
            ' on page <a class="page-ref" data-made="">88</a>.</p>'
            f"<ol><li>one</li><li>two</li></ol>{table}"
            '<p class="print-only">On paper.</p><p class="ebook-only">On glass.</p>',
            notes=NOTES,
        ),
        section(f"{made}<h1>The Bar</h1>{WORDS}", "two"),
    )


CSS = """
.initial { float: left; font-size: 200% } p { hyphens: auto } .ebook-only { display: none } p::before { content: '❦' }
"""


class TestPdf:
    def test_a_whole_book_is_complete(self, rich: Book) -> None:
        assert read_back(rich, paper(rich, css=CSS)) == []

    def test_pages_of_ours_between_the_sections_do_not_count(self, rich: Book) -> None:
        ours = '<section id="contents" class="contents front" data-short=""><h1 data-made="">Contents</h1>'
        ours += "<p data-made=''>Preface i</p><p data-made=''>The Lamp 1</p><p data-made=''>The Bar 9</p></section>"
        markup = html(rich).replace("<body>", f"<body>{ours}")
        assert read_back(rich, paper(rich, css=CSS, markup=markup)) == []

    def test_notes_at_the_end_of_their_chapter_count_there(self, rich: Book) -> None:
        moved = frozenset(note.id for one in rich.sections for note in one.notes)
        assert read_back(rich, paper(rich, css=CSS, moved=moved)) == []
        assert read_back(rich, paper(rich, css=CSS, moved=frozenset(sorted(moved)[1:]))) == []

    def test_a_hidden_word_is_named_with_its_place(self, rich: Book) -> None:
        (problem,) = read_back(rich, paper(rich, css=CSS + "h2 { display: none }"))
        assert problem.code == "C010"
        assert "“Inside”" in problem.message
        assert problem.span is not None
        assert problem.span.file == "text.md"

    def test_of_a_hundred_hidden_words_the_first_few_are_named(self) -> None:
        lines = (f"<p>Line {n} holds a <em>hidden</em> word and, for the reader, {n} more.</p>" for n in range(100))
        one = book(section("".join(lines)))
        codes = [problem.code for problem in read_back(one, paper(one, css="em { display: none }"))]
        assert codes == ["C010"] * 12 + ["C014"]

    def test_a_note_that_is_hidden_is_missing(self, rich: Book) -> None:
        (problem,) = read_back(rich, paper(rich, css=CSS + "#one-note-2 { visibility: hidden }"))
        assert (problem.code, problem.span) == ("C012", Span("note.md", 2))

    def test_notes_in_another_order_are_wrong(self) -> None:
        one = book(section(f"<h1>One</h1>{CALLS}", notes=NOTES))
        markup = html(one)
        first, second = re.findall(r'<span class="footnote".*?</span></span>', markup)
        turned = markup.replace(first, "@").replace(second, first).replace("@", second)
        assert [problem.code for problem in read_back(one, paper(one, markup=turned))] == ["C012"]

    def test_a_passage_that_stands_twice_is_too_much(self) -> None:
        one = book(section(f"<h1>One</h1><p>Only once, here.</p>{WORDS}"))
        markup = html(one).replace("</p>", "</p><p data-made=''>Only once, here.</p>", 1)
        (problem,) = read_back(one, paper(one, markup=markup))
        assert problem.code == "C011"

    def test_a_chapter_that_stands_twice_is_too_much(self, rich: Book) -> None:
        markup = html(rich)
        bar = markup[markup.index('<section id="two"') : markup.index("</body>")]
        codes = {
            problem.code
            for problem in read_back(rich, paper(rich, css=CSS, markup=markup.replace("</body>", bar + "</body>")))
        }
        assert codes == {"C011"}

    def test_a_chapter_that_is_lost_is_one_problem(self, rich: Book) -> None:
        markup = re.sub(r'<section id="two".*?</section>', "", html(rich), flags=re.DOTALL)
        found = read_back(rich, paper(rich, css=CSS, markup=markup))
        assert [problem.code for problem in found] == ["C010"]
        assert "The Bar" in found[0].message

    def test_text_off_the_paper_is_not_there(self) -> None:
        one = book(section("<h1>One</h1><p>Here.</p><p class='off'>Gone.</p>"))
        (problem,) = read_back(one, paper(one, css=".off { position: absolute; left: -400mm }"))
        assert "“Gone.”" in problem.message

    def test_something_else_than_a_pdf_is_said_to_be(self, rich: Book) -> None:
        problems = Problems()
        compare_pdf(rich, b"no PDF at all", problems)
        assert [problem.code for problem in problems] == ["C013"]


words = st.text(st.sampled_from("abcdéßﬁ“”’- ,.1\u00a0\u00ad"), min_size=1, max_size=60)


@settings(max_examples=15, deadline=None)
@given(st.lists(words, min_size=1, max_size=8), st.lists(words.filter(str.strip), max_size=2))
def test_whatever_is_typed_is_read_back(paragraphs: list[str], notes: list[str]) -> None:
    calls = "".join(f"x[{n}]" for n in range(1, len(notes) + 1))
    one = book(
        section(f"<h1>Any</h1><p>{calls}.</p>" + "".join(f"<p>{text}</p>" for text in paragraphs), notes=tuple(notes))
    )
    css = "p { hyphens: auto; text-align: justify; overflow-wrap: anywhere } @page { size: 60mm 70mm }"
    assert read_back(one, paper(one, css=css)) == []


def epub(documents: Sequence[str], names: Sequence[str] | None = None) -> bytes:
    """A package with these bodies, in this order."""
    names = names or [f"c{n}.xhtml" for n in range(len(documents))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/epub+zip")
        package.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="EPUB/package.opf"/></rootfiles></container>',
        )
        items = "".join(
            f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names)
        )
        spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
        package.writestr(
            "EPUB/package.opf",
            f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{spine}</spine></package>',
        )
        for name, body in zip(names, documents, strict=True):
            package.writestr(
                f"EPUB/{name}",
                '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
                f"<head><title>T</title></head><body>{body}</body></html>",
            )
    return out.getvalue()


def for_screen(one: Book) -> list[str]:
    """The sections as an e-book holds them: no serials, what is ours in the class `made`, notes at the end."""
    bodies = []
    for part in one.sections:
        markup = part.xhtml.decode().replace("</section>", "")
        markup += "".join(note.xhtml.decode() for note in part.notes) + "</section>"
        markup = markup.replace("<aside ", '<aside epub:type="footnote" ')
        markup = re.sub(r'class="([^"]*)"([^>]*) data-made=""', r'class="\1 made"\2', markup)
        markup = re.sub(r'<p class="print-only".*?</p>', "", markup)
        bodies.append(re.sub(r' data-[a-z]+="[^"]*"', "", markup))
    return bodies


def read_epub_back(one: Book, documents: Sequence[str]) -> list[Problem]:
    """What the second reader says of an EPUB of these documents."""
    return of_epub(one, epub(documents))


def of_epub(one: Book, data: bytes) -> list[Problem]:
    """What opening an EPUB and the second reader say of it."""
    problems = Problems()
    opened = open_epub(data, problems)
    if opened is not None:
        compare_epub(one, opened, problems)
    return list(problems)


def test_a_short_text_among_much_of_ours_is_read_back() -> None:
    tasks = "".join(
        f'<li class="task done"><span class="box" data-made="">{box}</span> {text}</li>'
        for box, text in (("x", "do"), ("o", "be"))
    )
    tip = '<aside class="admonition tip"><p class="admonition-title" data-made="">Tip</p><p>Go.</p></aside>'
    long = " ".join(f"word{n}" for n in range(500))
    one = book(
        section(f"<h1>One</h1><p>Here[1].</p><ul>{tasks}</ul>{tip}", notes=(long,)),
        section("<h1>Two</h1><p>Ah.</p>", "two"),
    )
    assert read_back(one, paper(one, moved=frozenset(("one-note-1",)))) == []


@pytest.mark.parametrize("theme", ["classic", "manual"])
def test_where_a_link_leads_may_be_said_on_paper(theme: str, tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    text = "See [the lamps](https://example.org/lamps).[^more] And so on.\n\n[^more]: Or [the sea](https://example.org/sea)."
    (tmp_path / "manuscript" / "one.md").write_text(f"---\ntitle: Links\ntheme: {theme}\n---\n\n{text} The end.\n")
    made = build_book(tmp_path)
    problems = Problems()
    compare_pdf(made.book, made.pdf.read_bytes(), problems)
    assert list(problems) == []


class TestEpub:
    def test_a_whole_book_is_complete(self, rich: Book) -> None:
        assert read_epub_back(rich, for_screen(rich)) == []

    def test_documents_of_ours_and_page_marks_do_not_count(self, rich: Book) -> None:
        documents = ["<section id='title-page'><h1>A Small Book</h1></section>", *for_screen(rich)]
        mark = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-2" aria-label="2"></span>'
        documents[2] = documents[2].replace("There it", f"There {mark}it").replace("harbour", f"har{mark}bour", 1)
        assert read_epub_back(rich, documents) == []

    def test_a_word_that_is_lost_is_named_with_its_place(self, rich: Book) -> None:
        documents = [text.replace("at dusk", "") for text in for_screen(rich)]
        (problem,) = read_epub_back(rich, documents)
        assert problem.code == "C010"
        assert "lacks “at dusk” (after “Lamp There it was. The lamp was lit” and before “. It burned" in problem.message
        assert problem.span is not None

    def test_words_run_together_are_found(self, rich: Book) -> None:
        documents = [text.replace("burned all", "burnedall") for text in for_screen(rich)]
        (problem,) = read_epub_back(rich, documents)
        assert "“burned”" in problem.message

    def test_the_spines_order_is_the_books(self, rich: Book) -> None:
        first, second, third = for_screen(rich)
        assert {problem.code for problem in read_epub_back(rich, [first, third, second])} >= {"C010"}

    def test_a_note_that_is_missing_or_cut_is_found(self, rich: Book) -> None:
        documents = [text.replace(", a little longer than the first", "") for text in for_screen(rich)]
        assert [problem.code for problem in read_epub_back(rich, documents)] == ["C012"]

    @pytest.mark.parametrize(("data", "code"), [(b"", "E016"), (b"PK\x03\x04 broken", "E016"), (epub(["<p>"]), "E093")])
    def test_a_damaged_package_is_one_problem(self, rich: Book, data: bytes, code: str) -> None:
        assert [problem.code for problem in of_epub(rich, data)] == [code]


class TestDifferences:
    @given(st.text("ab", max_size=60), st.text("ab", max_size=60))
    @settings(deadline=None)
    def test_they_turn_one_text_into_the_other(self, expected: str, found: str) -> None:
        at, result = 0, ""
        for one in differences(expected, found):
            result += expected[at : one.begin] + found[one.low : one.high]
            at = one.end
        assert result + expected[at:] == found

    def test_equal_texts_have_none(self) -> None:
        assert list(differences("the same" * 1000, "the same" * 1000)) == []
