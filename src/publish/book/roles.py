"""Roles of sections: names of EPUB's structural vocabulary, the matter they belong to, and how they are treated."""

from publish.book.model import Matter

FRONT = (
    "half-title title-page copyright dedication epigraph contents foreword preface preamble seriespage "
    "other-credits abstract errata"
).split()
BODY = "chapter part volume introduction prologue epilogue conclusion section".split()
BACK = (
    "afterword postscript appendix acknowledgements about-the-author glossary bibliography notes "
    "index colophon contributors credits imprint keywords"
).split()

MATTERS: dict[str, Matter] = {
    **dict.fromkeys(FRONT, Matter.FRONT),
    **dict.fromkeys(BODY, Matter.BODY),
    **dict.fromkeys(BACK, Matter.BACK),
}
"""The matter that each role belongs to."""

ALIASES = {
    "acknowledgments": "acknowledgements",
    "copyright-page": "copyright",
    "endnotes": "notes",
    "halftitle": "half-title",
    "halftitlepage": "half-title",
    "titlepage": "title-page",
    "toc": "contents",
}
"""Other names of roles, those of EPUB's vocabulary among them."""

HEADLESS = ("half-title", "title-page", "copyright", "dedication", "epigraph", "contents")
"""Roles of pages without a heading, written as `::: role`, in the order in which a book has them (CMOS 1.4)."""

MADE_IN_A_BOOK = ("half-title", "title-page", "copyright", "contents")
"""Pages that we make from the metadata where the author has not written them."""

IN_A_PART = ("chapter", "section")
"""Roles that a part holds; others stand beside the parts."""
