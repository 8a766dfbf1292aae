"""What can be wrong with a finished printer's file."""

from publish.problems import Said, Severity, rule

OURS = "if you changed nothing in the file, please report it as a fault of ours"


@rule("X010", Severity.ERROR)
def boxes_disagree(label: str, why: str) -> Said:
    """A page's boxes do not lie in one another.

    A page says how large its sheet is (MediaBox), how far its colour runs over the edge (BleedBox) and where it is cut
    (TrimBox). The cut must lie within the bleed, and the bleed on the sheet, or a press cuts into the text.
    """
    return f"the boxes of page {label} disagree: {why}", "look at `size` and `bleed` in your @page rules"


@rule("X011", Severity.ERROR)
def trapped_unsaid() -> Said:
    """A PDF/X file does not say whether it is trapped.

    Trapping lets colours that meet overlap a little, so that no paper shows between them. The printer does it, and must
    know that nobody has done it before. (ISO 15930: the key Trapped is True or False.)
    """
    return "the file does not say whether it is trapped", OURS


@rule("X012", Severity.ERROR)
def flavour_unsaid(flavour: str) -> Said:
    """A file does not name the standard that it should follow.

    A printer's program looks for the name first, and takes a file without it for an ordinary PDF. PDF/X-1a:2001 is
    named in the document information, PDF/X-4 in the XMP packet.
    """
    return f"the file does not say that it is {flavour}", OURS


@rule("X013", Severity.ERROR)
def version_wrong(version: str, most: str) -> Said:
    """A file is a newer PDF than its standard is made of.

    PDF/X-1a:2001 is PDF 1.3 and PDF/X-4 PDF 1.6; what came later may be lost on a press.
    """
    return f"the file is PDF {version}, where {most} is the newest that may be", OURS


@rule("X014", Severity.ERROR)
def intent_wrong(why: str) -> Said:
    """A PDF/X file does not say rightly for which way of printing it is made.

    There is one intent (OutputIntent), which names a registered printing condition or has the ICC profile of the press.
    In PDF/X-4 the profile is always there.
    """
    return f"the printing condition: {why}", "name a registered condition, or give the profile of the press"


@rule("X015", Severity.ERROR)
def screen_colour(where: str) -> Said:
    """A printer's file has a colour of a screen.

    RGB and Lab are light; a press has inks. Each machine turns one into the other in its own way, and black text comes
    out in four inks, with coloured edges.
    """
    return f"a colour that is not of inks: {where}", OURS


@rule("X016", Severity.ERROR)
def annotation_inside(label: str) -> Said:
    """A link or a comment lies on a page of a PDF/X file.

    Nobody can say whether such things are printed, so the standard has none where there is paper.
    """
    return f"a link or a comment lies on page {label}", OURS


@rule("X017", Severity.ERROR)
def transparent(what: str) -> Said:
    """A printer's file has something see-through, and its flavour knows no such thing.

    In PDF/X-1a, and where a printer refuses transparency, everything is solid. An opacity, a soft mask or a blend mode
    would be lost, or the page be printed as a coarse picture.
    """
    return f"something is see-through: {what}", "use the solid colour that it gives on white"


@rule("X018", Severity.ERROR)
def font_missing(font: str) -> Said:
    """A font is not in the file.

    The printer's machine would take another in its place, with other letters and other widths. Every font must be
    embedded.
    """
    return f"the font {font} is not in the file", OURS


@rule("X019", Severity.ERROR)
def font_whole(font: str) -> Said:
    """A font is not cut down to what the book shows of it.

    Licences often allow no more than that, and files are smaller; where two files are put on one sheet, fonts of the
    same name get into each other's way.
    """
    return f"the font {font} is not a subset", OURS


@rule("X020", Severity.ERROR)
def locked() -> Said:
    """A file is encrypted. No printer takes one, with a password or without."""
    return "the file is encrypted", OURS


@rule("X021", Severity.ERROR)
def identity_unsaid(what: str) -> Said:
    """A PDF/X file lacks its title, a date, or the identifier by which a printer tells two files apart."""
    return f"the file lacks what PDF/X asks for: {what}", "give the book a title and a date in its metadata"


@rule("X022", Severity.ERROR)
def acting(what: str) -> Said:
    """A printer's file holds a program, a form or another file. Paper can do nothing with them, and printers refuse."""
    return f"the file holds {what}", OURS


@rule("X023", Severity.ERROR)
def layered() -> Said:
    """A printer's file has layers, which can be hidden and shown. Nobody can say which of them are to be printed."""
    return "the file has layers", OURS


@rule("X024", Severity.ERROR)
def font_too_new(font: str) -> Said:
    """A font is embedded in a way that the flavour does not know.

    PDF 1.3, of which PDF/X-1a:2001 is made, has no OpenType files; their outlines alone can be embedded.
    """
    return f"the font {font} is embedded as OpenType, which PDF 1.3 does not know", OURS
