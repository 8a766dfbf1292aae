"""The only door to WeasyPrint: HTML, styles and faces go in, laid-out pages, a PDF and what the engine said come out.

The engine sees no font of the system and opens no file or address by itself: faces come from the rendition, and all
else through the fetcher that it is given. Nothing is printed: what its log says is kept, each line with its arguments.
"""

import ctypes.util
import logging
import os
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from publish.layout import hyphenation
from publish.layout.model import FontFace, Picture, Stylesheet
from publish.pdf.failures import EngineError
from publish.pdf.record import ASIDE, Remark


@contextmanager
def _own_fonts_only() -> Iterator[None]:
    """Make fontconfig read our file, which names no folder of fonts, instead of the system's."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _without_a_compiler() -> Iterator[None]:
    """Let the loader alone find libraries.

    The engine asks for each under its names on other systems first, and Python would run linker and compiler over them.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find


# Imported under our font configuration, or the import itself would scan all fonts of the system; without fonts, or
# without the library that subsets them fastest, it warns of what does not matter here.
with _own_fonts_only(), _without_a_compiler(), warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import weasyprint
    from weasyprint import formatting_structure
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from publish.pdf.grafts import graft

stood_aside = graft()

__all__ = ["Document", "Log", "Press", "among", "formatting_structure", "listening", "paint", "weasyprint"]

Document = Any
"""WeasyPrint's laid-out document: `pages`, each with width and height in CSS pixels and `anchors`."""

Progress = Callable[[str], None]
Fetch = Callable[[str], tuple[bytes, str]]
"""What an address holds: its bytes and media type. Raises OSError or ValueError where it may not be read."""

STEP = re.compile(r" - Page (\d+)$")
FACES = "octavo-face:"
NO_MARKS = "* { bookmark-level: none !important }"
"""The outline is made from the book, not from its headings as they happen to look."""


class Log(logging.Handler):
    """Keeps what the engine says in this thread, once each, and hands its progress on."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.INFO)
        self.remarks: dict[Remark, None] = {}
        self.sheet: str | None = None
        self._progress = progress
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Take one line of the log."""
        if record.thread != self._thread:
            return
        if record.levelno < logging.WARNING:
            self._hand_on(record.getMessage())
            return
        values = record.args if isinstance(record.args, tuple) else ()
        remark = Remark(record.getMessage(), str(record.msg), tuple(map(str, values)), self.sheet)
        self.remarks[remark] = None

    def _hand_on(self, message: str) -> None:
        """The engine says "Step 5 - Creating layout - Page 12"; a reader hears "page 12"."""
        if step := STEP.search(message):
            self._progress(f"page {step[1]}")


_alone = threading.RLock()


@contextmanager
def listening(progress: Progress) -> Iterator[Log]:
    """Keep the engine's log while the block runs. One thread at a time listens: its loggers and faces are shared."""
    with _alone:
        yield from _listening(Log(progress))


def _listening(log: Log) -> Iterator[Log]:
    said, steps = weasyprint.LOGGER, weasyprint.PROGRESS_LOGGER
    before = said.propagate, steps.level
    said.addHandler(log)
    said.propagate = False
    steps.setLevel(logging.INFO)
    try:
        yield log
    finally:
        said.removeHandler(log)
        said.propagate = before[0]
        steps.setLevel(before[1])


class _Fetcher(URLFetcher):  # type: ignore[misc]  # the engine has no types
    """WeasyPrint's way to everything outside the HTML: our faces by digest, the rest by the house's own fetcher."""

    def __init__(self, faces: Sequence[FontFace], fetch: Fetch) -> None:
        super().__init__(allowed_protocols=())
        self._faces = {FACES + face.digest: face.data for face in faces}
        self._read = fetch

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Read an address through the house's fetcher, whatever the engine meant to do with it."""
        if url in self._faces:
            return URLFetcherResponse(url, self._faces[url], {"Content-Type": "font/ttf"})
        data, media_type = self._read(url)
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


def among(pictures: Mapping[str, Picture]) -> Fetch:
    """A way to these pictures, by name, and to nothing else."""

    def fetch(url: str) -> tuple[bytes, str]:
        picture = pictures.get(url.removeprefix("octavo:"))
        if picture is None:
            raise ValueError("not a file of this project or its theme")
        return picture.data, picture.media_type

    return fetch


class Press:
    """Faces and style sheets made ready once, for any number of documents.

    Raises:
        ValueError: there is no face at all; the engine cannot work without one.
    """

    def __init__(self, sheets: Sequence[Stylesheet], faces: Sequence[FontFace], fetch: Fetch) -> None:
        if not faces:
            raise ValueError("a book needs at least one face")
        hyphenation.register()
        fetcher = _Fetcher(faces, fetch)
        with listening(lambda _: None) as log:
            with _own_fonts_only():
                self._fonts = FontConfiguration()
            marks = Stylesheet("marks", NO_MARKS)
            self._sheets = [
                self._read(sheet, fetcher, log) for sheet in (Stylesheet("faces", _face_rules(faces)), *sheets, marks)
            ]
        aside = ", ".join(stood_aside)
        self.remarks = (*log.remarks, *([Remark(aside, ASIDE, (aside, weasyprint.__version__))] if aside else ()))
        """What the engine said of the faces and the style sheets, and whether it is not the engine that we know."""

    def lay_out(self, html: str, fetch: Fetch, *more: Stylesheet) -> Document:
        """Lay an HTML document out in pages, in these faces and no others; `more` are sheets of its own.

        `fetch` is its way to pictures, those of the style sheets too.

        Raises:
            EngineError: the engine broke down.
        """
        fetcher = _Fetcher((), fetch)
        with _breakdowns():
            own = [self._read(sheet, fetcher) for sheet in more]
            source = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="octavo:///")
            return source.render(stylesheets=[*self._sheets, *own], font_config=self._fonts, pdf_tags=True)

    def _read(self, sheet: Stylesheet, fetcher: _Fetcher, log: Log | None = None) -> Any:
        if log is not None:
            log.sheet = sheet.name
        return weasyprint.CSS(string=sheet.css, font_config=self._fonts, url_fetcher=fetcher, base_url="octavo:///")


def paint(document: Document, *, tags: bool = True) -> bytes:
    """The PDF of laid-out pages, its streams not compressed yet: what comes next reads them.

    Raises:
        EngineError: the engine broke down.
    """
    with _breakdowns():
        data = document.write_pdf(pdf_tags=tags, pdf_version="1.7", uncompressed_pdf=True)
    return bytes(data)


@contextmanager
def _breakdowns() -> Iterator[None]:
    """Name what the engine stumbled over. It has no error of its own: anything may come out of it."""
    try:
        yield
    except Exception as failure:
        place = traceback.extract_tb(failure.__traceback__, limit=-1)[0]
        raise EngineError(f"{type(failure).__name__} in {Path(place.filename).stem}.{place.name}") from failure


def _face_rules(faces: Sequence[FontFace]) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style};'
        f' src: url("{FACES}{face.digest}") }}'
        for face in faces
    )
