"""One file of the manuscript as Markdown reads it: a tree in the house's vocabulary, not yet a book."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from publish.manuscript.model import Source
from publish.places import Span


@dataclass(frozen=True)
class NoteText:
    """The text of a note, `<aside class="note">`, and where its definition begins."""

    element: etree._Element
    span: Span


@dataclass(frozen=True)
class Parsed:
    """The tree of one file: `<div>` with blocks in the house's vocabulary, numbers and references still open.

    Blocks bear `data-line` and `data-end`: their first and last line in the file. What a later stage may complain of
    (headings, links, images, spans, code, note calls, raw HTML) bears the exact place of its first character in
    `data-line` and `data-column`, and in `data-length` how many characters of that line are its.

    Headings are `h1` to `h6`, with `id`, `class` (as typed), `data-subtitle`, `data-short`, `data-author`, `lang`;
    `-` is the class `unnumbered`. Note calls are `<a class="note-call" data-note="LABEL"/>`, empty; notes written in
    place have labels that no author can type (`^1`, `^2`, ...). Cross references are `<a class="ref" href="#ID"/>` or
    `class="page-ref"`, empty, their address perhaps with a file before the number sign; links and images as typed.
    Other attributes of the author's stand on their element as `data-KEY`.
    """

    source: Source
    root: etree._Element
    notes: Mapping[str, NoteText]
