"""Rules for pictures, the cover among them."""

import contextlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from PIL import Image

from publish.checks.navigation import resolved
from publish.checks.opened import Item, Opened
from publish.checks.shops import findings
from publish.checks.shops.case import Case
from publish.problems import Problem

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
"""Pictures made of pixels that an EPUB may hold (EPUB 3.3, 3.2)."""
SHOWS = ("img", "image")
"""Elements of XHTML and SVG that show a picture."""
BEYOND = "more than 178 million"
"""Pixels of a picture that Pillow does not open, since such pictures are made to fill the memory."""
SOURCES = ("src", "href", "{http://www.w3.org/1999/xlink}href")


@dataclass(frozen=True)
class Raster:
    """A picture as its first bytes describe it: its sides in pixels, its colours, its format."""

    width: int
    height: int
    mode: str
    format: str

    @property
    def size(self) -> str:
        """Width by height."""
        return f"{self.width} × {self.height}"


def image_pixels(case: Case) -> Iterator[Problem]:
    """No picture has too many pixels; the cover is judged by rules of its own."""
    most, cover = case.rule.most, cover_item(case.opened)
    for item, raster in _rasters(case.opened):
        if item == cover:
            continue
        if raster is None:
            yield findings.image_too_large(None, case.shop, item.name, BEYOND, most, None)
        elif (pixels := raster.width * raster.height) > most:
            by = (most / pixels) ** 0.5
            fitting = f"{max(1, int(raster.width * by))} × {max(1, int(raster.height * by))}"
            size = f"{findings.millions(pixels)} million ({raster.size})"
            yield findings.image_too_large(None, case.shop, item.name, size, most, fitting)


def image_bytes(case: Case) -> Iterator[Problem]:
    """No picture has too many bytes."""
    for name in sorted({item.name for item in case.opened.items if item.media_type.startswith("image/")}):
        entry = case.opened.files.get(name)
        if entry is not None and entry.size > case.rule.most:
            yield findings.image_heavy(None, case.shop, name, entry.size, case.rule.most)


def image_inks(case: Case) -> Iterator[Problem]:
    """No picture is in the inks of a press."""
    for item, raster in _rasters(case.opened):
        if raster and raster.mode == "CMYK":
            yield findings.image_in_inks(None, case.shop, item.name)


def cover_there(case: Case) -> Iterator[Problem]:
    """One picture is named as the cover."""
    if cover_item(case.opened) is None:
        yield findings.cover_missing(case.places.get("cover-image"), case.shop)


def cover_limits(case: Case) -> Iterator[Problem]:
    """The sides of the cover are neither too short nor too long."""
    least, most = case.rule.least, case.rule.most
    for item, raster in _cover(case.opened):
        if raster is None or not all(least <= side <= most for side in (raster.width, raster.height)):
            size = raster.size if raster else BEYOND
            yield findings.cover_beyond_limits(case.places.get("cover-image"), case.shop, item.name, size, least, most)


def cover_size(case: Case) -> Iterator[Problem]:
    """The cover is as large as the shop wants it, and in its format."""
    for item, raster in _cover(case.opened):
        span, rule = case.places.get("cover-image"), case.rule
        if raster is None:
            continue
        if raster.width < rule.width or raster.height < rule.height:
            yield findings.cover_small(span, case.shop, item.name, raster.size, f"{rule.width} × {rule.height}")
        if raster.format not in rule.accepted:
            yield findings.cover_format(span, case.shop, item.name, raster.format, rule.accepted)


def cover_alone(case: Case) -> Iterator[Problem]:
    """A document that shows the cover shows nothing else."""
    cover = cover_item(case.opened)
    for name, document in case.opened.documents.items() if cover else ():
        body = document.find("{*}body")
        shown = _shown(body, name) if body is not None else []
        words = "".join(map(str, body.itertext())).strip() if body is not None else ""
        if cover and cover.name in shown and (len(shown) > 1 or words):
            yield findings.cover_not_alone(None, case.shop, name)


def cover_item(opened: Opened) -> Item | None:
    """The picture that is named as the cover, in EPUB 3's way or in that of EPUB 2."""
    named = opened.values("cover")
    covers = [item for item in opened.items if "cover-image" in item.properties]
    return next(iter([*covers, *(item for item in opened.items if item.id in named)]), None)


def _shown(body: etree._Element, own: str) -> list[str]:
    """The names of the pictures that a document shows."""
    found = (element for element in body.iter(*(f"{{*}}{tag}" for tag in SHOWS)))
    addresses = (next((a for key in SOURCES if (a := element.get(key))), "") for element in found)
    return [target.document for address in addresses if (target := resolved(address, own))]


def _cover(opened: Opened) -> Iterator[tuple[Item, Raster | None]]:
    cover = cover_item(opened)
    return ((item, raster) for item, raster in _rasters(opened) if item == cover)


def _rasters(opened: Opened) -> Iterator[tuple[Item, Raster | None]]:
    """The pictures made of pixels, None for one of `BEYOND`. What is no picture at all is for EPUBCheck to say."""
    for item in dict.fromkeys(opened.items):
        if item.media_type in FORMATS and item.name in opened.files:
            with contextlib.suppress(_UnreadableError):
                yield item, _described(opened.read(item.name))


class _UnreadableError(Exception):
    """These bytes are no picture."""


def _described(data: bytes) -> Raster | None:
    """A picture's size, colours and format. Its pixels are not read, so that no picture can fill the memory."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=[*FORMATS.values()]) as image:
                return Raster(image.width, image.height, image.mode, image.format or "")
        except Image.DecompressionBombError:
            return None
        except Exception as failure:
            # Decoders raise nearly anything on damaged data.
            raise _UnreadableError from failure
