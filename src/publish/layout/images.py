"""The pictures of a book for one edition: found inside the project, made ready, named."""

import difflib
import json
import re
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from anyascii import anyascii

from publish import cache
from publish.book.model import Book
from publish.files import look
from publish.layout import screens
from publish.layout.findings import (
    cover_small,
    image_active,
    image_broken,
    image_foreign,
    image_huge,
    image_missing,
    image_no_reader,
    image_outside,
    image_scaled,
)
from publish.layout.model import Medium, Picture
from publish.layout.pixels import DrawingError, NoReaderError, Pixels, PixelsError, TooLargeError
from publish.layout.screens import Bounds
from publish.places import Span
from publish.problems import Problem, Problems

RECIPE = "3"
"""Raised when pictures come out otherwise from the same files."""
MAX_BYTES = 50_000_000
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
SVG = "image/svg+xml"
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", SVG: "svg"}
KNOWN = (".jpg", ".jpeg", ".png", ".svg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".heic", ".heif", ".avif")
NEARBY = 10_000
"""Files that are looked at when a name is to be guessed."""


class _RefusedError(Exception):
    """A picture cannot be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Gallery:
    """The pictures that a book's text and styles ask for. Each is prepared once, each problem said once."""

    def __init__(self, book: Book, medium: Medium, project: Path, problems: Problems) -> None:
        self._book, self._screen, self._project, self._problems = book, medium is Medium.EBOOK, project, problems
        self._spans = {image.path: image.span for image in reversed(book.images)}
        self._bounds = screens.picture() if self._screen else None
        self._found: dict[tuple[Path, Bounds | None], Picture | None] = {}
        self._names: set[str] = set()
        self._shown: dict[str, Picture] = {}

    def picture(self, path: str) -> Picture | None:
        """The picture of a path in the project; None, and a problem, where it cannot be used."""
        return self._show(self._load(path, self._project, self._project, self._spans.get(path)))

    def ornament(self, address: str, folder: Path, root: Path, span: Span) -> Picture | None:
        """The picture that a style sheet in `folder` names; it may not lie outside `root`."""
        return self._show(self._load(address, folder, root, span))

    def cover(self) -> Picture | None:
        """The author's picture for the cover, if there is one. For a screen it is within the bounds of covers."""
        metadata = self._book.metadata
        path, span = metadata.cover_image, metadata.where.get("cover-image")
        if not path:
            return None
        if not self._screen:
            return self._load(path, self._project, self._project, span)
        found = self._load(path, self._project, self._project, span, screens.cover())
        if found is not None and found.media_type != SVG and min(found.width, found.height) < screens.least_cover():
            self._problems.add(cover_small(span, path, (found.width, found.height), screens.least_cover()))
        return found

    def shown(self) -> Mapping[str, Picture]:
        """All pictures that were asked for, by name."""
        return dict(sorted(self._shown.items()))

    def _show(self, picture: Picture | None) -> Picture | None:
        if picture is not None:
            self._shown[picture.name] = picture
        return picture

    def _load(
        self, path: str, folder: Path, root: Path, span: Span | None, bounds: Bounds | None = None
    ) -> Picture | None:
        bounds = bounds or self._bounds
        try:
            file = _locate(path, folder, root, span)
            if (file, bounds) not in self._found:
                self._found[file, bounds] = None
                self._found[file, bounds] = self._prepare(path, file, span, bounds)
            return self._found[file, bounds]
        except _RefusedError as refused:
            self._problems.add(refused.problem)
            return None

    def _prepare(self, path: str, file: Path, span: Span | None, bounds: Bounds | None) -> Picture:
        try:
            if file.stat().st_size > MAX_BYTES:
                raise _RefusedError(image_huge(span, path, f"{file.stat().st_size // 1_000_000} MB"))
            ready, removed = _ready(file.read_bytes(), bounds)
        except TooLargeError as fault:
            raise _RefusedError(image_huge(span, path, str(fault))) from fault
        except NoReaderError as fault:
            raise _RefusedError(image_no_reader(span, path)) from fault
        except (PixelsError, DrawingError) as fault:
            raise _RefusedError(image_broken(span, path, str(fault))) from fault
        except OSError as fault:
            raise _RefusedError(image_broken(span, path, fault.strerror or str(fault))) from fault
        if removed:
            self._problems.add(image_active(span, path, removed))
        if ready.was:
            self._problems.add(image_scaled(span, path, ready.was, (ready.width, ready.height)))
        name = self._name(path, SUFFIXES[ready.media_type])
        black = not self._screen and self._book.metadata.ink == "black" and ready.media_type == SVG
        shown = _in_black(ready.data) if black else ready.data
        return Picture(name, ready.media_type, shown, sha256(shown).hexdigest(), ready.width, ready.height)

    def _name(self, path: str, suffix: str) -> str:
        """An ASCII file name after the author's, unique in the book."""
        stem = re.sub(r"[^a-z0-9]+", "-", anyascii(Path(path).stem).lower()).strip("-")[:40] or "picture"
        name, count = f"{stem}.{suffix}", 1
        while name in self._names:
            count += 1
            name = f"{stem}-{count}.{suffix}"
        self._names.add(name)
        return name


def _locate(path: str, folder: Path, root: Path, span: Span | None) -> Path:
    """The file of a path, if it is a file inside `root`, links followed."""
    if SCHEME.match(path):
        raise _RefusedError(image_foreign(span, path))
    try:
        tried = [look(folder / name).resolve() for name in dict.fromkeys((path, unquote(path)))]
        file = next((name for name in tried if name.is_file()), tried[0])
        if not file.is_relative_to(root.resolve()):
            raise _RefusedError(image_outside(span, path))
        if file.is_file():
            return file
    except (OSError, ValueError, RuntimeError):
        pass
    raise _RefusedError(image_missing(span, path, _near(path, root)))


def _ready(data: bytes, bounds: Bounds | None) -> tuple[Pixels, tuple[str, ...]]:
    """A picture's bytes made ready, from the cache where they were before, and what was taken out of a drawing."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        from publish.layout import svg  # noqa: PLC0415  most books have no drawing

        drawing = svg.clean(data)
        return Pixels(SVG, drawing.data, drawing.width, drawing.height), drawing.removed
    name = cache.key("picture", RECIPE, version("pillow"), repr(bounds), data)
    if (known := cache.load(name)) is not None:
        told, _, body = known.partition(b"\n")
        media_type, width, height, was = json.loads(told)
        return Pixels(media_type, body, width, height, tuple(was) if was else None), ()
    from publish.layout import raster  # noqa: PLC0415  only where the cache lacks it: it takes a while to load

    ready = raster.prepare(data, bounds)
    about = json.dumps([ready.media_type, ready.width, ready.height, ready.was]).encode()
    cache.store(name, about + b"\n" + ready.data)
    return ready, ()


def _in_black(drawing: bytes) -> bytes:
    from publish.layout.black import in_black  # noqa: PLC0415  most books have no drawing

    return in_black(drawing)


def _near(path: str, root: Path) -> str | None:
    """A picture in the project whose name is near the one asked for."""
    names: dict[str, str] = {}
    for file in islice(root.rglob("*"), NEARBY):
        hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
        if file.suffix.lower() in KNOWN and not hidden and file.is_file():
            names.setdefault(file.name.casefold(), file.relative_to(root).as_posix())
    close = difflib.get_close_matches(Path(path).name.casefold(), sorted(names), 1)
    return names[close[0]] if close else None
