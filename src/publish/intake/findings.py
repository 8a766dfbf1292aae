"""What can be said of a text that becomes a book, and of a folder that should hold it."""

from publish.problems import Said, Severity, rule


@rule("I001", Severity.ERROR)
def not_empty(folder: str) -> Said:
    """The folder for a new book is not empty.

    A new book never overwrites anything, so it begins in a folder that does not exist yet, or in an empty one.
    Nothing was written.
    """
    return f"{folder} is not empty, so nothing was written", "name a folder that does not exist yet"


@rule("I002", Severity.ERROR)
def not_a_folder(folder: str) -> Said:
    """What should be the folder of a new book is a file. Nothing was written.

    Name another folder.
    """
    return f"{folder} is not a folder", "name a folder that does not exist yet"


@rule("I003", Severity.ERROR)
def cannot_write(path: str, reason: str) -> Said:
    """The new book could not be written.

    The disk is full, or the folder around it belongs to somebody else. Whatever had been written was removed again.
    """
    return f"cannot write {path}: {reason}", "name a folder that you may write in, on a disk with room"


@rule("I004", Severity.ERROR)
def cannot_read(path: str, reason: str) -> Said:
    """The text that should become a book could not be read.

    There is no such file, or its permissions forbid reading it.
    """
    return f"cannot read {path}: {reason}", "check the name and the file's permissions"


@rule("I005", Severity.ERROR)
def other_format(suffix: str) -> Said:
    """The text is in a format that cannot be imported.

    Typed text (`.txt`) and Markdown (`.md`, `.markdown`) become books. From a word processor, save the text as plain
    text in UTF-8, or as Markdown where the program can.
    """
    return (
        f"a {suffix or 'nameless'} file cannot be imported",
        "save it as plain text (.txt, UTF-8) or as Markdown (.md)",
    )


@rule("I006", Severity.ERROR)
def no_words() -> Said:
    """The text to import holds no words."""
    return "this file holds no text", "name the file that holds the text"


@rule("I007", Severity.WARNING)
def title_from_name(title: str) -> Said:
    """The text does not begin with a title, so the file's name became the title.

    In typed text the title is a short first line with a blank line after it; in Markdown it stands in the metadata or
    is the only heading of the first level. Change the line `title:` at the head of the new file.
    """
    return f'no title was found, so it is "{title}"', "change the line title: at the head of the new file"


@rule("I008", Severity.HINT)
def no_author() -> Said:
    """The text does not say who wrote it.

    Add a line `author: Your Name` to the metadata at the head of the new file.
    """
    return "no author was found", "add a line  author: Your Name  at the head of the new file"


@rule("I009", Severity.HINT)
def language_taken(lang: str) -> Said:
    """The language was made out from the commonest words of the text.

    It decides hyphenation, quotation marks and the voice of screen readers. Change the line `lang:` if it is wrong, or
    to say more: `en-GB`.
    """
    return f"the text is taken to be in the language {lang}", "change the line lang: at the head of the new file if not"


@rule("I010", Severity.HINT)
def passage_marked(lang: str) -> Said:
    """A passage was marked as being in another language, because its letters prove it.

    Marked passages are hyphenated and read aloud in their own language.
    """
    return f"this passage is marked as being in {lang}: its letters prove it", None


@rule("I011", Severity.HINT)
def perhaps_foreign() -> Said:
    """A passage has many letters that the language of the text seldom uses.

    If it is in another language, mark it: `[Bonne nuit.]{lang=fr}`, or for several paragraphs a line `::: {lang=fr}`
    before and a line `:::` after them. It is then hyphenated and read aloud in its own language.
    """
    return "this passage may be in another language", "if so, mark it in the new file: [the passage]{lang=fr}"


@rule("I012", Severity.HINT)
def code_fenced() -> Said:
    """Indented lines were taken for code and now stand between fences.

    Octavo does not read indented lines as code, since typed manuscripts indent their paragraphs; code stands between
    two lines of three backticks.
    """
    return (
        "these indented lines were taken for code",
        "remove the lines ``` around them in the new file if they are not",
    )


@rule("I013", Severity.WARNING)
def other_metadata(sign: str) -> Said:
    """The text begins with metadata in a form that is not read here, so they stand in the book as text.

    Octavo's metadata are lines such as `title: The Whale` between two lines of three hyphens. Pandoc's lines that begin
    with a percent sign and TOML between lines of three plus signs are kept as they were typed, so that nothing is lost.
    """
    return (
        f"the lines that {sign} begins look like metadata, and were kept as text",
        "write what they say at the head of the new file, as  title: …  and  author: …, and remove them",
    )
