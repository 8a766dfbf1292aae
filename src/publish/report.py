"""Problems as an author reads them in a terminal: place, words, the line itself with carets under it, what to do; and
as programs read them: JSON, and the commands by which GitHub marks lines of a change.

Whatever comes out of a manuscript is shown with its invisible signs made visible, so that no text can move the cursor,
colour the screen, or turn the reading direction of what we say about it.
"""

import io
import json
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from publish.places import Span
from publish.problems import Problem, Severity

WIDE = 100
"""Cells of a source line that are shown at most."""

BEFORE = 40
"""Cells that are shown before the carets where a line is cut."""

TAB = 4
"""Cells from one tab stop to the next."""

CUT = "…"

JOINERS = "\u200c\u200d"
"""Signs without a width that letters and emoji need; they are shown as they are."""

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
"""What GitHub calls severities."""
DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
"""What stands for signs that would end a command of GitHub's, and what for those that would end a property of it."""
PROPERTY = {**DATA, ":": "%3A", ",": "%2C"}

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.HINT: "bold cyan"}


def show(problems: Iterable[Problem], sources: Mapping[str, str], *, colour: bool) -> str:
    """The problems in the order given, as text for a terminal; with ANSI colours where `colour` is true.

    `sources` are the texts of the files that spans name. A problem whose line is not among them is shown without it.
    """
    lines = {name: _lines(text) for name, text in sources.items()}
    text = Text("\n").join(_block(problem, lines) for problem in problems)
    return _coloured(text) if colour else text.plain


def as_json(problems: Iterable[Problem]) -> str:
    """The problems as one array of objects; what is not known of one is null."""
    return json.dumps([_object(problem) for problem in problems], indent=1)


def as_github(problems: Iterable[Problem], folder: PurePosixPath) -> str:
    """The problems as workflow commands, one a line. `folder` is the project's, seen from the root of the repository.

    The escapes are those of GitHub's own toolkit (actions/toolkit, `core/src/command.ts`).
    """
    return "\n".join(_command(problem, folder) for problem in problems)


def visible(text: str) -> str:
    """Text with control and formatting characters spelled out (`<U+202E>`), on one line."""
    return "".join(_shown(sign) for sign in text.replace("\n", " ").replace("\t", " "))


def _lines(text: str) -> list[str]:
    """Lines as spans count them: NFC, whatever the line ends are."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).split("\n")


def _object(problem: Problem) -> dict[str, str | int | None]:
    span = problem.span
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "file": span.file if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "page": problem.page,
        "hint": problem.hint,
    }


def _command(problem: Problem, folder: PurePosixPath) -> str:
    span, words = problem.span, visible(problem.message) + _page(problem)
    if problem.hint is not None:
        words += f"\nhint: {visible(problem.hint)}"
    properties = {"title": problem.code}
    if span is not None:
        end = span.column + max(span.length, 1) - 1
        where = {"file": visible(str(folder / span.file)), "line": span.line, "col": span.column, "endColumn": end}
        properties = {**{name: str(value) for name, value in where.items()}, **properties}
    listed = ",".join(f"{name}={_escaped(value, PROPERTY)}" for name, value in properties.items())
    return f"::{LEVELS[problem.severity]} {listed}::{_escaped(words, DATA)}"


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)


def _page(problem: Problem) -> str:
    return f" (page {visible(problem.page)})" if problem.page else ""


def _block(problem: Problem, sources: Mapping[str, list[str]]) -> Text:
    block = Text()
    if problem.span is not None:
        block.append(f"{visible(str(problem.span))}: ", "bold")
    block.append(f"{problem.severity} {problem.code}: ", STYLES[problem.severity])
    block.append(visible(problem.message) + _page(problem), "bold")
    line = _line_of(problem.span, sources)
    if problem.span is not None and line is not None:
        block.append_text(_excerpt(problem.span, line, STYLES[problem.severity]))
    if problem.hint is not None:
        block.append("\n  hint: ", "cyan")
        block.append(visible(problem.hint))
    return block


def _line_of(span: Span | None, sources: Mapping[str, list[str]]) -> str | None:
    lines = sources.get(span.file, []) if span is not None else []
    return lines[span.line - 1] if span is not None and 1 <= span.line <= len(lines) else None


def _excerpt(span: Span, line: str, style: str) -> Text:
    """The line with its number, and carets under the span."""
    shown, indent, width = _cut(line, span.column - 1, max(1, span.length))
    number = str(span.line)
    excerpt = Text()
    excerpt.append(f"\n  {number} | ", "dim")
    excerpt.append(shown)
    excerpt.append(f"\n  {' ' * len(number)} | ", "dim")
    excerpt.append(" " * indent)
    excerpt.append("^" * width, style)
    return excerpt


def _cut(line: str, at: int, length: int) -> tuple[str, int, int]:
    """The part of a line that is shown, the cells before the carets, and how many carets there are."""
    at = min(at, len(line))
    start = 0
    if at > WIDE or cell_len(_spread(line[:at])) > WIDE - BEFORE:
        start = _beginning(line, at)
    lead = CUT if start else ""
    head = _spread(line[start:at], len(lead))
    rest = line[at : at + WIDE]
    marked = _spread(rest[:length], cell_len(lead + head))
    tail = _spread(rest[length:], cell_len(lead + head + marked))
    indent = cell_len(lead + head)
    shown = lead + head + marked + tail
    if cell_len(shown) > WIDE or at + WIDE < len(line):
        shown = _first(shown, WIDE) + CUT
    return shown.rstrip(), indent, max(1, min(cell_len(marked), WIDE - indent))


def _beginning(line: str, at: int) -> int:
    """Where the shown part of a long line begins: some cells before `at`, and no letter loses its marks."""
    start = at
    while start > 0 and at - start < BEFORE and cell_len(line[start:at]) < BEFORE:
        start -= 1
    while 0 < start < at and unicodedata.combining(line[start]):
        start -= 1
    return start


def _first(text: str, cells: int) -> str:
    """The longest beginning of a text that fits into so many cells."""
    end, used = 0, 0
    for sign in text:
        used += cell_len(sign)
        if used > cells:
            break
        end += 1
    return text[:end]


def _spread(text: str, begin: int = 0) -> str:
    """Text as it is shown from a cell on: tabs as spaces, what is invisible spelled out."""
    shown = ""
    for sign in text:
        if sign == "\t":
            shown += " " * (TAB - (begin + cell_len(shown)) % TAB)
        else:
            shown += _shown(sign)
    return shown


def _shown(sign: str) -> str:
    noncharacter = "\ufdd0" <= sign <= "\ufdef" or ord(sign) & 0xFFFE == 0xFFFE
    hidden = noncharacter or (unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") and sign not in JOINERS)
    return f"<U+{ord(sign):04X}>" if hidden else sign


def _coloured(text: Text) -> str:
    screen = Console(
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        width=WIDE,
    )
    with screen.capture() as capture:
        screen.print(text, end="", soft_wrap=True)
    return capture.get()
