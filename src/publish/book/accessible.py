"""See that a passage reaches those who do not read with their eyes: images and links with words, tables with heads,
foreign letters with the language that they are in.
"""

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from publish.book import findings
from publish.book.draft import Draft, mark, plain, span_of
from publish.book.references import roots_of
from publish.problems import Problems

CODE = frozenset({"code", "kbd", "pre", "samp", "var"})
"""What stands in these is written in no language."""
COMMON = frozenset({"Latn", "Zinh", "Zyyy", "Zzzz"})
"""Latin letters stand in every language, as names; signs and figures belong to all scripts."""
FAR = re.compile(r"[^\u0000-\u024f\u2000-\u20cf]")
"""Signs outside the blocks that hold none but common ones: Latin letters, quotation marks and dashes, currencies."""
MIXED = {"Jpan": {"Hira", "Kana", "Hani"}, "Kore": {"Hang", "Hani"}, "Hans": {"Hani", "Bopo"}, "Hant": {"Hani", "Bopo"}}
"""The scripts that are written together, by the name that languages have for them (ISO 15924)."""
LIKELY = {"grc": "Grek"}
"""Of Ancient Greek, Unicode's table of likely scripts names that of Cyprus."""


def see_accessible(section: Draft, problems: Problems) -> None:
    """Mend what can be mended in a section, and say what its author alone can mend."""
    for root in roots_of(section):
        for image in root.iter("img"):
            _word_image(section, image, problems)
        for link in root.iter("a"):
            _see_worded(section, link, problems)
        for table in root.iter("table"):
            _give_heads(section, table, problems)
        for element, text in _foreign(root, section.lang):
            problems.add(findings.language_not_marked(span_of(element, section.path), text))


def _word_image(section: Draft, image: etree._Element, problems: Problems) -> None:
    """See that an image has words: the author's, its caption's, or none where it is there for beauty."""
    span, source = span_of(image, section.path), image.get("src", "")
    figure = image.getparent()
    caption = figure.find("figcaption") if figure is not None and figure.tag == "figure" else None
    if image.get("alt") is None and caption is not None:
        image.set("alt", " ".join(plain(caption).split()))
        problems.add(findings.caption_as_alt(span, source))
    elif not image.get("alt") and "decorative" in image.get("class", "").split():
        image.set("alt", "")
        image.set("role", "presentation")
    elif not image.get("alt") and image.get("role") != "presentation":
        image.set("alt", "")
        mark(image)
        problems.add(findings.image_without_words(span, source))


def _see_worded(section: Draft, link: etree._Element, problems: Problems) -> None:
    if link.get("href") is not None and not _says_something(link):
        mark(link)
        problems.add(findings.link_without_words(span_of(link, section.path), link.get("href", "")))


def _says_something(element: etree._Element) -> bool:
    """Whether an element holds words, or a picture, of which the rule for pictures speaks."""
    return bool("".join(map(str, element.itertext())).strip()) or next(element.iter("img"), None) is not None


def _give_heads(section: Draft, table: etree._Element, problems: Problems) -> None:
    """Let every head say what it heads: in the table's head its column, else its row. One without words is none."""
    for head in list(table.iter("th")):
        if not _says_something(head):
            head.tag = "td"
            head.attrib.pop("scope", "")
        elif head.get("scope") is None:
            head.set("scope", "col" if next(head.iterancestors("thead"), None) is not None else "row")
    if next(table.iter("th"), None) is None and table.get("role") != "presentation":
        problems.add(findings.table_without_heads(span_of(table, section.path)))


def _foreign(root: etree._Element, lang: str) -> Iterator[tuple[etree._Element, str]]:
    """The first words of each passage in letters that its language is not written with, and the element around it."""
    stack = [(root, lang)]
    while stack:
        element, around = stack.pop()
        if element.tag in CODE or element.get("data-made") is not None:
            continue
        own = element.get("lang") or around
        texts = [element.text, *(child.tail for child in element)]
        found = next((words for text in texts if text and (words := _foreign_words(text, own))), None)
        if found:
            yield element, found
        stack.extend((child, own) for child in reversed(element) if isinstance(child.tag, str))


def _foreign_words(text: str, lang: str) -> str | None:
    """The first word of two letters or more in a script that is not the language's; None where there is none.

    One letter alone is a sign: π, Δ.
    """
    far = set(FAR.findall(text))
    strange = "".join(sorted(sign for sign in far if _script(sign) not in _scripts(lang)))
    found = re.search(f"[{re.escape(strange)}]{{2,}}", text) if strange else None
    return found.group() if found else None


@cache
def _script(sign: str) -> str:
    from fontTools.unicodedata import script  # noqa: PLC0415  most books have no such signs

    return str(script(sign))


@cache
def _scripts(lang: str) -> frozenset[str]:
    """The scripts that a language is written in, and those that stand in all."""
    import langcodes  # noqa: PLC0415  as above

    try:
        tag = langcodes.get(lang)
        own = tag.script or LIKELY.get(tag.language or "") or tag.maximize().script
    except ValueError:
        own = None
    return COMMON | (MIXED.get(own, {own}) if own else frozenset())
