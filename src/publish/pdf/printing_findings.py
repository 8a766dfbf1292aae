"""What can stand in the way of a printer's file."""

from publish.problems import Said, Severity, rule

NAME_IT = "put the printer's profile into the project, and name it: `icc-profile: press.icc`"


@rule("X001", Severity.ERROR)
def colour_unprofiled(picture: str, pages: str) -> Said:
    """A book that is printed in colour has RGB colours, and nobody says what inks they are.

    A press prints with four inks: cyan, magenta, yellow and black. How much of each makes a colour depends on press and
    paper, and an ICC profile says it. Ask the printer for the profile of its paper (many name one on their help pages,
    for example PSO Coated v3 or GRACoL 2006), put the file into the project, and name it: `icc-profile: press.icc`. A
    book printed in black needs none: its colours become greys.
    """
    what = f"the picture {picture}" if picture else "RGB colours"
    return f"no profile says with which inks to print {what} ({pages})", NAME_IT


@rule("X002", Severity.ERROR)
def profile_unfit(why: str) -> Said:
    """The ICC profile cannot be used to print with.

    It must be one of a printing condition: of the class output (`prtr`), for CMYK. A profile of a screen (sRGB, Adobe
    RGB) does not say how a press prints. PDF/X-1a takes profiles of ICC version 2, not 4.
    """
    return f"the ICC profile cannot be used: {why}", "take the profile of the paper from the printer's help pages"


@rule("X003", Severity.ERROR)
def profile_missing(flavour: str) -> Said:
    """A flavour of PDF needs the ICC profile of the press inside, and there is none.

    PDF/X-4 wants it even where all is black. Put the profile that your printer names into the project and name it,
    `icc-profile: press.icc`, or make PDF/X-1a, for which the name of a registered condition is enough.
    """
    return f"{flavour} needs the ICC profile of the press", NAME_IT


@rule("X004", Severity.ERROR)
def condition_unknown(condition: str) -> Said:
    """PDF/X must say for which way of printing it is made, and this name is not a registered one.

    Known are `FOGRA39`, `FOGRA47`, `FOGRA51`, `FOGRA52`, `CGATS TR 001` (SWOP) and `CGATS TR 006` (GRACoL). Any other
    name needs the ICC profile that it stands for.
    """
    what = f"“{condition}” is not a registered printing condition" if condition else "no printing condition is named"
    return f"{what}, and there is no profile", "name a registered one, for example FOGRA39, or give a profile"


@rule("X005", Severity.ERROR)
def date_missing() -> Said:
    """PDF/X must say when it was made, and the book has no date.

    No clock is asked, since the same book is the same file every time. Add `date: 2026` or `modified: 2026-03-01` to
    the metadata, or set SOURCE_DATE_EPOCH.
    """
    return "PDF/X needs a date, and the book has none", "add `date:` to the metadata, for example `date: 2026`"


@rule("X006", Severity.ERROR)
def colour_unknown(what: str, pages: str) -> Said:
    """A colour is said in a way that cannot be turned into inks.

    Colours by name or number, `rgb()`, `hsl()`, `lab()`, `oklch()` and `device-cmyk()` can, gradients of them too. A
    colour of a profile of its own (`color(--name …)`) cannot.
    """
    return f"cannot be turned into inks: {what} ({pages})", "say the colour as rgb() or device-cmyk()"


@rule("X007", Severity.ERROR)
def see_through(what: str, pages: str) -> Said:
    """Something on a page is see-through, and the printer takes nothing that is.

    `opacity`, a colour such as `rgb(0 0 0 / 50%)`, a mask or a blend mode in a style sheet or a drawing does it. Use
    the solid colour that it gives on white: half of black is `device-cmyk(0 0 0 0.5)`. PDF/X-4 may hold such things,
    where the printer takes it.
    """
    return f"{what} makes something see-through ({pages})", "use the solid colour that it gives on white"


@rule("X008", Severity.HINT)
def laid_on_white(picture: str, pages: str) -> Said:
    """A picture with see-through parts was laid on white, since the printer takes nothing that is see-through.

    On white paper nothing changes. If the picture stands on a tint or over something else, give it that background
    yourself.
    """
    return f"the picture {picture or 'without a name'} was laid on white ({pages})", None


@rule("X009", Severity.ERROR)
def ink_heavy(colour: str, pages: str) -> Said:
    """A colour of a style sheet has more ink than the printer lets lie on paper.

    Too much ink does not dry, and prints off on the next page. Use less of each: for black, `device-cmyk(0 0 0 1)`;
    for a deeper one on large areas, `device-cmyk(0.4 0.3 0.3 1)`, which is 200 %. Pictures are seen to by themselves.
    """
    return f"too much ink: {colour} ({pages})", "use less of cyan, magenta and yellow"


@rule("X025", Severity.ERROR)
def profile_unreadable(path: str, why: str) -> Said:
    """The ICC profile that the metadata name cannot be read.

    It is a file of the project, named from the folder of the project on: `icc-profile: press.icc`.
    """
    return f"cannot read the ICC profile {path}: {why}", "put the file into the project, and name it from there"
