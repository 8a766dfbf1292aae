"""What can be wrong with the YAML of the metadata, before anybody asks what it says."""

from publish.problems import Said, Severity, rule


@rule("Y001", Severity.ERROR)
def unclosed() -> Said:
    """The metadata at the head of a file is opened and never closed.

    A first line of three hyphens opens the metadata; a second one closes it. Between them stand lines such as
    `title: The Whale`. If the first line is meant as a break between scenes, write `***` instead.
    """
    return "the metadata that --- opens is never closed", "add a line --- after it; a scene break is written ***"


@rule("Y002", Severity.ERROR)
def not_yaml(reason: str) -> Said:
    """The metadata cannot be read as YAML.

    Each line is a name, a colon, a space, and what it is: `title: The Whale`. A text that holds a colon and a space,
    or begins with one of * & ! % @ ` [ { > | # - ? or a quote mark, stands in quotes: `title: "Whales: A Life"`.
    Lines that belong to the one above are indented with spaces, never with tabs.
    """
    words, hint = _plainly(reason)
    return f"the metadata cannot be read: {words}", hint


@rule("Y003", Severity.ERROR)
def alias() -> Said:
    """The metadata uses YAML's anchors (`&name`) or aliases (`*name`).

    They are not read, since a few lines of them can unfold to more than any computer holds. Write the value out. A
    text that begins with an asterisk or an ampersand stands in quotes.
    """
    return (
        "an anchor or alias of YAML, which is not read",
        'write it out; a text that begins with * or & stands in quotes: "*Star*"',
    )


@rule("Y004", Severity.ERROR)
def tag() -> Said:
    """The metadata uses a tag of YAML (`!name`).

    Tags are not read. A text that begins with an exclamation mark stands in quotes.
    """
    return "a tag of YAML, which is not read", 'remove it; a text that begins with ! stands in quotes: "!Hola!"'


@rule("Y005", Severity.ERROR)
def too_deep(limit: int) -> Said:
    """Lists and groups in the metadata stand in each other deeper than twenty levels.

    No key of a book needs more than three.
    """
    return f"lists and groups in each other deeper than {limit} levels", "no key needs more than three"


@rule("Y006", Severity.ERROR)
def too_long(limit: int) -> Said:
    """The metadata at the head of a file is longer than any book's.

    Perhaps the line that closes it is missing, so that the text was taken for metadata.
    """
    return f"the metadata is longer than {limit} characters", "add a line --- where it should end"


@rule("Y007", Severity.ERROR)
def not_a_mapping() -> Said:
    """What stands between the lines of hyphens is not a list of names and values.

    Each line is a name, a colon, a space, and the value: `title: The Whale`.
    """
    return "the metadata is not a list of names and values", "write lines such as  title: The Whale"


@rule("Y008", Severity.ERROR)
def key_not_text() -> Said:
    """A name in the metadata is not a word.

    Names stand at the beginning of a line, before the colon. A value that begins with a bracket stands in quotes.
    """
    return "a name in the metadata must be a word", 'a value that begins with [ or { stands in quotes: "[Untitled]"'


@rule("Y009", Severity.ERROR)
def twice(key: str, line: int) -> Said:
    """A name stands twice in the metadata.

    Only one of the two can be meant. Several authors, subjects or languages are one list:
    `author: [Ada Brandt, Luc Moreau]`.
    """
    return (
        f"{key} stands here for the second time (the first is in line {line})",
        f"keep one; several values are a list: {key}: [one, two]",
    )


@rule("Y010", Severity.WARNING)
def cut_by_comment(kept: str) -> Said:
    """A sharp sign has cut a value short.

    In YAML a sharp sign after a space begins a comment, so `title: Room #9` is the title *Room*. Put the value in
    quotes: `title: "Room #9"`. A comment has a space after the sign and raises no warning.
    """
    return f'what follows # is a comment, so the value is "{kept}"', "put the value in quotes if # belongs to it"


def _plainly(reason: str) -> tuple[str, str]:
    """What PyYAML says, in a writer's words, with what to do."""
    quotes = 'put the value in quotes: title: "Whales: A Life"'
    for said, words, hint in (
        ("mapping values are not allowed", "there is a second colon in this line", quotes),
        ("'\\t'", "a tab stands where only spaces may stand", "indent with spaces"),
        ("found character", "a value begins with a sign that means something else in YAML", quotes),
        ("could not find expected ':'", "this line has no colon after its name", "write it as  name: value"),
        (
            "while scanning a quoted",
            "a quote mark is opened and never closed",
            'close it; inside "…" write \\" for a quote mark',
        ),
        ("found unexpected end of stream", "a quote mark or bracket is opened and never closed", "close it"),
        (
            "unknown escape",
            "a backslash inside quotes means something else in YAML",
            "write two of them, or use 'single quotes'",
        ),
        ("expected <block end>", "this line does not fit the ones above it", "check its indent and its quote marks"),
        (
            "expected ',' or",
            "a list or group in brackets is not closed",
            "close it, and separate its parts with commas",
        ),
        ("expected the node content", "a value is missing or begins with a sign that YAML keeps", quotes),
    ):
        if said in reason:
            return words, hint
    return reason, quotes
