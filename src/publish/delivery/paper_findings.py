"""What can go wrong with a paper proof: the printer named (D30x), what it can do (D31x), the job itself (D32x)."""

from publish.problems import Said, Severity, rule

CHECK_PRINTER = "see that the printer is switched on and in your network, and that its address is right"


@rule("D301", Severity.ERROR)
def printer_unusable(text: str, reason: str) -> Said:
    """This can be neither the address of a printer nor the name of a queue.

    An address has the form `ipp://printer.local/ipp/print`, or `ipps://` where the printer encrypts. It holds no user
    and no password. A queue is a printer that your system knows; `lpstat -e` lists the names.
    """
    return f"“{text}” names no printer: {reason}", "write ipp://HOST/ipp/print, or a name that `lpstat -e` lists"


@rule("D302", Severity.ERROR)
def queues_missing() -> Said:
    """The programs that hand a file to a queue of your system are missing.

    `lp` and `lpstat` are those of CUPS. Debian and Ubuntu have them in the package `cups-client`, Fedora in `cups`;
    macOS brings them. A printer in your network can be named by its address instead: `ipp://HOST/ipp/print`.
    """
    return "queues need the program `lp`, which is not here", "install cups-client, or write ipp://HOST/ipp/print"


@rule("D303", Severity.ERROR)
def queue_unknown(name: str, answer: str) -> Said:
    """Your system has no queue of this name, or its print server does not answer.

    The message gives its own words. `lpstat -e` lists all names.
    """
    return f"there is no queue “{name}”: {answer}", "`lpstat -e` lists the names"


@rule("D304", Severity.ERROR)
def printer_unreachable(where: str, reason: str) -> Said:
    """The printer does not answer.

    It is switched off or asleep, not in this network, or has another address. Nothing was printed.
    """
    return f"cannot reach {where}: {reason}", CHECK_PRINTER


@rule("D305", Severity.ERROR)
def printer_unproven(where: str, reason: str) -> Said:
    """The printer encrypts, but cannot prove that it is the one you named.

    Most printers sign their certificate themselves. Have your system trust it, or write `ipp://` instead of `ipps://`:
    then the book goes through your network unencrypted. Nothing was sent.
    """
    return f"the way to {where} is not safe: {reason}", "in a network of your own, write ipp:// instead of ipps://"


@rule("D306", Severity.ERROR)
def no_printer_there(where: str, answer: str) -> Said:
    """Something answers at this address, but not as a printer does.

    The path is wrong, or the machine is no printer. Most printers have the path `/ipp/print`; a print server has one of
    its own for each printer, such as `/printers/Office`.
    """
    return f"no printer answers at {where}: {answer}", "look at the address once more; most end in /ipp/print"


@rule("D307", Severity.ERROR)
def printer_closed(where: str, answer: str) -> Said:
    """The printer lets only those in whom it knows, or only those who encrypt.

    Octavo gives no name and no password. Set the printer up in your system, and give the name of its queue.
    """
    return f"{where} does not let you in: {answer}", "write ipps://, or set it up in your system and name its queue"


@rule("D310", Severity.ERROR)
def no_pdf(where: str) -> Said:
    """The printer does not take PDF.

    A queue of your system turns PDF into what the printer takes. Set the printer up there, and give the queue's name.
    """
    return f"{where} does not take PDF", "set it up in your system, and give the name of its queue"


@rule("D311", Severity.WARNING)
def one_side_only(where: str, *, booklet: bool) -> Said:
    """The printer cannot print on both sides, so each page gets a sheet's side of its own.

    The back stays blank. For a booklet, paste each sheet's two sides back to back, or print the file by hand: first the
    odd sides, then the even ones on their backs.
    """
    hint = "for the booklet, paste each two sides that follow one another back to back" if booklet else None
    return f"{where} does not print on both sides; it is printed on one", hint


@rule("D312", Severity.ERROR)
def no_such_sheet(where: str, sheets: str, *, other: str | None) -> Said:
    """The printer has no paper of this size.

    What it takes at all is what it says of itself, whether that lies in a tray or not.
    """
    return f"{where} does not print on {sheets}", f"type the same with --sheet {other}" if other else None


@rule("D313", Severity.WARNING)
def pages_large(width: float, height: float, sheet: str) -> Said:
    """The book's pages are larger than the paper, so they are printed smaller.

    All of each page is there, but nothing has its true size.
    """
    return f"pages of {width:.0f} × {height:.0f} mm are larger than {sheet}; they are printed smaller", None


@rule("D314", Severity.WARNING)
def size_unsure(where: str) -> Said:
    """The printer does not say that it can print in true size.

    Some printers make pages larger or smaller to fill the sheet. Measure the first page before you judge the type; a
    queue of your system can be set to 100 %.
    """
    return f"{where} does not say that it keeps to the true size", "measure a page before you judge the type"


@rule("D315", Severity.ERROR)
def copies_many(where: str, copies: int, most: int) -> Said:
    """The printer makes fewer copies at once than were asked for."""
    return f"{where} makes {most} at once, not {copies} copies", f"type the same with --copies {most}, and again"


@rule("D320", Severity.ERROR)
def accepts_nothing(where: str, answer: str) -> Said:
    """The printer or its queue takes no jobs at the moment.

    Somebody has closed it: at the printer itself, on its web page, or in your system's settings.
    """
    return f"{where} accepts no jobs{answer and ': '}{answer}", "open it again in its settings"


@rule("D321", Severity.ERROR)
def printer_busy(where: str, tries: int, answer: str) -> Said:
    """The printer was busy, each time that it was asked.

    It has work of others, or trouble of its own. Nothing of the book was taken.
    """
    return f"{where} is busy, asked {tries} times: {answer}", "type the same command again in a while"


@rule("D322", Severity.ERROR)
def job_refused(where: str, answer: str) -> Said:
    """The printer did not take the job. Its own words stand in the message."""
    return f"{where} did not take the job: {answer}", None


@rule("D323", Severity.ERROR)
def job_failed(where: str, job: str, how: str) -> Said:
    """The printer took the job and gave it up, or somebody cancelled it.

    Some sheets may have been printed. What the printer says of the reason stands in the message.
    """
    return f"{where} {how}; job {job} is not printed", None


@rule("D324", Severity.WARNING)
def still_waiting(where: str, job: str, how: str) -> Said:
    """The job is with the printer, and nothing has changed for some minutes.

    It is printed as soon as the printer can. It is not sent a second time by waiting; to give it up, cancel it at the
    printer.
    """
    return f"job {job} is with {where}, and is not printed yet: {how}", "look at the printer; do not send it again"


@rule("D325", Severity.WARNING)
def lost_sight(where: str, job: str, reason: str) -> Said:
    """The printer has the job, but no longer says how it stands.

    It may be printed already. Look at the printer before you send it again.
    """
    return f"{where} has job {job}, but no longer tells of it: {reason}", "look at the printer; do not send it again"


@rule("D326", Severity.ERROR)
def broken_off(where: str, reason: str) -> Said:
    """The connection broke while the book was on its way.

    Nobody can say whether the printer has all of it. It is not sent again by itself, so that it is not printed twice.
    """
    return f"the connection to {where} broke while the book was sent: {reason}", "look at the printer, then try again"


@rule("D327", Severity.WARNING)
def ignored(where: str, what: str) -> Said:
    """The printer took the job, but not all that was asked with it."""
    return f"{where} goes its own way with {what}", "look at the first sheets"
