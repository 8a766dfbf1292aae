"""What can be wrong with the marks of printed pages in an EPUB."""

from publish.problems import Said, Severity, rule


@rule("E024", Severity.WARNING)
def marker_inside(file: str, label: str, element: str) -> Said:
    """The mark of a printed page stands inside a heading, a link, a caption, or something else that is read as one.

    A program that reads aloud says the page's number in the midst of it, and the number gets into contents that are
    made from headings. The mark belongs before it.
    """
    return f"{file}: the mark of page “{label}” stands inside <{element}>", "it belongs before it"


@rule("E025", Severity.ERROR)
def pages_out_of_order(where: str, label: str, before: str) -> Said:
    """The page list of an EPUB is not in the order of the text.

    Readers go through the list to find the page on which one is, so that they say a wrong page from there on.
    """
    return f"{where}: the page list names page “{label}” after “{before}”, but it comes earlier in the text", None


@rule("E026", Severity.ERROR)
def pages_unlisted(where: str, count: int, label: str) -> Said:
    """The page list of an EPUB does not name all pages that are marked in its text, or not by the same label.

    Readers find printed pages by the list alone: one that is not in it cannot be gone to, and is never shown.
    """
    more = f" and {count - 1} more" if count > 1 else ""
    return f"{where}: the page list lacks page “{label}”{more} as marked in the text", None


@rule("E027", Severity.ERROR)
def marker_unlabelled(file: str, ident: str) -> Said:
    """The mark of a printed page does not say which, so that it can be neither shown nor read aloud."""
    return f"{file}: the page mark #{ident} has no label", "write the page's number in aria-label"


@rule("E028", Severity.ERROR)
def page_source_missing() -> Said:
    """An EPUB marks printed pages and does not say of which printed book they are.

    One book can have several printed editions, with other pages. Shops and libraries, and EPUB Accessibility 1.1,
    ask for `pageBreakSource`: the ISBN of the printed book.
    """
    return "printed pages are marked, but not said of which book (pageBreakSource)", None


@rule("E029", Severity.WARNING)
def page_feature_untrue(feature: str, there: bool) -> Said:
    """The metadata of an EPUB say something else about printed pages than is in it.

    People look for these words before they buy: `pageBreakMarkers` is true if pages are marked in the text,
    `pageNavigation` if there is a page list.
    """
    if there:
        return f"the metadata do not name {feature}, though the book has it", None
    return f"the metadata name {feature}, though the book has it not", None
