"""Each finding fires where it should, and keeps silent beside it."""

import pytest

from publish.book.dialect import findings
from publish.book.markdown import MARKS
from publish.problems import EXPLANATIONS

from .helpers import codes, read, text_of

DEEP_QUOTES = ">" * 60 + " a"
CASES = {
    "M001": ("```\ncode", "```\ncode\n```"),
    "M002": ("::: letter\nDear", "::: letter\nDear\n:::"),
    "M003": ("text\n\n:::", "::: a\ntext\n:::"),
    "M004": ("# T {#a b}", "# T {#a .b}"),
    "M005": ("a <!-- b", "a <!-- b -->"),
    "M006": ("<script>x</script>", "<kbd>x</kbd>"),
    "M007": ("<kbd>x", r"\<kbd>x"),
    "M008": (DEEP_QUOTES, "> > > > a"),
    "M009": ("*" + "a* b *" * MARKS, "*" + "a* b *" * (MARKS // 4)),
    "M010": ("see [@key, p. 4]", "see @key, p. 4"),
    "M011": ("    def f(x):\n    return x;", "    Typed paragraphs begin so."),
    "M012": ("a[^n]\n\n[^n]: x\n\n[^n]: y", "a[^n] b[^m]\n\n[^n]: x\n\n[^m]: y"),
    "M013": ("Table: none\n\ntext", "Table: one\n\na | b\n--|--\n1 | 2"),
    "M014": ("<table>\n<tr><td>a", "<table>\n<tr><td>a</td></tr></table>"),
    "M015": ('<span style="color: red">x</span>', '<span class="red">x</span>'),
    "M016": ("[Anna]: Yes.", "[Anna][]\n\n[Anna]: https://e.org"),
    "M018": ("# T {.preface", "# T {.preface}"),
    "M017": ('# T {subtitel="x"}', '# T {subtitle="x"}'),
}


@pytest.mark.parametrize("code", CASES)
def test_each_finding_fires_and_keeps_silent(code: str) -> None:
    wrong, right = CASES[code]
    assert codes(wrong) == [code]
    assert codes(right) == []


def test_every_finding_has_a_case() -> None:
    assert findings.__name__.endswith("dialect.findings")
    assert {code for code in EXPLANATIONS if code.startswith("M")} - {"M021"} == set(CASES)


@pytest.mark.parametrize("text", ["$x$", "a $x_1 + y$ b", "$$\nx\n$$", "[@a]", "[-@a]", "[t]{.index}", "[t]{.term}"])
def test_what_is_reserved_is_said_and_its_words_stay(text: str) -> None:
    parsed, problems = read(text)
    assert [problem.code for problem in problems] == ["M010"]
    assert text_of(parsed.root).strip()


@pytest.mark.parametrize(
    "text",
    ["from $5 to $10", "$5-$10", "a $ b $ c", r"\$x\$", "`$x$`", "US$5, US$6", "[t](https://e.org/$a$)", "@key says"],
)
def test_money_code_and_addresses_are_no_mathematics(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>", "<style>p{}</style>", '<iframe src="x"></iframe>', "<form>x</form>",
        "<object>x</object>",
        '<a href="javascript:x">y</a>', '<a onclick="x">y</a>', '<p style="x">y</p>', '<img src="file:///etc/passwd">',
        '<div><script>x</script></div>', "<details>x</details>", "<embed>", "<Anna>",
    ],
)  # fmt: skip
def test_html_that_runs_or_reaches_out_is_refused(html: str) -> None:
    parsed, problems = read(html)
    assert problems
    assert not {"script", "style", "iframe", "form", "object", "embed", "details"} & {e.tag for e in parsed.root.iter()}
    assert not any(name in ("style", "onclick") or "javascript" in value
                   for e in parsed.root.iter() for name, value in e.attrib.items())  # fmt: skip


def test_a_refused_element_leaves_its_text_marked_up() -> None:
    parsed, problems = read("a <blink>*b* c</blink> d")
    assert [problem.code for problem in problems] == ["M006"]
    assert text_of(parsed.root) == "a b c d"
    assert parsed.root.find(".//em") is not None


def test_an_author_cannot_set_the_marks_of_the_house() -> None:
    assert codes("[x]{.a problem=y}") == ["M004"]
    assert codes("[x]{.a line=7}") == ["M004"]


def test_the_hint_about_code_appears_once() -> None:
    assert codes("    x = f(a);\n\ntext\n\n    y = g(b);").count("M011") <= 1


def test_hints_name_what_was_perhaps_meant() -> None:
    assert read(CASES["M017"][0])[1][0].hint == "did you mean subtitle?"
