"""Blocks that hold no other blocks: code, comments, breaks, headings, verse, and definitions of links.

Each reader takes the lines of a container and the line where a block may begin, and returns the line after it, or the
same line where the block is none of its kind.
"""

import difflib
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from publish.book.dialect import findings
from publish.book.dialect.attributes import Attributes, looks_meant, trailing
from publish.book.dialect.lines import (
    ABBREVIATION,
    ATX,
    COMMENT,
    FENCE,
    PAGE_BREAK,
    RULE,
    VERSE,
    Line,
)
from publish.book.dialect.reading import Reading, dress, mark
from publish.book.dialect.targets import definition_at
from publish.places import Span

HEADING_KEYS = ("subtitle", "short", "author", "lang")
"""What a heading may say of its chapter."""


def fence(reading: Reading, lines: Sequence[Line], at: int, parent: Element) -> int:
    """A block of code between fences."""
    opening = FENCE.match(lines[at].text)
    if opening is None:
        return at
    fence, info = opening[1], opening[2].strip()
    end_mark = re.compile(rf"[ \t]{{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    end = next((n for n in range(at + 1, len(lines)) if end_mark.match(lines[n].text)), None)
    if end is None:
        reading.problems.add(findings.unclosed_fence(reading.span(lines[at], len(fence)), fence))
    body = [line.dedent(lines[at].indent) for line in lines[at + 1 : end]]
    element = SubElement(parent, "pre", {"class": "code"})
    mark(element, [lines[at], *(body or [lines[at]])])
    code = SubElement(element, "code")
    code.text = "".join(f"{line.text}\n" for line in body)
    attributes = _code_attributes(reading, info, lines[at])
    if attributes.classes:
        element.set("data-language", attributes.classes[0])
    if attributes.id:
        element.set("id", attributes.id)
    for key, value in attributes.pairs.items():
        element.set("lang" if key == "lang" else f"data-{key.lower()}", value)
    return len(lines) if end is None else end + 1


def _code_attributes(reading: Reading, info: str, line: Line) -> Attributes:
    """The attributes of a block of code: `{.python #id}`, `python {#id}` or `python`."""
    word, braces = trailing(info)
    if braces is None:
        return Attributes(classes=(info.split(maxsplit=1)[0],) if info else ())
    attributes = reading.attributes(braces, line)
    return Attributes(attributes.id, (*word.split()[:1], *attributes.classes), attributes.pairs)


def comment(reading: Reading, lines: Sequence[Line], at: int, _parent: Element) -> int:
    """A comment on lines of its own: it reaches no output."""
    if not COMMENT.match(lines[at].text):
        return at
    for end in range(at, len(lines)):
        closing = lines[end].text.find("-->", lines[end].text.find("<!--") + 4 if end == at else 0)
        if closing >= 0:
            # Text behind the comment makes it an inline one, which the paragraph's reader takes out.
            return end + 1 if not lines[end].text[closing + 3 :].strip() else at
    reading.problems.add(findings.unclosed_comment(reading.span(lines[at], 4)))
    return len(lines)


def page_break(reading: Reading, lines: Sequence[Line], at: int, parent: Element) -> int:
    """A page break."""
    if not PAGE_BREAK.match(lines[at].text):
        return at
    mark(SubElement(parent, "div", {"class": "page-break"}), lines[at : at + 1])
    return at + 1


def rule(reading: Reading, lines: Sequence[Line], at: int, parent: Element) -> int:
    """A scene break."""
    if not RULE.match(lines[at].text):
        return at
    mark(SubElement(parent, "hr", {"class": "scene-break"}), lines[at : at + 1])
    return at + 1


def heading(reading: Reading, lines: Sequence[Line], at: int, parent: Element) -> int:
    """A heading behind number signs."""
    found = ATX.match(lines[at].text)
    if found is None:
        return at
    line = lines[at].cut(found.end())
    text = re.sub(r"(^|[ \t]+)#+[ \t]*$", "", line.text)
    set_heading(reading, parent, len(found[1]), [Line(text.rstrip(), line.number, line.column)], lines[at])
    return at + 1


def set_heading(reading: Reading, parent: Element, level: int, lines: Sequence[Line], first: Line) -> None:
    """Append a heading, its attributes taken off the end of its last line."""
    last = lines[-1]
    text, braces = trailing(last.text)
    attributes = Attributes()
    if braces is not None and (looks_meant(braces) or not braces.strip()):
        attributes = reading.attributes(braces, last)
        last = Line(text, last.number, last.column)
    elif unclosed := re.search(r"(?<!\\)\{[#.][^{}]*$", last.text):
        span = Span(reading.path, last.number, last.column + unclosed.start(), len(unclosed.group()))
        reading.problems.add(findings.unclosed_attributes(span, unclosed.group()))
    element = SubElement(parent, f"h{level}")
    dress(element, attributes)
    reading.leaf(element, [*lines[:-1], last])
    span = reading.span(first)
    element.set("data-column", str(span.column))
    element.set("data-length", str(span.length))
    for key in attributes.pairs:
        if key not in HEADING_KEYS:
            reading.problems.add(findings.unknown_heading_attribute(span, key, near(key)))


def near(key: str) -> str | None:
    """The attribute of a heading that was perhaps meant."""
    return next(iter(difflib.get_close_matches(key, HEADING_KEYS, 1, 0.6)), None)


def verse(reading: Reading, lines: Sequence[Line], at: int, parent: Element) -> int:
    """Verse: lines behind bars, an empty one between stanzas, their indents kept."""
    end = at
    while end < len(lines) and VERSE.match(lines[end].text):
        end += 1
    if end > at:
        element = mark(SubElement(parent, "div", {"class": "verse"}), lines[at:end])
        set_stanzas(reading, element, lines[at:end])
    return end


def _behind_bar(line: Line) -> Line:
    """A line of verse without its bar and the space behind it."""
    found = VERSE.match(line.text)
    return line.cut(found.end()) if found else line


def set_stanzas(reading: Reading, element: Element, lines: Sequence[Line]) -> None:
    """Append lines of verse in stanzas; they may have bars before them or not."""
    stanza: Element | None = None
    for line in map(_behind_bar, lines):
        if line.blank:
            stanza = None
            continue
        if stanza is None:
            stanza = mark(SubElement(element, "p", {"class": "stanza"}), [line])
        steps = min(12, (line.indent + 1) // 2)
        text = line.stripped()
        entry = SubElement(stanza, "span", {"class": f"line in-{steps}" if steps else "line"})
        reading.leaf(entry, [Line(text.text.rstrip(), text.number, text.column)])
        stanza.set("data-end", str(line.number))


def abbreviation(reading: Reading, lines: Sequence[Line], at: int, _parent: Element) -> int:
    """What an abbreviation stands for."""
    found = ABBREVIATION.match(lines[at].text)
    if found is None:
        return at
    reading.abbreviations[found[1]] = found[2].strip()
    return at + 1


def reference(reading: Reading, lines: Sequence[Line], at: int, _parent: Element) -> int:
    """The target of a reference link."""
    if not lines[at].text.lstrip(" ").startswith("["):
        return at
    found = definition_at(lines, at)
    if found is None:
        return at
    label, target = found
    if label in reading.references:
        reading.problems.add(findings.unused_definition(reading.span(lines[at]), label))
    else:
        reading.references[label] = target
        reading.defined[label] = reading.span(lines[at])
    return at + target.end
