"""Themes: where they are found, what they say of themselves, and the layers of CSS and templates they are made of.

A theme is a folder of `styles/`: `theme.toml`, style sheets, templates. `styles/base/` lies under every theme.

    theme.toml      name, description; [fonts] body, sans, mono: family names; [weights] body, sans, mono: lists of
                    weights (each comes upright and italic); [options] opening, links
    base.css        both media: the base's, then the theme's `theme.css`
    print.css       paper only: the base's, then the theme's
    ebook.css       screens only: the base's, then the theme's
    *.j2            templates; the first found counts: the project's, the theme's, the base's

The layers of one edition, first to last: base/base.css, base/<medium>.css, <theme>/theme.css, <theme>/<medium>.css,
the edition's (made by us, below), the project's styles/<theme>/theme.css and <medium>.css, the project's
styles/custom.css.

The edition's layer sets custom properties on `:root`: `--trim-width`, `--trim-height` (mm), `--font-body`,
`--font-sans`, `--font-mono` (each with its fallback faces). For screens we write their values in place of `var(...)`
ourselves, since many readers do not know it. Files that CSS names (`url("ornament.svg")`) are looked for beside the
style sheet; `@import` is refused, and so is `@font-face`: fonts are named in `theme.toml`.

What stands in the document for CSS to use:
  * the root of each section: `<section id class lang data-title data-short>`; its classes are the role, the matter
    (front, body, back), the author's own, `first-body` on the first of the body, `opening-<option>`
    (`opening-dropcap`, ...), `start-any` or `start-recto`, `piece` on the only section of a piece, `made` on sections
    that we make. `data-title` is the title for running heads, `data-short` the short one; empty where the section has
    no title. The running head of the other page takes `data-book` (the book's title) and `data-author` (the authors),
    which every root carries too: `string-set: book attr(data-book), chapter attr(data-short)`;
  * a note at the foot of its page is `<span class="footnote" id>`, its number `<span class="note-number" data-made>`
    first in it ("1"; the theme styles it), its blocks are spans of classes `p`, `ul`, `li`, `blockquote`, ... (the
    name of the element); style `span.p + span.p` with the class `again`, which every block after the first has;
  * notes at the end of a section: `<section class="endnotes"><h2 class="endnotes-title" data-made>Notes</h2>
    <aside class="note" id><p><a class="note-back" href="#fnref-..." data-made>1</a> ...</p></aside></section>`; the
    made section of role `notes` (notes: book) holds one `<section class="endnotes">` a chapter, its title in an h2;
  * a page reference `<a class="page-ref" data-made>57</a>`; a web address as a note in print (links = "notes") is a
    footnote of class `footnote link-note`, data-made, its call `<a class="note-call link-call">*</a>`.

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
                title, lang, classes (for the root), documents: each section whole, to be printed with {{ document }};
                the print document from <!DOCTYPE html>; style sheets are not linked, they go to the engine by themselves
    document.xhtml.j2
                title, lang, stylesheets (addresses), body (the section), body_type (frontmatter, bodymatter,
                backmatter): one XHTML document of an EPUB from the XML declaration, with the namespaces XHTML and epub
    cover.html.j2
                a whole page with its own <style>, for a typographic cover: width, height in CSS px of the page;
                families body, sans, mono

Templates must be well-formed XML where they give markup (`<br/>`, `&#160;` and not `&nbsp;`); values are escaped by
themselves. Nothing else is to be had in a template: no files, no Python.
"""
