"""What a section's role is called in EPUB's structural vocabulary and in DPUB-ARIA (W3C, DPUB-ARIA 1.1)."""

TYPES = {
    "title-page": "titlepage",
    "half-title": "halftitlepage",
    "copyright": "copyright-page",
    "copyright-page": "copyright-page",
    "acknowledgements": "acknowledgments",
    "notes": "endnotes",
    "about-the-author": "",
    "section": "division",
    "contents": "",
    "credits": "other-credits",
    "keywords": "keywords",
    "abstract": "abstract",
}
"""Where EPUB's name is not ours; empty where EPUB has none."""

ARIA = {
    **{
        role: f"doc-{role}"
        for role in "abstract afterword appendix bibliography chapter colophon conclusion credits dedication endnotes "
        "epigraph epilogue errata foreword glossary index introduction part preface prologue".split()
    },
    "acknowledgements": "doc-acknowledgments",
    "notes": "doc-endnotes",
}


def epub_type(role: str) -> str:
    """The value of `epub:type` for a section."""
    return TYPES.get(role, role)


def aria_role(role: str) -> str:
    """The ARIA role for a section, empty where there is none."""
    return ARIA.get(role, "")
