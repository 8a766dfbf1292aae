"""How the paragraphs of a book were broken into lines: what is said of it when asked, and where the planner failed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from publish.book.model import Book
from publish.pdf.findings import planner_failed
from publish.pdf.lines.reasons import Reason
from publish.pdf.outline import title
from publish.pdf.record import Lines
from publish.problems import Problems

NOTHING = "no paragraph of this book asks for it (`--octavo-line-breaking: optimal` in a style sheet)"


def report_lines(book: Book, lines: Sequence[tuple[str, Lines]], problems: Problems) -> None:
    """Add a problem for each fragment whose lines could not be planned; each stands with the name of its fragment."""
    starts = {section.id: section.places.start for section in book.sections}
    names = _names(book)
    for name, broken in lines:
        if broken.failure:
            problems.add(planner_failed(starts.get(name), names.get(name, book.metadata.title), broken.failure))


def explained(book: Book, lines: Sequence[tuple[str, Lines]]) -> Iterator[str]:
    """How many paragraphs were planned, section by section and in all, and why the others were not."""
    names = _names(book)
    total, left, spared = 0, Counter[str](), 0
    divided: list[int | None] = []
    for name, broken in lines:
        total += broken.planned
        left.update(broken.left)
        spared += broken.spared
        divided += broken.divided
        if broken.failure:
            yield f"{names.get(name, name)}: not planned, since the planner broke down ({broken.failure})"
        elif broken.planned or broken.left:
            yield f"{names.get(name, name)}: {_counted(broken.planned, broken.left)}"
    asked = total or any(reason != Reason.GREEDY for reason in left)
    yield f"{_counted(total, left)}, in all" if asked else f"no lines were planned: {NOTHING}"
    if spared or divided:
        yield f"words at page turns: {spared} kept whole by another plan, {_costs(divided)}"


def _names(book: Book) -> Mapping[str, str]:
    return {section.id: title(section) or section.role for section in book.sections}


def _costs(divided: Sequence[int | None]) -> str:
    """How many words are divided over a page turn, and what another plan would cost for each."""
    costs = sorted(cost for cost in divided if cost is not None)
    words = [f"{cost:,}" for cost in costs] + ["none"] * (len(divided) - len(costs))
    return f"{len(divided)} divided" + (f" (demerits of another plan: {'; '.join(words)})" if words else "")


def _counted(planned: int, left: Mapping[str, int]) -> str:
    """The paragraphs that were planned and those that were not, the most frequent reason first."""
    others = sorted(left.items(), key=lambda item: (-item[1], item[0]))
    words = [f"{planned} planned", *(f"{count} not ({reason})" for reason, count in others)]
    total = planned + sum(left.values())
    return f"of {total} paragraph{'s' * (total != 1)} " + ", ".join(words)
