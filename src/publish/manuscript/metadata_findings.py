"""What can be wrong with the metadata: its keys and their values. What can be with its YAML is in `yaml_findings`."""

from collections.abc import Iterable

from publish.problems import Said, Severity, rule


@rule("Y011", Severity.ERROR)
def no_title(leading_blank: bool, opened: bool) -> Said:
    """The book has no title.

    The title is the one thing that a book must say of itself. It stands at the head of the first file, in lines
    that three hyphens open and close:

        ---
        title: The Whale
        author: Ada Brandt
        ---
    """
    if leading_blank:
        return "the book has no title", "move the line --- that opens the metadata to the very first line of this file"
    if opened:
        return "the book has no title", "add a line  title: Your Title  below the first ---"
    return "the book has no title", "begin this file with three lines:  ---  title: Your Title  ---"


@rule("Y012", Severity.ERROR)
def near_miss(key: str, nearest: str) -> Said:
    """A name in the metadata is almost one that Octavo knows.

    It is an error so that nothing that you say of your book is lost by a slip. The handbook lists all names. Notes of
    your own go under `extra:`, where nothing is looked at.
    """
    return f'"{key}" is not a name that metadata has', f"did you mean {nearest}? notes of your own go under extra:"


@rule("Y013", Severity.WARNING)
def strangers(keys: Iterable[str], several: bool) -> Said:
    """Names in the metadata that other programs use, and Octavo does not.

    Note-taking programs and website makers keep their own names at the head of a file. They are left alone. Put what
    is for yourself under `extra:`, and this warning goes away.
    """
    names = ", ".join(keys)
    return f"{names}: {'names' if several else 'a name'} that Octavo does not use", "remove it, or put it under extra:"


@rule("Y014", Severity.ERROR)
def wrong_shape(key: str, wanted: str) -> Said:
    """A value in the metadata has the wrong shape: a list where one text belongs, or a text where a group belongs.

    The hint shows how it is written.
    """
    return f"{key} is not written like this", f"write it so: {wanted}"


@rule("Y015", Severity.ERROR)
def unknown_field(field: str, key: str, known: Iterable[str], nearest: str | None) -> Said:
    """A name inside a group of the metadata is not known there.

    For example, an author has `name`, `role`, `file-as`, `about` and `picture`.
    """
    hint = f"did you mean {nearest}? " if nearest else ""
    return f'{key} has no "{field}"', f"{hint}it has: {', '.join(known)}"


@rule("Y016", Severity.ERROR)
def unknown_choice(value: str, key: str, choices: Iterable[str], nearest: str | None) -> Said:
    """A value is none of those that its name may have.

    The hint lists them.
    """
    hint = f"did you mean {nearest}? " if nearest else ""
    return f'"{value}" is nothing that {key} can be', f"{hint}it can be: {', '.join(choices)}"


@rule("Y017", Severity.ERROR)
def unknown_role(role: str, nearest: str | None) -> Said:
    """A person's part in the book is not one that libraries and shops know.

    The names are those of the MARC relators: author, editor, translator, illustrator, photographer, narrator, cover
    designer, author of introduction, and many more. They stand behind the person:
    `{name: Luc Moreau, role: translator}`.
    """
    return f'"{role}" is not a role that libraries know', (
        f"did you mean {nearest}?"
        if nearest
        else "use one such as author, editor, translator, illustrator, contributor"
    )


@rule("Y018", Severity.ERROR)
def unknown_language(tag: str, nearest: str | None) -> Said:
    """A language is not known by this name.

    Languages are named as the web names them (BCP 47): `en`, `fr`, `az`, with a region where it matters, `en-GB`,
    `de-CH`, and a script where it matters, `az-Cyrl`. The language decides quotation marks, hyphenation, and how
    screen readers speak.
    """
    return f'"{tag}" names no language', (
        f"did you mean {nearest}?" if nearest else "write its code: en, en-GB, fr, de, az, tr, …"
    )


@rule("Y019", Severity.ERROR)
def bad_date(value: str, nearest: str | None) -> Said:
    """A date is not written as year, month and day.

    Dates are written `2025-03-14`, `2025-03` or `2025`, so that all countries read the same day.
    """
    return f'"{value}" is not a date', f"did you mean {nearest}?" if nearest else "write 2025-03-14, 2025-03 or 2025"


@rule("Y020", Severity.ERROR)
def isbn_check_digit(value: str, right: str) -> Said:
    """The last digit of an ISBN does not fit the others.

    The last digit is computed from the ones before it, so a digit was mistyped somewhere. If all the others are right,
    the hint says which number it is; better compare with the letter from your ISBN agency.
    """
    return f"{value} is not an ISBN: its last digit does not fit", f"if all other digits are right, it is {right}"


@rule("Y021", Severity.ERROR)
def not_an_isbn(value: str) -> Said:
    """This is not an ISBN.

    An ISBN has thirteen digits that begin with 978 or 979 (or ten, before 2007), with or without hyphens.
    """
    return f'"{value}" is not an ISBN', "an ISBN has 13 digits that begin with 978 or 979: 978-3-16-148410-0"


@rule("Y022", Severity.WARNING)
def isbn_twice(value: str, editions: Iterable[str]) -> Said:
    """Two editions have the same ISBN.

    Each form of a book (paperback, hardback, EPUB) has an ISBN of its own; shops refuse the second file that comes with
    the same number. Leave out what has no number yet.
    """
    return f"{value} stands for several editions: {', '.join(editions)}", "each edition has an ISBN of its own"


@rule("Y023", Severity.ERROR)
def unknown_trim(value: str, nearest: str | None) -> Said:
    """The size of the page is not known.

    It is width by height with a unit, `5x8in`, `129x198mm`, `14.8x21cm`, or a name: A5, B-format, Digest, US Trade,
    Royal, … (`publish list trims` lists them).
    """
    return f'"{value}" is not a page size', (
        f"did you mean {nearest}?" if nearest else "write 5x8in, 129x198mm or a name such as A5 (publish list trims)"
    )


@rule("Y024", Severity.ERROR)
def trim_out_of_range(value: str, smallest: int, largest: int) -> Said:
    """The page would be smaller or larger than any book.

    Each side is between 70 and 450 mm. The unit may be wrong: `5x8in`, not `5x8mm`.
    """
    return f"a page of {value} is no book's", f"each side is {smallest} to {largest} mm; is the unit right?"


@rule("Y025", Severity.ERROR)
def bad_identifier(value: str) -> Said:
    """The identifier is not a UUID.

    It tells this book from all others for ever, and new editions of the file keep it. `publish new` and
    `publish import` write one. ISBNs go under `isbn:`.
    """
    return (
        f'"{value}" is not an identifier',
        "write urn:uuid: and a UUID, or leave the line out; an ISBN goes under isbn:",
    )


@rule("Y026", Severity.ERROR)
def bad_subject(value: str, scheme: str, example: str) -> Said:
    """A subject's code is not one of its scheme.

    Thema codes are such as `FBA`, BISAC codes such as `FIC000000`. A word of your own stands alone:
    `subject: [lighthouses, {thema: FBA}]`.
    """
    return f'"{value}" is not a code of {scheme}', f"codes of {scheme} are written like {example}"


@rule("Y027", Severity.ERROR)
def bad_price(value: str) -> Said:
    """A price is not a number.

    Prices stand by edition and currency: `price: {print: {EUR: 12.00}}`, with a point and at most two decimals.
    """
    return f'"{value}" is not a price', "write price: {print: {EUR: 12.00}}"


@rule("Y028", Severity.ERROR)
def bad_territory(value: str) -> Said:
    """A territory is not named by its code.

    Where the book may be sold: `WORLD`, or the two letters of countries, `territories: [US, CA, AZ]`.
    """
    return f'"{value}" is not a territory', "write WORLD, or countries by their two letters: [US, CA]"


@rule("Y029", Severity.ERROR)
def bad_caliper(value: str) -> Said:
    """The thickness of the paper is not a number of millimetres.

    The printer states it: `paper: {name: cream, caliper: 0.12}` is a leaf of 0.12 mm.
    """
    return f'"{value}" is not the thickness of a leaf in mm', "write paper: {name: cream, caliper: 0.12}"


@rule("Y030", Severity.HINT)
def no_date(date: str) -> Said:
    """The metadata has no date.

    Files carry the date of the book, so that the same book makes the same files. Without one they carry a fixed date
    that means nothing; it is not printed.
    """
    return f"the book has no date, so its files carry {date}", "add a line such as  date: 2025-03-14"


@rule("Y031", Severity.HINT)
def no_language(lang: str) -> Said:
    """The metadata does not say the language.

    It decides quotation marks, hyphenation, the words that are made for you ("Chapter"), and the voice of screen
    readers.
    """
    return f"no language is named, so it is taken to be {lang}", "add a line such as  lang: en-GB"


@rule("Y032", Severity.WARNING)
def wrong_file(keys: Iterable[str], first: str) -> Said:
    """A later file says something of the whole book.

    What is true of the book stands at the head of the first file. A later file says only what is true of its first
    chapter: role, title, subtitle, short, author, lang.
    """
    return f"{', '.join(keys)}: this is said of the whole book, and not read here", f"move it to the head of {first}"


@rule("Y033", Severity.ERROR)
def too_little(key: str, missing: str) -> Said:
    """A group in the metadata lacks what it cannot do without.

    A person has at least a name, a series too; a credential, or a report on accessibility, has somebody whose it is.
    """
    return f"{key} lacks its {missing}", f"add {missing}: …"


@rule("Y034", Severity.ERROR)
def bad_quotes(value: str) -> Said:
    """The quotation marks are not four signs.

    They are the outer pair and the inner pair: `quotes: «»“”`. Without this line the book has the marks of its
    language.
    """
    return f'"{value}" is not two pairs of quotation marks', "write four signs, outer pair first: quotes: «»“”"


@rule("Y035", Severity.ERROR)
def hazards_contradict(one: str, other: str) -> Said:
    """The hazards of a book contradict each other.

    They warn readers whom flashing light, moving pictures or sudden sound can harm: `flashing`, `motion`, `sound`; or
    say that there is nothing of the kind: `no-flashing`, `no-motion`, `no-sound`, `none`; or that nobody knows:
    `unknown`. A book of words and still pictures has none, which is what it says where you say nothing.
    """
    return f"a book cannot have the hazards {one} and {other} at once", "keep the one that is true"


@rule("Y036", Severity.ERROR)
def bad_address(value: str) -> Said:
    """An address is none that a reader's program can open.

    It begins with `https://` and has no spaces: `report: https://example.org/report.html`.
    """
    return f'"{value}" is not an address in the web', "write it in full: https://…"


@rule("Y037", Severity.WARNING)
def series_unordered(number: str) -> Said:
    """The book's number in its series is not written in figures.

    It is printed as you write it, but readers' shelves and shops put the books of a series in order by figures alone:
    `series: {name: Harbour Stories, number: 3}`. Without them the e-book says only which series it belongs to.
    """
    return f'"{number}" puts the book in no order in its series', "write it in figures: number: 3"
