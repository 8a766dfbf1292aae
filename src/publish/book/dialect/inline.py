"""Inline marks without square brackets: Python-Markdown's processors, where our dialect says something else.

Every processor is given tracked text, and notes on the element that it makes where the construct began in the
author's text (`data-at`) and how long it is there (`data-span`); `placing.py` makes line and column of them.
"""

import html
import re
import string
import unicodedata
from typing import Any
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import BacktickInlineProcessor, InlineProcessor
from markdown.util import ETX, STX, AtomicString

from publish.book.dialect.attributes import BRACES, Attributes, looks_meant, read_attributes
from publish.book.dialect.html import INLINE, VOID, attributes_of
from publish.book.dialect.reading import dress
from publish.book.dialect.tracking import Tracked

Found = tuple[Element | str | None, int | None, int | None]
NOTHING: Found = (None, None, None)
ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
REFUSED = "refused"
"""The element around what a refused tag held, until its neighbours' text is in place; then its text alone stays."""
SEPARATOR = "\x1f"
"""Between the name of a finding and its arguments, while they stand on an element."""


def unescaped(text: str) -> str:
    """Text with Python-Markdown's signs for escaped characters turned back."""
    return ESCAPED.sub(lambda found: chr(int(found[1])), text)


def located(element: Element, data: Tracked, start: int, end: int) -> Element:
    """Note on an element where its construct stands in the author's text."""
    first = data.origin(start)
    element.set("data-at", str(first))
    element.set("data-span", str(data.origin(end) - first))
    return element


def with_problem(element: Element, kind: str, *arguments: str) -> Element:
    """Note on an element what is wrong with it: a finding by name, and its arguments."""
    element.set("data-problem", SEPARATOR.join([kind, *arguments]))
    return element


def attributes_at(data: Tracked, at: int) -> tuple[Attributes, int]:
    """The attributes in braces that begin at `at`, and where they end; none, and `at`, where no attributes stand."""
    if not data.startswith("{", at):
        return Attributes(), at
    found = BRACES.match(data.source, data.origin(at))
    end = data.position(found.end()) if found else None
    if found is None or end is None or not looks_meant(found.group()[1:-1]):
        return Attributes(), at
    return read_attributes(html.unescape(found.group()[1:-1])), end


def dressed(element: Element, data: Tracked, at: int) -> int:
    """Put the attributes that begin at `at` on an element; where they end."""
    attributes, end = attributes_at(data, at)
    dress(element, attributes)
    if attributes.error:
        with_problem(element, "bad_attributes", data.source[data.origin(at) : data.origin(end)], attributes.error)
    return end


class Processor(InlineProcessor):
    """A processor of tracked text. `NESTS`: its constructs may stand inside each other."""

    NESTS = False

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Read the tracked text at a match."""
        return self.read(m, data) if isinstance(data, Tracked) else NOTHING

    def read(self, m: re.Match[str], data: Tracked) -> Found:
        """What a match makes: an element or text, its start and its end; nothing where it is no such construct."""
        raise NotImplementedError


class Code(BacktickInlineProcessor):
    """`code`: the text between backticks as it stands."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:
        """Make the element, with the attributes behind it."""
        if m.group(1):
            return str(m.group(1)).replace("\\\\", self.ESCAPED_BSLASH), m.start(0), m.end(0)
        spans: Any = self.find_code_spans(m.start(0), data)
        start, end = spans
        if end is None or not isinstance(data, Tracked):
            return None, m.start(0), start
        text = str(data[start:end]).replace("\n", " ")
        if text.startswith(" ") and text.endswith(" ") and text.strip():
            text = text[1:-1]
        element = Element("code")
        element.text = AtomicString(text)
        after = dressed(element, data, end + start - m.start(0))
        return located(element, data, m.start(0), after), m.start(0), after

    def find_code_spans(self, start: int, text: str) -> tuple[int, int | None]:
        """The end of a row of backticks, and where the next row of the same length begins; None without one."""
        row = re.compile("`+")
        opening = row.match(text, start)
        first = opening.end() if opening else start
        for found in row.finditer(text, first):
            if found.end() - found.start() == first - start:
                return first, found.start()
        return first, None


class Comment(Processor):
    """`<!-- … -->` reaches no output."""

    def read(self, m: re.Match[str], data: Tracked) -> Found:
        """Make nothing of it, or a sign that it is never closed."""
        end = data.find("-->", m.end(0))
        if end < 0:
            mark = with_problem(Element(REFUSED), "unclosed_comment")
            return located(mark, data, m.start(0), m.end(0)), m.start(0), len(data)
        return "", m.start(0), end + 3


class Address(Processor):
    """`<https://…>` and `<name@host>`."""

    def read(self, m: re.Match[str], data: Tracked) -> Found:
        """Make the link, its text the address."""
        text = str(m.group(1))
        element = Element("a", {"href": text if ":" in text else f"mailto:{text}"})
        element.text = AtomicString(text)
        return located(element, data, m.start(0), m.end(0)), m.start(0), m.end(0)


class Tag(Processor):
    """Raw HTML in a line: an allowed element with its content, or a sign of what is wrong."""

    NESTS = True

    def read(self, m: re.Match[str], data: Tracked) -> Found:
        """Make the element with its content."""
        closing, name = bool(m.group(1)), str(m.group(2)).lower()
        typed = data.source[data.origin(m.start(0)) : data.origin(m.end(0))]
        attributes, refused = attributes_of(name, typed[m.end(2) - m.start(0) : -1])
        end = None if closing or name in VOID else self._partner(name, data, m.end(0))
        element = Element(name, attributes)
        if name not in INLINE | VOID:
            element = with_problem(Element(REFUSED), "html_not_allowed", typed)
        elif refused:
            element = with_problem(Element(REFUSED), "html_attribute_not_allowed", f"<{name}>", refused)
        elif name not in VOID and end is None:
            element = with_problem(Element(REFUSED), "html_not_closed", typed)
        located(element, data, m.start(0), m.end(0))
        if end is None:
            return element, m.start(0), m.end(0)
        element.text = data[m.end(0) : end.start(0)]
        return element, m.start(0), end.end(0)

    @staticmethod
    def _partner(name: str, data: str, at: int) -> re.Match[str] | None:
        level = 1
        for found in re.compile(rf"<(/?){name}(?=[\s>/])[^<>]*>", re.IGNORECASE).finditer(data, at):
            level += -1 if found[1] else 1
            if level == 0:
                return found
        return None


class Mathematics(Processor):
    """`$x$` and `$$x$$`, which are reserved: the text stays, under an error."""

    def read(self, m: re.Match[str], data: Tracked) -> Found:
        """Make a span with the text as typed."""
        first, last = data.origin(m.start(0)), data.origin(m.end(0))
        typed = data.source[first:last]
        element = with_problem(Element("span"), "not_built_yet", "mathematics", shortened(typed))
        element.text = AtomicString(typed)
        return located(element, data, m.start(0), m.end(0)), m.start(0), m.end(0)


class Entity(Processor):
    """`&copy;` becomes its character; what names none, or a control character, stays."""

    def read(self, m: re.Match[str], data: Tracked) -> Found:
        """Make the character."""
        character = html.unescape(str(m.group(0)))
        if character == m.group(0) or any(unicodedata.category(sign) in ("Cc", "Cs", "Cn") for sign in character):
            return NOTHING
        # A sign that means something in Markdown means itself here, so it stands as an escaped one does.
        safe = "".join(f"{STX}{ord(sign)}{ETX}" if sign in string.punctuation else sign for sign in character)
        return safe, m.start(0), m.end(0)


def shortened(text: str) -> str:
    """A sample of a text for a message."""
    text = " ".join(text.split())
    return text if len(text) < 24 else text[:20] + "…"
