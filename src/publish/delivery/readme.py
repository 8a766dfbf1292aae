"""The letter in a printer's parcel: what lies in it, and each field of the printer's form with what to type there."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from publish.delivery.fields import Sheet, key_of_value, value_of
from publish.delivery.forms import Field, Form

WIDTH = 78
INDENT = "    "


def read_me(sheet: Sheet, form: Form, contents: Mapping[str, str]) -> bytes:
    """The letter, in UTF-8; `contents` says of each file in the parcel what it is."""
    return ("\n".join(_lines(sheet, form, contents)) + "\n").encode()


def _lines(sheet: Sheet, form: Form, contents: Mapping[str, str]) -> Iterator[str]:
    (title,) = value_of("title", sheet)
    yield from _heading(f"{title}: for {sheet.printer.name}", "=")
    yield from _wrapped(
        "Everything that the printer asks for is here. Upload the two PDF files as they are, and type or copy what "
        "stands below under each field of the form. What you type must agree with what is printed: title, names and "
        "ISBN to the letter."
    )
    yield ""
    yield from _heading("In this parcel", "-")
    for name, meaning in contents.items():
        yield name
        yield from _wrapped(meaning, INDENT)
    yield ""
    yield from _wrapped(
        "To see that all of it arrived whole, unpack it and type, in its folder:  sha256sum -c SHA256SUMS  (on a Mac: "
        "shasum -a 256 -c SHA256SUMS).",
    )
    for number, page in enumerate(form.pages, 1):
        yield ""
        yield from _heading(f"The form, {number} of {len(form.pages)}: {page.title}", "-")
        for field in page.fields:
            yield field.label
            yield from _entry(field, sheet)
    yield ""
    yield from _wrapped(
        f"Where the fields of the form come from: {form.source} ({form.checked}). Printers change theirs now and then."
    )
    yield from _wrapped(
        f"The rules for the files are those of {sheet.printer.checked}; report.html says where each stands."
    )


def _heading(text: str, line: str) -> Iterable[str]:
    return [text, line * min(len(text), WIDTH), ""]


def _entry(field: Field, sheet: Sheet) -> Iterator[str]:
    """What to type in a field, indented; in brackets what is no text to type."""
    if field.advice:
        yield from _wrapped(f"[{field.advice}]", INDENT)
        return
    lines = value_of(field.value, sheet)
    shown = lines[: field.most or None]
    # Texts are not broken into lines: whoever copies one would copy the breaks.
    yield from (INDENT + line for line in shown)
    if len(shown) < len(lines):
        yield from _wrapped(f"[The form takes {field.most}; the manuscript has {len(lines)}.]", INDENT)
    if not lines:
        usual = "The form cannot do without it" if field.needed else "Leave it empty"
        how = field.missing or f"{usual}; the manuscript does not say it ({key_of_value(field.value)})."
        yield from _wrapped(f"[{how}]", INDENT)


def _wrapped(text: str, indent: str = "") -> Iterable[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
