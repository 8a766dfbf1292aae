"""What was observed on laid-out pages, said with its place in the manuscript and the page as printed."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from publish.book.model import Book, Places
from publish.pdf import blemish_findings as say
from publish.pdf.figures import report_figures
from publish.pdf.observation import Blemish, Observation
from publish.pdf.place import Placed, Placing
from publish.pdf.record import Record
from publish.places import Address, Span
from publish.problems import Problem, Problems

ENOUGH = 12
"""Blemishes of a kind that are named one by one, the worst first."""

Word = Callable[[Span | None, Observation, Placed, Mapping[str, str]], Problem]
WORDS: Mapping[Blemish, Word] = {
    Blemish.OVERFLOWING: lambda span, seen, _, __: say.line_overflows(span, seen.words, seen.amount),
    Blemish.LOOSE: lambda span, seen, _, __: say.line_loose(span, seen.words),
    Blemish.TIGHT: lambda span, seen, _, __: say.line_tight(span, seen.words),
    Blemish.LADDER: lambda span, seen, _, __: say.hyphen_ladder(span, seen.words, seen.amount),
    Blemish.DIVIDED: lambda span, seen, page, _: say.word_divided(span, seen.words, leaf=page.side == "right"),
    Blemish.WIDOW: lambda span, seen, _, __: say.widow(span, seen.words),
    Blemish.ORPHAN: lambda span, seen, _, __: say.orphan(span, seen.words),
    Blemish.RUNT: lambda span, seen, _, __: say.runt(span, seen.words),
    Blemish.STRANDED: lambda span, seen, _, __: say.heading_stranded(span, seen.words),
    Blemish.SPLIT: lambda span, _, __, ___: say.row_split(span),
    Blemish.GAP: lambda span, seen, _, notes: say.page_short(span, seen.amount, notes.get(seen.words, "")),
    Blemish.COARSE: lambda span, seen, _, __: say.picture_coarse(span, seen.amount),
}
"""How each blemish is worded, from its place, what was seen, the page, and the numbers of notes by their ids."""


def report_blemishes(book: Book, records: Sequence[Record], placing: Placing, problems: Problems) -> None:
    """Add a problem for each blemish on the pages of a book, as far as one by one is of use."""
    places = {section.id: section.places for section in book.sections}
    notes = {note.id: note.number for section in book.sections for note in section.notes}
    by_kind: dict[Blemish, list[tuple[Observation, Placed]]] = defaultdict(list)
    for start, record in zip(placing.starts, records, strict=True):
        for seen in record.observations:
            by_kind[seen.blemish].append((seen, placing.pages[start + seen.page]))
    for kind, found in sorted(by_kind.items()):
        ranked = sorted(found, key=_rank)
        for seen, page in ranked[:ENOUGH]:
            problem = WORDS[kind](_place(places, seen.address), seen, page, notes)
            problems.add(problem.on_page(page.label))
        if more := len(ranked[ENOUGH:]):
            problems.add(say.more_blemishes(None, problem.code, more))
    report_figures(book, placing, problems)


def _rank(found: tuple[Observation, Placed]) -> tuple[float, int]:
    """The worst first; of a divided word, where a leaf must be turned; of pictures, the coarsest."""
    seen, page = found
    if seen.blemish is Blemish.DIVIDED:
        return float(page.side != "right"), page.index
    return (seen.amount if seen.blemish is Blemish.COARSE else -seen.amount), page.index


def _place(places: Mapping[str, Places], address: Address) -> Span | None:
    return places[address.section].of(address) if address.section in places else None
