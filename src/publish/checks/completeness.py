"""The second reader: the words of the book are the words of its PDF and of its EPUB, read from the finished files.

The words of the main text stand once and in order; notes once each, in the order of their calls. Contents, running
heads, folios, labels, references and the hyphens that lines add do not count. It shares nothing with the ledger that
looks at the laid-out pages: here PDFium, or a zip reader and an XML parser, read what a reader will get.
"""

import re
from collections import Counter
from collections.abc import Sequence

from lxml import etree
from pypdfium2 import PdfiumError

from publish.book.model import Book
from publish.book.text import tree
from publish.checks.compare import Difference, differences, slides
from publish.checks.findings import more_differences, note_missing, unreadable, words_missing, words_too_many
from publish.checks.opened import Opened
from publish.checks.paper_text import read_pdf
from publish.checks.screen_text import read_epub
from publish.checks.script import Fold, Script, fold_print, fold_screen, leads_out, spoken
from publish.problems import Problems

AROUND = 30
"""Characters of the text around a passage that are said with it."""
TWICE = 120
"""Characters that, found again outside their place, are a passage written twice and not a title in the contents."""
ENOUGH = 12
"""Passages that are named one by one."""
SIGN = 6
"""Letters and figures of ours that may stand in a note at one place: its number, a list's mark, another note's sign."""
MARKED = ("li", "p", "dd")
"""Elements that a reading program may set a mark before: a bullet, a number, the sign that leads back."""


def compare_pdf(book: Book, data: bytes, problems: Problems) -> None:
    """Add a problem for each passage in which a PDF of ours differs from its book."""
    try:
        paper = read_pdf(data)
    except PdfiumError as failure:
        problems.add(unreadable(None, "PDF", str(failure)))
        return
    flow = _Flow("PDF", _script(book, Script(fold_print, "ebook-only", ours=True)), paper.flow, problems)
    flow.compare()
    _compare_notes(book, paper.notes, flow)


def compare_epub(book: Book, epub: Opened, problems: Problems) -> None:
    """Add a problem for each passage in which an EPUB of ours differs from its book."""
    sections = {section.id for section in book.sections if section.xhtml}
    screen = read_epub(epub, sections)
    if screen is None:
        return
    flow = _Flow("EPUB", _script(book, Script(fold_screen, "print-only")), screen.flow, problems)
    if flow.compare():
        flow.compare_words(screen.flow)
    _compare_notes(book, screen.notes, flow)


def _script(book: Book, script: Script) -> Script:
    for section in book.sections:
        if section.xhtml:
            script.read(section, section.xhtml)
    return script


class _Flow:
    """The main text of one finished file beside the author's."""

    def __init__(self, where: str, script: Script, found: str, problems: Problems) -> None:
        self.where = where
        self.script = script
        self.problems = problems
        self.between: list[str] = []
        """What stands between the sections: pages of ours, and notes that are set there."""
        self._text = script.text
        self._found = script.fold(found)
        self._made = (*script.made, *script.repeats)
        self._edges = frozenset(script.edges)

    def compare(self) -> bool:
        """Say where the texts differ; whether they do not."""
        wrong = []
        for at in differences(self._text, self._found):
            for begin, end in self.script.authors(at.begin, at.end):
                wrong.append(Difference(begin, end, at.low, at.low))
            if at.high > at.low and not self._is_ours(at):
                wrong.append(Difference(at.end, at.end, at.low, at.high))
        for begin, end, head in self.script.tables:
            inside = [at for at in wrong if begin <= at.begin and at.end <= end]
            if inside and self._only_moved(inside, head):
                wrong = [at for at in wrong if at not in inside]
        for at in wrong[:ENOUGH]:
            if at.end > at.begin:
                around = self._around(at.begin, at.end)
                self.problems.add(words_missing(self.script.place(at.begin), self.where, self._words(at), *around))
            else:
                self._say_too_much(at)
        if len(wrong) > ENOUGH:
            self.problems.add(more_differences(None, self.where, len(wrong) - ENOUGH))
        return not wrong

    def _only_moved(self, inside: Sequence[Difference], head: str) -> bool:
        """Whether a table has all its letters, and none too many but those of its head, repeated.

        Cells of a row that breaks over pages stand side by side on each, so their order is not that of the text.
        """
        missing = Counter("".join(self._text[at.begin : at.end] for at in inside))
        new = Counter("".join(self._found[at.low : at.high] for at in inside))
        if missing - new:
            return False
        surplus, once = new - missing, Counter(head)
        times = surplus.total() // once.total() if once else 0
        return surplus == Counter({letter: count * times for letter, count in once.items() if times})

    def compare_words(self, found: str) -> None:
        """Say where words that hold the same letters are divided in another way."""
        expected, met = self.script.list_of_words, found.replace("\u00ad", "").split()
        for index, (word, other) in enumerate(zip(expected, met, strict=False)):
            if word != other:
                at = sum(len(self.script.fold(word)) for word in expected[:index])
                span = self.script.place(at)
                self.problems.add(words_missing(span, self.where, word, *self._around(at, at + len(word))))
                return

    def _words(self, at: Difference) -> str:
        words = self.script.words(at.begin, at.end).split()
        return " ".join(words if len(words) <= 16 else [*words[:8], "…", *words[-8:]])

    def _around(self, begin: int, end: int) -> tuple[str, str]:
        """Some whole words before and after a passage."""
        before = self.script.words(max(begin - AROUND, 0), begin).split()
        after = self.script.words(end, end + AROUND).split()
        return " ".join(before[begin > AROUND :]), " ".join(after[: -1 if end + AROUND < len(self._text) else None])

    def _is_ours(self, at: Difference) -> bool:
        """Whether what stands too much here is of our making: ornament, a label, a page between two sections."""
        if not spoken(self._found[at.low : at.high]):
            return True
        for slid in slides(self._text, self._found, at) if at.begin == at.end else (at,):
            new = self._found[slid.low : slid.high]
            if slid.begin in self._edges or slid.end in self._edges:
                self.between.append(new)
                self._look_for_copies(new, slid)
                return True
            near = [made for made in self._made if made.begin <= slid.end and slid.begin <= made.end]
            if near and re.fullmatch("".join(f"(?:{made.pattern})?" for made in near), spoken(new)):
                return True
        return False

    def _look_for_copies(self, new: str, at: Difference) -> None:
        """Say where a page between two sections repeats a long passage of the author's."""
        for begin in range(0, len(new) - TWICE + 1, TWICE // 2):
            if new[begin : begin + TWICE] in self._text:
                self._say_too_much(Difference(at.begin, at.begin, at.low + begin, at.low + begin + TWICE))
                return

    def _say_too_much(self, at: Difference) -> None:
        before, _ = self._around(at.begin, at.begin)
        words = self._found[at.low : at.high][: 2 * AROUND]
        self.problems.add(words_too_many(self.script.place(at.begin), self.where, words, before))


def _compare_notes(book: Book, found: Sequence[str], flow: _Flow) -> None:
    """Find each note among those that stand apart, else between the sections, always after the last one found."""
    fold, rest = flow.script.fold, "\n".join(flow.between)
    apart = [fold(text) for text in found]
    next_apart = next_between = 0
    for section, note in ((holder, note) for holder in book.sections for note in holder.notes):
        if note.id not in flow.script.called:
            continue
        script = Script(fold, flow.script.leave_out, called=flow.script.called)
        script.read(section, note.xhtml, note.id)
        said = _pattern(note.xhtml, fold, flow.script.leave_out)
        if (at := _find_apart(said, apart, next_apart)) is not None:
            next_apart = at + 1
        elif (match := said.search(rest, next_between)) is not None:
            next_between = match.end()
        else:
            words = " ".join(script.list_of_words[:12])
            flow.problems.add(note_missing(note.span, flow.where, note.number, words))


def _pattern(xhtml: bytes, fold: Fold, leave_out: str) -> re.Pattern[str]:
    """What a note says, folded; where something of ours stands in it, as much as that may be said besides."""
    pieces: list[str] = []

    def walk(element: etree._Element) -> None:
        if element.get("data-made") is not None or not isinstance(element.tag, str):
            length = len("".join(map(str, element.itertext())))
            pieces.append(f".{{0,{length + SIGN}}}")
        elif leave_out not in element.get("class", "").split():
            pieces.append(f".{{0,{SIGN}}}" if element.tag in MARKED else "")
            pieces.append(re.escape(fold(element.text or "")))
            for child in element:
                walk(child)
                if leads_out(child):
                    pieces.append(f".{{0,{len(child.get('href', '')) + SIGN}}}")
                pieces.append(re.escape(fold(child.tail or "")))

    walk(tree(xhtml))
    return re.compile("".join(pieces), re.DOTALL)


def _find_apart(said: re.Pattern[str], apart: Sequence[str], start: int) -> int | None:
    """The index of the note that says this, and nothing more than its number."""
    for index in range(start, len(apart)):
        match = said.search(apart[index])
        if match is not None and match.start() + len(apart[index]) - match.end() <= SIGN:
            return index
    return None
