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

    Blocks bear `data-line` and `data-end` (first and last line). What a later stage may complain of bears the
    place of its first character in `data-line` and `data-column`: headings, links, images, note calls, spans.
    Headings are `h1` to `h6` at the top level, with `id`, `class` (as typed) and `data-subtitle`, `data-short`,
    `data-author`, `lang`; `-` is the class `unnumbered`. Note calls are `<a class="note-call" data-note="LABEL"/>`,
    empty; cross references `<a class="ref" href="#ID"/>` or `class="page-ref"`, empty; links and images as typed.
    Inline notes have labels that no author can type (`^1`, `^2`, ...).
    """

    source: Source
    root: etree._Element
    notes: Mapping[str, NoteText]
