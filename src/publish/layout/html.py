"""Whole documents, through the theme's templates: the print HTML, a page of an EPUB, the covers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from publish.book.model import Matter, Section
from publish.layout.directions import direction
from publish.layout.findings import template_forbidden
from publish.layout.made import common_values, well_formed
from publish.layout.model import Medium, Rendition, Theme
from publish.layout.palette import properties
from publish.layout.templates import BUDGET, TemplateFaultError, Templates, opened
from publish.layout.themes import base_theme
from publish.places import Span
from publish.problems import Problems

COVER = (400, 640)
"""Width and height of a typographic cover's page in CSS px."""
BODY = re.compile(r"<body[^>]*>(.*)", re.DOTALL)
STYLED = re.compile(r"<(style|link)\b|\sstyle\s*=", re.I)
"""Styles in a template, which nobody has read."""
SIGN = re.compile(r'<section data-sign="(\d+)"/>')
"""What stands for a section while the template of the book is filled."""
BODY_TYPES = {Matter.FRONT: "frontmatter", Matter.BODY: "bodymatter", Matter.BACK: "backmatter"}


def compose(rendition: Rendition) -> str:
    """The print HTML of a whole book, for one run of the engine.

    Raises:
        TemplateFaultError: the template does not work; `dress` has tried all of them, so this is a fault of ours.
    """
    return _composed(rendition, [document.xhtml.decode() for document in rendition.documents])


def frame(rendition: Rendition) -> tuple[str, str] | None:
    """What stands before and after each section where sections are documents of their own.

    None where the template of the book has something to show besides the sections, or styles of its own, or shows
    not every section once.

    Raises:
        TemplateFaultError: as in `compose`.
    """
    signs = [f'<section id="{number}"/>' for number in range(len(rendition.documents))]
    head, *between = re.split(r'(<section id="\d+"/>)', _composed(rendition, signs))
    if not signs or between[::2] != signs:
        return None
    begun, ended = BODY.search(head), between[-1].removesuffix("</html>").rstrip().removesuffix("</body>")
    if begun is None or begun[1].strip() or "".join((*between[1:-1:2], ended)).strip() or STYLED.search(head):
        return None
    return head, between[-1]


def _composed(rendition: Rendition, sections: Sequence[str]) -> str:
    """Sections in the template of the book. It is filled with signs for them, so that it need not be filled anew for
    every word that changes; a template prints sections, and has no business in them.
    """
    metadata = rendition.book.metadata
    signs = tuple(_trusted(f'<section data-sign="{number}"/>') for number in range(len(sections)))
    values = {"title": metadata.title, "lang": metadata.lang, "documents": signs, "classes": _classes(rendition)}
    text, *rest = SIGN.split(_fill(rendition, "book.html.j2", values, 0))
    pieces = [text]
    for number, between in zip(rest[::2], rest[1::2], strict=True):
        pieces += [sections[int(number)], between]
    if sum(map(len, pieces)) > BUDGET + 2 * sum(map(len, sections)):
        place = Span(Templates((rendition.theme or base_theme()).templates).origin("book.html.j2"), 1)
        raise TemplateFaultError(template_forbidden(place, "it writes far more than a book"))
    return "".join(pieces)


def page(rendition: Rendition, section: Section, body: str, stylesheets: Sequence[str]) -> str:
    """One XHTML document of an EPUB around a section's XHTML; `stylesheets` are addresses relative to it.

    Raises:
        TemplateFaultError: as in `compose`.
    """
    metadata = rendition.book.metadata
    lang = section.lang or metadata.lang
    values = {
        "title": section.title or section.label or metadata.title,
        "lang": lang,
        "direction": direction(lang),
        "stylesheets": tuple(stylesheets),
        "body": _trusted(body),
        "body_type": BODY_TYPES[section.matter],
        "section": section,
    }
    return _fill(rendition, "document.xhtml.j2", values, len(body))


def cover(rendition: Rendition) -> str:
    """The HTML of a typographic cover, one page of `COVER` CSS px with its own style.

    Raises:
        TemplateFaultError: as in `compose`.
    """
    theme = rendition.theme or base_theme()
    width, height = COVER
    values = {"width": width, "height": height, "families": _families(theme), "lang": rendition.book.metadata.lang}
    return _fill(rendition, "cover.html.j2", {**values, "palette": properties(theme, inks=False)}, 0)


def wrap(rendition: Rendition, values: Mapping[str, Any]) -> str:
    """The HTML of a printed cover, one sheet of back, spine and front, in the theme's inks; `values` say what stands
    where (see `wrap.py`).

    Raises:
        TemplateFaultError: the template does not work. Nobody has tried it before: few builds make a cover.
    """
    theme, lang = rendition.theme or base_theme(), rendition.book.metadata.lang
    own = {"families": _families(theme), "palette": properties(theme, inks=True), "lang": lang}
    return _fill(rendition, "wrap.html.j2", {**own, **values}, 0)


def tried(rendition: Rendition, problems: Problems) -> Rendition:
    """The rendition with templates of whole documents that work: the base's in place of those that do not."""
    trials: dict[str, Callable[[], str]] = {"cover.html.j2": lambda: cover(rendition)}
    if rendition.edition.medium is Medium.PRINT:
        trials["book.html.j2"] = lambda: compose(rendition)
    else:
        trials["document.xhtml.j2"] = lambda: _every_page(rendition)
    broken = []
    for name, trial in trials.items():
        try:
            trial()
        except TemplateFaultError as fault:
            problems.add(fault.problem)
            broken.append(name)
    if not broken or rendition.theme is None:
        return rendition
    base = base_theme().templates
    mended = {**rendition.theme.templates, **{name: base[name] for name in broken}}
    return replace(rendition, theme=replace(rendition.theme, templates=mended))


def _every_page(rendition: Rendition) -> str:
    """All documents of an EPUB, to see that the template gives well-formed XML for each."""
    origin = Templates((rendition.theme or base_theme()).templates).origin("document.xhtml.j2")
    pages = [page(rendition, doc.section, doc.xhtml.decode(), ("style.css",)) for doc in rendition.documents]
    for text in pages:
        well_formed(text, origin)
    return "".join(pages)


def _fill(rendition: Rendition, name: str, values: dict[str, Any], extra: int) -> str:
    theme = rendition.theme or base_theme()
    common = common_values(rendition.book, theme, rendition.edition.medium)
    return opened(theme.templates).fill(name, {**common, **values}, extra=extra)


def _families(theme: Theme) -> dict[str, str]:
    return {"body": theme.body, "sans": theme.sans, "mono": theme.mono}


def _classes(rendition: Rendition) -> tuple[str, ...]:
    theme, metadata = rendition.theme or base_theme(), rendition.book.metadata
    return (f"theme-{theme.name}", rendition.edition.name, f"opening-{theme.opening}", f"start-{metadata.start}")


def _trusted(text: str) -> Markup:
    """XHTML that is ours already: parsed, shaped and written out by us."""
    return Markup(text)  # noqa: S704 - canonical bytes of our own vocabulary, escaped when they were written
