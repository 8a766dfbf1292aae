"""What reading the finished files back can say."""

from publish.problems import Said, Severity, rule


@rule("C010", Severity.ERROR)
def words_missing(where: str, words: str, before: str, after: str) -> Said:
    """Words of the manuscript are missing from a finished file.

    The file was read back, word by word, and compared with the book. A style hides the passage, or a template
    leaves it out. If you use neither of your own, please report it as a fault of ours.
    """
    return f"the {where} lacks “{words}” (after “{before}” and before “{after}”)", "look for a style that hides it"


@rule("C011", Severity.ERROR)
def words_too_many(where: str, words: str, before: str) -> Said:
    """A finished file holds words that the manuscript does not have there.

    They stand twice, or out of their order, or a template has put them among the author's. If you use templates of
    your own, mark what they add with the attribute `data-made`.
    """
    return f"the {where} has “{words}” too much (after “{before}”)", "look at the templates of your theme"


@rule("C012", Severity.ERROR)
def note_missing(where: str, number: str, words: str) -> Said:
    """A note is missing from a finished file, or part of it, or it stands before a note that is called earlier.

    Notes stand once each, in the order of their calls. A note that is much too long for its page can be cut off: try
    `notes: chapter`.
    """
    return f"the {where} lacks note {number}, or has it out of order: “{words}”", "try `notes: chapter`"


@rule("C014", Severity.ERROR)
def more_differences(where: str, count: int) -> Said:
    """A finished file differs from the book in more passages than are named one by one.

    They have most likely the same cause as those that are named: see C010 and C011.
    """
    return f"the {where} differs from the book in {count} more passages", "the cause is most likely the same"


@rule("C013", Severity.ERROR)
def unreadable(where: str, why: str) -> Said:
    """A finished file cannot be read back at all.

    It is damaged, or something else than its name says. Build it again.
    """
    return f"the {where} cannot be read: {why}", "build it again"
