"""What a finished picture is, and why one cannot be made."""

from dataclasses import dataclass


class DrawingError(ValueError):
    """A drawing cannot be used; the message says why."""


class PixelsError(ValueError):
    """An image cannot be read; the message says why."""


class TooLargeError(PixelsError):
    """An image has more pixels than we take."""


class NoReaderError(PixelsError):
    """An image is of a kind for which nothing is installed."""


@dataclass(frozen=True)
class Pixels:
    """A finished image: media type, bytes, size in pixels; and the size that it had, where it was made smaller."""

    media_type: str
    data: bytes
    width: int
    height: int
    was: tuple[int, int] | None = None
