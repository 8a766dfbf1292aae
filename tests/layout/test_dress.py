"""A book dressed for paper and for screens."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from publish.book.model import Heading, Matter, Section
from publish.layout.html import compose, cover, page
from publish.layout.model import SCREEN, Document, Rendition

from .helpers import EPUB, PROOF, book, chapter, codes, dressed, made, xhtml

TEXT = chapter('<p class="opening" data-p="2"><span class="initial" data-p="3">S</span>o it began.</p>')


def test_made_sections_are_made_from_the_metadata() -> None:
    whole = book(
        made("half-title"), made("title-page"), made("copyright"), TEXT, publisher="Lantern", date="2025-03-04"
    )
    rendition, problems = dressed(whole)
    assert not problems
    assert "The Lamp" in xhtml(rendition, "half-title")
    assert re.search("<h1>The Lamp</h1>", xhtml(rendition, "title-page"))
    assert "Ada Brandt" in xhtml(rendition, "title-page")
    assert "© 2025 Ada Brandt" in xhtml(rendition, "copyright")
    assert all('data-made=""' in xhtml(rendition, role) for role in ("half-title", "title-page", "copyright"))


def test_the_contents_name_pages_and_nest_chapters_under_parts() -> None:
    part = Section(
        "part", "part", Matter.BODY, "The Lamp", "", xhtml=b'<section id="part" class="part body" data-p="0"/>'
    )
    inside = Section(
        **{**vars(chapter("", "two", title="Two")), "part": "part", "headings": (Heading("h", 2, "Inner"),)}
    )
    whole = book(made("contents"), TEXT, part, inside)
    text = xhtml(dressed(whole, pages={"one": "1", "part": "7", "two": "9"})[0], "contents")
    words = re.sub(r"<[^>]*>|\s+", " ", text)
    assert re.search(r"One\s+1\s.*The Lamp\s+7\s.*Two\s+9\s", words)
    assert re.search(r'href="#part".*<ol.*href="#two"', text, re.DOTALL)


def test_pages_not_known_yet_have_the_width_of_a_usual_number() -> None:
    assert "888" in xhtml(dressed(book(made("contents"), TEXT))[0], "contents")


def test_a_screen_has_neither_half_title_nor_contents() -> None:
    whole = book(made("half-title"), made("title-page"), made("contents"), TEXT)
    assert [d.section.role for d in dressed(whole, EPUB)[0].documents] == ["title-page", "chapter"]


def test_a_page_reference_is_a_page_on_paper_and_a_chapter_on_a_screen() -> None:
    body = '<p data-p="2">See <a class="page-ref" href="#one" data-made="">888</a>.</p>'
    assert 'data-made="">57</a>' in xhtml(dressed(book(chapter(body)), pages={"one": "57"})[0])
    assert 'data-made="">Chapter One</a>' in xhtml(dressed(book(chapter(body)), EPUB)[0])


def test_passages_for_the_other_edition_are_left_out_and_the_words_around_them_stay() -> None:
    body = '<p data-p="2">a<span class="print-only" data-p="3">paper</span>b'
    body += '<em class="ebook-only" data-p="4">screen</em>c</p>'
    assert ">a<span" in xhtml(dressed(book(chapter(body)))[0])
    assert "screen" not in xhtml(dressed(book(chapter(body)))[0])
    assert '>ab<em class="ebook-only" data-p="4">screen</em>c<' in xhtml(dressed(book(chapter(body)), EPUB)[0])


def test_a_chapter_for_the_other_edition_is_left_out_of_the_contents_too() -> None:
    only = chapter("", "two", title="Two")
    only = replace(only, xhtml=only.xhtml.replace(b"chapter body", b"chapter body ebook-only"))
    paper, screen = (dressed(book(made("contents"), TEXT, only), edition)[0] for edition in (PROOF, EPUB))
    assert [document.section.id for document in paper.documents] == ["contents", "one"]
    assert [section.id for section in paper.book.sections] == ["contents", "one"]
    assert "#two" not in xhtml(paper, "contents")
    assert [document.section.id for document in screen.documents] == ["one", "two"]


def test_page_breaks_are_for_paper() -> None:
    body = '<p data-p="2">a</p><div class="page-break" data-p="3"/><p data-p="4">b</p>'
    assert "page-break" in xhtml(dressed(book(chapter(body)))[0])
    assert "page-break" not in xhtml(dressed(book(chapter(body)), EPUB)[0])


def test_roots_carry_what_running_heads_need() -> None:
    rendition, _ = dressed(book(made("title-page"), TEXT, chapter("", "two", title="Two"), subtitle="x"))
    text = xhtml(rendition)
    assert 'data-title="One" data-short="One" data-book="The Lamp" data-author="Ada Brandt"' in text
    assert "first-body" in text
    assert "first-body" not in xhtml(rendition, "two")
    assert "first-body" not in xhtml(rendition, "title-page")


def test_a_piece_has_its_head_over_the_text() -> None:
    plain = Section(
        "text", "chapter", Matter.BODY, "The Lamp", "", xhtml=TEXT.xhtml.replace(b"<h1", b"<p").replace(b"/h1", b"/p")
    )
    text = xhtml(dressed(book(plain, piece=True, subtitle="An Essay"))[0], "text")
    assert re.search(
        r"<section[^>]* piece[^>]*><header[^>]*data-made.*<h1.*The Lamp.*</h1>.*An Essay.*Ada Brandt", text, re.DOTALL
    )


def test_web_addresses_become_notes_where_the_theme_asks(tmp_path: Path) -> None:
    styles = tmp_path / "styles" / "classic"
    styles.mkdir(parents=True)
    (styles / "theme.toml").write_text('[options]\nlinks = "notes"\n')
    body = '<p data-p="2"><a href="https://example.org/a?b" data-p="3">Here</a>, '
    body += '<a href="http://x.org" data-p="4">x.org</a>.</p>'
    text = xhtml(dressed(book(chapter(body)), project=tmp_path)[0])
    assert '<a class="note-call link-call" href="#one-link-1" data-made="">a</a>' in text
    assert re.sub("<[^>]*>", "", text).endswith("Hereaa. https://example.org/a?b, x.org.")
    assert text.count("link-note") == 1
    for edition in (EPUB, SCREEN):
        assert "link-note" not in xhtml(dressed(book(chapter(body)), edition, project=tmp_path)[0])
    moved = xhtml(dressed(book(chapter(body)), project=tmp_path, moved=frozenset(("one-link-1",)))[0])
    assert re.sub("<[^>]*>", "", moved).endswith("Here (https://example.org/a?b), x.org.")


def test_documents_survive_an_html_parser() -> None:
    body = '<p data-p="2">a<br data-p="3"/>b<span class="x" data-p="4"/>c</p>'
    assert "<span" in xhtml(dressed(book(chapter(body)))[0])
    assert '<span class="x" data-p="4"></span>c' in xhtml(dressed(book(chapter(body)))[0])
    assert '<br data-p="3"/>' in xhtml(dressed(book(chapter(body)))[0])


def test_whole_documents_are_composed() -> None:
    rendition, _ = dressed(book(made("title-page"), TEXT))
    html = compose(rendition)
    assert html.startswith("<!DOCTYPE html>")
    assert html.count("<section") == 2
    assert "The Lamp" in cover(rendition)
    one = page(rendition, TEXT, xhtml(rendition), ["../book.css"])
    assert 'href="../book.css"' in one
    assert 'epub:type="bodymatter"' in one


def test_a_rendition_made_by_hand_is_composed_with_the_base_templates() -> None:
    rendition = Rendition(book(TEXT), PROOF, (Document(TEXT, TEXT.xhtml),), (), (), {})
    assert "So it began" not in compose(rendition)
    assert "o it began." in compose(rendition)


def test_a_broken_template_is_told_and_the_base_stands_in(tmp_path: Path) -> None:
    styles = tmp_path / "styles" / "classic"
    styles.mkdir(parents=True)
    (styles / "title-page.j2").write_text("<h1>{{ metadata.title }}</h2>")
    (styles / "half-title.j2").write_text("{{ metadata.titel }}")
    (styles / "copyright.j2").write_text("<script>alert(1)</script>")
    (styles / "book.html.j2").write_text("{% for %}")
    (styles / "cover.html.j2").write_text("{{ 1 // 0 }}")
    rendition, problems = dressed(
        book(made("half-title"), made("title-page"), made("copyright"), TEXT), project=tmp_path
    )
    assert sorted(codes(problems)) == ["L010", "L011", "L012", "L012", "L013"]
    assert {p.span.file for p in problems if p.span} == {f"styles/classic/{path.name}" for path in styles.iterdir()}
    assert "The Lamp" in xhtml(rendition, "title-page")
    assert "The Lamp" in compose(rendition)


def test_two_processes_dress_a_book_alike() -> None:
    program = (
        "from layout.test_dress import *\n"
        "from hashlib import sha256\n"
        "r, _ = dressed(book(made('title-page'), TEXT))\n"
        "all_of_it = r.documents, r.stylesheets, [f.digest for f in r.fonts], compose(r)\n"
        "print(sha256(repr(all_of_it).encode()).hexdigest())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": "tests"},
            capture_output=True,
            check=True,
            cwd=Path(__file__).parent.parent.parent,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Baku"))
    ]
    assert said[0] == said[1] != b""
