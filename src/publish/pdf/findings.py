"""What typesetting can say: of the engine's remarks (P), and of text that the pages do not hold (C)."""

from publish.problems import Said, Severity, rule


@rule("P001", Severity.WARNING)
def style_ignored(what: str, why: str) -> Said:
    """A line of a style sheet was ignored.

    The typesetter does not know the property, or not this value of it, so the line changes nothing in the PDF.
    Correct it or take it out. Many properties that browsers know mean nothing on paper: for example
    `text-shadow: 1px 1px grey` in `styles/custom.css` is ignored.
    """
    return f"ignored in the PDF: {what} ({why})", "correct this line of the style sheet, or take it out"


@rule("P002", Severity.ERROR)
def missing_glyph(character: str, number: str, times: int) -> Said:
    """A character stands in none of the book's fonts.

    On paper there would be an empty box in its place. Use another character, or a theme whose fonts have it. For
    example, the fonts of the theme `classic` hold Latin, Greek and Cyrillic letters, but no Chinese characters.
    """
    more = f" ({times} times)" if times > 1 else ""
    return f"no font of this book has the character “{character}” ({number}){more}", "use another character or theme"


@rule("P003", Severity.ERROR)
def not_loaded(what: str, why: str) -> Said:
    """A picture, a style sheet or a font that a style asks for could not be read.

    Styles may use files of the project and of the theme, and nothing else: no address on the network, no file
    elsewhere on the computer. Put the file into the project and name it there, for example
    `url("../images/ornament.svg")`.
    """
    return f"cannot read {what}: {why}", "put the file into the project, and name it relative to the style sheet"


@rule("P004", Severity.WARNING)
def remark(message: str) -> Said:
    """The typesetter said something that we have no better words for.

    Look at the page in the PDF. If it looks right, nothing needs to be done.
    """
    return f"the typesetter says: {message}", None


@rule("P005", Severity.WARNING)
def note_moved(number: str, title: str) -> Said:
    """A note has no room at the feet of the pages of its chapter, so it stands at the chapter's end.

    A long note goes on at the foot of the next page; but this one is called so near the end of its chapter that no page
    follows, or a style forbids to divide it. Shorten it, move part of it into the text, or ask for all notes at the
    ends of chapters with `notes: chapter`.
    """
    return (
        f"note {number} of “{title}” has no room at the foot of its pages; it stands at the chapter's end",
        "shorten the note",
    )


@rule("P006", Severity.WARNING)
def note_elsewhere(number: str, call: str, note: str) -> Said:
    """A note stands on another page than the sign that calls it.

    There was no room for it at the foot of the page, as a rule since another note goes on there over the page turn. A
    reader must turn the page to find it. Shorter notes, or a few words more or less before it, may bring the two
    together.
    """
    return f"note {number} is called on page {call} but stands on page {note}", "shorten the note or the text before it"


@rule("P007", Severity.WARNING)
def colour_used(label: str, colour: str) -> Said:
    """A page uses colour, while the book is printed in black.

    The metadata say `ink: black` (or nothing, which means the same). A printer would turn the colour to some grey,
    or charge for a colour page. Use black and greys in your style sheets, for example `device-cmyk(0 0 0 0.5)`.
    """
    return f"page {label} uses the colour {colour} in a book printed in black", "use black and greys in style sheets"


@rule("P008", Severity.ERROR)
def engine_failed(reason: str) -> Said:
    """The typesetter broke down, so there is no PDF.

    Nearly always a style that it cannot bear is the cause: take the rules of `styles/custom.css` out one by one until
    the book can be built again. For example, `footnote-policy: block` or a gradient of `device-cmyk()` colours is
    too much for it.
    """
    return f"the typesetter broke down ({reason})", "take the rules of your own style sheet out one by one"


@rule("P009", Severity.WARNING)
def cover_crowded() -> Said:
    """The title and the names do not fit on the cover.

    The cover that we make from the metadata has room for about 200 characters. Shorten the title or the subtitle, or
    bring a picture of your own with `cover-image: cover.jpg`.
    """
    return "title and names do not fit on the cover", "shorten the title, or give a cover-image"


@rule("P010", Severity.HINT)
def one_piece(what: str, why: str) -> Said:
    """A style sheet asks for something that needs the whole book at once, so the book is laid out in one piece.

    The pages are right, but every build takes as long as the first. Without such styles sections are laid out side by
    side, and those that have not changed since the last build are not laid out again. They are: counters and page
    numbers made by CSS in the text (Octavo writes these itself), `@page :nth(2n)`, `position: fixed` and
    `position: running()`, left or right page breaks inside a section, and selectors that ask how sections stand to one
    another, for example `section + section`: name the class of the section instead, `section.chapter`.
    """
    return (
        f"the book is laid out in one piece, which is slower: “{what}” {why}",
        "do without it, if builds are too slow",
    )


@rule("P011", Severity.ERROR)
def worker_lost(name: str) -> Said:
    """A process that laid out a part of the book was ended from outside, and so was the next one that tried.

    Most often the machine had no memory left: close other programs, use smaller pictures, or let fewer processes work
    at once with `--jobs 1`. A chapter over which this happens again and again is worth a report.
    """
    return f"the process that set “{name}” was killed, twice", "let fewer processes work at once: --jobs 1"


@rule("P012", Severity.ERROR)
def unsettled(ident: str, first: str, second: str) -> Said:
    """A page reference never comes true.

    The number that it prints moves the very text that it names: with one number the passage stands on one page, with
    the other on another, so that no layout is right. This is rare: a line must hang on one figure. Reword a sentence
    near the reference, or add a word to it, and build again. For example, "see page 99" may push the last line over
    the page's end where "see page 100" does not.
    """
    return (
        f"the page of “{ident}” does not settle: it is {first} when the text says {second}",
        "reword a sentence near this reference",
    )


@rule("P013", Severity.WARNING)
def engine_differs(names: str, version: str) -> Said:
    """The typesetter is not quite the one that Octavo knows, so it works without what Octavo does in its place.

    Octavo replaces a few functions of WeasyPrint by quicker ones of its own, and only where their sources are those
    that it was written for. The book is whole and right; it takes longer to build, and no lines are planned
    (`--octavo-line-breaking`). This happens when another version was installed by hand, a changed one, or one without
    its sources: `pip install weasyprint==70.0` in the environment of Octavo mends it.
    """
    return (
        f"this WeasyPrint {version} is not the one that Octavo knows; without: {names}",
        "pip install weasyprint==70.0",
    )


@rule("P014", Severity.WARNING)
def planner_failed(title: str, reason: str) -> Said:
    """The lines of a chapter were not planned, since the planner broke down over it.

    Its pages are whole and right, but their spaces are as uneven as WeasyPrint alone makes them. It is a mistake in
    Octavo. To find the paragraph, give `--octavo-line-breaking: greedy` to one after the other in `styles/custom.css`;
    that is also a way to go on, for example `#preface p { --octavo-line-breaking: greedy }`.
    """
    return f"the lines of “{title}” could not be planned ({reason})", "tell us of it; the pages are whole without"


@rule("C001", Severity.ERROR)
def text_lost(words: str, count: int, before: str, after: str) -> Said:
    """Text of the manuscript is missing from the pages.

    Every word that you typed must stand in the book. Most often a style hides it (`display: none`,
    `visibility: hidden`), cuts it off, or pushes it over the edge of the page. Look for it in `styles/custom.css`;
    if there is no such style, please report it as a fault of ours: nothing was written.
    """
    return f"missing from the PDF: {_passage(words, count, before, after)}", "look for a style that hides or cuts it"


@rule("C002", Severity.ERROR)
def text_out_of_order(words: str, before: str) -> Said:
    """Text of the manuscript stands in another order on the pages.

    A style has moved it, for example `order: -1` or `flex-direction: row-reverse`. The pages must say what you
    typed, in the order in which you typed it.
    """
    return f"out of order in the PDF: “{words}” stands after “{before}”", "look for a style that moves it"


@rule("C003", Severity.ERROR)
def text_unexpected(words: str) -> Said:
    """The pages hold text that stands once in the manuscript, or not at all, a time more.

    A template has written a passage twice, or has put text of its own where the author's belongs. If you use
    templates of your own, mark what they add with the attribute `data-made`.
    """
    return f"not of the manuscript, or twice in the PDF: “{words}”", "look at the templates of your theme"


@rule("C004", Severity.ERROR)
def text_cut(words: str) -> Said:
    """A line runs over the edge of the paper.

    A word, a line of code or a table is wider than the page. Break it, or set it smaller: a line of code has room for
    about 60 characters on a page of 129 mm.
    """
    return f"cut off at the edge of the page: “{words}”", "break the line, or let a style make it smaller"


@rule("C005", Severity.ERROR)
def more_lost(count: int) -> Said:
    """More passages are missing than are named one by one.

    They have most likely the same cause as those that are named: see C001.
    """
    return f"{count} more passages are missing from the PDF", "see C001: the cause is most likely the same"


def _passage(words: str, count: int, before: str, after: str) -> str:
    """The missing words, how many they are, and what stands around them."""
    size = f"{count} words, " if count > 12 else ""
    around = " and ".join(
        part for part in (f"after “{before}”" if before else "", f"before “{after}”" if after else "") if part
    )
    return f"{size}“{words}”" + (f" ({around})" if around else "")
