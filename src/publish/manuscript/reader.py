"""A project's folder becomes a manuscript: files in order, decoded, front matter split off, metadata checked."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from publish.manuscript import files, findings, metadata, metadata_findings
from publish.manuscript.decoding import decode
from publish.manuscript.frontmatter import FrontMatter, split
from publish.manuscript.metadata import Strangers
from publish.manuscript.model import Manuscript, Source
from publish.places import Span
from publish.problems import Problems


def read(project: Path, problems: Problems) -> Manuscript | None:
    """Read the manuscript of a project; None where there is no text to go on with.

    A book without a title goes on under a placeholder; each such stop-gap is an error among the problems.
    """
    texts = {}
    for name, data in files.find(project, problems):
        text = decode(data, name, problems)
        if text is not None:
            texts[name] = text
    if not texts:
        return None
    fronts = {name: split(text, name, problems) for name, text in texts.items()}
    strangers: Strangers = {}
    first, *later = texts
    book = metadata.of_book(fronts[first], problems, strangers, leading_blank=_late_front_matter(texts[first]))
    sources = [Source(first, texts[first], fronts[first].first_line)]
    for name in later:
        attributes = metadata.of_chapter(fronts[name], first, problems, strangers)
        sources.append(Source(name, texts[name], fronts[name].first_line, attributes))
    if strangers:
        place = next(iter(strangers.values()))
        problems.add(metadata_findings.strangers(place, list(strangers), len(strangers) > 1))
    return Manuscript(project, tuple(sources), book) if _has_text(sources, fronts, problems) else None


def _has_text(sources: Iterable[Source], fronts: Mapping[str, FrontMatter], problems: Problems) -> bool:
    """Whether the manuscript has any text; files without any are reported, the first one may hold metadata alone."""
    bare = [source for source in sources if not "".join(source.lines[source.first_line - 1 :]).strip()]
    for source in bare:
        if source.first_line == 1:
            problems.add(findings.empty_file(Span(source.path, 1)))
    if len(bare) < len(fronts):
        return True
    if any(source.first_line > 1 for source in bare):
        problems.add(findings.no_text(Span(bare[0].path, 1)))
    return False


def _late_front_matter(text: str) -> bool:
    """Whether front matter seems to begin below the first line."""
    return text != text.lstrip() and text.lstrip().startswith("---\n") and "\ntitle:" in text
