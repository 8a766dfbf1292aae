"""Notes go to the foot of their page, to the end of their section or of the book, and take all their words along."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from publish.book.model import Matter, Note
from publish.layout.notes import footnote

from .helpers import EPUB, book, call, chapter, dressed, made, note, xhtml

BODY = f'<p class="opening" data-p="2">It was so.{call("one-note-1")} And so on.</p>'


def direct_texts(xml: str) -> dict[str, str]:
    """The author's text by serial, without what we made."""
    root = etree.fromstring(xml)
    return {
        str(e.get("data-p")): "".join((e.text or "", *(child.tail or "" for child in e)))
        for e in root.iter(etree.Element)
        if e.get("data-p") is not None
    }


def test_a_note_stands_right_after_its_call() -> None:
    rendition, problems = dressed(book(chapter(BODY, notes=(note("one-note-1", "1"),))))
    text = xhtml(rendition)
    assert not problems
    assert '>1</a><span class="footnote" id="one-note-1" data-p="90">' in text
    assert re.search(r'<span class="note-number" data-made="">1. </span>Of course.</span></span> And so on.', text)
    assert "<aside" not in text


def test_a_note_called_twice_stands_once() -> None:
    body = BODY + f'<p data-p="3">Again.{call("one-note-1").replace("fnref-one-note-1", "fnref-one-note-1-2")}</p>'
    rendition, _ = dressed(book(chapter(body, notes=(note("one-note-1", "1"),))))
    assert xhtml(rendition).count('class="footnote"') == 1


def test_a_moved_note_stands_at_the_end_of_its_section_with_a_way_back() -> None:
    whole = book(chapter(BODY, notes=(note("one-note-1", "1"),)))
    rendition, _ = dressed(whole, moved=frozenset(("one-note-1",)))
    text = xhtml(rendition)
    assert 'class="footnote"' not in text
    assert text.endswith("</p></aside></section></section>")
    assert (
        '<a class="note-back" href="#fnref-one-note-1" title="Back to the text" data-made="">1. </a>Of course.' in text
    )


def test_notes_at_the_end_of_chapters() -> None:
    rendition, _ = dressed(book(chapter(BODY, notes=(note("one-note-1", "1"),)), notes="chapter"))
    assert '<section class="endnotes"><h2 class="endnotes-title" data-made="">Notes</h2>' in xhtml(rendition)


def test_notes_at_the_end_of_the_book_have_a_section_with_a_heading_for_each_chapter() -> None:
    one = chapter(BODY, notes=(note("one-note-1", "1"),))
    two = chapter(BODY.replace("one-", "two-"), "two", notes=(note("two-note-1", "1"),), title="Two")
    rendition, _ = dressed(book(made("contents"), one, two, notes="book"), pages={"notes": "99"})
    assert [document.section.id for document in rendition.documents] == ["contents", "one", "two", "notes"]
    assert rendition.book.sections[-1].matter is Matter.BACK
    assert re.search(r'href="#notes".*Notes.*99', xhtml(rendition, "contents"), re.DOTALL)
    text = xhtml(rendition, "notes")
    assert text.index("Chapter One. One") < text.index('id="one-note-1"') < text.index("Chapter Two. Two")
    root = etree.fromstring(text)
    assert root.get("data-made") is None
    assert {e.get("data-p") for e in root.iter("aside")} == {"90"}


def test_on_a_screen_no_note_stands_at_the_foot_of_a_page() -> None:
    for where in ("foot", "chapter"):
        rendition, _ = dressed(book(chapter(BODY, notes=(note("one-note-1", "1"),)), notes=where), EPUB)
        assert '<aside class="note" id="one-note-1"' in xhtml(rendition)
        assert len(rendition.documents) == 1


def test_on_a_screen_notes_at_the_end_of_the_book_are_a_document() -> None:
    rendition, _ = dressed(book(chapter(BODY, notes=(note("one-note-1", "1"),)), notes="book"), EPUB)
    assert [document.section.id for document in rendition.documents] == ["one", "notes"]
    assert "<aside" not in xhtml(rendition)
    assert '<aside class="note" id="one-note-1"' in xhtml(rendition, "notes")


def test_notes_of_a_text_without_a_title_have_no_empty_heading() -> None:
    piece = replace(chapter(BODY, notes=(note("one-note-1", "1"),)), title="", label=None)
    rendition, _ = dressed(book(piece, notes="book"), EPUB)
    assert xhtml(rendition, "notes").count("<h1") == 1
    assert "<h2" not in xhtml(rendition, "notes")


def test_a_note_with_a_table_goes_to_the_end() -> None:
    hard = Note(
        "one-note-1",
        "1",
        b'<aside class="note" id="one-note-1" data-p="5"><p data-p="6">See:</p>'
        b'<div class="table" data-p="7"><table data-p="8"><tr data-p="9"><td data-p="10">1</td></tr></table></div>'
        b"</aside>",
    )
    rendition, _ = dressed(book(chapter(BODY, notes=(hard,))))
    assert "<table" in xhtml(rendition).partition("endnotes")[2]


def test_a_note_that_only_a_note_calls_goes_to_the_end() -> None:
    outer = note("one-note-1", "1", "See" + call("one-note-2", "2"))
    rendition, _ = dressed(book(chapter(BODY, notes=(outer, note("one-note-2", "2")))))
    before, after = xhtml(rendition).split('class="endnotes"')
    assert 'class="footnote" id="one-note-1"' in before
    assert 'id="one-note-2"' in after


def test_a_note_of_the_other_edition_stands_nowhere() -> None:
    body = f'<p class="opening" data-p="2">So.<span class="ebook-only" data-p="3">Tap.{call("one-note-1")}</span></p>'
    whole = book(chapter(body, notes=(note("one-note-1", "1"),)))
    assert "Of course" not in xhtml(dressed(whole)[0])
    assert "Of course" in xhtml(dressed(whole, EPUB)[0])


def test_a_note_leads_back_to_the_first_call_that_its_edition_has() -> None:
    first, second = call("one-note-1"), call("one-note-1").replace("fnref-one-note-1", "fnref-one-note-1-2")
    body = f'<p class="print-only" data-p="2">Paper.{first}</p><p data-p="3">Glass.{second}</p>'
    whole = book(chapter(body, notes=(note("one-note-1", "1"),)), notes="book")
    assert 'class="note-back" href="#fnref-one-note-1"' in xhtml(dressed(whole)[0], "notes")
    assert 'class="note-back" href="#fnref-one-note-1-2"' in xhtml(dressed(whole, EPUB)[0], "notes")


def test_lists_in_notes_keep_their_signs() -> None:
    tree = etree.fromstring(
        '<aside class="note" id="n"><p>Two:</p><ol start="3"><li>a</li><li>b</li></ol><ul><li>c</li></ul></aside>'
    )
    words = "".join(str(t) for t in footnote(tree, "7").itertext())
    assert words == "7. Two:3. a4. b• c"


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="<>&"), min_size=1
)
INLINE = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(["em", "strong", "sub"]), WORDS) | WORDS
PARAGRAPH = st.lists(INLINE, min_size=1, max_size=3).map(lambda parts: f"<p>{''.join(parts)}</p>")
BLOCK = st.one_of(
    PARAGRAPH,
    PARAGRAPH.map(lambda p: f"<blockquote>{p}</blockquote>"),
    st.lists(WORDS, min_size=1, max_size=3).map(
        lambda items: "<ul>" + "".join(f"<li>{i}</li>" for i in items) + "</ul>"
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=4))
def test_a_note_keeps_every_word_wherever_it_goes(blocks: list[str]) -> None:
    tree = etree.fromstring(f'<aside class="note" id="one-note-1">{"".join(blocks)}</aside>')
    for serial, element in enumerate(tree.iter(etree.Element), 50):
        element.set("data-p", str(serial))
    written = etree.tostring(tree, encoding="unicode")
    foot = etree.tostring(footnote(tree, "1"), encoding="unicode")
    assert direct_texts(foot) == direct_texts(written)
    root = etree.fromstring(foot)
    assert {e.tag for e in root.iter(etree.Element)} <= {"span", "em", "strong", "sub"}
