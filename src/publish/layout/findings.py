"""What layout can say: of themes and templates (L00x, L01x), of CSS (L02x), of images (L03x), of fonts (L04x)."""

from publish.problems import Said, Severity, rule


@rule("L001", Severity.ERROR)
def unknown_theme(name: str, known: tuple[str, ...], near: str | None) -> Said:
    """There is no theme of this name.

    The key `theme` in the metadata names a theme of Octavo's (`publish list themes` shows them) or a folder of your
    own, `styles/<name>/` in your project. For example: `theme: classic`.
    """
    message = f"unknown theme “{name}”; there are {', '.join(known)}"
    return message, f"did you mean {near}?" if near else f"choose one of them, or make a folder styles/{name}/"


@rule("L002", Severity.ERROR)
def theme_unreadable(reason: str) -> Said:
    """The file `theme.toml` of your theme cannot be read as TOML.

    TOML is made of lines like `opening = "dropcap"`, in groups that begin with a line like `[options]`. Texts stand
    in double quotes.
    """
    return f"theme.toml cannot be read: {reason}", 'correct this line, for example opening = "dropcap"'


@rule("L003", Severity.ERROR)
def theme_key(key: str, expected: str, near: str | None) -> Said:
    """A key in `theme.toml` is unknown, or has a value that means nothing.

    The keys are `name` and `description`; in the group `[fonts]` `body`, `sans` and `mono`, names of font families;
    in `[weights]` the same, lists of weights such as `[400, 700]`; in `[options]` `opening` ("dropcap", "smallcaps"
    or "plain") and `links` ("notes" or "plain"); in `[colours]` `ground`, `text`, `accent` and names of your own, each
    with a value for screens and one in percent of the four inks: `{ rgb = "#20343a", cmyk = [80, 55, 50, 45] }`.
    """
    return f"“{key}”: {expected}", f"did you mean {near}?" if near else None


@rule("L004", Severity.ERROR)
def unknown_family(name: str, known: tuple[str, ...], near: str | None) -> Said:
    """A font family that `theme.toml` names is not installed with Octavo.

    Fonts of your computer are not used, so that a book looks the same wherever it is built. Name one of the families
    in the message, or install a package `fontpkg-<family>` beside Octavo.
    """
    message = f"no font family “{name}”; there are {', '.join(known)}"
    return message, f"did you mean {near}?" if near else "name one of these"


@rule("L010", Severity.ERROR)
def template_syntax(reason: str) -> Said:
    """A template is not well written.

    Templates are Jinja2: `{{ metadata.title }}` prints a value, `{% if metadata.subtitle %}` … `{% endif %}` keeps a
    passage for books that have one. Each `if` and `for` needs its end.
    """
    return f"the template is broken: {reason}", "correct this line, or delete the file to use the theme's own"


@rule("L011", Severity.ERROR)
def template_undefined(reason: str) -> Said:
    """A template asks for something that does not exist.

    Each template receives certain values, and no others; most often a name is misspelt. The handbook lists what each
    template receives. For example `{{ metadata.titel }}` should be `{{ metadata.title }}`.
    """
    return f"the template asks for what is not there: {reason}", "look for a misspelt name"


@rule("L012", Severity.ERROR)
def template_forbidden(reason: str) -> Said:
    """A template does what templates may not do.

    Templates only arrange values. They cannot read files, reach into Python, make huge texts or run without end.
    If the template is not yours, do not use it.
    """
    return f"the template was stopped: {reason}", "take this out; if the template is not yours, do not trust it"


@rule("L013", Severity.ERROR)
def template_markup(reason: str) -> Said:
    """What a template gives is not well-formed.

    Each tag must be closed (`<p>…</p>`, `<br/>`), attributes stand in quotes, and special signs are written as
    numbers: `&#160;`, not `&nbsp;`.
    """
    return f"the template's markup is broken: {reason}", "close each tag, and write &#160; instead of &nbsp;"


@rule("L014", Severity.ERROR)
def style_unreadable(reason: str) -> Said:
    """A file of your `styles/` folder cannot be read.

    Style sheets and templates are plain text in UTF-8 of at most a megabyte, inside the project: a link that leads
    out of the project is not followed.
    """
    return f"cannot be used: {reason}", "put a plain text file (UTF-8) in its place"


@rule("L030", Severity.ERROR)
def image_missing(path: str, near: str | None) -> Said:
    """An image that the book shows is not there.

    The path counts from the file that names it; capitals and small letters differ. For example
    `![The whale](images/whale.jpg)` asks for the file `images/whale.jpg` beside the text.
    """
    return f"no image “{path}”", f"did you mean {near}?" if near else "put the file there, or correct the path"


@rule("L031", Severity.ERROR)
def image_outside(path: str) -> Said:
    """An image lies outside the project.

    A book is built from its own folder alone, so that it can be built again elsewhere, and so that no file of the
    computer gets into a book by mistake. Links that lead out of the folder count as outside.
    """
    return f"the image “{path}” is outside the project", "copy the file into the project"


@rule("L032", Severity.ERROR)
def image_foreign(path: str) -> Said:
    """An image is named by an address and not by a file.

    Nothing is fetched from the network while a book is built: the picture could change or vanish. Download it, mind
    its licence, and name the file: `![The whale](images/whale.jpg)`.
    """
    shown = path if len(path) <= 60 else path[:57] + "…"
    return f"the image “{shown}” is an address, not a file", "save the image in the project and name the file"


@rule("L033", Severity.ERROR)
def image_broken(path: str, reason: str) -> Said:
    """An image cannot be read.

    The file is damaged, or it is not an image whatever its name says. JPEG, PNG, SVG, GIF, WebP, TIFF and BMP can be
    read. Open it in an image program and save it anew.
    """
    return f"the image “{path}” cannot be read: {reason}", "save the image anew, as JPEG or PNG"


@rule("L034", Severity.ERROR)
def image_huge(path: str, size: str) -> Said:
    """An image is larger than we take.

    An image may have up to 80 million pixels and 50 MB. A page of a book in the finest print needs fewer than
    10 million. Make it smaller in an image program.
    """
    return f"the image “{path}” is too large ({size})", "make it smaller: at most 80 million pixels and 50 MB"


@rule("L035", Severity.ERROR)
def image_no_reader(path: str) -> Said:
    """An image is in a telephone's format (HEIC), for which a reader is not installed.

    Save the picture as JPEG, or install the reader: `pip install pillow-heif` in Octavo's environment.
    """
    return f"the image “{path}” is HEIC, which needs pillow-heif", "save it as JPEG, or install pillow-heif"


@rule("L036", Severity.WARNING)
def image_active(path: str, removed: tuple[str, ...]) -> Said:
    """A drawing held more than a drawing, and lost it.

    SVG files can hold scripts, links and files from elsewhere. None of that gets into a book; only what is drawn.
    Look whether the drawing still looks right.
    """
    return f"taken out of the drawing “{path}”: {', '.join(removed)}", "look whether it still looks right"


@rule("L037", Severity.HINT)
def image_scaled(path: str, was: tuple[int, int], now: tuple[int, int]) -> Said:
    """An image was made smaller for the e-book.

    Shops take pictures of at most 5.6 million pixels and 5 MB, covers are as they want them at 2560 pixels on the
    longer side, and screens show no more. The PDF has the picture as it is. Nothing is to be done, unless you would
    rather make it smaller yourself.
    """
    return f"the image “{path}” is {now[0]} × {now[1]} pixels in the e-book (it has {was[0]} × {was[1]})", None


@rule("L038", Severity.WARNING)
def cover_small(path: str, size: tuple[int, int], least: int) -> Said:
    """The picture on the cover of the e-book is smaller than shops take.

    The largest ask for at least 640 pixels on each side, and for 1600 × 2560 where it should look well. A small picture
    is not made larger, for that would only blur it. Name a larger one with `cover-image: cover.jpg`, or none: then we
    paint a cover from the metadata.
    """
    said = f"the cover “{path}” has only {size[0]} × {size[1]} pixels"
    return said, f"each side needs {least}, best are 1600 × 2560; without a picture of yours we paint a cover"


@rule("L020", Severity.WARNING)
def css_syntax(reason: str) -> Said:
    """A line of a style sheet cannot be read as CSS, and is left out.

    Most often a brace, a colon or a semicolon is missing: `p { color: black; }`.
    """
    return f"not CSS: {reason}", "look for a missing brace, colon or semicolon"


@rule("L021", Severity.ERROR)
def css_import(what: str) -> Said:
    """A style sheet has a rule that books may not use: `@import`, or `@font-face` with a file of its own.

    The layers of style sheets are fixed: theme, edition, your own. Put the rules themselves into
    `styles/custom.css`; name fonts in your theme's `theme.toml`.
    """
    return f"{what} is not for style sheets of a book", "put the rules here; name fonts in theme.toml"


@rule("L022", Severity.ERROR)
def css_crashes(what: str) -> Said:
    """A style sheet asks for what the typesetter cannot do without falling over, and is left out.

    These are `footnote-policy: block`; colours by `device-cmyk()` in gradients, in blurred shadows and in borders of
    the styles groove, ridge, inset and outset; `target-counter()` and `target-text()` with `attr()` in the margins of
    a page. Use another style.
    """
    return f"{what} cannot be typeset", "take it out, or use a plain colour or border"


@rule("L023", Severity.WARNING)
def faint_text(selector: str, found: float, needed: float) -> Said:
    """A style sheet of the e-book sets text so faint against what is behind it that many cannot read it.

    The contrast of two colours runs from 1 (none) to 21 (black on white). Text needs 4.5, large text 3 (WCAG 2.2,
    1.4.3). Where only one of the two colours is named, the other is the reader's: black on a white page. Best is to
    name none: then every reader has the colours that suit their eyes.
    """
    return (
        f"{selector}: contrast {found:g}, and {needed:g} is needed",
        "darken the one, lighten the other, or name none",
    )


@rule("L024", Severity.WARNING)
def link_by_colour_alone(selector: str) -> Said:
    """A style sheet of the e-book takes the line from under links, so that colour alone tells them from the text.

    Whoever sees no colours, or reads on grey paper, does not find them (WCAG 2.2, 1.4.1). Leave the line, or give them
    something else that has a shape: `border-bottom: 1px dotted`, `font-weight: bold`.
    """
    return f"{selector}: links look like the text around them", "leave the line under them, or a dotted one"


@rule("L025", Severity.WARNING)
def gone_by_night(selector: str, declaration: str) -> Said:
    """A style sheet of the e-book names a colour that nobody sees by night.

    By night many readers read light letters on a dark page. Black letters or lines vanish there, and light letters do
    on a light ground. Leave colours to the reader: lines take the text's own if you name none, and a ground that suits
    every page is a grey that lets it through, `rgb(128 128 128 / 15%)`. If you must, name the text's colour and its
    background together, or say what holds by night in `@media (prefers-color-scheme: dark)`.
    """
    return f"{selector} {{ {declaration} }} cannot be seen by night", "name no colour, or text and background together"


@rule("L026", Severity.WARNING)
def text_forced(selector: str, declaration: str) -> Said:
    """A style sheet of the e-book decides for the whole text what its reader should choose.

    Size, face, colours, distance of lines and margins of the page are the reader's, who may need large letters or a
    face of their own; shops refuse books that take them away. Say how parts differ from the text (`h1`, `.letter`,
    `figcaption`), and leave `html`, `body`, `p` and `*` as they are. What is meant for paper alone stands in
    `@media print`, or in `styles/<theme>/print.css`.
    """
    return f"{selector} {{ {declaration} }} is the reader's to choose", "take it out, or put it in @media print"


@rule("L041", Severity.ERROR)
def no_glyph_in_print(character: str, number: str, times: int) -> Said:
    """A character stands in none of the book's fonts.

    On paper there would be an empty box in its place. Use another character, or a theme whose fonts have it. The
    fonts of the theme `classic` and those that stand in for them hold Latin, Greek and Cyrillic letters.
    """
    more = f" ({times} times in the book)" if times > 1 else ""
    return f"no font of this book has the character “{character}” ({number}){more}", "use another character or theme"


@rule("L042", Severity.WARNING)
def no_glyph_on_screen(character: str, number: str, times: int) -> Said:
    """A character stands in none of the fonts that go into the e-book.

    The reader's device will look for it in its own fonts, and may show an empty box. For example, the fonts of the
    theme `classic` hold no Chinese characters.
    """
    more = f" ({times} times in the book)" if times > 1 else ""
    return f"no font of this book has the character “{character}” ({number}){more}", "try the e-book on your devices"
