"""A section's last steps: signs, our words, serials, places, bytes. They look at nothing but the section itself."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from publish.book.alignment import Placed, SourceWords, place_words, regions
from publish.book.draft import Draft
from publish.book.model import COLUMNS, Note, Places, Section, pack
from publish.book.references import roots_of
from publish.book.typography import set_signs
from publish.book.wording import dress_section
from publish.problems import Problems, from_json, to_json
from publish.steps import Given, Steps

WORKING = (
    "data-line",
    "data-end",
    "data-column",
    "data-length",
    "data-file",
    "data-subtitle",
    "data-short",
    "data-author",
)
"""Marks that the steps leave for each other, and that the finished book does not hold."""


@dataclass(frozen=True)
class Finisher:
    """Finishes the sections of a book, in their order. `quotes` are the author's own quotation marks."""

    quotes: str | None
    sources: Mapping[str, SourceWords]
    steps: Steps
    problems: Problems

    def finish(self, section: Draft) -> Section:
        """The finished section: signs set, places of its words, serials on its elements, canonical bytes."""
        root = section.root
        root.set("id", section.id)
        root.set("class", " ".join([section.role, section.matter.value, *section.classes]))
        root.set("lang", section.lang)
        lines = regions(roots_of(section))
        given = self.steps.once(self._parts(section, lines), lambda: self._finished(section, lines))
        xhtml, packed, *rest = given.blobs
        for problem in given.about["problems"]:
            self.problems.add(from_json(problem))
        for (path, first, last), found in zip(lines, rest, strict=False):
            self.sources[path].mark_found(first, last, found)
        texts = rest[len(lines) :]
        return Section(
            id=section.id, role=section.role, matter=section.matter, title=section.title, short=section.short,
            made=section.made, label=section.label, number=section.number, subtitle=section.subtitle,
            authors=section.authors, lang=section.lang, part=section.part,
            xhtml=b"" if section.made else xhtml,
            notes=tuple(
                Note(note.id, note.number, text, note.span)
                for note, text in zip(section.notes, texts, strict=True)
            ),
            headings=tuple(section.headings),
            places=Places(packed, tuple(given.about["files"]), section.span),
        )  # fmt: skip

    def _parts(self, section: Draft, lines: list[tuple[str, int, int]]) -> list[str | bytes]:
        """All that the steps depend on: the trees, and of the files what alignment looks at."""
        parts: list[str | bytes] = ["section", section.role, section.lang, section.path, self.quotes or ""]
        parts += map(_bytes, roots_of(section))
        for path, first, last in lines:
            parts += [path, str(first), str(last), *self.sources[path].region(first, last)]
        return parts

    def _finished(self, section: Draft, lines: list[tuple[str, int, int]]) -> Given:
        problems = Problems()
        for root in roots_of(section):
            set_signs(root, section.lang, self.quotes, section.path, problems)
        dress_section(section, problems)
        serials = 0
        for root in roots_of(section):
            serials = _number_elements(root, serials)
        files, packed = _packed([word for root in roots_of(section) for word in place_words(root, self.sources)])
        first, *texts = (_bytes(_strip(root)) for root in roots_of(section))
        found = [self.sources[path].region(first, last)[2] for path, first, last in lines]
        about = {"problems": [to_json(problem) for problem in problems], "files": files}
        return Given(about, (first, packed, *found, *texts))


def _packed(words: list[Placed]) -> tuple[list[str], bytes]:
    """The files that words were read from, and the table of their places (see `Places`)."""
    files = {path: number for number, path in enumerate(dict.fromkeys(word.path for word in words))}
    columns = [array("I") for _ in range(COLUMNS)]
    for column, values in zip(
        columns,
        zip(*((serial, offset, files[path], *spot) for serial, offset, path, spot in words), strict=True),
        strict=False,
    ):
        column.extend(values)
    return list(files), pack(columns)


def _number_elements(root: etree._Element, serial: int) -> int:
    """Number the elements of the author's text in document order; ours, and all inside them, have no number."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.get("data-made") is None:
            element.set("data-p", str(serial))
            serial += 1
            stack.extend(reversed(element))
    return serial


def _strip(root: etree._Element) -> etree._Element:
    etree.strip_attributes(root, *WORKING)
    return root


def _bytes(element: etree._Element) -> bytes:
    return etree.tostring(element, encoding="utf-8", with_tail=False)
