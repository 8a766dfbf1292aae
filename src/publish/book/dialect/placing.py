"""Places of inline elements: the k-th element that some characters began stands where they occur the k-th time."""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from publish.book.dialect import findings
from publish.book.dialect.lines import Line
from publish.book.dialect.reading import Reading
from publish.places import Span

HIDDEN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\[^\w\s]", re.DOTALL)
CITATION = re.compile(r"\[-?@[\w:.#$%&+?<>~/-]+")
DISPLAY_MATH = re.compile(r"\$\$(?=\S|\s*\n).+?\$\$", re.DOTALL)
INLINE_MATH = re.compile(r"(?<![\w$])\$(?=[^\s$])[^$\n]*?(?<=\S)\$(?![\w$])")
REFUSED = "refused"
"""What stands in the tree for a refused tag until its neighbours' text is in place; then it is taken out."""

LATER = ((CITATION, "a citation"), (DISPLAY_MATH, "mathematics"), (INLINE_MATH, "mathematics"))


class Leaf:
    """The author's text of one block, in which characters are found again in turn."""

    def __init__(self, path: str, lines: Sequence[Line]) -> None:
        self.path = path
        self.lines = lines
        raw = "\n".join(line.text for line in lines)
        self.text = HIDDEN.sub(lambda found: " " * len(found.group()), raw)
        self._next: dict[str, int] = {}

    def span(self, offset: int, length: int) -> Span:
        """The place of characters by their offset in the text."""
        for line in self.lines:
            if offset <= len(line.text):
                return Span(self.path, line.number, line.column + offset, max(1, min(length, len(line.text) - offset)))
            offset -= len(line.text) + 1
        last = self.lines[-1]
        return Span(self.path, last.number, last.column)

    def find(self, literal: str) -> Span:
        """The place where these characters occur next; the beginning of the text where they do not."""
        at = self.text.find(literal, self._next.get(literal, 0))
        if at < 0:
            return self.span(0, 1)
        self._next[literal] = at + 1
        return self.span(at, len(literal))


def report_later(reading: Reading, leaf: Leaf) -> None:
    """Report what syntax is reserved for later releases, where it stands in a text."""
    for pattern, what in LATER:
        for found in pattern.finditer(leaf.text):
            sample = found.group()
            span = leaf.span(found.start(), len(sample))
            shown = sample if len(sample) < 24 else sample[:20] + "…"
            reading.problems.add(findings.not_built_yet(span, what, shown))


def place(reading: Reading, holder: Element, leaf: Leaf) -> None:
    """Give the inline elements of a text their places, and report those that stand for problems."""
    for element in _with_find(holder):
        span = leaf.find(element.attrib.pop("data-find"))
        kind = element.attrib.pop("data-problem", None)
        arguments = element.attrib.pop("data-argument", "").split("|") if kind else []
        if kind == "unclosed_comment":
            reading.problems.add(findings.unclosed_comment(span))
        elif kind is not None:
            reading.problems.add(getattr(findings, kind)(span, *arguments))
        if kind is not None and len(element) == 0 and not element.text:
            element.tag = REFUSED
        element.set("data-line", str(span.line))
        element.set("data-column", str(span.column))
        element.set("data-length", str(span.length))


def _with_find(holder: Element) -> Iterator[Element]:
    return (element for element in list(holder.iter()) if "data-find" in element.attrib)


def take_out_notes(reading: Reading, holder: Element) -> None:
    """Turn notes written in place into calls, and keep their texts under labels that nobody can type."""
    for element in [e for e in holder.iter("span") if e.get("class") == "inline-note"]:
        label = f"^{sum(known.startswith('^') for known in reading.notes) + 1}"
        span = Span(reading.path, int(element.get("data-line", "1")), int(element.get("data-column", "1")), 2)
        text = Element("aside", {"class": "note", "data-line": str(span.line), "data-end": str(span.line)})
        paragraph = SubElement(text, "p", {"data-line": str(span.line), "data-end": str(span.line)})
        paragraph.text, element.text = element.text, None
        for child in list(element):
            element.remove(child)
            paragraph.append(child)
        reading.notes[label] = (text, span)
        element.tag = "a"
        element.set("class", "note-call")
        element.set("data-note", label)
