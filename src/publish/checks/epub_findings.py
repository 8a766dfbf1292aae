"""What can be wrong with an EPUB as it is opened, whoever made it."""

from publish.problems import Said, Severity, rule


@rule("E090", Severity.ERROR)
def damaged(name: str, why: str) -> Said:
    """A file in the EPUB cannot be unpacked: its bytes are damaged, or packed in a way that EPUB does not know.

    The rest was read all the same. Fetch the EPUB again, or pack it anew.
    """
    return f"{name} cannot be unpacked: {why}", None


@rule("E091", Severity.ERROR)
def name_leads_out(name: str) -> Said:
    """A file in the EPUB has a name that leads out of it (`../x`, `/x`), or holds signs that no file name should.

    A program that believes such a name overwrites files of its user's. Octavo never unpacks to disk, and nothing
    was written.
    """
    return f"a file is called “{name}”, which leads out of the EPUB or is no file name", None


@rule("E092", Severity.ERROR)
def too_large(name: str, why: str) -> Said:
    """A file in the EPUB unpacks to far more than it is packed as, or than any book needs; it was not read.

    Files that unpack to gigabytes are made to harm the program that opens them.
    """
    return f"{name} was not read: {why}", None


@rule("E093", Severity.ERROR)
def not_well_formed(why: str) -> Said:
    """A document in the EPUB is not well-formed XML; most readers show nothing of it, or an error.

    The message is that of the XML parser, the place is where it gave up: the fault stands there or before.
    """
    return why, None


@rule("E094", Severity.ERROR)
def entities_declared() -> Said:
    """A document in the EPUB declares entities of its own, by which files can be drawn in and memory filled.

    No book needs them: write the character itself. The document was not read.
    """
    return "the document declares entities", "write the characters themselves"


@rule("E095", Severity.ERROR)
def not_there(by: str, what: str) -> Said:
    """The EPUB names a file, or an item of its manifest, that is not in it."""
    return f"{by} names {what}, which is not there", None


@rule("E096", Severity.ERROR)
def name_twice(name: str) -> Said:
    """Two files in the EPUB have the same name, so that one reader opens the first and another the second."""
    return f"two files are called {name}", None


@rule("E097", Severity.ERROR)
def locked(name: str) -> Said:
    """A file in the EPUB is encrypted, as shops do to guard their copies; it cannot be read here."""
    return f"{name} is encrypted", None


@rule("E098", Severity.ERROR)
def leads_nowhere(title: str, address: str) -> Said:
    """An entry of the contents, a page of the page list or a landmark leads to a place that is not in the EPUB."""
    return f"“{title}” leads to {address}, which is not there", None


@rule("E099", Severity.WARNING)
def not_marked() -> Said:
    """The zip file does not say in its first bytes that it is an EPUB, as some readers and shops want it.

    The first file must be called `mimetype`, be stored without compression, and hold `application/epub+zip`.
    """
    return "the file does not begin with its media type", "pack the file `mimetype` first, without compression"
