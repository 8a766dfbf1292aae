"""What can go wrong with a book on its way to an e-reader (D21x)."""

from publish.files import weight
from publish.problems import Said, Severity, rule


@rule("D210", Severity.ERROR)
def no_device() -> Said:
    """No e-reader is connected, as far as can be seen.

    Connect it with its cable, and say on its screen that it may be connected. It then shows up as a drive, by whose
    folders Octavo knows a Kobo, a Kindle or a PocketBook. Any other reader, and one that is mounted somewhere unusual,
    is named by its folder.
    """
    return "no Kobo, Kindle or PocketBook is connected", "connect it, or name its folder: publish send device FOLDER"


@rule("D211", Severity.ERROR)
def several_devices(names: str) -> Said:
    """More than one e-reader is connected.

    Nothing is copied until you say to which one: name its folder.
    """
    return f"more than one e-reader is connected: {names}", "name the folder of the one you mean"


@rule("D212", Severity.WARNING)
def kindle_cable(edition: str) -> Said:
    """A Kindle reads no EPUB that comes by cable.

    By cable it takes PDF, which it shows page by page, so the PDF for screens is copied. The EPUB reaches it by mail,
    at the Kindle's own address: `publish send to NAME@kindle.com`.
    """
    return f"a Kindle reads no EPUB that comes by cable; it gets the {edition}", "the EPUB reaches it by mail"


@rule("D213", Severity.ERROR)
def no_room(folder: str, needed: int, free: int) -> Said:
    """There is not enough room on the e-reader.

    Remove something from it, and send the book again.
    """
    return f"{folder} has {weight(free)} left, and the book needs {weight(needed)}", "make room on the e-reader"


@rule("D214", Severity.ERROR)
def not_copied(path: str, reason: str) -> Said:
    """The book could not be copied.

    The reader was disconnected, or its storage is damaged or locked. What was there before is still there.
    """
    return f"cannot copy to {path}: {reason}", "connect the e-reader anew, and send the book again"


@rule("D215", Severity.ERROR)
def arrived_damaged(path: str) -> Said:
    """What was read back from the e-reader is not what was written to it.

    The storage or the cable is failing. The copy was removed; what was there before is still there.
    """
    return f"what arrived at {path} is not what was sent", "try another cable or port, and send the book again"
