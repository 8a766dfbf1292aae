"""What holds of every text: words stay, what is set stays set, code is left alone; and what is reported."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from publish.book.typography import set_signs, set_text
from publish.problems import Problems

from .helpers import codes, set_content

LANGUAGES = ["en", "en-GB", "fr", "de", "az", "tr", "es", "it", "ru", "nl", "fr-CH", "de-CH", "eo"]
WORDS = [
    "a",
    "I",
    "the",
    "O",
    "tis",
    "90s",
    "1914",
    "12",
    "5",
    "10",
    "kg",
    "Mr.",
    "B",
    "z.B.",
    "l",
    "M.",
    "§",
    "Əli",
    "и",
]
MARKS = [
    '"',
    "'",
    "--",
    "---",
    "-",
    "...",
    ".",
    ",",
    "?",
    "!",
    ":",
    ";",
    "(",
    ")",
    "«",
    "»",
    "“",
    "”",
    "‘",
    "’",
    "–",
    "—",
]
SPACES = [" ", "  ", "\n", "\u00a0", "\u202f", ""]
PROSE = st.lists(st.sampled_from(WORDS + MARKS * 2 + SPACES * 4), max_size=30).map("".join)
ANYTHING = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=40)


def words(text: str) -> list[str]:
    return ["".join(character for character in text if character.isalnum())]


@given(st.sampled_from(LANGUAGES), PROSE | ANYTHING)
@settings(max_examples=400)
def test_letters_and_digits_never_change(lang: str, text: str) -> None:
    assert words(set_text(text, lang)) == words(text)


@given(st.sampled_from(LANGUAGES), PROSE | ANYTHING)
@settings(max_examples=400)
@example("fr", '"Oui"?!')
@example("fr", "dit:«Oui»")
@example("fr", "a:»§a")
@example("de", "z.B.--z. B.")
def test_setting_twice_is_setting_once(lang: str, text: str) -> None:
    once = set_text(text, lang)
    assert set_text(once, lang) == once


@given(st.sampled_from(LANGUAGES), PROSE)
def test_no_sign_of_the_author_is_lost(lang: str, text: str) -> None:
    """Marks change their shape, never their number; dashes and dots that were one sign stay one."""
    done = set_text(text, lang)
    for sign in "?!:;(),":
        assert done.count(sign) == text.count(sign)
    assert sum(done.count(mark) for mark in "\"'“”‘’«»„‚‹›′″") == sum(text.count(mark) for mark in "\"'“”‘’«»")


@given(st.lists(PROSE, min_size=1, max_size=5), st.sampled_from(LANGUAGES))
def test_elements_keep_their_place(pieces: list[str], lang: str) -> None:
    root = etree.Element("p")
    for piece in pieces:
        etree.SubElement(root, "em").text = piece
    before = [words(piece) for piece in pieces]
    set_signs(root, lang, None, "a.md", Problems())
    assert [words(child.text or "") for child in root] == before


def test_what_stays_as_it_is_everywhere() -> None:
    for content in (
        "<code>'a' -- \"b\"...</code>",
        "<kbd>--</kbd>",
        "<samp>5'</samp>",
        '<span data-made="">"1"</span>',
    ):
        assert set_content(content, "fr") == content
    document = etree.fromstring("<section><pre><code>x = 'a'--\"b\"</code></pre></section>")
    set_signs(document, "fr", None, "a.md", Problems())
    assert "x = 'a'--\"b\"" in etree.tostring(document, encoding="unicode")


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        (None, "“He said ‘no’,” she said."),
        ("‘’“”", "‘He said “no”,’ she said."),
        ("«»‹›", "«He said ‹no›,» she said."),
        ("« » “ ”", "«He said “no”,» she said."),
    ],
)
def test_the_author_may_choose_the_marks(quotes: str | None, expected: str) -> None:
    assert set_text("\"He said 'no',\" she said.", "en", quotes) == expected


def test_the_author_s_marks_are_for_the_book_s_language_alone() -> None:
    assert set_content('"a" <em lang="de">"b"</em>', "en", "«»‹›") == '«a» <em lang="de">„b“</em>'


def test_marks_without_the_spaces_that_belong_to_others() -> None:
    assert set_content('"Oui!"', "fr", "“”‘’") == "“Oui¦!”"


def test_a_block_begins_anew() -> None:
    document = etree.fromstring('<section><p>"One.</p><p>Two "three" four.</p></section>')
    set_signs(document, "en", None, "a.md", Problems())
    assert [p.text for p in document] == ["“One.", "Two “three” four."]


def test_text_between_blocks_of_an_item_is_its_own_block() -> None:
    item = etree.fromstring('<li>"One<ul><li>"Two"</li></ul>"Three"</li>')
    set_signs(item, "en", None, "a.md", Problems())
    assert etree.tostring(item, encoding="unicode") == "<li>“One<ul><li>“Two”</li></ul>“Three”</li>"


def test_a_quotation_runs_through_the_lines_of_a_stanza() -> None:
    stanza = '<p class="stanza"><span class="line">"One,</span><span class="line">\'tis two."</span></p>'
    element = etree.fromstring(stanza)
    set_signs(element, "en", None, "a.md", Problems())
    assert [line.text for line in element] == ["“One,", "’tis two.”"]


def test_a_speech_that_goes_on_is_opened_again_and_not_reported() -> None:
    assert codes('<section><p data-line="1">"One.</p><p data-line="3">"Two."</p></section>') == []
    assert codes('<section><p data-line="1">“One.</p><p data-line="3">“Two.”</p></section>') == []


def test_a_mark_without_partner_is_reported_at_its_paragraph() -> None:
    assert codes('<section><p data-line="1">Fine.</p><p data-line="3">He said "no and left.</p></section>') == [
        ("T001", 3)
    ]
    assert codes('<section><p data-line="4">He said no" and left.</p></section>') == [("T001", 4)]
    assert codes('<section><p data-line="4">He said "no" and left.</p></section>') == []
    assert codes("<section><p data-line=\"4\">The dogs' bones, 'tis said.</p></section>") == []


def test_a_mark_that_could_be_inches_is_reported() -> None:
    assert codes('<section><p data-line="4">"It is 12" long," he said.</p></section>') == [("T002", 4)]
    assert codes('<section><p data-line="4">"In 1914" he said "no".</p></section>') == []
    assert codes('<section><p data-line="4">It is 12" long.</p></section>') == []


def test_a_language_without_a_row_is_set_plainly() -> None:
    assert set_content('"Saluton" -- li diris...', "eo") == "“Saluton”·– li diris…"
    assert set_content('"Bonjour!"', "fr-CA") == "«·Bonjour¦!·»"
    assert set_content('"Salam"', "az-Latn-AZ") == "“Salam”"
