"""A project's folder becomes a manuscript: files in order, decoded, front matter split off, metadata checked."""

from collections.abc import Sequence
from pathlib import Path

from publish.manuscript import files, findings, metadata_findings
from publish.manuscript.decoding import decode
from publish.manuscript.heads import Heads, Strangers
from publish.manuscript.model import Manuscript, Source
from publish.places import Span
from publish.problems import Problems
from publish.steps import Steps


def read(project: Path, problems: Problems, steps: Steps | None = None) -> Manuscript | None:
    """Read the manuscript of a project; None where there is no text to go on with.

    A book without a title goes on under a placeholder; each such stop-gap is an error among the problems. `steps` are
    those of earlier builds, which save time and change nothing.
    """
    texts = {}
    for name, data in files.find(project, problems):
        text = decode(data, name, problems)
        if text is not None:
            texts[name] = text
    if not texts:
        return None
    first, *later = texts
    strangers: Strangers = {}
    heads = Heads(first, problems, steps or Steps(), strangers)
    book, line = heads.of_book(texts[first])
    sources = [Source(first, texts[first], line)]
    for name in later:
        attributes, line = heads.of_chapter(name, texts[name])
        sources.append(Source(name, texts[name], line, attributes))
    if strangers:
        place = next(iter(strangers.values()))
        problems.add(metadata_findings.strangers(place, list(strangers), len(strangers) > 1))
    return Manuscript(project, tuple(sources), book) if _has_text(sources, problems) else None


def _has_text(sources: Sequence[Source], problems: Problems) -> bool:
    """Whether the manuscript has any text; files without any are reported, the first one may hold metadata alone."""
    bare = [source for source in sources if not "".join(source.lines[source.first_line - 1 :]).strip()]
    for source in bare:
        if source.first_line == 1:
            problems.add(findings.empty_file(Span(source.path, 1)))
    if len(bare) < len(sources):
        return True
    if any(source.first_line > 1 for source in bare):
        problems.add(findings.no_text(Span(bare[0].path, 1)))
    return False
