"""What a book holds for those who do not read with their eyes: words, heads, languages."""

import re

import pytest
from fontTools.unicodedata import script

from book.reading import codes, read_book, section
from publish.book import accessible
from publish.problems import Problem


def said(text: str, lang: str = "en") -> list[Problem]:
    """What is said of a chapter."""
    return read_book(f"# One {{#one}}\n\n{text}", lang=lang)[1]


def body(text: str) -> str:
    """A chapter's XHTML without serials."""
    book, _ = read_book(f"# One {{#one}}\n\n{text}")
    return re.sub(r' data-p="\d+"', "", section(book, "one").xhtml.decode())


class TestImages:
    def test_one_without_words_is_an_error_at_its_place(self) -> None:
        (problem,) = said("A ![](lamp.png) burns.")
        assert (problem.code, problem.severity, str(problem.span)) == ("B012", "error", "manuscript/01.md:3:3")
        assert "lamp.png" in problem.message

    def test_a_draft_marks_it(self) -> None:
        assert 'class="draft-mark"' in body("A ![](lamp.png) burns.")
        assert "draft-mark" not in body("A ![lamp](lamp.png) burns.")

    def test_a_caption_stands_in_and_is_told(self) -> None:
        (problem,) = said("![A lamp at *sea*](lamp.png)")
        assert (problem.code, problem.severity) == ("B011", "hint")
        assert 'alt="A lamp at sea"' in body("![A lamp at *sea*](lamp.png)")

    @pytest.mark.parametrize(
        "image", ['![](lamp.png){alt="A lamp"}', "![](lamp.png){.decorative}", "A ![lamp](lamp.png)."]
    )
    def test_words_or_no_need_of_them(self, image: str) -> None:
        assert said(image) == []


class TestLinks:
    @pytest.mark.parametrize("link", ['<a href="https://a.example"></a>', '<a href="https://a.example"> <b></b> </a>'])
    def test_one_without_words_is_an_error_at_its_place(self, link: str) -> None:
        (problem,) = said(f"See {link}.")
        assert (problem.code, problem.severity) == ("B021", "error")
        assert problem.span is not None
        assert (problem.span.line, problem.span.column) == (3, 5)
        assert "https://a.example" in problem.message

    @pytest.mark.parametrize(
        "link",
        ["[there](https://a.example)", "<https://a.example>", "[](https://a.example)", "[](#one)", "[](#one){.page}"],
    )
    def test_one_that_says_where_it_leads(self, link: str) -> None:
        assert said(f"See {link}.") == []

    def test_a_picture_is_as_good_as_words(self) -> None:
        assert said("[![lamp](lamp.png)](https://a.example)") == []


class TestTables:
    def test_heads_say_that_they_head_columns(self) -> None:
        assert '<th scope="col">a</th>' in body("| a |\n|---|\n| b |")

    def test_a_head_without_words_is_none(self) -> None:
        text = "|   | b |\n|---|---|\n| c | d |"
        assert '<tr><td></td><th scope="col">b</th></tr>' in body(text).replace("<td/>", "<td></td>")
        assert said(text) == []

    def test_a_head_that_heads_a_row_says_so(self) -> None:
        raw = "<table>\n<tr><th>a</th><td>b</td></tr>\n</table>"
        assert '<th scope="row">a</th>' in body(raw)
        assert said(raw) == []

    def test_what_the_author_says_of_a_head_holds(self) -> None:
        assert '<th scope="colgroup">' in body('<table>\n<tr><th scope="colgroup">a</th></tr>\n</table>')

    @pytest.mark.parametrize(
        "table", ["|   |   |\n|---|---|\n| a | b |", "<table>\n<tr><td>a</td></tr>\n</table>"], ids=["empty", "raw"]
    )
    def test_a_table_without_heads_is_told_at_its_place(self, table: str) -> None:
        (problem,) = said(f"Text.\n\n{table}")
        assert (problem.code, problem.severity, problem.span and problem.span.line) == ("B020", "warning", 5)


class TestLanguages:
    @pytest.mark.parametrize(
        ("text", "lang", "words"),
        [
            ("He said λόγος and went.", "en", "λόγος"),
            ("Across the *Москва* river.", "en-GB", "Москва"),
            ("She wrote 東京.", "fr", "東京"),
            ("Он сказал שלום.", "ru", "שלום"),
            ("[Да, λόγος]{lang=ru}.", "en", "λόγος"),
        ],
    )
    def test_letters_of_another_script_are_told(self, text: str, lang: str, words: str) -> None:
        (problem,) = said(text, lang=lang)
        assert (problem.code, problem.severity) == ("B022", "warning")
        assert f"“{words}”" in problem.message

    @pytest.mark.parametrize(
        ("text", "lang"),
        [
            ("He said [λόγος]{lang=grc} and went.", "en"),
            ("::: {lang=ru}\nДа.\n\nНет.\n:::", "en"),
            ("An angle of π, or Δ.", "en"),
            ("“Naïve café”: 5 €, 20 °C → ½.", "en"),
            ("Он любит Octavo.", "ru"),
            ("東京へ行くカモメ。", "ja"),
            ("`λόγος`", "en"),
            ("Şəhər gözəldir.", "az"),
        ],
    )
    def test_what_a_voice_can_read_is_not(self, text: str, lang: str) -> None:
        assert said(text, lang=lang) == []

    def test_the_place_is_that_of_the_passage(self) -> None:
        (problem,) = said("Plain.\n\nHe said *λόγος*.")
        assert problem.span is not None
        assert problem.span.line == 5

    def test_signs_that_are_not_looked_up_are_those_of_all_languages(self) -> None:
        near = [sign for sign in map(chr, range(0x3000)) if not accessible.FAR.match(sign)]
        assert {script(sign) for sign in near} <= accessible.COMMON
        assert set("aéŁ“—…€") <= set(near)

    def test_a_tag_that_names_no_language_is_asked_as_latin(self) -> None:
        assert codes(said("[λόγος]{lang=x-own}")) in ([], ["B022"])


def test_a_long_description_is_led_to() -> None:
    book, problems = read_book(
        '# One {#one}\n\n![Tides](t.png){alt="A chart" details=#told}\n\n## Told {#told}\n\nHigh.'
    )
    assert problems == []
    assert 'aria-details="told"' in section(book, "one").xhtml.decode()
