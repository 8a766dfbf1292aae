"""Themes: where they are found, what they say of themselves, and the layers of CSS and templates they are made of.

A theme is a folder of `styles/`: `theme.toml`, style sheets, templates. `styles/base/` lies under every theme.

    theme.toml      name, description; [fonts] body, sans, mono: family names; [weights] body, sans, mono: lists of
                    weights (each comes upright and italic); [options] opening, links; [colours] ground, text,
                    accent and more of the theme's own, each { rgb = "#rrggbb", cmyk = [c, m, y, k] in percent }
    base.css        both media: the base's, then the theme's `theme.css`
    print.css       paper only: the base's, then the theme's
    ebook.css       screens only: the base's, then the theme's
    screen.css, large-print.css
                    over those for paper, in the edition of that name: the base's, then the theme's
    *.j2            templates; the first found counts: the project's, the theme's, the base's

The layers of one edition, first to last: base/base.css, base/<medium>.css, <theme>/theme.css, <theme>/<medium>.css,
the edition's (made by us, below), the project's styles/<theme>/theme.css and <medium>.css, the project's
styles/custom.css.

The edition's layer sets custom properties on `:root`: `--trim-width`, `--trim-height` (mm), `--font-body`,
`--font-sans`, `--font-mono` (each with its fallback faces); for paper also `--least-inner`, `--least-outer`,
`--least-top`, `--least-bottom` (mm), the margins that a printer asks for at least, 0mm in the proof. For screens we
write their values in place of `var(...)` ourselves, since many readers do not know it. Files that CSS names
(`url("ornament.svg")`) are looked for beside the style sheet; `@import` is refused, and so is `@font-face`: fonts are
named in `theme.toml`.

What stands in the document for CSS to use:
  * the root of each section: `<section id class lang data-title data-short>`; its classes are the role, the matter
    (front, body, back), the author's own, `first-body` on the first of the body, `opening-<option>`
    (`opening-dropcap`, ...), `start-any` or `start-recto`, `piece` on the only section of a piece, `made` on sections
    in which all is ours. `data-title` is the title, `data-short` the running head, which fits into one line; empty
    where the section has no title. The running head of the other page takes `data-book` (the book's title) and
    `data-author` (the authors), which every root carries too:
    `string-set: book attr(data-book), chapter attr(data-short)`;
  * a note at the foot of its page is `<span class="footnote" id>`, its number `<span class="note-number" data-made>`
    first in it ("1. "; a theme may style it), its blocks are spans of classes `p`, `ul`, `li`, `blockquote`, ... (the
    name of the element); style `span.p + span.p` with the class `again`, which every block after the first has;
  * notes at the end of a section: `<section class="endnotes"><h2 class="endnotes-title" data-made>Notes</h2>
    <aside class="note" id><p><a class="note-back" href="#fnref-..." data-made>1. </a>...</p></aside></section>`; the
    made section of role `endnotes` (notes: book) holds one `<section class="endnotes">` a chapter, its title in an h2;
  * a page reference `<a class="page-ref" data-made>57</a>`; a web address as a note in print (links = "notes") is a
    footnote of class `footnote link-note`, data-made, lettered: its call is `<a class="note-call link-call">a</a>`;
    an address in a note's own text stands after the link, in `<span class="link-address">`;
  * a picture through which the page can shine (a drawing, or a PNG with alpha) has the class `see-through` on screens;
  * what is wrong or missing has the class `draft-mark`; a picture that cannot be used is
    `<span class="missing-image draft-mark">` (both in drafts only);
  * in print, so that all lines can stand on one grid, custom properties on some blocks: `--width` and `--ratio` (height
    to width) on a figure's picture, `--lines` on `pre`, `--ems` (the width of the usual lines) on verse and epigraphs,
    `--marker` (the width of the widest number, in em) on `ol`;
    each line of code is `<span class="line">`, and code in a line of text that should not break has the class `short`.

What every template receives:
    metadata    publish.manuscript.model.Metadata: title, subtitle, publisher, place, isbn, copyright, ...
    authors     the authors' names, in order
    people      the other contributors by role: [{role: "trl", label: "Translated by", names: ["Luc Moreau"]}, ...]
    words       our words in the book's language: words.contents, words.notes, words["..."]
    theme       name, opening, links
    medium      "print" or "ebook"
    piece       whether the book is a piece

and besides:
    half-title.j2, title-page.j2, copyright.j2
                section (Section); give what stands inside the section's root. title-page: an h1 for the title.
                copyright: also isbns [{edition: "print", number: "978-..."}], holder, year, fonts (family names)
    contents.j2 section, entries: [{id, href, role, label, number, title, short, page, children: [...]}]; label
                ("Chapter 3") and number may be none; `page` is the printed page as text; chapters are children of
                their part, headings of level 2 of their chapter (a theme may leave these out)
    piece-head.j2
                section; the head over a piece's text: `<header class="opening" data-made="">` with h1, p.subtitle,
                p.byline
    book.html.j2
                title, lang, classes (for the root: a list), documents: each section whole, printed by {{ document }};
                the print document from <!DOCTYPE html>; style sheets are not linked, the engine gets them by itself
    document.xhtml.j2
                title, lang, direction (ltr or rtl), stylesheets (addresses), body (the section), body_type
                (frontmatter, bodymatter, backmatter): one XHTML document of an EPUB from the XML declaration, with the
                namespaces XHTML and epub
    cover.html.j2
                a whole page with its own <style>, for a typographic cover: width, height in CSS px of the page;
                families body, sans, mono; palette (the theme's colours as custom properties: `:root { {{ palette }} }`)

    wrap.html.j2
                the printed cover, one sheet of back, spine and front; it includes wrap-look.j2 (CSS) and wrap-front.j2
                (what stands on a front without a picture), which a theme changes. format (WrapFormat: width, height,
                spine, bleed, safe, ... in mm), sheet (width and height), panels (back and front: the left edge of
                each), direction, turn (degrees by which the spine's words are turned), spine_size (points; 0: no words
                there), sizes (title, names, back, spine: factors, smaller until all fits), image and barcode (names of
                pictures, as `octavo:NAME`), blurb (paragraphs), about: [{name, text: paragraphs, picture}], prices,
                families, palette (in inks). An element `data-fit="title"` (names, back, spine) of a fixed size is what
                its text has to fit into

Pictures in templates are named by their path in the project, `<img src="images/logo.svg" alt=""/>`. What acts
(scripts, forms, other documents) has no place in a template.

Templates must be well-formed XML where they give markup (`<br/>`, `&#160;` and not `&nbsp;`); values are escaped by
themselves. Nothing else is to be had in a template: no files, no Python.
"""

import difflib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from publish.files import look
from publish.layout.findings import style_unreadable, unknown_theme
from publish.layout.model import Edition, Template, Theme
from publish.layout.themefile import settings
from publish.manuscript.model import Metadata
from publish.places import Span
from publish.problems import Problems
from publish.versions import styles

BASE = "base"
STANDARD = "classic"
"""The theme that stands in where the one named cannot be used."""
LARGEST = 1_000_000
"""Bytes of a style sheet, a template or a theme.toml of the project's, at most."""


@dataclass(frozen=True)
class SheetFile:
    """A style sheet as found: what problems call it, its text, its folder, and the root its files may not leave."""

    name: str
    css: str
    folder: Path
    root: Path


@dataclass(frozen=True)
class Look:
    """A theme for one medium: itself, the layers before the edition's, and the project's layers after it."""

    theme: Theme
    sheets: tuple[SheetFile, ...] = ()
    own_sheets: tuple[SheetFile, ...] = ()


@dataclass(frozen=True)
class _Folder:
    """A folder of styles, `path`, and what problems call it; `root` is what its files may not lead out of."""

    path: Path
    label: str
    root: Path

    def text(self, name: str, problems: Problems) -> str | None:
        """A file of the folder, None where there is none or it cannot be used (the author hears why)."""
        path = look(self.path / name)
        if not path.is_file():
            return None
        reason = "it is not a plain text file in UTF-8"
        try:
            if not path.resolve().is_relative_to(self.root.resolve()):
                reason = "it is a link that leads out of the project"
            elif path.stat().st_size > LARGEST:
                reason = "it is larger than a megabyte"
            else:
                return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            pass
        except OSError as failure:
            reason = failure.strerror or "it cannot be read"
        problems.add(style_unreadable(Span(f"{self.label}/{name}", 1), reason))
        return None

    def sheet(self, name: str, problems: Problems) -> Iterator[SheetFile]:
        """A style sheet of the folder, if it has it."""
        css = self.text(name, problems)
        if css is not None:
            yield SheetFile(f"{self.label}/{name}", css, self.path, self.root)

    def templates(self, problems: Problems) -> dict[str, Template]:
        """The templates of the folder, by name."""
        found = {}
        for path in sorted(look(self.path).glob("*.j2")):
            text = self.text(path.name, problems)
            if text is not None:
                found[path.name] = Template(path.name, f"{self.label}/{path.name}", text)
        return found


def themes(project: Path | None = None) -> dict[str, str]:
    """The themes there are, ours and the project's, each with its description."""
    found: dict[str, str] = {}
    for root in (styles(), *([project / "styles"] if project else [])):
        for folder in sorted(look(root).glob("*/")):
            if folder.name != BASE and look(folder / "theme.toml").is_file():
                found[folder.name] = _described(folder / "theme.toml")
    return found


def find(metadata: Metadata, edition: Edition, project: Path, problems: Problems) -> Look:
    """The look of a book in an edition: its theme's layers of CSS and its templates, the project's own over ours.

    Problems (an unknown theme, a broken theme.toml, a file that cannot be read) go to `problems`; the standard theme
    and its values stand in.
    """
    name = metadata.theme
    own = _Folder(project / "styles" / name, f"styles/{name}", project)
    known = themes(project)
    if not _plain(name) or not (name in known or look(own.path).is_dir()):
        near = difflib.get_close_matches(name, known, 1)
        problems.add(unknown_theme(metadata.where.get("theme"), name, tuple(sorted(known)), near[0] if near else None))
        name, own = STANDARD, _Folder(project / "styles" / STANDARD, f"styles/{STANDARD}", project)
    base, house = (_Folder(styles() / folder, folder, styles()) for folder in (BASE, name))
    theme = Theme(name)
    for folder in (base, house, own):
        theme = _with_settings(theme, folder, problems)
    templates = {key: value for folder in (base, house, own) for key, value in folder.templates(problems).items()}
    theme = replace(theme, templates=templates)
    extra = f"{edition.medium}.css"
    over = ((f"{edition.layer}.css", base), (f"{edition.layer}.css", house)) if edition.layer else ()
    sheets = (("base.css", base), (extra, base), ("theme.css", house), (extra, house), *over)
    top = _Folder(project / "styles", "styles", project)
    # In our own checkout the project's themes are ours: they are not laid over themselves.
    layers = () if (project / "styles").resolve() == styles().resolve() else (("theme.css", own), (extra, own))
    own_sheets = (*layers, ("custom.css", top))
    return Look(theme, _read(sheets, problems), _read(own_sheets, problems))


def base_theme() -> Theme:
    """The theme of a rendition that names none: our templates, plain."""
    base = _Folder(styles() / BASE, BASE, styles())
    return replace(_with_settings(Theme(BASE), base, Problems()), templates=base.templates(Problems()))


def _read(files: tuple[tuple[str, _Folder], ...], problems: Problems) -> tuple[SheetFile, ...]:
    return tuple(sheet for name, folder in files for sheet in folder.sheet(name, problems))


def _plain(name: str) -> bool:
    """Whether a theme's name is a name and no path."""
    return bool(name) and name != BASE and all(c.isalnum() or c in "-_" for c in name)


def _described(path: Path) -> str:
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get("description", ""))
    except (OSError, ValueError):
        return ""


def _with_settings(theme: Theme, folder: _Folder, problems: Problems) -> Theme:
    """The theme with what a folder's theme.toml says."""
    text = folder.text("theme.toml", problems)
    said = {} if text is None else settings(text, f"{folder.label}/theme.toml", problems)
    return replace(theme, **{**said, "colours": {**theme.colours, **said.get("colours", {})}})
