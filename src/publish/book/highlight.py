"""Code: its words classed by what they are, for print in one colour (weight and slant), and listings made of it."""

from itertools import groupby

from lxml import etree
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, String, _TokenType
from pygments.util import ClassNotFound

from publish.book.draft import take

CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Keyword, "k"),
    (Comment, "c"),
    (String, "s"),
    (Name.Function, "n"),
    (Name.Class, "n"),
    (Name.Tag, "k"),
)


def highlight(code: etree._Element, language: str) -> None:
    """Wrap keywords, comments, strings and defined names in spans; the text stays the same, sign for sign."""
    text = code.text or ""
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return
    pieces = list(lexer.get_tokens(text))
    if "".join(piece for _, piece in pieces) != text:
        return
    code.text = None
    for name, run in groupby(pieces, key=lambda token: _class_of(token[0])):
        piece = "".join(part for _, part in run)
        if name and piece.strip():
            etree.SubElement(code, "span", {"class": name}).text = piece
        elif len(code):
            code[-1].tail = (code[-1].tail or "") + piece
        else:
            code.text = (code.text or "") + piece


def _class_of(kind: _TokenType) -> str | None:
    return next((name for parent, name in CLASSES if kind[: len(parent)] == parent), None)


def set_code(root: etree._Element) -> None:
    """Highlight all code of a tree; code with an id or a caption becomes a listing."""
    for pre in list(root.iter("pre")):
        language = pre.get("data-language")
        code = pre.find("code")
        if language and code is not None:
            highlight(code, language)
        ident, caption = pre.get("id"), take(pre, "data-caption")
        if ident or caption:
            _make_listing(pre, ident, caption)


def _make_listing(pre: etree._Element, ident: str | None, caption: str) -> None:
    lines = {key: pre.get(key, "1") for key in ("data-line", "data-end")}
    listing = etree.Element("figure", {"class": "listing", **lines})
    listing.tail, pre.tail = pre.tail, None
    parent = pre.getparent()
    if parent is not None:
        parent.replace(pre, listing)
    listing.append(pre)
    if ident:
        del pre.attrib["id"]
        listing.set("id", ident)
    if caption:
        etree.SubElement(
            listing, "figcaption", {"data-line": lines["data-line"], "data-end": lines["data-line"]}
        ).text = caption
