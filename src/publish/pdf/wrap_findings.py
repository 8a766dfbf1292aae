"""What a printed cover can say: of the interior that it is for, of its text, its barcode, its picture (V)."""

from publish.problems import Said, Severity, rule


@rule("V001", Severity.ERROR)
def other_pages(pages: int, found: int) -> Said:
    """The cover was made ready for another number of pages than the interior has.

    The spine is as wide as the pages are thick, so a cover fits one interior alone; printers refuse one that is a
    millimetre and a half off. Build both anew, for example with `make print`.
    """
    return f"this cover is for {pages} pages, but the interior has {found}", "build interior and cover together"


@rule("V002", Severity.ERROR)
def other_interior() -> Said:
    """The interior was built anew after the cover was made ready for it.

    Pages, ISBN or title may be others now. Build both anew, for example with `make print`.
    """
    return "the interior is not the one that this cover was made ready for", "build interior and cover together"


@rule("V003", Severity.ERROR)
def back_crowded(characters: int) -> Said:
    """The text for the back does not fit, even in the smallest letters that still read well.

    It is what the metadata say under `blurb` (or `description`, where there is no blurb), and what they say about the
    authors. On a page of 129 by 198 mm there is room for about 2300 characters in all, on one of 6 by 9 inches for
    3500.
    """
    return (
        f"the text for the back ({characters} characters) does not fit",
        "shorten blurb, or what is about the authors",
    )


@rule("V004", Severity.ERROR)
def front_crowded(what: str) -> Said:
    """The title or the names do not fit on the front.

    The cover that is made from the metadata has room for about 200 characters. Shorten the title or the subtitle, or
    bring a picture of your own with `cover-image: cover.jpg`.
    """
    return f"the {what} does not fit on the front", "shorten it, or give a cover-image"


@rule("V005", Severity.HINT)
def bare_spine(millimetres: float, why: str) -> Said:
    """The spine bears no words.

    Printers want a book of some thickness for them, about 80 pages, and some room beside them, since a spine can come
    to lie a little to the left or right. Words that would be smaller than the printer's smallest letters are left out.
    """
    return f"no words on the spine of {millimetres:.1f} mm: {why}", None


@rule("V006", Severity.HINT)
def no_isbn() -> Said:
    """The cover bears no barcode, since the metadata have no ISBN for the printed book.

    Shops need one; the place for it stays free. A printer that gives the book an ISBN of its own (Amazon KDP does)
    prints its barcode there. With an ISBN of yours, say `isbn: {print: 978-3-16-148410-0}`.
    """
    return (
        "no ISBN for print, so no barcode; its place stays free",
        "say isbn: {print: …}, unless the printer gives one",
    )


@rule("V007", Severity.ERROR)
def box_too_small(width: float, height: float) -> Said:
    """The barcode does not fit into the box that the printer keeps for it.

    Scanners read an EAN-13 from 80 percent of its size (GS1 General Specifications, 5.2), which with the ISBN above it
    is 30 by 24 mm. Correct the box in the printer's data.
    """
    return f"a box of {width:g} × {height:g} mm is too small for the barcode", "give it 32 × 26 mm at least"


@rule("V008", Severity.ERROR)
def text_unsafe(panel: str, words: str, distance: float, least: float) -> Said:
    """Text stands too near to the edge of the cover, or to a fold.

    A knife may miss by a millimetre or two, and a fold, too, so printers refuse text that stands closer than they say.
    A template of the theme has put it there: correct its distances.
    """
    where = f"“{words}” on the {panel} stands {distance:.1f} mm from edge or fold"
    return f"{where}; the printer wants {least:.1f} mm", "correct the distances in the theme's template"


@rule("V009", Severity.WARNING)
def picture_cropped(percent: int, side: str, ratio: float) -> Said:
    """The picture for the cover has another proportion than the front, so that part of it is cut away.

    With its bleed the front of a 6 × 9 inch book measures 6.125 × 9.25 inches. Bring a picture of that proportion, with
    nothing that matters near its edges.
    """
    return (
        f"{percent} percent of the picture's {side} is cut away on the printed cover",
        f"give a picture that is {ratio:.3f} times as high as wide",
    )


@rule("V010", Severity.HINT)
def no_blurb() -> Said:
    """The back of the cover has no text.

    Readers turn a book over to see what it is about. Say so in the metadata: `blurb: |` and some lines, of a hundred to
    two hundred words. Without it `description` is printed, which shops show.
    """
    return "nothing is said on the back of the cover", "say blurb: or description: in the metadata"
