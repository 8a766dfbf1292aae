"""Paper: a book cut into fragments that are set apart, placed, furnished with running heads and folios, and bound."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from publish.layout.html import frame
from publish.layout.model import SCREEN, Rendition
from publish.pages import PageMap
from publish.pdf.bind import Furniture, bind
from publish.pdf.blemishes import report_blemishes
from publish.pdf.cut import Cut, cut, in_one_piece
from publish.pdf.described import describe_links, descriptions
from publish.pdf.failures import EngineError
from publish.pdf.findings import colour_used, engine_failed, one_piece, worker_lost
from publish.pdf.finish import finish
from publish.pdf.fragment import Fragment, Kit
from publish.pdf.furnish import furnish
from publish.pdf.layers import layers_of
from publish.pdf.linecensus import report_lines
from publish.pdf.notes import report_notes
from publish.pdf.outline import destinations, outline
from publish.pdf.place import NotApartError, Placing, place
from publish.pdf.record import Lines, Set
from publish.pdf.remarks import report_remarks
from publish.pdf.store import Store
from publish.pdf.tasks import Batch, Numbered, batches, set_batch, task
from publish.pdf.verdict import coverage, report_verdicts
from publish.pdf.workshop import LostWorkerError, Workshop
from publish.problems import Problems

SHORT = 60_000
"""Characters of HTML that are set in this process: starting another takes longer than they do."""
BATCHES = 8
"""Tasks for each process, so that all end at about the same time."""


@dataclass(frozen=True)
class Laid:
    """A book laid out, not bound yet: its fragments, what was set of each, and where their pages come to stand."""

    rendition: Rendition
    cut: Cut
    sets: tuple[Set, ...]
    placing: Placing

    @property
    def pages(self) -> PageMap:
        """The page map."""
        return self.placing.page_map()

    @property
    def page_count(self) -> int:
        """How many pages the book has."""
        return len(self.placing.pages)

    @property
    def overflowing(self) -> frozenset[str]:
        """The ids of the notes that fit at the foot of no page."""
        return frozenset(ident for made in self.sets for ident in made.record.overflowing)

    @property
    def lines(self) -> list[tuple[str, Lines]]:
        """The name of each fragment, and how its paragraphs were broken into lines."""
        pairs = zip(self.cut.fragments, self.sets, strict=True)
        return [(fragment.name, made.record.lines) for (_, fragment), made in pairs]

    @property
    def coverage(self) -> float:
        """The share of the author's characters that the pages show; below 1 there are problems that name the others."""
        return coverage(made.record.verdict for made in self.sets)


class Typesetter:
    """Sets renditions of a book. What it set once it does not set again, in this build or in a later one."""

    def __init__(self, workshop: Workshop, progress: Callable[[str], None]) -> None:
        self._workshop, self._progress = workshop, progress
        self.store = Store()
        self.set_anew: set[str] = set()
        """The names of the fragments that were in no cache."""

    def lay_out(self, rendition: Rendition, problems: Problems, pieces: Cut | None = None) -> Laid | None:
        """Lay a rendition out, in these pieces; by default in the smallest that its styles allow.

        Where the engine breaks down, that is a problem, and there is nothing.
        """
        with _breakdowns(rendition, problems):
            try:
                return self._laid(rendition, pieces or cut(rendition, problems))
            except NotApartError as fault:
                section = rendition.documents[fault.fragment].section
                problems.add(one_piece(section.places.start, section.title, "has no page to itself"))
                return self._laid(rendition, in_one_piece(rendition))
        return None

    def bind(self, laid: Laid, problems: Problems) -> bytes:
        """The PDF of a laid-out book, empty where the engine breaks down; what its pages lack goes to `problems`."""
        with _breakdowns(laid.rendition, problems):
            furniture = self._furniture(laid)
            self._progress("binding")
            bound = bind(laid.sets, laid.placing, furniture)
            book = laid.rendition.book
            describe_links(bound, descriptions(book))
            places = destinations(laid.placing)
            data = finish(bound, book.metadata, laid.pages, outline(book, places), places)
            _report(laid, furniture, problems)
            return data
        return b""

    def _laid(self, rendition: Rendition, cut: Cut) -> Laid:
        """Set all fragments, again where they do not begin on the side that they were set for.

        Each turn settles at least one more of them, from the first on, and none is set more than once for a side.
        """
        forms = layers_of(rendition.stylesheets).forms
        while True:
            sets = self._sets(cut)
            placing = place([made.record for made in sets], forms)
            if cut.folios is None or (cut.slides and _slide(placing)):
                break
            turned = cut.on_sides(tuple(placing.pages[start].side for start in placing.starts))
            if turned == cut:
                break
            cut = turned
        return Laid(rendition, cut, sets, placing)

    def _sets(self, cut: Cut) -> tuple[Set, ...]:
        keys = [fragment.key(kit) for kit, fragment in cut.fragments]
        missing = [number for number, key in enumerate(keys) if self.store.find(key) is None]
        pages, kept = 0, f" ({len(keys) - len(missing)} sections kept)" if len(missing) < len(keys) else ""
        work = self._set([cut.fragments[number] for number in missing])
        for done, made in enumerate(work, 1):
            self.store.keep(keys[missing[made.number]], made.set)
            self.set_anew.add(cut.fragments[missing[made.number]][1].name)
            pages += len(made.set.record.pages)
            self._progress(f"{done} of {len(missing)} sections set, {pages} pages{kept}")
        return tuple(found for key in keys if (found := self.store.find(key)) is not None)

    def _set(self, fragments: Sequence[tuple[Kit, Fragment]]) -> Iterator[Numbered]:
        """Set fragments, in this process where they are short, else in tasks of about the same length."""
        if not self._workshop.warm and sum(len(fragment.html) for _, fragment in fragments) < SHORT:
            for number, (kit, fragment) in enumerate(fragments):
                yield from set_batch(Batch(kit, ((number, fragment),)), self._progress)
            return
        shares = batches(fragments, self._workshop.hands * BATCHES)
        for _, made in self._workshop.do([task(batch) for batch in shares]):
            yield from made

    def _furniture(self, laid: Laid) -> dict[int, list[Furniture]]:
        around = frame(laid.rendition)
        if laid.cut.folios is None or around is None:
            return {}
        self._progress("running heads and folios")
        return furnish(laid.rendition, around, laid.cut.folios, laid.placing, self.store, self._workshop)


@contextmanager
def _breakdowns(rendition: Rendition, problems: Problems) -> Iterator[None]:
    """Say what the engine or a process of ours broke down over, and go on after the block."""
    starts = {section.id: section.places.start for section in rendition.book.sections}
    try:
        yield
    except EngineError as failure:
        report_remarks(failure.remarks, rendition.book, rendition.stylesheets, problems)
        problems.add(engine_failed(starts.get(failure.part), failure.where))
    except LostWorkerError as loss:
        problems.add(worker_lost(starts.get(loss.name), loss.name))


def _slide(placing: Placing) -> bool:
    """Whether the text of each kind of page is as wide and high on left pages as on right ones."""
    areas: dict[tuple[str, bool], tuple[float, float]] = {}
    for kind in (page.record for page in placing.pages if page.record is not None):
        opener = any(number == 1 for _, number in kind.groups)
        if areas.setdefault((kind.name, opener), kind.area) != kind.area:
            return False
    return True


def _report(laid: Laid, furniture: Mapping[int, Sequence[Furniture]], problems: Problems) -> None:
    """All that is to be said of a book's pages."""
    book, sheets, placing = laid.rendition.book, laid.rendition.stylesheets, laid.placing
    places = {section.id: section.places for section in book.sections}
    layers = {id(layer.sheet): layer.sheet for drawn in furniture.values() for layer in drawn}
    remarks = (remark for made in (*laid.sets, *layers.values()) for remark in made.record.remarks)
    report_remarks(dict.fromkeys(remarks), book, sheets, problems)
    report_lines(book, laid.lines, problems)
    verdicts = (made.record.verdict for made in laid.sets)
    report_verdicts(verdicts, lambda address: places[address.section].of(address), problems)
    report_notes(book, placing, problems)
    report_blemishes(book, [made.record for made in laid.sets], placing, problems)
    if book.metadata.ink == "black" and laid.rendition.edition != SCREEN:
        for page, colour in _colours(laid, furniture):
            problems.add(colour_used(None, placing.pages[page].label, colour))


def _colours(laid: Laid, furniture: Mapping[int, Sequence[Furniture]]) -> list[tuple[int, str]]:
    """Each colour that the pages use besides black, with the first page that does."""
    found = [
        (start + page, colour)
        for start, made in zip(laid.placing.starts, laid.sets, strict=True)
        for page, colour in made.record.colours
    ]
    for index, layers in furniture.items():
        found += [
            (index, colour) for layer in layers for page, colour in layer.sheet.record.colours if page == layer.page
        ]
    first: dict[str, int] = {}
    for page, colour in sorted(found, key=lambda seen: seen[0]):
        first.setdefault(colour, page)
    return [(page, colour) for colour, page in first.items()]
