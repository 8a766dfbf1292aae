"""Where a line of print may not end: before a dash that is closed up to a word, and within short code."""

import re

from lxml import etree

from publish.layout.markup import classes

JOINER = "\u2060"
"""Holds two characters on one line; it is no letter, and nothing that reads the finished page counts it."""
CLOSED = re.compile(r"(?<=[^\s\u2060])(?=[—⸺⸻])")
DASHES = ("—", "⸺", "⸻")
CODE = ("code", "pre", "kbd", "samp")
WHOLE = 24
"""Characters of code in a line of text that stay on one line: the name of a file, a short command."""


def keep_short_code(tree: etree._Element) -> None:
    """Mark code in a line of text that a style sheet should not break, with the class `short`."""
    for code in tree.iter("code"):
        parent = code.getparent()
        in_text = parent is not None and parent.tag != "pre"
        if in_text and len("".join(map(str, code.itertext()))) <= WHOLE:
            code.set("class", " ".join((*classes(code), "short")))


def bind_dashes(tree: etree._Element) -> None:
    """Hold an em dash to the word before it. The engine knows that a line may end on either side of one, but no
    compositor would begin a line with it; an opening dash, as of dialogue, has a space before it and stays free.
    """
    for element in tree.iter(etree.Element):
        if element.tag not in CODE and element.text:
            element.text = _bound(element.text)
        parent = element.getparent()
        if element.tail and parent is not None and parent.tag not in CODE:
            bound = _bound(element.tail)
            # What stands before it is in the element; a line that was broken there has nothing to hold.
            element.tail = JOINER + bound if bound.startswith(DASHES) and element.tag != "br" else bound


def _bound(text: str) -> str:
    # To look for a sign is quick, to try an expression at every letter of a book is not.
    return CLOSED.sub(JOINER, text) if any(dash in text for dash in DASHES) else text
