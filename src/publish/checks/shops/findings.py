"""What shops can have against an EPUB. An error where the shop refuses the file, a warning where it shows badly."""

from collections.abc import Sequence

from publish.problems import Said, Severity, rule

NAMED = 5
"""Of many like faults, those that are named one by one."""


def listed(things: Sequence[str]) -> str:
    """The first of some things, and how many there are besides."""
    more = len(things) - NAMED
    return ", ".join(things[:NAMED]) + (f" and {more} more" if more > 0 else "")


def millions(number: int) -> str:
    """A number of pixels or bytes in millions."""
    return f"{number / 1_000_000:.4g}"


@rule("E060", Severity.ERROR)
def image_too_large(shop: str, name: str, size: str, most: int, fitting: str | None) -> Said:
    """A picture in the EPUB has more pixels than a shop takes.

    Width times height counts. Octavo makes pictures of yours smaller by itself; in an EPUB that was made elsewhere,
    save the picture smaller.
    """
    return (
        f"{shop} refuses pictures of more than {millions(most)} million pixels, and {name} has {size}",
        f"save it smaller: {fitting} fits" if fitting else "save it smaller",
    )


@rule("E061", Severity.WARNING)
def image_heavy(shop: str, name: str, size: int, most: int) -> Said:
    """A picture in the EPUB has more bytes than a shop advises, so that the book is slow to load and to turn.

    Save it as JPEG, or with fewer pixels.
    """
    return (
        f"{shop} advises pictures of at most {millions(most)} MB, and {name} has {millions(size)} MB",
        "save it as JPEG, or with fewer pixels",
    )


@rule("E062", Severity.WARNING)
def document_heavy(shop: str, name: str, size: int, most: int) -> Said:
    """A document of the EPUB has more bytes than a shop advises, so that its readers are slow to open it.

    Each chapter is a document. Divide the one that the message names into several.
    """
    return (
        f"{shop} advises documents of at most {millions(most)} MB, and {name} has {millions(size)} MB",
        "divide the chapter",
    )


@rule("E063", Severity.WARNING)
def image_in_inks(shop: str, name: str) -> Said:
    """A picture in the EPUB is in CMYK, the four inks of a press; readers show it in wrong colours, or not at all.

    Octavo turns pictures of yours into RGB by itself; in an EPUB that was made elsewhere, save the picture as RGB.
    """
    return f"{shop} asks for pictures in RGB, and {name} is in CMYK", "save it as RGB"


@rule("E064", Severity.WARNING)
def cover_not_alone(shop: str, name: str) -> Said:
    """The document that shows the cover shows something else, too.

    Kobo's readers take such a document for one fixed page: text in it can be cut off, and not be enlarged.
    """
    return f"{shop} asks for the cover in a document of its own, and {name} holds more", "move the rest elsewhere"


@rule("E065", Severity.WARNING)
def note_too_long(shop: str, document: str, length: int, most: int) -> Said:
    """A note is too long for a shop's readers to show it on top of the page; they go away from the page instead.

    Say it in the text, or divide the note.
    """
    return (
        f"{shop} shows notes of at most {most} characters in place, and one in {document} has {length}",
        "say it in the text, or divide the note",
    )


@rule("E066", Severity.WARNING)
def note_before_call(shop: str, document: str, call: str) -> Said:
    """A note stands before the place that calls it, so that a shop's readers do not show it on top of the page.

    They take only links that lead forward for calls. In books that Octavo makes, notes stand after their calls, at the
    end of the chapter or of the book.
    """
    return f"{shop} shows a note in place only after its call; in {document}, that of {call} stands before", None


@rule("E067", Severity.ERROR)
def file_heavy(shop: str, size: int, most: int) -> Said:
    """The EPUB has more bytes than a shop takes.

    Pictures are the usual cause: save them as JPEG, or with fewer pixels.
    """
    return (
        f"{shop} refuses files of {millions(most)} MB and more, and this one has {millions(size)} MB",
        "save its pictures smaller",
    )


@rule("E068", Severity.ERROR)
def cover_beyond_limits(shop: str, name: str, size: str, least: int, most: int) -> Said:
    """The picture of the cover has fewer or more pixels than a shop takes.

    Save it in another size: 1600 pixels wide and 2560 high is good for all shops.
    """
    return (
        f"{shop} takes covers of {least} to {most} pixels a side, and {name} has {size}",
        "save it 1600 pixels wide and 2560 high",
    )


@rule("E069", Severity.ERROR)
def cover_missing(shop: str) -> Said:
    """The EPUB names no picture as its cover, and a shop wants it inside the file.

    Octavo makes a cover from the title where you give none (`cover-image`), and names it. In an EPUB that was made
    elsewhere, give the picture the property `cover-image` in the manifest.
    """
    return f"{shop} wants the cover inside the EPUB, and no picture is named as such", "name it as `cover-image`"


@rule("E070", Severity.WARNING)
def cover_small(shop: str, name: str, size: str, wanted: str) -> Said:
    """The picture of the cover is smaller than a shop wants it, so that it looks coarse on a good screen.

    Save the picture larger from what it was made of; a small one blown up is no better.
    """
    return f"{shop} wants covers of {wanted} pixels, and {name} has {size}", f"save it as {wanted} (width × height)"


@rule("E071", Severity.WARNING)
def cover_format(shop: str, name: str, format_: str, accepted: Sequence[str]) -> Said:
    """The picture of the cover is in another format than a shop wants."""
    wanted = " or ".join(accepted)
    return f"{shop} wants the cover as {wanted}, and {name} is {format_}", f"save it as {wanted}"


@rule("E072", Severity.WARNING)
def page_label_strange(shop: str, labels: Sequence[str]) -> Said:
    """Pages in the EPUB's page list are called by something else than an arabic or a roman number.

    The label is the number alone: `12` or `xii`, and never “Page 12”. Labels such as A-3 come from how the pages of the
    printed book are numbered.
    """
    return (
        f"{shop} takes arabic and roman page numbers only, and the page list has {listed(labels)}",
        "give those pages arabic or roman numbers",
    )


@rule("E073", Severity.WARNING)
def page_label_twice(shop: str, labels: Sequence[str]) -> Said:
    """Two pages in the EPUB's page list have the same number, so that a reader cannot tell which one is meant.

    It comes from a book whose numbers begin anew: number its pages through.
    """
    return f"{shop} wants each page number once, and the page list has twice {listed(labels)}", "number pages through"


@rule("E074", Severity.WARNING)
def page_label_empty(shop: str, count: int) -> Said:
    """A page in the EPUB's page list has no number.

    A page on which no number is printed still has one, which counts on from the page before.
    """
    return f"{shop} wants a number for each page, and the page list has {count} without one", None


@rule("E075", Severity.WARNING)
def page_source_unnamed(shop: str) -> Said:
    """The EPUB has the page numbers of a printed book, and does not say which one: its ISBN is not named.

    Without it, a shop cannot tell that they are those of the book it sells. Give the ISBN of the print edition:
    `isbn: {print: 978-3-16-148410-0}`.
    """
    return (
        f"{shop} wants the ISBN of the printed book whose pages these are, and none is named",
        "add `isbn: {print: …}` to the metadata",
    )


@rule("E076", Severity.WARNING)
def page_reference_unlinked(shop: str, document: str, references: Sequence[str]) -> Said:
    """The EPUB names a page (“see page 12”, or a number in an index) and does not lead there.

    On a screen a page number is of use only as a link. Write `[](#name){.page}` in place of the number. Where a page of
    another book is meant, leave it as it is.
    """
    return (
        f"{shop} wants page numbers in the text to be links, and in {document} these are none: {listed(references)}",
        "write [](#name){.page} in place of the number; a page of another book stays as it is",
    )


@rule("E077", Severity.WARNING)
def note_no_aside(shop: str, document: str, call: str) -> Said:
    """A note is no `<aside epub:type="footnote">`, so that Kindle does not show it on top of the page."""
    return (
        f'{shop} shows notes in place that are <aside epub:type="footnote">; in {document}, that of {call} is none',
        None,
    )


@rule("E078", Severity.WARNING)
def body_styled(shop: str, selector: str, declaration: str) -> Said:
    """A style sheet of the EPUB sets the size, face or colour of the whole text, which are the reader's to choose.

    It is a rule for `html`, `body`, `p` or all elements. Take it out, or let it be for print alone. What sets headings,
    captions and code apart from the text may stay.
    """
    return (
        f"{shop} leaves size, face and colour of the text to the reader, and the style sheet says: "
        f"{selector} {{ {declaration} }}",
        "take it out, or put it in @media print",
    )


@rule("E079", Severity.WARNING)
def contents_without_ncx(shop: str) -> Said:
    """The EPUB has no NCX (`toc.ncx`), from which Kindle makes the contents of its menu."""
    return f"{shop} reads the contents from an NCX (toc.ncx), and there is none", None


@rule("E080", Severity.WARNING)
def font_format_strange(shop: str, name: str, format_: str, accepted: Sequence[str]) -> Said:
    """A font in the EPUB is in a format that a shop's readers do not name among those they show."""
    return f"{shop} names fonts as {' or '.join(accepted)}, and {name} is {format_}", "save the font in that format"
