"""What printers refuse or print badly (R), found in the finished files of the interior and the cover."""

from publish.problems import Said, Severity, rule


@rule("R001", Severity.ERROR)
def text_unsafe(printer: str, edge: str, distance: float, least: float, words: str) -> Said:
    """Text stands nearer to the edge of the page than the printer allows.

    This is what printers refuse most: it could be cut off, or vanish in the spine. The inner margin grows with the
    count of pages. Most often a wide table, a long line of code or a style of yours (`margin`, `left`, `text-indent`)
    is the reason.
    """
    asked = f"{printer} wants {least:.1f} mm"
    return (
        f"“{words}” stands {distance:.1f} mm from the {edge} edge of the page; {asked}",
        "keep it inside the text area",
    )


@rule("R002", Severity.ERROR)
def trim_wrong(printer: str, found: str, wanted: str) -> Said:
    """A page does not have the size that the book is ordered in.

    All pages of an interior are of one size. A style with a page size of its own (`@page { size: ... }`) makes others.
    """
    return f"the page is {found} mm, and {printer} expects {wanted} mm", "look for `size` in your styles"


@rule("R003", Severity.ERROR)
def bleed_missing(printer: str, edge: str, bleed: float) -> Said:
    """The file has no room for what runs over the edge of the page.

    Paper is never cut quite true. A picture that reaches the edge must go on beyond it, by the printer's bleed.
    """
    return f"there are no {bleed:.1f} mm of bleed at the {edge} edge, which {printer} needs", None


@rule("R004", Severity.ERROR)
def art_short(edge: str, bleed: float) -> Said:
    """A picture or a coloured ground ends just at the edge of the page.

    Where the paper is cut a little beside the line, a white strip shows. Let it run over the edge by the bleed, or end
    well inside the page.
    """
    return (
        f"a picture ends at the {edge} edge of the page and should go on for {bleed:.1f} mm",
        "let it run over the edge",
    )


@rule("R005", Severity.ERROR)
def glyph_missing() -> Said:
    """A page shows the box that stands for a letter that its font does not have.

    Printers refuse such files. The character must be in one of the book's fonts: use another character or theme.
    """
    return "a letter is missing from its font, and a box is printed for it", "use another character or theme"


@rule("R006", Severity.ERROR)
def ink_coloured(what: str) -> Said:
    """A book that is printed in black has something in colour.

    A printer turns it to some grey, prints black text out of four inks, or asks for the price of a colour book. Use
    black and greys in your styles, and grey pictures.
    """
    return f"{what} is in colour, and the book is printed in black", "use black and greys"


@rule("R007", Severity.WARNING)
def picture_coarse(printer: str, ppi: float, wide: float, least: int) -> Said:
    """A picture has too few pixels for the size at which it is printed.

    It will look blurred or stepped, and some printers refuse it. Use a larger file of it, or print it smaller.
    """
    said = f"a picture of {wide:.0f} mm has {ppi:.0f} pixels per inch"
    return f"{said}; {printer} asks for {least}", "use a larger file, or print it smaller"


@rule("R008", Severity.WARNING)
def text_small(printer: str, size: float, least: float, words: str) -> Said:
    """Letters are smaller than the printer allows.

    They could not be read, or would fill with ink. Look for the style that makes them so small; letters in a drawing
    shrink with it.
    """
    return f"“{words}” is set in {size:.1f} points; {printer} wants {least:g} at least", "make it larger"


@rule("R009", Severity.ERROR)
def left_over(printer: str, what: str) -> Said:
    """A printer's file still holds what that printer takes no file with.

    Octavo takes it out of every file that it makes for a printer; please report it as a fault of ours.
    """
    return f"the file has {what}, which {printer} refuses", None


@rule("R010", Severity.ERROR)
def count_odd(printer: str, count: int) -> Said:
    """The count of pages is odd, and the printer wants an even one: a leaf has two sides.

    Octavo adds a blank page for printers that want this; please report it as a fault of ours.
    """
    return f"the file has {count} pages, and {printer} wants an even count", None


@rule("R012", Severity.ERROR)
def count_untrue(found: int, known: int) -> Said:
    """The file has another count of pages than the book that was laid out.

    It is the file of another build. Build it again.
    """
    return f"the file has {found} pages, and the book {known}", "build it again"


@rule("R013", Severity.ERROR)
def folio_on_wrong_side(folio: str, side: str) -> Said:
    """A page bears a number of the wrong kind: odd numbers belong on right pages, even ones on left pages.

    All books are so, and printers look for it. A style that restarts the count (`counter-reset: page`) on a left page
    is the usual reason.
    """
    return f"page {folio} is a {side} page", "look for `counter-reset: page` in your styles"


@rule("R014", Severity.ERROR)
def blank_run(printer: str, count: int, most: int) -> Said:
    """Many pages in a row are blank.

    A printer takes them for a fault of the file. Page breaks typed twice make them, or a chapter without text.
    """
    return f"{count} pages in a row are blank; {printer} takes {most} at most", "look for page breaks too many"


@rule("R015", Severity.WARNING)
def placeholder(words: str) -> Said:
    """The text holds what authors and designers put where something is still to come.

    For example a passage of filler Latin, a note in square brackets, or XXXX for a figure that was not known yet. A
    printer refuses such a book, and a reader smiles at it.
    """
    return f"this looks like something still to be written: “{words}”", "write it, or take it out"


@rule("R016", Severity.WARNING)
def isbn_unprinted(where: str, isbn: str) -> Said:
    """The ISBN of the printed book does not stand in it.

    It belongs on the copyright page, and on the cover under its bars; some printers refuse a book without it. A
    template of your own for these pages may leave it out.
    """
    return f"the {where} does not show the ISBN {isbn}", "look at the template of that page"


@rule("R017", Severity.WARNING)
def isbn_of_another(where: str, isbn: str) -> Said:
    """A number on the first or last pages, or on the cover, is an ISBN that the metadata do not give to this book.

    Shops and printers compare the number in the book with the one that it was entered under, and refuse what differs.
    Where it is that of another book, one that you name, all is well.
    """
    return f"the {where} shows the ISBN {isbn}, which the metadata do not know", "make them agree"


@rule("R018", Severity.WARNING)
def name_unprinted(where: str, what: str, name: str) -> Said:
    """Title or author do not stand in a file as the metadata have them.

    Printers compare the title page, the cover and what was entered in the shop. A cover of your own, or a template,
    may say it otherwise.
    """
    return f"the {where} does not show the {what} “{name}”", "make cover, title page and metadata agree"


@rule("R019", Severity.ERROR)
def cover_size(printer: str, found: str, wanted: str, pages: int) -> Said:
    """The cover does not have the size that goes around this book.

    Its width is twice that of a page and the spine, whose width comes from the count of pages and the paper. A cover
    that was made for another count does not fit: build it again after the interior.
    """
    return f"the cover is {found} mm; for {pages} pages {printer} expects {wanted} mm", "build the cover again"


@rule("R020", Severity.ERROR)
def spine_text(printer: str, pages: int, words: str) -> Said:
    """The spine bears text, and is too thin for any.

    Text would slip over its folds. Printers allow it from a certain count of pages on.
    """
    return f"the spine says “{words}”, and with {pages} pages {printer} allows none on it", "leave the spine empty"


@rule("R021", Severity.ERROR)
def file_large(printer: str, size: int, most: int) -> Said:
    """A file has more bytes than the printer takes. Pictures with more pixels than print needs are the usual reason."""
    return f"the file has {size / 1e6:.0f} MB; {printer} takes {most / 1e6:.0f}", "use smaller pictures"


@rule("R022", Severity.HINT)
def more_like(code: str, count: int) -> Said:
    """More pages have the same fault than are named one by one. They have most likely the same cause."""
    return f"{count} more pages have what {code} says", None


@rule("R023", Severity.ERROR)
def ink_too_much(printer: str, weight: float, most: int) -> Said:
    """More ink lies on one place of a page than the printer allows.

    It would not dry, and prints off on the page that lies on it. A colour of a style sheet or a drawing can be the
    reason; Octavo sees to photographs itself.
    """
    return f"a place has {weight:.0f} % of ink; {printer} takes {most} % at most", "use less of each ink"
