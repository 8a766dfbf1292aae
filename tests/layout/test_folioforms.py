"""How folios are written is read from the theme's rules for pages."""

import pytest

from publish.layout.folioforms import FolioForm, folio_forms, form_of
from publish.layout.model import Stylesheet

DECIMAL, ROMAN = FolioForm("decimal"), FolioForm("lower-roman")


def form(css: str, name: str = "chapter") -> FolioForm | None:
    return form_of(folio_forms([Stylesheet("theme.css", css)]), name)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("counter(page)", "17"),
        ("counter(page, lower-roman)", "xvii"),
        ("counter(page, upper-roman)", "XVII"),
        ('"A-" counter(page)', "A-17"),
        ('"Appendix B." counter(page)', "B.17"),
        ('"Page " counter(page)', "17"),
        ('"– " counter(page) " –"', "17"),
        ('"[" counter(page, decimal-leading-zero) "]"', "17"),
    ],
)
def test_a_folio_is_its_figures_and_the_letters_that_belong_to_them(content: str, shown: str) -> None:
    found = form(f"@page chapter {{ @bottom-center {{ content: {content} }} }}")
    assert found is not None
    assert found.write(17) == shown


def test_other_text_in_the_margins_is_no_folio() -> None:
    assert form('@page { @top-left { content: string(book) } @top-right { content: "17" } }') is None
    assert form("@page { @top-left { content: counter(pages) } }") is None


def test_pages_of_one_name_may_count_in_another_way() -> None:
    roman = "@page front { @bottom-left { content: counter(page, lower-roman) } }"
    css = f"@page {{ @bottom-left {{ content: counter(page) }} }} {roman}"
    assert (form(css), form(css, "front"), form(css, "unheard-of")) == (DECIMAL, ROMAN, DECIMAL)


def test_pages_that_show_no_number_have_no_form() -> None:
    css = "@page { @bottom-left { content: counter(page) } } @page display { @bottom-left { content: none } }"
    assert form(css, "display") is None


def test_a_kind_of_page_keeps_its_form_where_single_pages_of_it_show_nothing() -> None:
    opener = "@page chapter:nth(1 of chapter) { @top-left { content: none } }"
    css = f"@page chapter:left {{ @top-left {{ content: counter(page) }} }} {opener}"
    assert form(css) == DECIMAL


def test_a_later_sheet_wins() -> None:
    sheets = [
        Stylesheet("theme.css", "@page chapter { @top-left { content: counter(page) } }"),
        Stylesheet("custom.css", '@page chapter { @top-left { content: "C-" counter(page) } }'),
    ]
    assert form_of(folio_forms(sheets), "chapter") == FolioForm("decimal", "C-")
