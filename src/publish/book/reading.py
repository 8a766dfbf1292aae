"""Files read as Markdown, each once as long as it stays the same."""

from array import array
from dataclasses import dataclass

from lxml import etree

from publish.book.alignment import Index, SourceWords
from publish.book.parsed import NoteText, Parsed
from publish.book.text import tree
from publish.manuscript.model import Source
from publish.places import Span
from publish.problems import Problems, from_json, to_json
from publish.steps import Given, Steps


@dataclass(frozen=True)
class File:
    """A file of the manuscript: its tree and notes, and its words, to be found again in the finished book."""

    parsed: Parsed
    words: SourceWords


def read_file(source: Source, problems: Problems, steps: Steps) -> File:
    """One file's tree and notes: code classed, every block with the name of its file beside its lines."""
    given = steps.once(["file", source.path, str(source.first_line), source.text], lambda: _read(source))
    root, lines, markup, *texts = given.blobs
    for problem in given.about["problems"]:
        problems.add(from_json(problem))
    notes = {
        label: NoteText(tree(text), Span(*span))
        for (label, span), text in zip(given.about["notes"], texts, strict=True)
    }  # fmt: skip
    return File(Parsed(source, tree(root), notes), SourceWords(source, Index(array("I", lines), markup)))


def _read(source: Source) -> Given:
    # What reads Markdown takes a while to load, and most builds read one file anew, some none.
    from publish.book.markdown import parse  # noqa: PLC0415

    problems = Problems()
    parsed = parse(source, problems)
    trees = [parsed.root, *(note.element for note in parsed.notes.values())]
    for root in trees:
        if next(root.iter("pre"), None) is not None:
            from publish.book.highlight import set_code  # noqa: PLC0415  only where there is code

            set_code(root)
        for element in root.iter():
            if element.get("data-line") is not None:
                element.set("data-file", source.path)
    index = Index.of(source)
    first, *texts = (etree.tostring(root, encoding="utf-8", with_tail=False) for root in trees)
    spans = [[s.file, s.line, s.column, s.length] for s in (note.span for note in parsed.notes.values())]
    about = {
        "problems": [to_json(problem) for problem in problems],
        "notes": [[label, span] for label, span in zip(parsed.notes, spans, strict=True)],
    }
    return Given(about, (first, index.lines.tobytes(), index.markup, *texts))
