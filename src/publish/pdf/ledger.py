"""The completeness proof of a laid-out book: every character of the author's text is on a page, once and in order.

Each element has an account of its direct text. The boxes of the pages are read in order, and each takes the next
slice of its element's account. What is left over in the end is lost; what no account has is not the author's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from publish.pdf.boxes import Flow, Shown
from publish.pdf.findings import more_lost, text_cut, text_lost, text_out_of_order, text_unexpected
from publish.pdf.source import Key, Piece, Source, image
from publish.problems import Problems

ENOUGH = 12
"""Passages that are named one by one: where a style hides every word in italics, the first few say it all."""


@dataclass
class Account:
    """How much of a piece's image has been shown: up to `spent`, but for the stretches in `lost`."""

    piece: Piece
    spent: int = 0
    lost: list[tuple[int, int]] = field(default_factory=list)


class Ledger:
    """The accounts of all pieces of a book."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._accounts = {key: Account(piece) for key, piece in source.pieces.items()}
        self._last: dict[tuple[Flow, bool], int] = {}
        self._unexpected: list[tuple[Key, str]] = []
        self._disordered: list[tuple[Account, int, int]] = []
        self._cut: list[tuple[Piece, int, str]] = []

    def take(self, shown: Shown) -> int | None:
        """Enter one box; the offset in its element's image where its text begins, None where nothing new begins."""
        account = self._accounts.get(shown.key)
        if account is None or shown.text is None or not shown.seen:
            return None
        text = image(shown.text)
        if not text:
            return None
        begin = self._enter(account, text, image(shown.hyphen), shown)
        if begin is not None and shown.cut:
            self._cut.append((account.piece, begin, " ".join(shown.text.split())))
        if begin is not None and shown.flow is not Flow.BESIDE:
            self._check_order(account, begin, shown.flow)
        return begin

    def _enter(self, account: Account, text: str, hyphen: str, shown: Shown) -> int | None:
        """Take a text off an account: the next slice, or a later one, and then what lies between is lost."""
        whole, spent = account.piece.image, account.spent
        if shown.again and spent >= len(whole):
            return None
        bare = text.removesuffix(hyphen) if hyphen else text
        for slice_ in (text, bare):
            if whole.startswith(slice_, spent) and (slice_ or spent < len(whole)):
                account.spent += len(slice_)
                return spent if slice_ else None
        found = whole.find(bare, spent) if bare else -1
        if found < 0:
            if bare:
                self._unexpected.append((shown.key, shown.text or ""))
            return None
        account.lost.append((spent, found))
        account.spent = found + len(text if whole.startswith(text, found) else bare)
        return found

    def _check_order(self, account: Account, begin: int, flow: Flow) -> None:
        """Positions in the flow only grow; in a table, rows do, since cells stand side by side."""
        piece = account.piece
        position = piece.position(begin) if piece.row is None else piece.row
        track = (flow, piece.note is not None)
        last = self._last.get(track, -1)
        if position < last:
            self._disordered.append((account, begin, last))
        self._last[track] = max(last, position)

    def report(self, problems: Problems) -> None:
        """Add a problem for each passage that is lost, out of order, or not the author's."""
        lost = _joined(self._gaps())
        for begin, end in lost[:ENOUGH]:
            self._say_lost(begin, end, problems)
        if len(lost) > ENOUGH:
            problems.add(more_lost(None, len(lost) - ENOUGH))
        for account, begin, last in self._disordered:
            position = account.piece.position(begin)
            before, _ = self.source.around(last + 1, last + 1)
            _, words = self.source.around(position, position)
            problems.add(text_out_of_order(self.source.place(account.piece, begin), words, before))
        for cut, begin, text in self._cut:
            problems.add(text_cut(self.source.place(cut, begin), text))
        for key, text in self._unexpected:
            piece = self.source.pieces[key]
            problems.add(text_unexpected(self.source.place(piece, 0), " ".join(text.split())))

    @property
    def coverage(self) -> float:
        """The share of the author's characters that the pages show."""
        missing = sum(end - begin for begin, end in self._gaps())
        return 1 - missing / len(self.source.flow) if self.source.flow else 1.0

    def _gaps(self) -> Iterable[tuple[int, int]]:
        """What is missing, as stretches of the flow."""
        for account in self._accounts.values():
            piece = account.piece
            for begin, end in (*account.lost, (account.spent, len(piece.image))):
                yield from _within_runs(piece, begin, end)

    def _say_lost(self, begin: int, end: int, problems: Problems) -> None:
        source = self.source
        words = source.words(begin, end)
        count = len(words.split())
        if count > 12:
            words = " ".join((*words.split()[:6], "…", *words.split()[-6:]))
        problems.add(text_lost(source.place_in_flow(begin), words, count, *source.around(begin, end)))


def _within_runs(piece: Piece, begin: int, end: int) -> Iterable[tuple[int, int]]:
    """A stretch of a piece's image as stretches of the flow: other elements may stand between its runs."""
    for first, stop, start in piece.stretches():
        low, high = max(begin, first), min(end, stop)
        if low < high:
            yield start + low - first, start + high - first


def _joined(gaps: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(gaps):
        if joined and joined[-1][1] >= begin:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined
