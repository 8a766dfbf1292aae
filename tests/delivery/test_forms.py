"""The forms of printers: dated, whole, and each of their fields is known what to say in."""

import re

import pytest

from publish.delivery.fields import VALUES
from publish.delivery.forms import form_of
from publish.printers import PRINTERS

ASKED = {"title", "subtitle", "isbn", "trim", "stock", "bleed", "pages", "spine", "keywords", "description"}
"""What every printer's parcel says."""


@pytest.mark.parametrize("printer", PRINTERS)
def test_a_form_asks_for_all_that_identifies_a_book_and_says_where_it_was_read(printer: str) -> None:
    form = form_of(printer)
    assert {field.value for field in form.fields} >= {*ASKED, "interior", "cover", "language"}
    assert {"people", "author"} & {field.value for field in form.fields}
    assert {"bisac", "subjects"} & {field.value for field in form.fields}
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", form.checked)
    assert form.source


@pytest.mark.parametrize("printer", PRINTERS)
def test_every_field_has_a_value_of_ours_or_advice(printer: str) -> None:
    fields = form_of(printer).fields
    assert all((field.value in VALUES) != bool(field.advice) for field in fields)
    assert len({field.label for field in fields}) == len(fields)


def test_every_value_is_asked_for_by_some_printer() -> None:
    assert {field.value for printer in PRINTERS for field in form_of(printer).fields if field.value} == {*VALUES}


def test_an_own_printer_is_asked_as_any_other() -> None:
    assert form_of("harbour") == form_of("generic") != form_of("kdp")
