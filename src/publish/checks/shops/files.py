"""Rules for the file as a whole and for what is in it besides words and pictures."""

from collections.abc import Iterator

from publish.checks.shops import findings
from publish.checks.shops.case import Case
from publish.problems import Problem

FONTS = {
    b"\x00\x01\x00\x00": "TTF",
    b"true": "TTF",
    b"OTTO": "OTF",
    b"wOFF": "WOFF",
    b"wOF2": "WOFF2",
}
"""The first four bytes of fonts. Those of an obfuscated font are none of these, and it is left alone."""


def file_bytes(case: Case) -> Iterator[Problem]:
    """The EPUB is not too large, counted as its files are packed."""
    size = sum(entry.packed for entry in case.opened.files.values())
    if size >= case.rule.most:
        yield findings.file_heavy(None, case.shop, size, case.rule.most)


def document_bytes(case: Case) -> Iterator[Problem]:
    """No document is too large."""
    for name in case.opened.documents:
        size = case.opened.files[name].size
        if size > case.rule.most:
            yield findings.document_heavy(case.section(name), case.shop, name, size, case.rule.most)


def contents_ncx(case: Case) -> Iterator[Problem]:
    """There is an NCX beside the navigation document."""
    if case.opened.ncx is None:
        yield findings.contents_without_ncx(None, case.shop)


def font_formats(case: Case) -> Iterator[Problem]:
    """Fonts are in formats that the shop names."""
    for name in dict.fromkeys(item.name for item in case.opened.items if item.name in case.opened.files):
        format_ = FONTS.get(case.opened.read(name)[:4])
        if format_ and format_ not in case.rule.accepted:
            yield findings.font_format_strange(None, case.shop, name, format_, case.rule.accepted)
