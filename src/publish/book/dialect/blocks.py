"""Blocks: what each stretch of lines is. Containers first, line by line, as CommonMark does; inline marks stay raw.

Python-Markdown divides a text at blank lines and tries expressions on the pieces; it keeps no lines, and our lists,
fences and typed paragraphs cannot be said in it. So this reader takes the place of its block parser.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from publish.book.dialect import findings, lists
from publish.book.dialect.attributes import Attributes
from publish.book.dialect.html import BLOCK_START, CONTAINER, attributes_of, container_end, html_block
from publish.book.dialect.leaves import (
    abbreviation,
    comment,
    fence,
    heading,
    page_break,
    reference,
    rule,
    set_heading,
    set_stanzas,
    verse,
)
from publish.book.dialect.lines import (
    ATX,
    COMMENT,
    DEFINITION,
    DIV_CLOSE,
    DIV_OPEN,
    FENCE,
    NOTE,
    PAGE_BREAK,
    QUOTE,
    RULE,
    SETEXT,
    Line,
    delimiter_row,
)
from publish.book.dialect.reading import Reading, dress, mark
from publish.book.dialect.tables import table

DEPTH = 24
"""Containers inside containers at most; beyond it the text is set as it stands, under an error."""

ADMONITIONS = frozenset({"note", "tip", "warning"})
CODE_LINE = re.compile(
    r"(def|class|import|from|for|while|if|return|var|let|const|function|public|#include|print)\b.*[(:;{=]|.*[;{}]$"
)

Reader = Callable[[Sequence[Line], int, Element, int], int]
LeafReader = Callable[[Reading, Sequence[Line], int, Element], int]


class BlockReader:
    """Reads lines into blocks. One for each file; `reading` holds what is gathered on the way."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._readers: tuple[Reader, ...] = (
            self._div, self._stray_end, *map(self._leaf, (fence, comment, page_break, rule, heading)),
            self._quote, *map(self._leaf, (table, verse)), self._note,
            *map(self._leaf, (abbreviation, reference)), self._html, self._leaf(html_block), self._list,
            self._definitions,
        )  # fmt: skip

    def read(self, lines: Sequence[Line], parent: Element, depth: int = 0) -> None:
        """Append the blocks of these lines to `parent`."""
        at = 0
        while at < len(lines):
            if lines[at].blank:
                at += 1
                continue
            for reader in self._readers:
                after = reader(lines, at, parent, depth)
                if after > at:
                    break
            else:
                after = self._paragraph(lines, at, parent, depth)
            at = after

    def _leaf(self, reader: LeafReader) -> Reader:
        """A reader of leaves in the form of a reader of containers."""
        return lambda lines, at, parent, _depth: reader(self.reading, lines, at, parent)

    @staticmethod
    def opens_block(line: Line) -> bool:
        """Whether a line begins a block that ends a paragraph."""
        text = line.text
        return line.indent < 4 and bool(
            ATX.match(text) or RULE.match(text) or FENCE.match(text) or QUOTE.match(text) or DIV_OPEN.match(text)
            or DIV_CLOSE.match(text) or PAGE_BREAK.match(text) or NOTE.match(text) or COMMENT.match(text)
            or BLOCK_START.match(text) or lists.interrupts(line)
        )  # fmt: skip

    def _inside(self, lines: Sequence[Line], parent: Element, depth: int, what: str) -> None:
        """Read the content of a container, unless it is too deep."""
        if depth < DEPTH:
            self.read(lines, parent, depth + 1)
            return
        self.reading.problems.add(findings.too_deep(self.reading.span(lines[0], 1), what, DEPTH))
        kept = [line.stripped() for line in lines if not line.blank]
        if kept:
            paragraph = self.reading.leaf(SubElement(parent, "p"), kept)
            paragraph.set("data-raw", "")

    # Containers

    def _div(self, lines: Sequence[Line], at: int, parent: Element, depth: int) -> int:
        opening = DIV_OPEN.match(lines[at].text)
        if opening is None:
            return at
        end, closed = self._div_end(lines, at)
        if not closed:
            self.reading.problems.add(findings.unclosed_div(self.reading.span(lines[at]), lines[at].text.strip()))
        if opening["name"]:
            attributes = Attributes(classes=(opening["name"],))
        else:
            attributes = self.reading.attributes(opening["attributes"], lines[at])
        kind = next((name for name in attributes.classes if name in ADMONITIONS), None)
        quote = "quote" in attributes.classes
        element = SubElement(parent, "aside" if kind else "blockquote" if quote else "div")
        if kind:
            element.set("class", "admonition")
        dress(element, attributes)
        mark(element, lines[at:end])
        if "verse" in attributes.classes:
            set_stanzas(self.reading, element, lines[at + 1 : end - closed])
        else:
            self._inside(lines[at + 1 : end - closed], element, depth, "::: blocks")
        if quote or "epigraph" in attributes.classes:
            name_source(element)
        return end

    @staticmethod
    def _div_end(lines: Sequence[Line], at: int) -> tuple[int, bool]:
        """The line after a `:::` block, and whether it was closed. Fences of code hide the colons inside them."""
        level, fence = 0, ""
        for n in range(at, len(lines)):
            text = lines[n].text
            if fence:
                if re.fullmatch(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*", text):
                    fence = ""
                continue
            code = FENCE.match(text.lstrip())
            if code:
                fence = code[1]
            elif DIV_OPEN.match(text):
                level += 1
            elif DIV_CLOSE.match(text):
                level -= 1
                if level == 0:
                    return n + 1, True
        return len(lines), False

    def _stray_end(self, lines: Sequence[Line], at: int, _parent: Element, _depth: int) -> int:
        if not DIV_CLOSE.match(lines[at].text):
            return at
        self.reading.problems.add(findings.stray_div_end(self.reading.span(lines[at])))
        return at + 1

    def _quote(self, lines: Sequence[Line], at: int, parent: Element, depth: int) -> int:
        content: list[Line] = []
        end = at
        while end < len(lines) and not lines[end].blank:
            line = lines[end]
            found = QUOTE.match(line.text)
            if found:
                content.append(line.cut(found.end()))
            elif not content or content[-1].blank or self.opens_block(line) or _ends_paragraph(content[-1]):
                break
            else:
                content.append(line.stripped())
            end += 1
        if not content:
            return at
        element = mark(SubElement(parent, "blockquote"), lines[at:end])
        self._inside(content, element, depth, "quotations")
        name_source(element)
        return end

    def _html(self, lines: Sequence[Line], at: int, parent: Element, depth: int) -> int:
        """A block of raw HTML whose tags stand on lines of their own: between them stands Markdown."""
        opening = CONTAINER.match(lines[at].text)
        end = container_end(lines, at, opening[1]) if opening else None
        if opening is None or end is None:
            return at
        tag = opening[1].lower()
        attributes, refused = attributes_of(tag, opening[2])
        if refused:
            span = self.reading.span(lines[at])
            self.reading.problems.add(findings.html_attribute_not_allowed(span, f"<{tag}>", refused))
        element = mark(SubElement(parent, tag, attributes), lines[at : end + 1])
        self._inside(lines[at + 1 : end], element, depth, "raw HTML")
        return end + 1

    def _note(self, lines: Sequence[Line], at: int, _parent: Element, depth: int) -> int:
        found = NOTE.match(lines[at].text)
        if found is None:
            return at
        content, end = self._hanging(lines, at, found.end())
        label = found[1]
        span = self.reading.span(lines[at], len(label) + 3)
        if label in self.reading.notes:
            first = self.reading.notes[label][1].line
            self.reading.problems.add(findings.note_defined_twice(span, label, first))
            return end
        element = mark(Element("aside", {"class": "note"}), lines[at:end])
        self.reading.notes[label] = (element, span)
        self._inside(content, element, depth, "notes")
        return end

    def _hanging(self, lines: Sequence[Line], at: int, cut: int) -> tuple[list[Line], int]:
        """The lines of a note or definition that begins at `at`: its first line, lazy lines, indented paragraphs."""
        content = [lines[at].cut(cut)]
        end, gap = at + 1, 0
        while end < len(lines):
            line = lines[end]
            if line.blank:
                gap += 1
            elif line.indent >= lists.NESTED:
                content.extend(Line("", line.number) for _ in range(gap))
                content.append(line.dedent(4))
                gap = 0
            elif gap or self.opens_block(line) or DEFINITION.match(line.text) or content[-1].blank:
                break
            else:
                content.append(line)
            end += 1
        return content, end - gap

    def _list(self, lines: Sequence[Line], at: int, parent: Element, depth: int) -> int:
        if lists.marker_of(lines[at]) is None:
            return at
        first, items, end = lists.read_items(lines, at, self.opens_block)
        element = mark(SubElement(parent, "ol" if first.ordered else "ul"), lines[at:end])
        if first.ordered:
            element.set("type", first.kind[0])
            if first.number != 1:
                element.set("start", str(first.number))
        loose = any(item.gap for item in items[:-1])
        for item in items:
            entry = mark(SubElement(element, "li"), item.lines)
            content = self._task(entry, list(item.lines))
            self._inside(content, entry, depth, "lists")
            loose = loose or _gap_inside(entry)
        for entry in element:
            if not loose:
                tighten(entry)
        return end - (1 if items[-1].gap else 0)

    @staticmethod
    def _task(entry: Element, content: list[Line]) -> list[Line]:
        """Take the box off a task, and class the item."""
        box = re.match(r"\[([ xX])\][ \t]+", content[0].text)
        if box is None:
            return content
        entry.set("class", "task open" if box[1] == " " else "task done")
        return [content[0].cut(box.end()), *content[1:]]

    def _definitions(self, lines: Sequence[Line], at: int, parent: Element, depth: int) -> int:
        end = at
        element = Element("dl")
        while end < len(lines):
            definition = self._definition_after(lines, end)
            if definition is None:
                break
            self.reading.leaf(SubElement(element, "dt"), [lines[end].stripped()])
            end = definition
            while end < len(lines):
                ahead = end + (end + 1 < len(lines) and lines[end].blank)
                found = DEFINITION.match(lines[ahead].text)
                if found is None:
                    break
                content, end = self._hanging(lines, ahead, found.end())
                entry = mark(SubElement(element, "dd"), content)
                self._inside(content, entry, depth, "definitions")
                tighten(entry)
            while end < len(lines) and lines[end].blank:
                end += 1
        if end > at:
            parent.append(mark(element, lines[at:end]))
        return end

    @staticmethod
    def _definition_after(lines: Sequence[Line], at: int) -> int | None:
        """The line of the definition that follows a term at `at`, None where there is none."""
        for ahead in (at + 1, at + 2):
            if ahead < len(lines) and DEFINITION.match(lines[ahead].text):
                return ahead if ahead == at + 1 or lines[at + 1].blank else None
        return None

    def _paragraph(self, lines: Sequence[Line], at: int, parent: Element, depth: int) -> int:
        """A paragraph, or the heading that a row of = or - under it makes. A tab or four spaces begin a new one.

        In lists, notes and definitions, where indentation says what belongs together, they begin nothing.
        """
        hanging = parent.tag in ("li", "dd") or parent.get("class") == "note"
        indented = lines[at].indent >= 4 and not hanging
        content = [lines[at].stripped()]
        end = at + 1
        while end < len(lines) and not lines[end].blank:
            line = lines[end]
            under = SETEXT.match(line.text)
            if under and not indented:
                set_heading(self.reading, parent, 1 if under[1][0] == "=" else 2, _trimmed(content), content[0])
                return end + 1
            if (
                (line.indent >= 4 and not hanging and not content[-1].text.endswith("\\"))
                or self.opens_block(line)
                or (end + 1 < len(lines) and "|" in line.text and delimiter_row(lines[end + 1].text))
            ):
                break
            content.append(line.stripped())
            end += 1
        if indented and not self.reading.hinted and all(CODE_LINE.match(line.text) for line in content):
            self.reading.hinted = True
            self.reading.problems.add(findings.looks_like_code(self.reading.span(content[0])))
        self.reading.leaf(SubElement(parent, "p"), _trimmed(content))
        return end


def name_source(quote: Element) -> None:
    """Class the last paragraph of a quotation or epigraph that begins with a dash as its source."""
    last = quote[-1] if len(quote) else None
    if last is not None and last.tag == "p" and re.match(r"(—|―|--+)\s*\S", last.text or ""):
        last.set("class", "source")


def tighten(entry: Element) -> None:
    """Take the paragraph off an item that holds one and at most further lists."""
    if len(entry) and entry[0].tag == "p" and not any(child.tag == "p" for child in entry[1:]):
        first = entry[0]
        entry.text = first.text
        for key in ("data-leaf", "data-raw"):
            if first.get(key) is not None:
                entry.set(key, first.get(key, ""))
        entry.remove(first)


def _gap_inside(entry: Element) -> bool:
    """Whether blank lines part the blocks that stand directly in an item."""
    ends = [(int(child.get("data-line", "0")), int(child.get("data-end", "0"))) for child in entry]
    return any(after[0] > before[1] + 1 for before, after in pairwise(ends))


def _ends_paragraph(line: Line) -> bool:
    """Whether a line inside a quotation is no paragraph that a line outside could go on."""
    return bool(RULE.match(line.text) or ATX.match(line.text) or FENCE.match(line.text))


def _trimmed(content: list[Line]) -> list[Line]:
    """The lines of a paragraph without the white space at its very end; inner line breaks keep theirs."""
    last = content[-1]
    return [*content[:-1], Line(last.text.rstrip(), last.number, last.column)]
