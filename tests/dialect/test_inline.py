"""Every mark inside a line."""

import pytest

from .helpers import xhtml


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*x*", "<em>x</em>"),
        ("_x_", "<em>x</em>"),
        ("**x**", "<strong>x</strong>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("**un*frigging*likely**", "<strong>un<em>frigging</em>likely</strong>"),
        ("*one***two*", "<em>one</em>*<em>two</em>"),
        ("~~a~b~~", "<del>a~b</del>"),
        ("**《书》**是", "<strong>《书》</strong>是"),
        ("*a [b*](c)", '*a <a href="c">b*</a>'),
        ("~~x~~", "<del>x</del>"),
        ("H~2~O", "H<sub>2</sub>O"),
        ("x^2^", "x<sup>2</sup>"),
        ("un*frigging*likely", "un<em>frigging</em>likely"),
        ("snake_case_name and _this_", "snake_case_name and <em>this</em>"),
        ("`a *b* <i>`", "<code>a *b* &lt;i&gt;</code>"),
        ("`` a`b ``", "<code>a`b</code>"),
        (r"\*a\* \[b\] \`c\`", "*a* [b] `c`"),
        (r"C:\temp\new", r"C:\temp\new"),
        ("&copy; &amp; &#42;a&#42; &nonsense;", "© &amp; *a* &amp;nonsense;"),
        ("a&nbsp;b&shy;c", "a\u00a0b\u00adc"),
        ("a\u00a0b\u00adc", "a\u00a0b\u00adc"),
    ],
)
def test_emphasis_code_and_characters(text: str, expected: str) -> None:
    assert xhtml(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[t]{.smallcaps}", '<span class="smallcaps">t</span>'),
        ("[t]{lang=tr}", '<span lang="tr">t</span>'),
        ("[*t*]{#a .b}", '<span id="a" class="b"><em>t</em></span>'),
        ("[a [b]{.c} d]{.e}", '<span class="e">a <span class="c">b</span> d</span>'),
        ("[t]{x}", "[t]{x}"),
        ("[t](https://e.org)", '<a href="https://e.org">t</a>'),
        ('[t](e.html "T")', '<a href="e.html" title="T">t</a>'),
        ("[t](<my file.md>)", '<a href="my file.md">t</a>'),
        ("[t](my file.md)", '<a href="my file.md">t</a>'),
        ("[sic](as he wrote)", "[sic](as he wrote)"),
        ("[t](https://e.org/?a=1&amp;b=_c_*d*)", '<a href="https://e.org/?a=1&amp;b=_c_*d*">t</a>'),
        ("[t](https://e.org/a_(b))", '<a href="https://e.org/a_(b)">t</a>'),
        ("<https://e.org/a_b_c>", '<a href="https://e.org/a_b_c">https://e.org/a_b_c</a>'),
        ("<ann@e.org>", '<a href="mailto:ann@e.org">ann@e.org</a>'),
        ("[t](#id) [t](02-file.md#id)", '<a href="#id">t</a> <a href="02-file.md#id">t</a>'),
        ("[](#id) [](#id){.page}", '<a href="#id" class="ref"/> <a href="#id" class="page-ref"/>'),
        ("[](02-file.md#id)", '<a href="02-file.md#id" class="ref"/>'),
        ("[](https://e.org)", '<a href="https://e.org">https://e.org</a>'),
        ("[![w](w.jpg)](https://e.org)", '<a href="https://e.org"><img src="w.jpg" alt="w"/></a>'),
        ("[a [b](c) d](e)", '[a <a href="c">b</a> d](e)'),
        ("x ![](w.jpg){.decorative}", 'x <img src="w.jpg" class="decorative" alt="" role="presentation"/>'),
        ("<kbd>*x*</kbd>", "<kbd><em>x</em></kbd>"),
        ("<b><i>x</i></b>", "<b><i>x</i></b>"),
        ('<a href="https://e.org">x</a>', '<a href="https://e.org">x</a>'),
        ('x <img src="w.jpg" alt="w" width="3"/>', 'x <img src="w.jpg" alt="w" data-width="3"/>'),
    ],
)
def test_brackets_links_and_raw_html(text: str, expected: str) -> None:
    assert xhtml(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize("call", ["[t][ref]", "[ref][]", "[ref]", "[REF]"])
def test_links_by_name(call: str) -> None:
    text = call[1 : call.index("]")]
    assert xhtml(f'{call}\n\n[ref]:\n  https://e.org\n  "T"') == f'<p><a href="https://e.org" title="T">{text}</a></p>'


def test_a_note_call_stands_behind_its_link_since_links_hold_no_links() -> None:
    assert xhtml("[te[^n]xt](#q) on\n\n[^n]: x") == (
        '<p><a href="#q">text</a><a class="note-call" data-note="n"/> on</p>'
    )
