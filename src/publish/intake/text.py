"""Typed plain text becomes Markdown: a title, paragraphs, and every sign so that it reads as it was typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.intake import languages
from publish.intake.imported import Imported
from publish.intake.passages import mark_passages
from publish.places import Span
from publish.problems import Problems

WRAPPED = 120
"""Characters; a text without a longer line was broken into lines by hand, so its line ends mean nothing."""

TITLE = 120
"""Characters of a title or subtitle at most."""

SHORT = 48
"""Characters; lines of a paragraph that are all shorter were ended on purpose (an address, a verse)."""

SCENE_BREAK = re.compile(r"(?:[*\-_#⁂][ \t]*){1,20}")

_SPECIAL = re.compile(r"[\\`*\[\]<~^{}|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_AT_START = re.compile(r"#(?=#{0,5}(?:\s|$))|>|[-+](?=\s|$)|[=-](?=[=-]*\s*$)|:(?=\s|::)")
_ITEM = re.compile(r"(\d{1,4}|[a-z]|[ivxl]{2,6}|[A-Z](?=[.)]\s{2}))(?=[.)](?:\s|$))|Table(?=:)")


@dataclass(frozen=True)
class Block:
    """Lines that belong together, without the white space around them, and the number of the first."""

    lines: tuple[str, ...]
    number: int
    indented: bool = False

    @property
    def short(self) -> str | None:
        """The one line of a block that may be a title, None for all others."""
        return self.lines[0] if len(self.lines) == 1 and len(self.lines[0]) <= TITLE and not self.indented else None


def from_text(text: str, name: str, problems: Problems) -> Imported:
    """The Markdown that says what a typed text says; `name` is how problems speak of the file.

    The first short line is the title, a second one the subtitle. A tab, four spaces or a blank line begin a paragraph,
    and in a text of long lines every line is one. A line of stars, hyphens or a sharp sign is a break between scenes.
    """
    wrapped = max(map(len, text.split("\n"))) <= WRAPPED
    blocks = list(_blocks(text, wrapped=wrapped))
    lang = languages.of_text(text) or languages.DEFAULT
    title, subtitle = _titles(blocks, lang)
    rest = blocks[(title is not None) + (subtitle is not None) :]
    paragraphs = [(_markdown(block, lang), Span(name, block.number)) for block in rest]
    body = "\n\n".join(mark_passages(paragraphs, lang, problems))
    return Imported(body, title, lang, subtitle)


def escaped(text: str) -> str:
    """Typed text as Markdown that reads just so, at the start of its lines too."""
    return "\n".join(_escaped_start(line) for line in escaped_inside(text).split("\n"))


def escaped_inside(text: str) -> str:
    """Typed text as Markdown that reads just so inside a line. One dollar is money; two might be mathematics."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return text.replace("$", "\\$") if text.count("$") > 1 else text


def _escaped_start(line: str) -> str:
    if item := _ITEM.match(line):
        return f"{item.group()}\\{line[item.end() :]}"
    return f"\\{line}" if _AT_START.match(line) else line


def _blocks(text: str, *, wrapped: bool) -> Iterator[Block]:
    """Divide the text at blank lines and indents; where it is not wrapped, at every line."""
    lines: list[str] = []
    first, indented = 0, False
    for number, line in enumerate([*text.split("\n"), ""], 1):
        starts = re.match(r"\t| {4}", line) is not None
        if lines and (not line.strip() or starts or not wrapped):
            yield Block(tuple(lines), first, indented)
            lines = []
        if line.strip():
            if not lines:
                first, indented = number, line.startswith("\t")
            lines.append(line.strip())


def _titles(blocks: list[Block], lang: str) -> tuple[str | None, str | None]:
    """Title and subtitle, as far as the text begins with them."""
    found: list[str] = []
    for block in blocks[:2]:
        line = block.short
        sentence = line is None or (line.endswith((".", ",", ";", ":")) or (bool(found) and line.endswith(("!", "?"))))
        if line is None or sentence or SCENE_BREAK.fullmatch(line) or languages.is_chapter(line, lang):
            break
        if found and re.match(r"by\s", line, re.IGNORECASE):
            break
        found.append(line)
    del found[len(blocks) - 1 :]
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)


def _markdown(block: Block, lang: str) -> str:
    if len(block.lines) == 1:
        (line,) = block.lines
        if SCENE_BREAK.fullmatch(line):
            return "* * *"
        if languages.is_chapter(line, lang):
            return f"# {escaped_inside(line)}"
        return escaped(line)
    if all(len(line) < SHORT for line in block.lines):
        return escaped("\n".join(block.lines)).replace("\n", "\\\n")
    return escaped(" ".join(block.lines))
