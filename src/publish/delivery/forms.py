"""The forms that printers ask an author to fill in, each from `forms.toml`: its pages, its fields, their order.

Printers change their forms, so each has the month and the page where it was read.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

USUAL = "generic"
"""The form of a printer of whose form nothing is known."""


@dataclass(frozen=True)
class Field:
    """One field of a form: its `label`, and the name of the `value` that goes there or `advice` where only the author
    can choose.

    `missing` is what to do where the manuscript says nothing; `needed` that the form cannot be sent without it. `most`
    is how many entries a list may have, `longest` how many characters a text may; 0 for no limit.
    """

    label: str
    value: str = ""
    advice: str = ""
    missing: str = ""
    needed: bool = False
    most: int = 0
    longest: int = 0


@dataclass(frozen=True)
class FormPage:
    """One page of a form: its title, and its fields in their order."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """A printer's form, the month in which it was read, and where."""

    pages: tuple[FormPage, ...]
    checked: str
    source: str

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in their order."""
        return tuple(field for page in self.pages for field in page.fields)


def form_of(printer: str) -> Form:
    """The form of a printer; the usual one where nothing is known of its own."""
    return _forms().get(printer) or _forms()[USUAL]


@cache
def _forms() -> dict[str, Form]:
    table = tomllib.loads((files("publish.delivery") / "forms.toml").read_text(encoding="utf-8"))
    return {key: _form(row) for key, row in table.items()}


def _form(row: dict[str, Any]) -> Form:
    pages = (FormPage(page["title"], tuple(Field(**field) for field in page["fields"])) for page in row["pages"])
    return Form(tuple(pages), row["checked"], row["source"])
