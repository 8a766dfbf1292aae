"""What can be wrong with a book for a printer, before a page of it is looked at."""

from publish.problems import Said, Severity, rule


@rule("N001", Severity.ERROR)
def trim_not_offered(printer: str, trim: str, near: str) -> Said:
    """The printer does not print books of this trim.

    `publish list trims` shows the trims that have names. A printer prints those of its list, and some print any size
    within bounds.
    """
    return f"{printer} does not print {trim}", f"the nearest that it prints: {near}" if near else None


@rule("N002", Severity.ERROR)
def pages_too_few(printer: str, pages: int, least: int) -> Said:
    """The book has fewer pages than the printer binds.

    A spine needs some thickness. Some printers staple what is thinner; a larger type, or matter that you have left out,
    makes more pages, and so does a smaller trim.
    """
    return f"{printer} binds books from {least} pages on, and this one has {pages}", None


@rule("N003", Severity.ERROR)
def pages_too_many(printer: str, pages: int, most: int) -> Said:
    """The book has more pages than the printer binds on this paper.

    A thinner paper, a larger trim or a smaller type makes fewer; a long book may need two volumes.
    """
    return f"{printer} binds books of {most} pages at most on this paper, and this one has {pages}", None


@rule("N004", Severity.ERROR)
def paper_not_offered(printer: str, ink: str, paper: str, others: str) -> Said:
    """The printer does not print with this ink on this paper."""
    return f"{printer} does not print in {ink} on {paper} paper", f"it prints {others}" if others else None


@rule("N005", Severity.HINT)
def gutter_settled(printer: str, pages: int, inner: str) -> Said:
    """The inner margin that the printer asks for depends on the count of pages, and the count on the margin.

    Octavo lays the book out until the two agree, and says what came of it.
    """
    return f"{printer}: {pages} pages, with an inner margin of {inner} mm at least", None


@rule("N006", Severity.ERROR)
def spine_unknown(printer: str) -> Said:
    """The width of the spine is not known, so that no cover can be made.

    Some printers publish no rule for it: the thickness of the paper stands in their data sheet, or in the template for
    covers that they make for a book. Give the thickness of one leaf in millimetres.
    """
    return f"{printer} publishes no rule for the spine", "give the thickness of a leaf: paper: {caliper: 0.1}"
