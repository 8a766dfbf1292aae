"""What is wrong with a book that is to go to a printer or a shop (D0)."""

from publish.problems import Said, Severity, rule


@rule("D001", Severity.WARNING)
def field_missing(printer: str, label: str, key: str) -> Said:
    """The printer's form asks for something that the manuscript does not say.

    The parcel is made all the same, and its READ-ME names the field, so that you can fill it in by hand. Said in the
    metadata, it stands in every parcel, in the e-book and where else it is shown.
    """
    return f"{printer} asks for “{label}”, and the manuscript does not say it", f"say it in the metadata: {key}"


@rule("D002", Severity.WARNING)
def field_long(printer: str, label: str, characters: int, most: int) -> Said:
    """A text is longer than the printer's form takes.

    The form would cut it off, or refuse it. A shorter `description` can stand beside a long `blurb`, which is for the
    back of the cover alone.
    """
    return f"“{label}” has {characters} characters, and {printer} takes {most}", "shorten it in the metadata"


@rule("D003", Severity.ERROR)
def changed_meanwhile(file: str) -> Said:
    """A file of the book was changed while the parcel was made.

    What was built may hold the old text or the new one, so nothing was packed. Send it again.
    """
    return f"{file} changed while the parcel was made", "send it again"


@rule("D010", Severity.WARNING)
def shop_cover_small(shop: str, width: int, height: int, least: int) -> Said:
    """The cover has fewer pixels than the shop asks for.

    It goes into the parcel as it is: made larger, it would only be blurred. Give a larger picture under `cover-image`.
    """
    return (
        f"the cover has {width} × {height} pixels; {shop} asks for {least} on the shorter side",
        "give a larger cover-image",
    )


@rule("D011", Severity.WARNING)
def price_missing(shop: str) -> Said:
    """The metadata give no price for the e-book.

    The record for the shop then says that a price is still to be announced, and you type it on the shop's page. For a
    book that is to be had for nothing, say `price: {epub: {EUR: 0}}`.
    """
    return f"no price of the e-book to tell {shop}", "say it in the metadata: price: {epub: {EUR: 6.99}}"
