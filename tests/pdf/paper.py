"""Small books on paper: sections in the house's vocabulary, dressed by hand in the plainest style."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import fontpkg
from lxml import etree

from publish.book.model import Book, Heading, Matter, Note, Places, Section, Word
from publish.layout.model import PROOF, FontFace, Picture, Rendition, Stylesheet
from publish.manuscript.model import Metadata
from publish.pdf.cut import Cut
from publish.pdf.fragment import kit_of, whole
from publish.pdf.typeset import Laid, Typesetter
from publish.pdf.workshop import Workshop
from publish.places import Span
from publish.problems import Problems

STYLE = """
@page { size: 90mm 110mm; margin: 10mm; @bottom-center { content: counter(page) }
  @footnote { margin-top: 2mm } }
@page :left { @top-center { content: string(short) } }
@page front { @bottom-center { content: counter(page, lower-roman) } }
@page first:nth(1 of first) { counter-reset: page 1 }
@page :blank { @bottom-center { content: none } @top-center { content: none } }
html { font: 10pt/1.4 Text; color: device-cmyk(0 0 0 1) }
body { margin: 0 } h1, h2, p { margin: 0 0 2mm; font-size: 10pt }
section { break-before: page; string-set: short attr(data-short) }
section.front { page: front } section.first-body { page: first }
.footnote { float: footnote; display: block; font-size: 8pt; line-height: 1.2 } .footnote .p { display: block }
::footnote-call, ::footnote-marker { content: none }
a { color: inherit; text-decoration: none }
"""


@cache
def face(style: str = "normal", weight: int = 400) -> FontFace:
    """A real face: Latin, no Chinese."""
    data = Path(fontpkg.path("Alegreya Sans", weight=weight, style=style)).read_bytes()
    return FontFace("Text", weight, style, data, sha256(data).hexdigest(), "OFL-1.1")


def section(
    markup: str,
    ident: str = "one",
    *,
    matter: Matter = Matter.BODY,
    title: str | None = None,
    notes: tuple[str, ...] = (),
    part: str | None = None,
    label: str | None = None,
) -> Section:
    """A section of this markup. `[n]` in it calls the n-th of the notes; serials and places are given here."""
    called = re.sub(r"\[(\d)\]", lambda m: _call(ident, m[1]), markup)
    root = etree.fromstring(f'<section id="{ident}" class="chapter {matter}" lang="en">{called}</section>')
    asides = [
        etree.fromstring(f'<aside class="note" id="{ident}-note-{n}"><p>{text}</p></aside>')
        for n, text in enumerate(notes, 1)
    ]
    words = _number([root, *asides])
    heads = tuple(
        Heading(h.get("id", ""), int(h.tag[1]), "".join(map(str, h.itertext())))
        for h in root.iter("h2", "h3")
        if h.get("id")
    )
    return Section(
        ident,
        "chapter",
        matter,
        title or f"Title of {ident}",
        title or f"Title of {ident}",
        part=part,
        label=label,
        xhtml=etree.tostring(root, encoding="utf-8"),
        notes=tuple(
            Note(aside.get("id", ""), str(n), etree.tostring(aside, encoding="utf-8"), Span("note.md", n))
            for n, aside in enumerate(asides, 1)
        ),
        headings=heads,
        places=Places.of_words(words, Span(f"{ident}.md", 1)),
    )


def book(*sections: Section, **metadata: object) -> Book:
    """A book of these sections."""
    return Book(replace(Metadata("A Small Book", lang="en"), **metadata), sections)  # type: ignore[arg-type]


def rendition(book: Book, css: str = "", pictures: Mapping[str, Picture] | None = None) -> Rendition:
    """The book in the plain style and a little more."""
    sheets = (Stylesheet("plain.css", STYLE), Stylesheet("styles/custom.css", css))
    return Rendition(book, PROOF, (), sheets, (face(), face("italic")), pictures or {})


def html(book: Book, moved: frozenset[str] = frozenset()) -> str:
    """The book as one HTML document, notes after their calls or at their section's end."""
    head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head>'
    return f"{head}<body>{''.join(shown(book, moved))}</body></html>"


def shown(book: Book, moved: frozenset[str] = frozenset()) -> Iterator[str]:
    """The HTML of each section."""
    first = True
    for one in book.sections:
        root = etree.fromstring(one.xhtml)
        root.set("data-short", one.short)
        if first and one.matter is Matter.BODY:
            root.set("class", f"{root.get('class')} first-body")
            first = False
        for note in one.notes:
            _place_note(root, note, foot=note.id not in moved)
        yield etree.tostring(root, encoding="unicode", method="html")


def paper(
    book: Book,
    css: str = "",
    markup: str | None = None,
    moved: frozenset[str] = frozenset(),
    pictures: Mapping[str, Picture] | None = None,
) -> "Paper":
    """The book set in one piece, as this HTML."""
    problems = Problems()
    heard: list[str] = []
    whole_book = rendition(book, css, pictures)
    pieces = Cut(((kit_of(whole_book, whole_book.stylesheets), whole(whole_book, markup or html(book, moved))),))
    setter = Typesetter(Workshop(1), heard.append)
    laid = setter.lay_out(whole_book, problems, pieces)
    return Paper(laid, setter.bind(laid, problems) if laid else b"", problems, heard)


@dataclass(frozen=True)
class Paper:
    """A typeset book, its PDF, what was said of it and what progress was heard."""

    laid: Laid | None
    pdf: bytes
    problems: Problems
    heard: list[str]

    @property
    def typeset(self) -> Laid:
        """The laid-out book."""
        assert self.laid is not None
        return self.laid

    @property
    def codes(self) -> list[str]:
        """The codes of the problems, but for what a typesetter would say of pages as small as these (Q)."""
        return [problem.code for problem in self.problems if not problem.code.startswith("Q")]


def _call(ident: str, number: str) -> str:
    note = f"{ident}-note-{number}"
    return f'<a class="note-call" id="fnref-{note}" href="#{note}" data-made="">{number}</a>'


def _number(roots: list[etree._Element]) -> list[Word]:
    """Give every element of the author's its serial, and every word the line of its serial as a place."""
    words, serial = [], 0
    for root in roots:
        for element in root.iter():
            if any(e.get("data-made") is not None for e in (element, *element.iterancestors())):
                continue
            element.set("data-p", str(serial))
            text = (element.text or "") + "".join(child.tail or "" for child in element)
            words += [
                Word(serial, m.start(), Span("text.md", serial, m.start() + 1)) for m in re.finditer(r"\S+", text)
            ]
            serial += 1
    return words


def _place_note(root: etree._Element, note: Note, *, foot: bool) -> None:
    aside = etree.fromstring(note.xhtml)
    if not foot:
        aside.set("class", "endnote")
        root.append(aside)
        return
    call = next(a for a in root.iter("a") if a.get("id") == f"fnref-{note.id}")
    aside.tag = "span"
    aside.set("class", "footnote")
    for block in aside:
        block.tag = "span"
        block.set("class", "p")
    aside.tail, call.tail = call.tail, None
    call.addnext(aside)
