"""Inline marks with square brackets: links, images, spans, notes, cross references, and what is reserved.

One processor reads them all, from left to right, since what a bracket means depends on what stands behind its
partner. Python-Markdown has one processor each, which take the first bracket for theirs.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString

from publish.book.dialect.attributes import Attributes
from publish.book.dialect.inline import NOTHING, Found, Processor, attributes_at, located, shortened, with_problem
from publish.book.dialect.reading import Reading, dress
from publish.book.dialect.targets import Target, label_at, normal, target_at
from publish.book.dialect.tracking import Tracked

LATER = {"index": "an index entry", "term": "a glossary term"}
BRACKET = re.compile(r"[\[\]]")
CITATION = re.compile(r"-?@[\w{]")
NOTE_LABEL = re.compile(r"\^([^\[\]\s]+)$")


class Brackets(Processor):
    """`[…](…)`, `[…][…]`, `[…]{…}`, `![…](…)`, `[^…]`, `^[…]`, `[](#…)`, `[@…]`."""

    NESTS = True

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(r"\^\[|!\[|\[", md)
        self.reading = reading
        self._paired: str = ""
        self._pairs: dict[int, int] = {}

    def read(self, m: re.Match[str], data: Tracked) -> Found:
        """Make what the brackets and what stands behind them mean."""
        opening = m.end(0) - 1
        closing = self._closing(data, opening, m.start(0))
        if closing is None:
            return NOTHING
        start, sign = m.start(0), m.group(0)
        if sign == "^[":
            return self._inline_note(data, start, opening, closing)
        if sign == "![":
            return self._picture(data, start, opening, closing)
        note = NOTE_LABEL.match(data.source[data.origin(opening + 1) : data.origin(closing)])
        if note:
            call = Element("a", {"class": "note-call", "data-note": note[1]})
            return located(call, data, start, closing + 1), start, closing + 1
        if CITATION.match(data, opening + 1):
            return self._later(data, start, closing + 1)
        return self._link(data, opening, closing) or self._span(data, opening, closing) or NOTHING

    def _closing(self, data: Tracked, opening: int, start: int) -> int | None:
        """The bracket that closes the one at `opening`; those of the rest of the text are paired at once."""
        if data is not self._paired:
            self._paired, self._pairs = data, {}
            unclosed = []
            for found in BRACKET.finditer(data, start):
                if found.group() == "[":
                    unclosed.append(found.start())
                elif unclosed:
                    self._pairs[unclosed.pop()] = found.start()
        return self._pairs.get(opening)

    def _target(self, data: Tracked, opening: int, closing: int) -> Target | None:
        """What brackets lead to, its end in `data`: an address behind them, or a definition that they name."""
        behind = data.origin(closing) + 1
        target: Target | None = None
        own = data.source[data.origin(opening) + 1 : behind - 1]
        if data.startswith("(", closing + 1):
            target = target_at(data.source, behind)
        if target is None and data.startswith("[", closing + 1):
            label = label_at(data.source, behind)
            if label is None or label[0].startswith("^"):
                target = self._defined(own, behind)
            else:
                target = self._defined(label[0] or own, label[1])
        elif target is None:
            target = self._defined(own, behind)
        end = data.position(target.end) if target else None
        return Target(target.address, target.title, end) if target and end is not None else None

    def _defined(self, label: str, end: int) -> Target | None:
        found = self.reading.references.get(normal(label))
        if found is None:
            return None
        self.reading.used.add(normal(label))
        return Target(found.address, found.title, end)

    def _holds_link(self, data: Tracked, opening: int, closing: int) -> bool:
        """Whether a link stands inside brackets, so that they cannot be a link themselves."""
        stash: Any = self.md.treeprocessors["inline"]
        for found in INLINE_PLACEHOLDER_RE.finditer(data, opening, closing):
            node = stash.stashed_nodes.get(found[1])
            if isinstance(node, Element) and (node.tag == "a" or node.find(".//a") is not None):
                return True
        return any(
            opening < inner < closing
            and not data.startswith(("!", "^"), inner - 1)
            and self._target(data, inner, partner)
            for inner, partner in self._pairs.items()
        )

    def _link(self, data: Tracked, opening: int, closing: int) -> Found | None:
        target = self._target(data, opening, closing)
        if target is None or self._holds_link(data, opening, closing):
            return None
        text = data[opening + 1 : closing]
        attributes, end = attributes_at(data, target.end)
        element = Element("a", {"href": target.address})
        if target.title:
            element.set("title", target.title)
        if not text.strip() and "#" in target.address:
            element.set("class", "page-ref" if "page" in attributes.classes else "ref")
            kept = tuple(name for name in attributes.classes if name != "page")
            dress(element, Attributes(attributes.id, kept, attributes.pairs))
        else:
            element.text = text if text.strip() else target.address
            dress(element, attributes)
        self._report(element, attributes, data, target.end, end)
        return located(element, data, opening, end), opening, end

    def _picture(self, data: Tracked, start: int, opening: int, closing: int) -> Found:
        target = self._target(data, opening, closing)
        if target is None:
            return NOTHING
        attributes, end = attributes_at(data, target.end)
        element = Element("img", {"src": target.address})
        if target.title:
            element.set("title", target.title)
        element.text = data[opening + 1 : closing]
        dress(element, attributes)
        self._report(element, attributes, data, target.end, end)
        return located(element, data, start, end), start, end

    def _span(self, data: Tracked, opening: int, closing: int) -> Found | None:
        attributes, end = attributes_at(data, closing + 1)
        if end == closing + 1:
            return None
        element = Element("span")
        element.text = data[opening + 1 : closing]
        dress(element, attributes)
        for name, what in LATER.items():
            if name in attributes.classes:
                with_problem(element, "not_built_yet", what, f"[…]{{.{name}}}")
        self._report(element, attributes, data, closing + 1, end)
        return located(element, data, opening, end), opening, end

    @staticmethod
    def _report(element: Element, attributes: Attributes, data: Tracked, start: int, end: int) -> None:
        if attributes.error:
            with_problem(
                element, "bad_attributes", data.source[data.origin(start) : data.origin(end)], attributes.error
            )

    @staticmethod
    def _inline_note(data: Tracked, start: int, opening: int, closing: int) -> Found:
        text = data[opening + 1 : closing]
        if not text.strip():
            return NOTHING
        element = Element("span", {"class": "inline-note"})
        element.text = text
        return located(element, data, start, closing + 1), start, closing + 1

    @staticmethod
    def _later(data: Tracked, start: int, end: int) -> Found:
        """A citation: its text stays, under an error."""
        typed = data.source[data.origin(start) : data.origin(end)]
        element = with_problem(Element("span"), "not_built_yet", "a citation", shortened(typed))
        element.text = AtomicString(typed)
        return located(element, data, start, end), start, end
