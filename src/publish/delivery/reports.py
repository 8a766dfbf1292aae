"""What was found when a printer's files were read back, as one small page of HTML that needs nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from publish.delivery.fields import Sheet, measure
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


def report(sheet: Sheet, problems: Iterable[Problem]) -> bytes:
    """The page, in UTF-8: what the files are, what was found, and where the printer's rules were read."""
    # The order in which stages speak differs between a build and one with nothing to do; the page must not.
    found = sorted(problems, key=_rank)
    title = f"{visible(sheet.metadata.title)}: what was found for {visible(sheet.printer.name)}"
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        f"<h1>{escape(title)}</h1>",
        f'<p class="verdict">{_verdict(found)}</p>',
        *_table("The files", ("What", "Found"), _facts(sheet)),
        *(_table("What was said", ("Weight", "What", "Where"), map(_row, found)) if found else ()),
        *_table("The rules", ("Rules for", "Read in"), sorted(sheet.printer.sources.items())),
        f"<p>The rules were last read in {escape(sheet.printer.checked)}.</p>",
        "</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _verdict(found: Sequence[Problem]) -> str:
    counts = [(level, sum(problem.severity is level for problem in found)) for level in ORDER[1:]]
    said = " and ".join(f"{count} {level}{'s' * (count != 1)}" for level, count in counts if count)
    rest = f"{said}, none of which the printer refuses." if said else "Nothing else is to be said."
    return f"Both files were read back. No errors. {rest}"


def _facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    inside, cover = sheet.interior, sheet.cover
    yield "Interior", inside.name
    yield "Pages", str(inside.pages)
    yield "Trimmed page", f"{inside.width:.4g} × {inside.height:.4g} mm"
    yield "Bleed of the pages", measure(inside.bleed) if inside.bleed else "none"
    yield "Inner margin asked for", measure(sheet.printer.gutter(inside.pages))
    yield "Cover", cover.name
    yield "Trimmed cover", f"{cover.width:.4g} × {cover.height:.4g} mm"
    yield "Spine", measure(sheet.spine)
    yield "Kind of PDF", {"x1a": "PDF/X-1a", "x4": "PDF/X-4"}.get(sheet.printer.file.flavour, "PDF")


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
