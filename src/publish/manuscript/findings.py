"""What can be wrong with the files of a manuscript. What can be wrong with the metadata is in `metadata_findings`."""

from publish.problems import Said, Severity, rule


@rule("F001", Severity.ERROR)
def no_folder() -> Said:
    """There is no folder `manuscript/`.

    A book's text stands in a folder named `manuscript` inside the project's folder, in files that end in `.md`.
    Make that folder, or name the project's folder with `--project` (with `make`: `BOOK=`). To begin with a
    finished skeleton, type `publish new my-book` (with `make`: `make new NAME=my-book`).
    """
    return (
        "the project has no folder manuscript/",
        "make it and put your text in it, or start with: publish new my-book (make new NAME=my-book)",
    )


@rule("F002", Severity.ERROR)
def no_files() -> Said:
    """The folder `manuscript/` holds no file that ends in `.md`.

    Each file of the book ends in `.md`. `README.md` and names that begin with `_` or `.` are left out of the book.
    A typed text (`.txt`) becomes a book with `publish import`.
    """
    return "manuscript/ holds no Markdown file", "put your text into a file such as manuscript/01-opening.md"


@rule("F003", Severity.ERROR)
def empty_file() -> Said:
    """A file of the manuscript holds no text.

    It may have been emptied by accident, so it is not left out in silence. Fill it, remove it, or let its name
    begin with `_`, which keeps it out of the book. The first file may hold the metadata alone.
    """
    return "this file holds no text", "fill it, remove it, or begin its name with _ to leave it out"


@rule("F004", Severity.HINT)
def skipped() -> Said:
    """A Markdown file is not part of the book because of its name.

    `README.md` and names that begin with `_` or `.` are for you, not for readers.
    """
    return (
        "this file is not part of the book",
        "rename it if it should be: README.md and names with _ or . are left out",
    )


@rule("F005", Severity.WARNING)
def other_format(suffix: str) -> Said:
    """A file in `manuscript/` looks like text, but is not Markdown, so it is not part of the book.

    Only files that end in `.md` are read. A typed text becomes Markdown with `publish import`; a file that is
    Markdown already needs the ending `.md`. Let the name begin with `_` if it should stay out.
    """
    return (
        f"this {suffix} file is not part of the book: only .md files are",
        "rename it to end in .md, or see: publish import",
    )


@rule("F006", Severity.WARNING)
def subfolder() -> Said:
    """A folder inside `manuscript/` holds Markdown files; they are not part of the book.

    All files of the book stand in `manuscript/` itself; their names give the order, such as `02-the-letter.md`.
    Parts are made with `# Title {.part}`, not with folders. Let the folder's name begin with `_` to silence this.
    """
    return "the Markdown files in this folder are not part of the book", "move them into manuscript/ itself"


@rule("F007", Severity.ERROR)
def outside(path: str) -> Said:
    """A symbolic link leads out of the project's folder.

    A project holds all that its book is made of, so that it can be moved, kept and given away. Copy the file to
    where the link stands.
    """
    return f"{path} leads out of the project", "put a copy of the file in its place"


@rule("F008", Severity.ERROR)
def not_a_file() -> Said:
    """A name in `manuscript/` ends in `.md` but is no ordinary file.

    It is a folder or a device. Rename or remove it.
    """
    return "this is not a file", "rename it, or remove it"


@rule("F009", Severity.ERROR)
def unreadable(path: str, reason: str) -> Said:
    """A file or folder of the manuscript could not be read.

    Its permissions forbid it, or the disk has a fault.
    """
    return f"cannot read {path}: {reason}", "mend its permissions, or put a readable copy in its place"


@rule("F010", Severity.ERROR)
def too_large(size: int, limit: int) -> Said:
    """A file is larger than any manuscript.

    A file may have 5 MB; the longest novels have three. Perhaps it is not text, or holds pictures: pictures stand in
    files of their own. A truly longer text is divided into several files.
    """
    return (
        f"the file has {size / 1e6:.1f} MB, more than the {limit / 1e6:.0f} MB that are read",
        "divide it into several files, and keep pictures in files of their own",
    )


@rule("F011", Severity.ERROR)
def other_encoding(likely: str | None, reads: str | None) -> Said:
    """The file is not in UTF-8.

    UTF-8 is how text is saved today, in all languages. The place is the first letter that is not in it. Open the file
    in the program that wrote it (or in any editor that asks for the encoding), see that all letters are right, and
    save it as UTF-8.
    """
    if likely is None:
        return "the file is not in UTF-8 from here on", "save it as UTF-8; perhaps it is not a text file"
    example = f' (as which it reads "{reads}")' if reads else ""
    return f"the file is not in UTF-8 but likely in {likely}", f"open it as {likely}{example} and save it as UTF-8"


@rule("F012", Severity.ERROR)
def broken_utf_16() -> Said:
    """The file says that it is in UTF-16, and breaks off or is damaged.

    Save it anew from the program that wrote it, best as UTF-8.
    """
    return "the file begins as UTF-16 but is damaged here", "save it anew, best as UTF-8"


@rule("F013", Severity.ERROR)
def control_character(sign: str, times: int) -> Said:
    """The text holds a character that cannot be printed.

    Control characters come from damaged files and from other programs' page breaks; no book and no e-book can hold
    them. Remove it; for a new page in print write a line `\\newpage`.
    """
    return f"a control character, {sign}, {_times(times)}", "remove it; a page break is written \\newpage"


@rule("F014", Severity.ERROR)
def direction_override(sign: str, times: int) -> Said:
    """The text holds an invisible sign that turns the reading direction of what follows.

    U+202D and U+202E force letters to show in an order in which they do not stand, so that what is read is not what
    is written. No language needs them: right-to-left letters turn by themselves. Remove the sign.
    """
    return f"an invisible sign that forces the reading direction, {sign}, {_times(times)}", "remove it"


@rule("F015", Severity.WARNING)
def direction_mark(sign: str, times: int) -> Said:
    """The text holds an invisible sign for the reading direction.

    Such signs come along when text is copied from the web. They are seldom needed, since letters know their
    direction; a passage in a right-to-left language is better marked: `[…]{lang=he}`.
    """
    return (
        f"an invisible sign for the reading direction, {sign}, {_times(times)}",
        "remove it, or mark the language instead",
    )


@rule("F016", Severity.WARNING)
def lost_character(sign: str, times: int) -> Said:
    """A letter was lost before the text came here.

    U+FFFD is what programs put in place of a letter that they could not read. Look up what stood there.
    """
    return f"a lost letter ({sign}), {_times(times)}", "look up which letter stood here and type it again"


@rule("F017", Severity.ERROR)
def no_text() -> Said:
    """The manuscript holds metadata and no text.

    Write the text under the metadata, or into further files in `manuscript/`.
    """
    return "the manuscript holds no text", "write it under the metadata, or into further files in manuscript/"


def _times(times: int) -> str:
    return "once in this file" if times == 1 else f"{times} times in this file"
