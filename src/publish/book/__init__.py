"""What the manuscript means: Markdown read into sections of semantic XHTML.

The vocabulary of that XHTML: a section is `section#id.role.matter`, its head `header.opening`, its first paragraph
`p.opening` with `span.initial`. `hr.scene-break` and `div.page-break` are breaks; `a.note-call` calls an
`aside.note#id`, which is kept beside the section; `a.ref` is a cross reference, `a.page-ref` a printed page. Verse is
`div.verse > p.stanza > span.line.in-2`; `figure`, `figure.listing`, `div.table` have a caption with `span.label`; a box
is `aside.admonition`; `.print-only` and `.ebook-only` are for one medium.
"""
