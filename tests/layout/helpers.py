"""Small books made by hand, and what to ask of them."""

import io
from pathlib import Path

from PIL import Image as Pillow

from publish.book.model import Book, Image, Matter, Note, Section
from publish.layout import dress
from publish.layout.model import EPUB, PROOF, Edition, Rendition
from publish.manuscript.model import Contributor, Metadata
from publish.pages import References
from publish.places import Span
from publish.problems import Problem, Problems

HERE = Span("manuscript/book.md", 3, 5)


def note(ident: str, number: str, words: str = "Of course.") -> Note:
    return Note(
        ident, number, f'<aside class="note" id="{ident}" data-p="90"><p data-p="91">{words}</p></aside>'.encode()
    )


def call(ident: str, number: str = "1") -> str:
    return f'<a class="note-call" id="fnref-{ident}" href="#{ident}" data-made="">{number}</a>'


def chapter(body: str, ident: str = "one", notes: tuple[Note, ...] = (), title: str = "One") -> Section:
    xhtml = (
        f'<section id="{ident}" class="chapter body" lang="en" data-p="0"><header class="opening">'
        f'<h1 data-p="1">{title}</h1></header>{body}</section>'
    )
    label = f"Chapter {title}"
    return Section(ident, "chapter", Matter.BODY, title, title, label=label, xhtml=xhtml.encode(), notes=notes)


def made(role: str) -> Section:
    return Section(role, role, Matter.FRONT, role.title(), role.title(), made=True)


def book(*sections: Section, images: tuple[str, ...] = (), piece: bool = False, **metadata: object) -> Book:
    about = Metadata("The Lamp", **{"contributors": (Contributor("Ada Brandt"),), **metadata})  # type: ignore[arg-type]
    shown = tuple(Image(path, HERE) for path in images)
    return Book(about, sections, piece=piece, images=shown, ids={s.id: s.id for s in sections})


def dressed(
    whole: Book,
    edition: Edition = PROOF,
    project: Path = Path("/nonexistent"),
    pages: dict[str, str] | None = None,
    moved: frozenset[str] = frozenset(),
) -> tuple[Rendition, list[Problem]]:
    problems = Problems()
    rendition = dress(whole, edition, project, References(pages or {}), problems, moved_notes=moved)
    return rendition, list(problems)


def xhtml(rendition: Rendition, ident: str = "one") -> str:
    return next(d.xhtml.decode() for d in rendition.documents if d.section.id == ident)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    image = Pillow.new(mode, size)
    image.paste(Pillow.new(mode, (size[0] // 2, size[1]), tuple(200 for _ in image.getbands())), (0, 0))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


__all__ = ["EPUB", "HERE", "PROOF", "book", "call", "chapter", "codes", "dressed", "made", "note", "photo", "xhtml"]
