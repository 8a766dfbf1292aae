"""What can go wrong with a shelf of books (D20x)."""

from publish.problems import Said, Severity, rule


@rule("D201", Severity.ERROR)
def no_books(folder: str) -> Said:
    """There is no book in a folder that was named for the shelf.

    A shelf takes projects, which have a folder `manuscript/`, and finished EPUBs; in a folder of many it looks for
    both, however deep they lie. Folders whose names begin with a dot are passed over.
    """
    return f"there is no book in {folder}", "name a project, an EPUB, or a folder that has some of them in it"


@rule("D202", Severity.ERROR)
def book_unreadable(file: str, reason: str) -> Said:
    """A file that ends in `.epub` is no e-book that can be read.

    The shelf stays as it was: a book that was there yesterday should not be gone because its file is damaged today.
    Mend the file, or move it away, and send the shelf again.
    """
    return f"{file} cannot be read: {reason}", "mend the file or move it away; the shelf is as it was"


@rule("D203", Severity.ERROR)
def same_book(file: str, other: str, identifier: str) -> Said:
    """Two files say that they are the same book.

    Reading apps know books by their identifier, and would take one for the other. Most often one of the files is an
    older copy. If they are two books, give each an identifier or an ISBN of its own.
    """
    return f"{file} and {other} have the same identifier, {identifier}", "keep one of them on the shelf"


@rule("D204", Severity.ERROR)
def no_shelf(folder: str) -> Said:
    """The folder that the shelf is to go to holds other things.

    A shelf is a folder of its own: what is no longer on it is removed, and nothing else may be in danger there. Name a
    new folder, or one that a shelf was written to before.
    """
    return f"{folder} is neither empty nor a shelf", "name another folder: --to FOLDER"


@rule("D205", Severity.ERROR)
def cannot_write_shelf(path: str, reason: str) -> Said:
    """A file of the shelf could not be written.

    The disk is full, or the folder belongs to somebody else. Books are written before the lists that lead to them, so
    what the shelf shows is whole. Make room or mend the permissions, and send it again.
    """
    return f"cannot write {path}: {reason}", "make room or mend the permissions, and send it again"
