"""What can be wrong with the book that a manuscript makes: structure, notes, references, images' words."""

from publish.problems import Said, Severity, rule


@rule("M021", Severity.ERROR)
def note_without_text(label: str, near: str | None, near_line: int | None) -> Said:
    """A note is called, but its text is nowhere.

    `[^whale]` in the text calls the note whose text stands elsewhere in the file after `[^whale]:`. The names must be
    the same, letter by letter.
    """
    hint = f'add a line "[^{label}]: …"'
    return f"footnote [^{label}] has no text", hint + (f"; did you mean [^{near}] (line {near_line})?" if near else "")


@rule("B001", Severity.ERROR)
def note_never_called(label: str) -> Said:
    """A note has a text, but nothing in the text calls it, so that it would not appear in the book.

    Put `[^name]` where the note belongs, or take its text out (a comment keeps it for later: `<!-- … -->`).
    """
    return f"footnote [^{label}] is never called", f"put [^{label}] where it belongs, or take its text out"


@rule("B002", Severity.ERROR)
def duplicate_id(ident: str, first: str) -> Said:
    """Two things in the book have the same id, so that a link could not tell them apart.

    An id (`{#whale}`) may stand once in the whole book, in all its files.
    """
    return f"the id #{ident} stands at {first} already", "give one of them another id"


@rule("B003", Severity.ERROR)
def link_to_nowhere(target: str, near: str | None) -> Said:
    """A link or cross reference points to an id or a file that the book does not have.

    Ids are given in braces: `# The Whale {#whale}`. A file is named as it is called in `manuscript/`.
    """
    hint = f"did you mean {near}?" if near else "give the target an id: {#name}"
    return f"nothing in the book is called {target}", hint


@rule("B004", Severity.ERROR)
def bad_id(ident: str) -> Said:
    """An id cannot be used in an EPUB.

    It begins with a letter and holds letters, digits, hyphens, underscores and full stops only.
    """
    return f"#{ident} cannot be an id", "begin with a letter; use letters, digits, hyphens"


@rule("B005", Severity.ERROR)
def matter_after_heading(role: str) -> Said:
    """A page without a heading, such as a dedication, stands behind a heading.

    `::: dedication` and its like are pages of their own and stand before the first heading of their file; only an
    epigraph may stand behind a heading, and belongs to that chapter.
    """
    return f"::: {role} stands behind a heading", "move it before the file's first heading, or into a file of its own"


@rule("B006", Severity.WARNING)
def text_before_heading() -> Said:
    """Text stands before the first heading of the book.

    The book has chapters, and this text belongs to none: it is set as a section of its own without a title, before
    the first chapter. Give it a heading, or put it into a block such as `::: epigraph`.
    """
    return "this text stands before the first heading", "give it a heading, or move it into a chapter"


@rule("B007", Severity.WARNING)
def unknown_role(name: str, near: str | None) -> Said:
    """A class on a heading is nearly the name of a role, or a file's front matter names a role that is none.

    A role decides how a chapter is treated: `{.preface}`, `{.appendix}`, `role: acknowledgements`. A class that is
    none is passed on to the style sheet, as it is.
    """
    hint = f"did you mean {near}?" if near else "roles are preface, prologue, appendix, acknowledgements and their like"
    return f"{name} is no role", hint


@rule("B008", Severity.WARNING)
def heading_skips_level(level: int, before: int) -> Said:
    """A heading is more than one level below the one before it.

    Readers who hear the book move by levels; a chapter (#) is divided by ##, and that by ###.
    """
    return f"a heading of level {level} follows one of level {before}", f"use {'#' * (before + 1)}"


@rule("B009", Severity.WARNING)
def late_front_matter(role: str) -> Said:
    """A section of the front matter stands after the text has begun.

    Prefaces, forewords, dedications and their like come before the first chapter or part. It is left where it
    stands. An epigraph that belongs to one chapter stands behind that chapter's heading.
    """
    return f"this {role} stands behind the beginning of the text", "move it before the first chapter or part"


@rule("B010", Severity.ERROR)
def words_lost(words: str) -> Said:
    """Words of the manuscript reach no output.

    Every word that is no markup must stand in the book. If you see this, the text at this place confuses Octavo:
    simplify the marks around it. It is never the fault of your words, and we want to hear of it.
    """
    return f'these words would be lost: "{words}"', "simplify the marks around them"


@rule("B011", Severity.HINT)
def caption_as_alt(path: str) -> Said:
    """An image has no words for those who cannot see it, and its caption stands in.

    `alt="…"` says what is to be seen; a caption mostly says what it means. Write `.decorative` where an image says
    nothing.
    """
    return f"{path} has no alt text; its caption is used", 'say what is to be seen: {alt="…"}'


@rule("B012", Severity.ERROR)
def image_without_words(path: str) -> Said:
    """An image has neither alt text nor caption, so that a reader who cannot see it learns nothing of it.

    Shops and libraries refuse such a book, and in Europe the law does. Write what is to be seen in `alt="…"`, or
    `.decorative` where it says nothing. A draft is built all the same.
    """
    return f"{path} has no alt text", 'add {alt="…"}, or {.decorative} where it says nothing'


@rule("B013", Severity.WARNING)
def inner_first_level() -> Said:
    """A heading of the first level stands inside a quotation, list or block.

    Only a heading that stands by itself begins a chapter; this one is set as a heading of the second level.
    """
    return "this heading stands inside a block and begins no chapter", "use ## here, or move it out"


@rule("B014", Severity.ERROR)
def nothing_to_set() -> Said:
    """The manuscript has no text.

    Write something into the files of `manuscript/`.
    """
    return "the manuscript has no text", "write something below the front matter"


@rule("B015", Severity.WARNING)
def note_in_two_chapters(label: str) -> Said:
    """A note is called in two chapters.

    Its text stands in the first; the second call leads there. Write the note twice if it belongs to both.
    """
    return f"footnote [^{label}] was called in an earlier chapter", "write a note of its own for this chapter"


@rule("B016", Severity.WARNING)
def attributes_of_nothing(name: str) -> Said:
    """The front matter of a file speaks of a chapter, but no chapter begins in the file.

    `title`, `short`, `author` and so on at the head of a later file belong to its first chapter. A file without a
    heading goes on the chapter before it; give it `title:` (or a heading) if it begins one.
    """
    return f"{name} belongs to a chapter, and none begins in this file", "add title: or a heading, or remove it"


@rule("B017", Severity.WARNING)
def two_titles(given: str, typed: str) -> Said:
    """A file's front matter and its first heading give the chapter two titles.

    The heading in the text is used. Write the title in one of the two places only.
    """
    return f'the front matter says "{given}", the heading "{typed}"', "the heading is used; remove one of them"


@rule("B018", Severity.WARNING)
def unknown_attribute(name: str, near: str | None) -> Said:
    """The braces behind a heading say something that Octavo does not know, and that would reach no output.

    A heading of the first level takes `#id`, classes, `subtitle`, `short`, `author` and `lang`.
    """
    return f"{name}= means nothing on a heading", f"did you mean {near}?" if near else "remove it"


@rule("B019", Severity.ERROR)
def address_not_allowed(address: str) -> Said:
    """A link leads neither into the book nor to an address that a reader can open.

    Links lead to `#id`, to a file of `manuscript/`, or to an address that begins with `https://`, `http://`,
    `mailto:`, `tel:`, `ftp://`, `doi:` or `urn:`. Programs (`javascript:`) and files of your own machine have no
    place in a book.
    """
    hint = f"did you mean https://{address}?" if address.startswith("www.") else "write the whole address: https://…"
    return f"{address or 'an empty address'} cannot be opened from a book", hint


@rule("B020", Severity.WARNING)
def table_without_heads() -> Said:
    """A table has no heads, so that a reader who hears it cell by cell cannot tell what a cell is about.

    The first row of a table names its columns: `| Sign | Meaning |`. If these cells are not a table but a way to put
    things side by side, a list says it better.
    """
    return "this table has no heads", "name the columns in its first row"


@rule("B021", Severity.ERROR)
def link_without_words(address: str) -> Said:
    """A link shows nothing, so that it can be neither seen nor heard.

    The words of a link stand in its brackets: `[the tide tables](https://…)`. An address that is to be printed itself
    stands between angles: `<https://…>`.
    """
    return f"the link to {address[:60]} has no words", "write them between its brackets"


@rule("B022", Severity.WARNING)
def language_not_marked(words: str) -> Said:
    """A passage stands in letters that the language around it is not written with, and does not say its own.

    A voice that reads the book aloud passes such words over, or spells them. Say the language of the passage:
    `[λόγος]{lang=grc}`, or `::: {lang=ru}` around paragraphs. Latin letters are never asked about, since names in
    them stand in every language, nor are single letters such as π.
    """
    return f"“{words[:40]}” does not say its language", "mark the passage: [words]{lang=…}"
