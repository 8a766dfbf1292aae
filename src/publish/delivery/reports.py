"""What was found when files were read back before they were sent, as one small page of HTML that needs nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from publish.problems import Problem, Severity
from publish.report import visible

STYLE = """
body { max-width: 44em; margin: 2em auto; padding: 0 1em; font: 1rem/1.5 serif; color: #222; background: #fff }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; font-weight: bold; padding: 1.5em 0 .3em }
th, td { text-align: left; vertical-align: top; padding: .25em .8em .25em 0; border-bottom: 1px solid #ccc }
thead th { font-weight: normal; color: #555 }
.verdict { font-size: 1.15em }
"""
ORDER = (Severity.ERROR, Severity.WARNING, Severity.HINT)


@dataclass(frozen=True)
class Report:
    """What a report is about: book, house that it goes to, files; where that house's rules were read, and when."""

    title: str
    house: str
    facts: Mapping[str, str]
    sources: Mapping[str, str]
    checked: str


def report(about: Report, problems: Iterable[Problem]) -> bytes:
    """The page, in UTF-8: what the files are, what was found, and where the rules were read."""
    # The order in which stages speak differs between a build and one with nothing to do; the page must not.
    found = sorted(problems, key=_rank)
    title = f"{visible(about.title)}: what was found for {visible(about.house)}"
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        f"<h1>{escape(title)}</h1>",
        f'<p class="verdict">{_verdict(found)}</p>',
        *_table("The files", ("What", "Found"), about.facts.items()),
        *(_table("What was said", ("Weight", "What", "Where"), map(_row, found)) if found else ()),
        *_table("The rules", ("Rules for", "Read in"), sorted(about.sources.items())),
        f"<p>The rules were last read in {escape(about.checked)}.</p>",
        "</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _verdict(found: Sequence[Problem]) -> str:
    counts = [(level, sum(problem.severity is level for problem in found)) for level in ORDER[1:]]
    said = " and ".join(f"{count} {level}{'s' * (count != 1)}" for level, count in counts if count)
    rest = f"{said}, and nothing that would be refused." if said else "Nothing else is to be said."
    return f"The files were read back. No errors. {rest}"


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"<table>\n<caption>{escape(caption)}</caption>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead>\n<tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(visible(cell))}</td>" for cell in row) + "</tr>"
    yield "</tbody>\n</table>"


def _row(problem: Problem) -> tuple[str, str, str]:
    message = f"{problem.code}: {problem.message}" + (f" (hint: {problem.hint})" if problem.hint else "")
    places = [f"page {problem.page}" if problem.page else "", str(problem.span or "")]
    return problem.severity, message, ", ".join(filter(None, places))


def _rank(problem: Problem) -> tuple[int, str, tuple[str, int, int], str]:
    span = problem.span
    place = (span.file, span.line, span.column) if span else ("", 0, 0)
    return ORDER.index(problem.severity), problem.code, place, problem.message
