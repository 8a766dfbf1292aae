"""The rule that the text keeps its reader's size, face and colour, wherever in the EPUB a style stands."""

from collections.abc import Iterator

from lxml import etree

from publish.checks.opened import Opened
from publish.checks.shops import findings
from publish.checks.shops.case import Case, span_of
from publish.layout.wholetext import LOOKS, forced
from publish.places import Span
from publish.problems import Problem


def body_style(case: Case) -> Iterator[Problem]:
    """No style is for the whole text that only its reader should choose."""
    for name, first, css in _sheets(case.opened):
        for declared in forced(css, LOOKS):
            span = Span(name, first + declared.line - 1)
            yield findings.body_styled(span, case.shop, declared.selector, declared.declaration)
    for name, document in case.opened.documents.items():
        for element in document.iter("{*}html", "{*}body"):
            for declared in forced(f"{etree.QName(element).localname} {{{element.get('style', '')}}}", LOOKS):
                yield findings.body_styled(span_of(element, name), case.shop, declared.selector, declared.declaration)


def _sheets(opened: Opened) -> Iterator[tuple[str, int, str]]:
    """The style sheets: the file each stands in, the line there that it begins with, its text."""
    for name in dict.fromkeys(item.name for item in opened.items if item.media_type == "text/css"):
        if name in opened.files:
            yield name, 1, opened.read(name).decode("utf-8-sig", "replace")
    for name, document in opened.documents.items():
        for element in document.iter("{*}style"):
            yield name, span_of(element, name).line, "".join(map(str, element.itertext()))
