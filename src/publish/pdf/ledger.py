"""The completeness proof of a laid-out book: every character of the author's text is on a page, once and in order.

Each element has an account of its direct text. The boxes of the pages are read in order, and each takes the next
slice of its element's account. What is left over in the end is lost; what no account has is not the author's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from publish.book.flow import Key, Piece, Source, image
from publish.pdf.boxes import Flow, Shown
from publish.pdf.verdict import ENOUGH, Passage, Verdict


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

    def verdict(self) -> Verdict:
        """What came out once all pages were read."""
        source = self.source
        gaps = _joined(self._gaps())
        disordered = []
        for account, begin, last in self._disordered:
            position = account.piece.position(begin)
            before, _ = source.around(last + 1, last + 1)
            _, words = source.around(position, position)
            disordered.append(Passage(account.piece.address(begin), words, before=before))
        return Verdict(
            len(source.flow),
            sum(end - begin for begin, end in gaps),
            tuple(self._lost(begin, end) for begin, end in gaps[:ENOUGH]),
            len(gaps[ENOUGH:]),
            tuple(disordered),
            tuple(Passage(piece.address(begin), text) for piece, begin, text in self._cut),
            tuple(Passage(source.pieces[key].address(0), " ".join(text.split())) for key, text in self._unexpected),
        )

    def _gaps(self) -> Iterable[tuple[int, int]]:
        """What is missing, as stretches of the flow."""
        for account in self._accounts.values():
            piece = account.piece
            for begin, end in (*account.lost, (account.spent, len(piece.image))):
                yield from _within_runs(piece, begin, end)

    def _lost(self, begin: int, end: int) -> Passage:
        words = self.source.words(begin, end)
        count = len(words.split())
        if count > 12:
            words = " ".join((*words.split()[:6], "…", *words.split()[-6:]))
        return Passage(self.source.at(begin), words, count, *self.source.around(begin, end))


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
