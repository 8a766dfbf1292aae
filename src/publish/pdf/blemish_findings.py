"""What a typesetter would say of the pages (Q): each finding shows on a printed page, and none withholds the book."""

from publish.problems import Said, Severity, rule


@rule("Q001", Severity.WARNING)
def line_overflows(words: str, millimetres: float) -> Said:
    """A line is longer than the column that it stands in.

    It reaches into the margin, or into what stands beside it. Most often it holds a long word that cannot be divided,
    a web address, or a line of code. Put a soft hyphen into the word (`extra&shy;ordinary`), or break the line.
    """
    return f"a line runs {millimetres:.1f} mm out of its column: “{words}”", "break the line, or shorten what it holds"


@rule("Q002", Severity.HINT)
def line_loose(words: str) -> Said:
    """The words of a justified line stand far apart: the spaces between them are about three times as wide as usual.

    No other break was to be had. A word more or less in the paragraph mends it, or a soft hyphen in the long word that
    begins the next line.
    """
    return f"a loose line: “{words}”", "change a word nearby, or allow the next line's first word a break"


@rule("Q003", Severity.HINT)
def line_tight(words: str) -> Said:
    """The words of a line stand so close that they run together: a third of the space between them is gone.

    A style that takes away space between words (`word-spacing`) may be the reason.
    """
    return f"a tight line: “{words}”", "change a word nearby, or look at `word-spacing` in your styles"


@rule("Q004", Severity.HINT)
def hyphen_ladder(words: str, lines: float) -> Said:
    """Three or more lines in a row end with a hyphen.

    The hyphens stand one below the other like the rungs of a ladder, and the eye takes the wrong one. Two in a row is
    what the trade allows. A word more or less in the paragraph mends it.
    """
    return f"{lines:.0f} lines in a row end with a hyphen, from “{words}”", "change a word in this paragraph"


@rule("Q005", Severity.HINT)
def word_divided(words: str, *, leaf: bool) -> Said:
    """A word is divided over two pages.

    A reader has to keep half a word in mind, and on a right page has to turn the leaf with it. A word more or less in
    the paragraph moves the break.
    """
    where = "and the leaf must be turned in the middle of it" if leaf else "over two pages that face each other"
    return f"the last word of the page is divided, {where}: “{words}”", "change a word in this paragraph"


@rule("Q006", Severity.HINT)
def widow(words: str) -> Said:
    """The last line of a paragraph stands alone at the head of a page.

    The styles of our themes keep two lines together (`widows: 2`); one of yours may allow a single one.
    """
    return f"the last line of a paragraph stands alone at the head of a page: “{words}”", "ask for `widows: 2`"


@rule("Q007", Severity.HINT)
def orphan(words: str) -> Said:
    """The first line of a paragraph stands alone at the foot of a page.

    The styles of our themes keep two lines together (`orphans: 2`); one of yours may allow a single one.
    """
    return f"the first line of a paragraph stands alone at the foot of a page: “{words}”", "ask for `orphans: 2`"


@rule("Q008", Severity.HINT)
def runt(words: str) -> Said:
    """The last line of a paragraph is no more than a few letters.

    It is shorter than the indent of the line below it, or the rest of a divided word, and leaves a hole in the page
    that looks like an empty line. A word more or less in the paragraph mends it.
    """
    return f"the last line of a paragraph is only “{words}”", "change a word in this paragraph"


@rule("Q009", Severity.WARNING)
def heading_stranded(words: str) -> Said:
    """A heading is the last thing on its page, and what it heads begins on the next.

    The styles of our themes hold the two together (`break-after: avoid`); one of yours may part them.
    """
    return f"a heading stands alone at the foot of a page: “{words}”", "ask for `break-after: avoid`"


@rule("Q010", Severity.HINT)
def row_split() -> Said:
    """A row of a table begins on one page and ends on the next.

    Its cells can only be read by turning to and fro. The styles of our themes keep rows whole where they fit on a page
    (`break-inside: avoid`), so either a style of yours parts them, or the row is taller than a page.
    """
    return "a row of a table is split over two pages", "divide the row, or shorten its longest cell"


@rule("Q011", Severity.HINT)
def page_short(share: float, note: str) -> Said:
    """A page has an empty foot, though the text goes on.

    What comes next did not fit: a note that must stand on the page of its call and took the line along, a picture, a
    table, a block of code. Moving it a paragraph up or down, or making it smaller, fills the page.
    """
    cause = f"since note {note} found no room" if note else "since what follows did not fit"
    return f"{share:.0%} of the page stay empty at its foot, {cause}", "move it a little, or shorten it"


@rule("Q012", Severity.HINT)
def picture_coarse(resolution: float) -> Said:
    """A picture has fewer pixels than print shows: less than 300 to an inch at its printed size.

    Below 200 most readers see it. Use a larger file of the same picture, or print it smaller (`width=50%`).
    """
    return (
        f"a picture is printed at {resolution:.0f} pixels per inch; print wants 300",
        "use a larger file or less width",
    )


@rule("Q013", Severity.HINT)
def figure_far(name: str, page: str, reference: str) -> Said:
    """A figure stands more than one page away from all places that speak of it.

    A reader has to turn leaves to see what is meant. Move the figure behind the paragraph that refers to it.
    """
    return (
        f"{name} stands on page {page}, and the text speaks of it on page {reference}",
        "move it there",
    )


@rule("Q014", Severity.HINT)
def more_blemishes(code: str, count: int) -> Said:
    """Pages have more of a blemish than are named one by one: those that are named are the worst.

    Mend what you want to mend and build again; the next ones are named then.
    """
    return f"{count} more like {code} that are less bad, or come later", None
