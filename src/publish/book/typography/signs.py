"""Set the signs of a text, block by block.

Words never change: only quotation marks, apostrophes, dashes, dots and spaces do, so runs of letters and digits are the
same before and after, and words can be aligned with the manuscript in the finished text. What the author typed as the
right sign stays as it is; a text that is set already is not changed by setting it again.
"""

from lxml import etree

from publish.book.typography import findings
from publish.book.typography.block import Block, blocks_of
from publish.book.typography.dashes import set_dashes, set_dots
from publish.book.typography.quotes import Doubt, set_quotes
from publish.book.typography.spaces import set_spaces, single_spaces
from publish.book.typography.table import Table
from publish.places import Span
from publish.problems import Problems


def set_signs(root: etree._Element, lang: str, quotes: str | None, path: str, problems: Problems) -> None:
    """Set the signs in every block of a tree, in the language (`lang`) of each passage.

    `path` is the file that the tree was read from, `quotes` the author's own quotation marks for the book's language
    (four signs). Code, addresses and what we made stay as they are. Doubtful marks go to `problems` as hints.
    """
    table = Table(lang, quotes)
    blocks = blocks_of(root, lang)
    for number, block in enumerate(blocks):
        following = "".join(later.text for later in blocks[number + 1 : number + 2])
        for doubt in _set(block, table, following):
            rule = findings.prime_or_quote if doubt.prime else findings.mark_without_partner
            problems.add(rule(_span(block.element, path), doubt.mark, doubt.context))
        block.write()


def set_text(text: str, lang: str, quotes: str | None = None) -> str:
    """Set the signs of a text without marks, such as a title."""
    holder = etree.Element("p")
    holder.text = text
    set_signs(holder, lang, quotes, "", Problems())
    return holder.text


def _set(block: Block, table: Table, following: str) -> list[Doubt]:
    single_spaces(block)
    set_dots(block)
    set_dashes(block, table)
    doubts = set_quotes(block, table, following)
    set_spaces(block, table)
    return doubts


def _span(element: etree._Element, path: str) -> Span:
    """The place of the nearest element that has one."""
    holder: etree._Element | None = element
    while holder is not None and holder.get("data-line") is None:
        holder = holder.getparent()
    if holder is None:
        return Span(path, 1)
    return Span(holder.get("data-file", path), int(holder.get("data-line", "1")), int(holder.get("data-column", "1")))
