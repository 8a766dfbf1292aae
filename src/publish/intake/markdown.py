"""Markdown from elsewhere becomes ours: the title goes to the metadata, indented code between fences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.intake import findings, languages
from publish.intake.imported import Imported
from publish.intake.passages import marked, proved
from publish.manuscript.frontmatter import split
from publish.places import Span
from publish.problems import Problems

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
TITLE = re.compile(r"#[ \t]+([^\\`*_\[\]<>{}&~^#]+?)[ \t]*#*[ \t]*")
HEADING = re.compile(r" {0,3}#(?:[ \t]|$)")
UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
HANGING = re.compile(r" {0,3}(?:(?:[-*+]|\d{1,4}[.)]|[A-Za-z][.)])\s|[:~]\s|\[\^[^\]]+\]:)")
MARKUP = re.compile(r"\s|[#>|:~`]|[-*+]\s|\d+[.)]\s|.*[\[\]<]", re.DOTALL)
OTHER_METADATA = re.compile(r"(\+\+\+(?=[ \t]*$)|%(?=[ \t]+\S))")
CODE = re.compile(r"[{}();=<>|$#\\]|^\s+(?:import|return|print|from|def|end)\b")


@dataclass(frozen=True)
class Run:
    """Lines without a blank one between them, outside fences: their indexes, and whether they belong to a list."""

    start: int
    end: int
    hanging: bool


def from_markdown(text: str, name: str, problems: Problems) -> Imported | None:
    """Our Markdown for a Markdown file; None where its front matter cannot be read, which is reported.

    Front matter stays as typed. Without a title in it, the file's only heading of the first level becomes the title if
    it comes first.
    """
    front = split(text, name, problems)
    if front.broken or not isinstance(front.value.data, dict):
        return None
    lines = text.split("\n")
    given = frozenset(key for key, value in front.value.data.items() if not value.absent)
    body = lines[front.first_line - 1 :]
    if other := OTHER_METADATA.match("\n".join(body[:1])):
        problems.add(findings.other_metadata(Span(name, front.first_line), other[1]))
    title, at = (None, None) if "title" in given else _title(body)
    lang = languages.of_text("\n".join(body)) or languages.DEFAULT
    edits = {} if at is None else {at: [""]}
    for run in _runs(body):
        span = Span(name, front.first_line + run.start)
        if run.start != at:
            edits.update(_edits(body, run, lang, span, problems))
    written = [line for number, typed in enumerate(body) for line in edits.get(number, [typed])]
    head = "".join(f"{line}\n" for line in lines[1 : max(1, front.first_line - 2)])
    return Imported("\n".join(written), title, lang, head=head, given=given)


def _title(body: Sequence[str]) -> tuple[str | None, int | None]:
    """The only heading of the first level, and its line, where it comes first and holds plain words."""
    outside = [number for run in _runs(body) for number in range(run.start, run.end)]
    headings = [number for number in outside if HEADING.match(body[number]) or UNDERLINE.fullmatch(body[number])]
    first = next((number for number, line in enumerate(body) if line.strip()), None)
    if len(headings) != 1 or headings[0] != first:
        return None, None
    found = TITLE.fullmatch(body[headings[0]])
    return (found[1], headings[0]) if found else (None, None)


def _runs(body: Sequence[str]) -> Iterator[Run]:
    """The runs of lines between blank ones; fenced code is in none."""
    fence, start, hanging = "", None, False
    for number, line in enumerate([*body, ""]):
        found = FENCE.match(line)
        if start is not None and (found or not line.strip()):
            yield Run(start, number, hanging)
            start = None
        if fence:
            fence = "" if found and found[1].startswith(fence) else fence
        elif found:
            fence = found[1]
        elif line.strip() and start is None:
            start = number
            hanging = bool(HANGING.match(line)) or (hanging and line.startswith((" ", "\t")))


def _edits(body: Sequence[str], run: Run, lang: str, span: Span, problems: Problems) -> dict[int, list[str]]:
    """The lines to write in place of some lines of a run."""
    lines = body[run.start : run.end]
    if not run.hanging and all(line.startswith(("    ", "\t")) for line in lines):
        if sum(bool(CODE.search(line)) for line in lines) * 2 < len(lines):
            return {}
        problems.add(findings.code_fenced(span))
        code = [line.removeprefix("\t") if line.startswith("\t") else line[4:] for line in lines]
        fence = "`" * max(3, 1 + max(len(ticks) for ticks in re.findall("`*", "\n".join(code))))
        return {run.start: [fence, *code, fence], **{number: [] for number in range(run.start + 1, run.end)}}
    paragraph = "\n".join(lines)
    if run.hanging or MARKUP.match(paragraph):
        return {}
    other = proved(paragraph, lang, span, problems)
    if other is None:
        return {}
    wrapped = marked(paragraph.rstrip(), other).split("\n")
    return {run.start + number: [line] for number, line in enumerate(wrapped)}
