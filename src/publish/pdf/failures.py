"""What the engine raises, in a module that does not load it."""

from publish.pdf.record import Remark


class EngineError(Exception):
    """The engine broke down over a part of the book: where in it, what it had said before, and which part it was."""

    def __init__(self, where: str, remarks: tuple[Remark, ...] = (), part: str = "") -> None:
        super().__init__(where, remarks, part)
        self.where, self.remarks, self.part = where, remarks, part

    def __str__(self) -> str:
        return self.where
