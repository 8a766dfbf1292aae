"""Text that knows where it came from, through all that Python-Markdown does to it.

Python-Markdown puts a placeholder for every construct that it has found, so that later processors see another text
than the author's. `Tracked` is a text with the offset of each of its characters in the author's text; slices keep
them, and `TrackedInline` keeps them when a placeholder is put in. So every processor can say exactly where a
construct begins and ends, and read addresses, labels and attributes as they were typed.
"""

from bisect import bisect_right
from typing import Any, SupportsIndex, cast

from markdown.treeprocessors import InlineProcessor
from markdown.util import STX, AtomicString

from publish.book.dialect.emphasis import NESTING, SIGNS, NestedTooDeepError, emphasised


class Tracked(str):
    """A text in runs: from `starts[i] - shift` on, characters stand in `source` from `origins[i]` on.

    Slices share the runs of the text that they were cut from.
    """

    __slots__ = ("origins", "shift", "source", "starts")
    source: str
    starts: list[int]
    origins: list[int]
    shift: int

    @classmethod
    def of(cls, source: str) -> "Tracked":
        """The author's text itself."""
        return cls._made(source, source, [0], [0])

    @classmethod
    def _made(cls, text: str, source: str, starts: list[int], origins: list[int], shift: int = 0) -> "Tracked":
        made = cls(text)
        made.source, made.starts, made.origins, made.shift = source, starts, origins, shift
        return made

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        text = str.__getitem__(self, key)
        if not isinstance(key, slice):
            return text
        return self._made(text, self.source, self.starts, self.origins, self.shift + key.indices(len(self))[0])

    def origin(self, at: int) -> int:
        """The offset in the author's text of the character at `at`, or of the end."""
        run = bisect_right(self.starts, at + self.shift) - 1
        return self.origins[run] + at + self.shift - self.starts[run]

    def position(self, origin: int) -> int | None:
        """Where the character at an offset of the author's text stands here; None inside of what was replaced."""
        run = bisect_right(self.origins, origin) - 1
        if run < 0:
            return None
        start = self.starts[run] - self.shift
        at = start + origin - self.origins[run]
        replaced = at > start >= 0 and self.startswith(STX, start)
        beyond = run + 1 < len(self.starts) and at >= self.starts[run + 1] - self.shift
        return None if replaced or beyond or not 0 <= at <= len(self) else at

    def replaced(self, text: str, after: int) -> "Tracked":
        """The text with a placeholder put in that ends at `after`; all behind it is as it was."""
        start = text.rindex(STX, 0, after)
        end = len(self) - (len(text) - after)
        first = bisect_right(self.starts, self.shift)
        kept = bisect_right(self.starts, start - 1 + self.shift)
        behind = bisect_right(self.starts, end + self.shift)
        before = [0, *(at - self.shift for at in self.starts[first:kept])] if start else []
        moved = after - end - self.shift
        starts = [*before, start, after, *(at + moved for at in self.starts[behind:])]
        origins = [self.origin(start), self.origin(end), *self.origins[behind:]]
        if start:
            origins = [self.origin(0), *self.origins[first:kept], *origins]
        return self._made(text, self.source, starts, origins)


class TrackedInline(InlineProcessor):
    """Python-Markdown's reader of inline marks, which hands its processors tracked text.

    The two methods bear the names that Python gives to the library's private ones.
    """

    level = 0

    def _InlineProcessor__handleInline(self, *args: Any) -> str:  # noqa: N802 (the library's name)
        """Read a text's marks.

        Raises:
            NestedTooDeepError: they stand too deep inside each other.
        """
        inherited: Any = super()
        if self.level > NESTING:
            raise NestedTooDeepError
        self.level += 1
        try:
            read: str = inherited._InlineProcessor__handleInline(*args)
        finally:
            self.level -= 1
        return read if isinstance(read, AtomicString) or not SIGNS.search(read) else self._with_emphasis(read)

    def _with_emphasis(self, text: str) -> str:
        """A text in which all else has been read, with a placeholder for each element of emphasis in it."""
        holder, private = emphasised(text), cast(Any, self)
        pieces = [holder.text or ""]
        for element in list(holder):
            pieces += [private._InlineProcessor__stashNode(element, "emphasis"), element.tail or ""]
            element.tail = None
        return "".join(pieces)

    def _InlineProcessor__applyPattern(self, *args: Any) -> tuple[str, bool, int]:  # noqa: N802 (the library's name)
        """Apply one processor once; the text that it leaves is tracked as the one it was given."""
        inherited: Any = super()
        pattern, before, number, *rest = args
        # The library reads what stands inside a construct with the processors after the construct's own.
        nests = getattr(pattern, "NESTS", False)
        found: tuple[str, bool, int] = inherited._InlineProcessor__applyPattern(pattern, before, number - nests, *rest)
        after, matched, index = found
        if isinstance(before, Tracked) and after is not before:
            return before.replaced(after, index), matched, index
        return found
