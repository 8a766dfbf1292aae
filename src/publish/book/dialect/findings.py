"""What can be wrong with the Markdown itself."""

from publish.problems import Said, Severity, rule


@rule("M001", Severity.ERROR)
def unclosed_fence(fence: str) -> Said:
    """A block of code is opened and never closed.

    A line of three backticks or tildes opens a block of code; a line of at least as many of the same closes it.
    Everything up to the end was read as code, which is seldom meant. Add the closing line where the code ends.
    """
    return f"the code that {fence} opens is never closed", f"add a line {fence} where the code ends"


@rule("M002", Severity.ERROR)
def unclosed_div(fence: str) -> Said:
    """A block that `:::` opens is never closed.

    `::: letter` opens a block and a line of three or more colons alone closes the innermost one.
    Add the closing line where the block ends.
    """
    return f"the block that {fence} opens is never closed", "add a line ::: where it ends"


@rule("M003", Severity.ERROR)
def stray_div_end() -> Said:
    """A line of colons closes a block, but none is open.

    Either the opening line is missing (`::: letter`, say), or the block was closed already.
    """
    return "this line closes a block, but none is open", "remove it, or open a block with ::: and a name"


@rule("M004", Severity.ERROR)
def bad_attributes(text: str, why: str) -> Said:
    """The braces after a heading, link, image, span or block are not attributes.

    Inside the braces stand `#id`, `.class` and `key="value"`, separated by spaces: `{#whale .right width=80%}`.
    """
    return (
        f"{text} is not a list of attributes: {why!r} cannot be read",
        'write #id, .class and key="value", separated by spaces',
    )


@rule("M005", Severity.ERROR)
def unclosed_comment() -> Said:
    """A comment is opened and never closed.

    `<!--` begins a comment and `-->` ends it; without the end all that follows would be left out of the book.
    """
    return "the comment that <!-- opens is never closed", "add --> where the comment ends"


@rule("M006", Severity.ERROR)
def html_not_allowed(tag: str) -> Said:
    """A piece of raw HTML is not among those that Octavo lets through.

    Scripts, styles, frames and forms have no place in a book, on paper or in a shop. Small inline elements
    (`<kbd>`, `<sub>`, `<abbr>`, ...) and a few blocks are allowed; the handbook lists them. To print an angle
    bracket as it stands, write a backslash before it: `\\<`.
    """
    return f"raw HTML {tag} is not allowed", f"say it in Markdown, or write \\{tag} to print it as it stands"


@rule("M007", Severity.ERROR)
def html_not_closed(tag: str) -> Said:
    """A raw HTML element is opened and not closed in its paragraph, or closed without being opened.

    Write both tags: `<kbd>Ctrl</kbd>`.
    """
    return f"raw HTML {tag} has no partner", "write the opening and the closing tag"


@rule("M008", Severity.ERROR)
def too_deep(what: str, limit: int) -> Said:
    """Blocks stand inside blocks to a depth that no book needs.

    Quotations, lists and `:::` blocks can be nested to a stated depth; beyond it the text is set as it stands.
    This is usually a slip, such as a line that begins with a row of `>`.
    """
    return f"{what} nested more than {limit} deep", "take some levels out"


@rule("M009", Severity.ERROR)
def too_many_marks(limit: int) -> Said:
    """One paragraph holds more marks than can be read in reasonable time.

    Marks are the signs that Markdown reads: brackets, stars, backticks and the like. Divide the paragraph, or put
    a backslash before signs that are meant as they stand.
    """
    return f"more than {limit} Markdown marks in one paragraph", "divide the paragraph, or put it in a code block"


@rule("M010", Severity.ERROR)
def not_built_yet(what: str, sample: str) -> Said:
    """This construct is reserved for a later release.

    Citations, mathematics, index and glossary entries have their syntax already, so that manuscripts can rely on
    it, but Octavo does not set them yet. Nothing is printed as it stands by mistake: put a backslash before the
    sign to print it.
    """
    return f"{what} ({sample}) is not built yet", "put a backslash before it to print it as it stands"


@rule("M011", Severity.HINT)
def looks_like_code() -> Said:
    """An indented block looks like program code.

    In Octavo an indented line begins a new paragraph, as typists do; code stands between fences of three
    backticks. This hint appears once.
    """
    return "these indented lines look like code, and are set as paragraphs", "put ``` on a line before and after code"


@rule("M012", Severity.ERROR)
def note_defined_twice(label: str, first_line: int) -> Said:
    """Two notes have the same name.

    Each `[^name]: text` needs a name of its own; only the first text would be used.
    """
    return f"the note [^{label}] has a text already, on line {first_line}", "give one of them another name"


@rule("M013", Severity.WARNING)
def unused_caption() -> Said:
    """A caption for a table stands beside no table.

    A paragraph that begins with `Table:` becomes the caption of the table right before or after it.
    """
    return "this caption stands beside no table", "put it right before or after its table"


@rule("M014", Severity.ERROR)
def html_block_not_closed(tag: str) -> Said:
    """A block of raw HTML is opened and never closed.

    A block such as `<table>` ends with its closing tag.
    """
    return f"the raw HTML block {tag} is never closed", "add its closing tag"


@rule("M015", Severity.ERROR)
def html_attribute_not_allowed(tag: str, attribute: str) -> Said:
    """A raw HTML element has an attribute that Octavo does not let through.

    How the book looks is the theme's business and the same everywhere, so `style`, `align` and the like are not
    allowed, nor is what runs something (`onclick`, an address that begins with `javascript:`). Give the passage a
    class (`::: center` on a line before it, `:::` after it) and, if no theme knows it, say in `styles/custom.css`
    what it looks like.
    """
    hint = "use a class: ::: name before, ::: after the passage"
    if attribute in ("href", "src"):
        hint = "write an address that begins with https://, or the name of a file of the project"
    return f"{tag} may not have the attribute {attribute} here", hint


@rule("M016", Severity.WARNING)
def unused_definition(label: str) -> Said:
    """A line gives the address of a link, but no link asks for it.

    `[name]: https://example.org` is not printed: it belongs to `[text][name]` somewhere else in the same file. If
    the line was meant as text, put a backslash before its first bracket.
    """
    return f"no link uses the address of [{label}], and this line is not printed", "write \\[ to print it as it stands"


@rule("M017", Severity.WARNING)
def unknown_heading_attribute(key: str, near: str | None) -> Said:
    """A heading has an attribute that Octavo does not know.

    Headings know `#id`, `.role` (a class), `subtitle="…"`, `short="…"` (for running heads), `author="…"`, `lang=…`
    and `-` (not numbered). Any other is kept for themes and says nothing by itself.
    """
    return (
        f"a heading knows no attribute {key}",
        f"did you mean {near}?" if near else "write subtitle, short, author or lang",
    )


@rule("M018", Severity.ERROR)
def unclosed_attributes(text: str) -> Said:
    """A heading ends with attributes whose closing brace is missing.

    `# Title {#id .role}` has a brace on either side. To print a brace as it stands, write a backslash before it.
    """
    return f"the attributes {text} have no closing brace", "add } at the end of the heading"
