"""Python-Markdown with the inline marks of our dialect; its block parser is not used."""

import string
from typing import Any

import markdown
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor

from publish.book.dialect.brackets import Brackets
from publish.book.dialect.inline import Address, Code, Comment, Entity, Mathematics, Tag
from publish.book.dialect.reading import Reading
from publish.book.dialect.tracking import TrackedInline

REPLACED = (
    "backtick", "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref",
    "autolink", "automail", "linebreak", "html", "entity", "em_strong",
)  # fmt: skip
DISPLAY = r"\$\$(?=\S|\s*\n)[^$]+?\$\$"
FORMULA = r"(?<!\$)\$(?=[^\s$])[^$]*(?<=\S)\$(?![\d$])"


def inline_reader(reading: Reading) -> markdown.Markdown:
    """A Python-Markdown whose inline processors speak our dialect."""
    md = markdown.Markdown()
    md.ESCAPED_CHARS = list(string.punctuation)
    md.treeprocessors.register(TrackedInline(md), "inline", 20)
    patterns: Any = md.inlinePatterns
    for name in REPLACED:
        patterns.deregister(name)
    registered: list[tuple[InlineProcessor, str, int]] = [
        (Code(r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)"), "code", 190),
        (Address(r"(?<!\\)<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s\x02]*)>", md), "address", 186),
        (Address(r"(?<!\\)<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)>", md), "mail", 185),
        (Comment("<!--", md), "comment", 178),
        (Tag(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)/?>", md), "tag", 176),
        (Brackets(md, reading), "brackets", 170),
        (Mathematics(DISPLAY, md), "display", 168),
        (Mathematics(FORMULA, md), "formula", 166),
        (SubstituteTagInlineProcessor(r"(?:(?<! ) {2,}|\\)\n", "br"), "linebreak", 100),
        (Entity(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);", md), "character", 80),
    ]
    for processor, name, priority in registered:
        patterns.register(processor, name, priority)
    return md
