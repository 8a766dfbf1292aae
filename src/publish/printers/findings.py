"""What can be wrong with the file of an author's own printer, `printers/<name>.toml`."""

from publish.problems import Said, Severity, rule


@rule("N020", Severity.ERROR)
def printer_unreadable(reason: str) -> Said:
    """The file of your own printer cannot be read.

    It is a text in TOML, of the same form as those that come with Octavo: lines like `outer = 0.5` in groups that begin
    with a line like `[margins]`. It stands in the project itself.
    """
    return f"this printer's file cannot be read: {reason}", "copy one of Octavo's own files, and change its numbers"


@rule("N021", Severity.ERROR)
def printer_value(key: str, expected: str) -> Said:
    """A value in the file of your own printer is not what it should be.

    Lengths are inches, as numbers without a unit: 3 mm are 0.118.
    """
    return f"{key} must be {expected}", None


@rule("N022", Severity.ERROR)
def printer_key_unknown(key: str, group: str, known: tuple[str, ...], near: str | None) -> Said:
    """A key in the file of your own printer means nothing.

    It is perhaps misspelt, or stands in another group than its own. A rule that Octavo does not know it cannot keep.
    """
    where = f"in [{group}] there is no" if group else "there is no group or key"
    return f"{where} {key}; there are {', '.join(known)}", f"did you mean {near}?" if near else "take it out"


@rule("N023", Severity.ERROR)
def printer_key_missing(key: str, group: str, expected: str) -> Said:
    """The file of your own printer lacks a rule, or the date or the source of one.

    Printers change what they ask. So each group of rules says in which month it was read (`checked`) and where
    (`source`), and no rule is made up: ask the printer for what you do not find.
    """
    where = f"[{group}] lacks {key}" if group else f"{key} is missing"
    return where, f"add {expected}"


@rule("N024", Severity.ERROR)
def printer_name_taken(name: str) -> Said:
    """A printer of your own has the name of one that comes with Octavo.

    Else nobody could tell whose rules a book was made by. Rename the file, for example to `printers/my-kdp.toml`.
    """
    return f"the name {name} is taken by a printer that comes with Octavo", f"rename the file: printers/my-{name}.toml"
