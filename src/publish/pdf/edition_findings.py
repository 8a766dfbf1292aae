"""What can be said of the editions for screens and for folding (U)."""

from publish.problems import Said, Severity, rule


@rule("U001", Severity.WARNING)
def claim_barred(first: str, more: int) -> Said:
    """The PDF for screens does not say that it meets PDF/UA, the standard for PDFs that everybody can read.

    The words in its metadata are a promise to readers who listen, and are written only where nothing stands against
    them: headings that skip a level, tables whose rows are not equally long, images and links without words, passages
    that hide their language, errors in a draft. Each is said at its place; mend them, and the promise is made.
    """
    besides = f" (and {more} more)" if more else ""
    return f"the PDF makes no claim to meet PDF/UA: {first}{besides}", "mend what is said of the book"


@rule("U020", Severity.ERROR)
def signature_uneven(pages: int) -> Said:
    """A signature cannot have this number of pages.

    A sheet that is folded once bears four pages, so a signature has 4, 8, 12, 16 pages, and so on. For example,
    `--signature 16` makes signatures of four sheets.
    """
    near = max(4, round(pages / 4) * 4)
    return f"a signature cannot have {pages} pages", f"a folded sheet bears four pages: say {near}, for example"


@rule("U021", Severity.WARNING)
def booklet_thick(sheets: int, most: int) -> Said:
    """So many sheets are folded into one another that the booklet will not lie flat, and few staplers go through it.

    About twenty sheets (80 pages) are the most that is stitched through the fold. Have the book made of several
    signatures, which are folded each by itself and sewn or glued together: `--signature 16`.
    """
    return (
        f"{sheets} sheets are folded into one another, and more than {most} spring open",
        "divide the book into signatures, for example of 16 pages",
    )
