"""Inline marks: Python-Markdown's own processors where they fit, ours for what our dialect says otherwise.

Python-Markdown's processors see a text in which what was found already stands as a placeholder, so that a place
cannot be told from what they are given. Each element that may need one bears in `data-find` the very characters that
began it; `placing.py` finds them in the author's text.
"""

import html
import re
import string
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import (
    BacktickInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import AtomicString

from publish.book.dialect.attributes import BRACES, Attributes, looks_meant, read_attributes
from publish.book.dialect.html import INLINE, VOID, attributes_of
from publish.book.dialect.reading import dress

Found = tuple[Element | str | None, int | None, int | None]
ESCAPED = re.compile("\x02(\\d+)\x03")
LATER = {"index": "an index entry", "term": "a glossary term"}


def unescaped(text: str) -> str:
    """Text with Python-Markdown's signs for escaped characters turned back."""
    return ESCAPED.sub(lambda found: chr(int(found[1])), text)


def attributes_at(processor: InlineProcessor, data: str, at: int) -> tuple[Attributes, int]:
    """The attributes in braces that begin at `at`, and where they end; none, and `at`, where no attributes stand."""
    found = BRACES.match(data, at)
    if found is None or not looks_meant(found.group()[1:-1]):
        return Attributes(), at
    inner = html.unescape(unescaped(processor.unescape(found.group()[1:-1])))
    return read_attributes(inner), found.end()


def _opening(text: str) -> str:
    """The bracket that began a link, with as much of its text as holds no mark."""
    return "[" + re.split("[\x02\n]", text, maxsplit=1)[0]


def problem(kind: str, literal: str, argument: str = "") -> Element:
    """A sign in the tree that `placing.py` turns into a problem at its place."""
    return Element("span", {"data-problem": kind, "data-find": literal, "data-argument": argument})


class Code(BacktickInlineProcessor):
    """`code`: the text between backticks as it stands."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make the element, with the attributes behind it."""
        if m.group(1):
            return str(m.group(1)).replace("\\\\", self.ESCAPED_BSLASH), m.start(0), m.end(0)
        spans: Any = self.find_code_spans(m.start(0), data)
        start, end = spans
        if end is None:
            return None, m.start(0), start
        text = data[start:end].replace("\n", " ")
        if text.startswith(" ") and text.endswith(" ") and text.strip():
            text = text[1:-1]
        element = Element("code")
        element.text = AtomicString(text)
        attributes, after = attributes_at(self, data, end + start - m.start(0))
        dress(element, attributes)
        return element, m.start(0), after


class _Linking(LinkInlineProcessor):
    """What links by address and by reference share: attributes behind them, cross references, their place."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make the element, with the attributes behind it."""
        element, start, end = super().handleMatch(m, data)
        if not isinstance(element, Element) or end is None:
            return element, start, end
        attributes, end = attributes_at(self, data, end)
        target = "src" if element.tag == "img" else "href"
        address = unescaped(element.get(target, ""))
        element.set(target, address)
        for key in ("title", "alt"):
            if element.get(key) is not None:
                element.set(key, unescaped(element.get(key, "")))
        if element.tag == "a" and not (element.text or "").strip() and address.startswith("#"):
            element.set("class", "page-ref" if "page" in attributes.classes else "ref")
            attributes = Attributes(
                attributes.id, tuple(c for c in attributes.classes if c != "page"), attributes.pairs
            )
        dress(element, attributes)
        element.set("data-find", address if address and address in data else _opening(element.text or ""))
        return element, start, end


class Link(_Linking):
    """`[text](address)`, and `[](#id)`."""


class Reference(_Linking, ReferenceInlineProcessor):
    """`[text][label]`."""


class ShortReference(_Linking, ShortReferenceInlineProcessor):
    """`[label]`."""


class Picture(_Linking, ImageInlineProcessor):
    """`![alt](file)` in a line of text."""


class PictureReference(_Linking, ImageReferenceInlineProcessor):
    """`![alt][label]`."""


class ShortPictureReference(_Linking, ShortImageReferenceInlineProcessor):
    """`![label]`."""


class Bracketed(LinkInlineProcessor):
    """`[text]{.class}`."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make the span, or the sign that its kind is not built yet."""
        text, index, handled = self.getText(data, m.end(0))
        if not handled:
            return None, None, None
        attributes, end = attributes_at(self, data, index)
        if end == index:
            return None, None, None
        element = Element("span", {"data-find": _opening(text)})
        element.text = text
        dress(element, attributes)
        for name, what in LATER.items():
            if name in attributes.classes:
                element.set("data-problem", "not_built_yet")
                element.set("data-argument", f"{what}|[…]{{.{name}}}")
        if attributes.error:
            element.set("data-problem", "bad_attributes")
            element.set("data-argument", data[index:end] + "|" + attributes.error)
        return element, m.start(0), end


class NoteCall(InlineProcessor):
    """`[^label]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make the call."""
        label = unescaped(str(m.group(1)))
        return (
            Element("a", {"class": "note-call", "data-note": label, "data-find": f"[^{label}]"}),
            m.start(0),
            m.end(0),
        )


class InlineNote(LinkInlineProcessor):
    """`^[text]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make a note that `placing.py` takes out of the text."""
        text, index, handled = self.getText(data, m.end(0))
        if not handled or not text.strip():
            return None, None, None
        element = Element("span", {"class": "inline-note", "data-find": "^["})
        element.text = text
        return element, m.start(0), index


class Comment(InlineProcessor):
    """`<!-- … -->` reaches no output."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make nothing of it, or a sign that it is never closed."""
        end = data.find("-->", m.end(0))
        if end < 0:
            return problem("unclosed_comment", "<!--"), m.start(0), len(data)
        return "", m.start(0), end + 3


class Address(InlineProcessor):
    """`<https://…>` and `<name@host>`."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make the link, its text the address."""
        text = unescaped(self.unescape(str(m.group(1))))
        element = Element("a", {"href": text if ":" in text else f"mailto:{text}", "data-find": f"<{text}"})
        element.text = AtomicString(text)
        return element, m.start(0), m.end(0)


class Tag(InlineProcessor):
    """Raw HTML in a line: an allowed element with its content, or a sign of what is wrong."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make the element with its content."""
        closing, name, rest = bool(m.group(1)), str(m.group(2)).lower(), str(m.group(3))
        attributes = attributes_of(unescaped(self.unescape(rest)))
        literal = f"<{'/' if closing else ''}{m.group(2)}"
        if name not in INLINE | VOID or attributes is None:
            return self._refused("html_not_allowed", literal, m)
        if name in VOID:
            return Element(name, attributes), m.start(0), m.end(0)
        end = None if closing else self._partner(name, data, m.end(0))
        if end is None:
            return self._refused("html_not_closed", literal, m)
        element = Element(name, {**attributes, "data-find": literal})
        element.text = data[m.end(0) : end.start(0)]
        return element, m.start(0), end.end(0)

    @staticmethod
    def _refused(kind: str, literal: str, m: re.Match[str]) -> Found:
        return problem(kind, literal, f"{literal}>"), m.start(0), m.end(0)

    @staticmethod
    def _partner(name: str, data: str, at: int) -> re.Match[str] | None:
        level = 1
        for found in re.compile(rf"<(/?){name}(?=[\s>/])[^<>]*>", re.IGNORECASE).finditer(data, at):
            level += -1 if found[1] else 1
            if level == 0:
                return found
        return None


class Entity(InlineProcessor):
    """`&copy;` becomes its character; what names none stays."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make the character."""
        character = html.unescape(str(m.group(0)))
        if character == m.group(0) or not character.isprintable():
            return None, None, None
        return character, m.start(0), m.end(0)


def inline_reader() -> markdown.Markdown:
    """A Python-Markdown whose inline processors speak our dialect; its block parser is not used."""
    md = markdown.Markdown()
    md.ESCAPED_CHARS = list(string.punctuation)
    patterns: Any = md.inlinePatterns
    for name in ("html", "entity", "autolink", "automail", "linebreak", "backtick"):
        patterns.deregister(name)
    opening = r"(?<!\!)\["
    registered: list[tuple[InlineProcessor, str, int]] = [
        (Code(r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)"), "backtick", 190),
        (Comment("<!--", md), "comment", 178),
        (InlineNote(r"\^\[", md), "inline_note", 176),
        (NoteCall(r"\[\^([^\]\s]+)\]", md), "note_call", 175),
        (Reference(opening, md), "reference", 170),
        (Link(opening, md), "link", 160),
        (Bracketed(opening, md), "bracketed", 155),
        (Picture(r"\!\[", md), "image_link", 150),
        (PictureReference(r"\!\[", md), "image_reference", 140),
        (ShortReference(opening, md), "short_reference", 130),
        (ShortPictureReference(r"\!\[", md), "short_image_ref", 125),
        (Address(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*)>", md), "autolink", 120),
        (Address(r"<([^<>\s!@]+@[^<>\s@]+)>", md), "automail", 110),
        (SubstituteTagInlineProcessor(r"(?: {2,}|\\)\n", "br"), "linebreak", 100),
        (Tag(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)/?>", md), "html", 90),
        (Entity(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);", md), "entity", 80),
    ]
    for processor, name, priority in registered:
        patterns.register(processor, name, priority)
    delimiters: Any = md.__dict__["delimiters"]
    delimiters.add("~", "del,sub")
    delimiters.add("^", "sup")
    return md
